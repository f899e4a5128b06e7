"""Indicators of the Stadtteile and Stadtbezirke from the two wide tables and the forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.datapackage.indicator_rows import LABEL_2019, LEVELS, Place, indicator_row
from scripts.datapackage.raw import RawDataError, number, read_table, required_number

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.datapackage.raw import Row

BASE, BOROUGHS, UNITS = "stadtteile_base.csv", "stadtbezirke.csv", "prognosebezirke_2024_2034.csv"
CITY_STATISTICS: Final = "Statistik der Landeshauptstadt Hannover, wie öffentliche Seiten sie wiedergeben"
FORECAST: Final = "Bevölkerungsprognose 2025-2035, Landeshauptstadt/Region Hannover, 2026-02"

_POPULATION: Final = {
    "pop_2016_01_01": "2016-01-01",
    "pop_label2019": LABEL_2019,
    "pop_2020_12_31": "2020-12-31",
    "pop_2022_12_31": "2022-12-31",
    "pop_2024_12_31": "2024-12-31",
}
_LEVELLED: Final = {
    "u18_pct": "under_18_share",
    "ue60_pct": "age_60_plus_share",
    "mh_pct": "migration_background_share",
    "al_pct": "unemployed_share",
    "transfer_pct": "transfer_share",
    "wohnflaeche_m2_pro_ew": "living_space_per_person",
}
_LABEL_2019: Final = {
    "birth_per_1000_f_label2019": "births_per_1000_women",
    "death_per_1000_label2019": "deaths_per_1000",
    "wohngebaeude_label2019": "residential_buildings",
    "wohnungen_label2019": "dwellings",
    "svb_label2019": "employees",
    "kfz_label2019": "cars",
}
_BOROUGH_2019: Final = _LABEL_2019 | {
    "ew_label2019": "population",
    "dens_label2019": "population_density",
    "u18_pct_label2019": "under_18_share",
    "ue60_pct_label2019": "age_60_plus_share",
    "mh_pct_label2019": "migration_background_share",
    "wohnflaeche_m2_pro_ew_label2019": "living_space_per_person",
    "al_pct_label2019": "unemployed_share",
    "transfer_pct_label2019": "transfer_share",
}
Rows = list[dict[str, object]]


def district_rows(raw: Path) -> Rows:
    """Return the rows of `stadtteile_base.csv`; the level says whose value each one really is."""
    columns = ["stadtteil_nr", "stadtteil", "stat_unit", "area_ha", "area_source", "pop_2022_quality",
               "pop_2024_quality", *_POPULATION, *_LABEL_2019]  # fmt: skip
    columns += [name + suffix for name in _LEVELLED for suffix in ("", "_level", "_date")]
    rows: Rows = []
    for row in read_table(raw, BASE, columns):
        place = Place("district", row["stadtteil_nr"], row["stadtteil"])
        rows += _populations(row, place) + _levelled(row, place) + _labelled(row, place, _LABEL_2019, BASE)
        area = number(row, "area_ha", name=BASE)
        if area is not None:
            rows.append(indicator_row(place, "area", area, date="", source=row["area_source"]))
    return rows


def _populations(row: Row, place: Place) -> Rows:
    rows: Rows = []
    for column, date in _POPULATION.items():
        value = number(row, column, name=BASE)
        if value is None:
            continue
        quality = row.get(column[:8] + "_quality", "") if column in row else ""
        quality = quality or "reported"
        rows.append(
            indicator_row(
                place,
                "population",
                value,
                date=date,
                quality=quality,
                level=_population_level(quality),
                source=FORECAST if column == "pop_2024_12_31" else CITY_STATISTICS,
            )
        )
    return rows


def _population_level(quality: str) -> str:
    if quality in {"reported", "reported_forecast_base"}:
        return "district"
    return "residual_of_borough" if quality.startswith("residual_of_bezirk") else "estimate"


def _levelled(row: Row, place: Place) -> Rows:
    rows: Rows = []
    for column, indicator in _LEVELLED.items():
        value = number(row, column, name=BASE)
        if value is None:
            continue
        stated = row[f"{column}_level"]
        if stated not in LEVELS:
            raise RawDataError(
                f"Raw file {BASE!r}, column '{column}_level': unknown level {stated!r} ({place.name}). "
                f"Use one of {sorted(LEVELS)}."
            )
        quality = "reported" if stated == "stadtteil" else f"not the Stadtteil's own value: {LEVELS[stated]}"
        rows.append(
            indicator_row(
                place,
                indicator,
                value,
                date=row[f"{column}_date"],
                quality=quality,
                source=CITY_STATISTICS,
                level=LEVELS[stated],
            )
        )
    return rows


def _labelled(row: Row, place: Place, columns: dict[str, str], name: str) -> Rows:
    values = {indicator: number(row, column, name=name) for column, indicator in columns.items()}
    return [
        indicator_row(place, indicator, value, date=LABEL_2019, source=CITY_STATISTICS)
        for indicator, value in values.items()
        if value is not None
    ]


def stat_unit_rows(raw: Path) -> Rows:
    """Return the people of the merged statistical units, as sums of their Stadtteile.

    Ledeburg+Nordhafen 2022 is a reported pair; Vinnhorst+Brink-Hafen 2024 is a forecast unit; the
    other sums are estimates.
    """
    base = read_table(raw, BASE, ["stadtteil", "stat_unit", "forecast_unit", *_POPULATION])
    rows: Rows = []
    for unit in sorted({row["stat_unit"] for row in base if "/" in row["stat_unit"]}):
        members = [row for row in base if row["stat_unit"] == unit]
        place = Place("stat_unit", unit, "+".join(row["stadtteil"] for row in members))
        whole = {row["forecast_unit"] for row in members}
        alone = len(whole) == 1 and sum(row["forecast_unit"] in whole for row in base) == len(members)
        for column, source in (("pop_2022_12_31", CITY_STATISTICS), ("pop_2024_12_31", FORECAST)):
            paired = all(row[column[:8] + "_quality"].startswith("split_of_reported_pair") for row in members)
            known = paired if column == "pop_2022_12_31" else alone
            value = sum(required_number(row, column, name=BASE) for row in members)
            rows.append(
                indicator_row(
                    place,
                    "population",
                    value,
                    date=_POPULATION[column],
                    source=source,
                    quality="reported for the pair" if known else "sum of estimates",
                    level="stat_unit" if known else "estimate",
                )
            )
    return rows


def borough_rows(raw: Path) -> Rows:
    """Return the rows of `stadtbezirke.csv` and the boroughs' sums of the forecast."""
    single = {"area_ha": "area", "auslaender_pct": "foreigners_share", "al_pct_latest": "unemployed_share",
              "privathaushalte_2022": "private_households"}  # fmt: skip
    columns = ["stadtbezirk_nr", "stadtbezirk", "pop_2022_12_31", "pop_2022_quality", "auslaender_date",
               "al_date", "pop_2024_sum_forecast_units", "pop_2034_forecast", *single, *_BOROUGH_2019]  # fmt: skip
    dates = {"auslaender_pct": "auslaender_date", "al_pct_latest": "al_date"}
    rows: Rows = []
    for row in read_table(raw, BOROUGHS, columns):
        place = Place("borough", row["stadtbezirk_nr"], row["stadtbezirk"])
        rows += _borough_populations(row, place) + _labelled(row, place, _BOROUGH_2019, BOROUGHS)
        for column, indicator in single.items():
            value = number(row, column, name=BOROUGHS)
            if value is None:
                continue
            date = row[dates[column]] if column in dates else {"privathaushalte_2022": "2022"}.get(column, "")
            rows.append(indicator_row(place, indicator, value, date=date, source=CITY_STATISTICS))
    return rows


def _borough_populations(row: Row, place: Place) -> Rows:
    quality = row["pop_2022_quality"]
    stated = required_number(row, "pop_2022_12_31", name=BOROUGHS)
    rows = [
        indicator_row(
            place,
            "population",
            stated,
            date="2022-12-31",
            quality=quality,
            source=CITY_STATISTICS,
            level=None if quality.startswith("reported") else "estimate",
        )
    ]
    for column, indicator, date in (
        ("pop_2024_sum_forecast_units", "population", "2024-12-31"),
        ("pop_2034_forecast", "population_forecast", "2034-12-31"),
    ):
        value = required_number(row, column, name=BOROUGHS)
        quality = "sum of forecast units"
        rows.append(indicator_row(place, indicator, value, date=date, quality=quality, source=FORECAST))
    return rows


def forecast_rows(raw: Path) -> Rows:
    """Return people of 2024 and 2034 per forecast unit."""
    rows: Rows = []
    for row in read_table(raw, UNITS, ["unit", "unit_name", "pop_2024", "pop_2034", "stadtteile"]):
        place = Place("forecast_unit", row["unit"], row["unit_name"])
        quality = "Stadtteile: " + row["stadtteile"].replace("|", ", ")
        if "Heideviertel" in quality:
            quality += " (that Heideviertel belongs here is an inference)"
        for column, indicator, date in (
            ("pop_2024", "population", "2024-12-31"),
            ("pop_2034", "population_forecast", "2034-12-31"),
        ):
            value = required_number(row, column, name=UNITS)
            rows.append(indicator_row(place, indicator, value, date=date, quality=quality, source=FORECAST))
    return rows
