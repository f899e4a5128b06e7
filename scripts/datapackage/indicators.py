"""The resources indicators and indicator_definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.datapackage import tables
from scripts.datapackage.census import COUNTS
from scripts.datapackage.indicator_rows import Place, indicator_row
from scripts.datapackage.indicators_base import borough_rows, district_rows, forecast_rows, stat_unit_rows
from scripts.datapackage.indicators_points import city_rows, point_rows
from scripts.datapackage.writing import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from scripts.datapackage.districts import Districts

CENSUS_DATE = "2011-05-09"
CENSUS_SOURCE = "Zensus 2011, 100-m-Zellen (Summe der veröffentlichten Zellen)"
Rows = list[dict[str, object]]


def definition_rows() -> Rows:
    """Return the indicators of the reviewed table and one per group of the census."""
    rows: Rows = [dict(row) | {"need_sign": int(row["need_sign"])} for row in tables.load("indicator_definitions")]
    german = {row["column"]: row["label_de"] for row in tables.load("census_labels")}
    fields = {field["name"]: field for field in load_schema("population_cells")["fields"]}
    for column in COUNTS:
        rows.append(
            {
                "indicator": f"census_2011_{column}",
                "label_de": f"{german[column]} (Zensus 2011)",
                "label_en": f"{fields[column]['title']} (census 2011)",
                "unit": fields[column]["unit"],
                "measure": "count",
                "denominator_de": "",
                "denominator_en": "",
                "need_sign": 0,
            }
        )
    return rows


def indicator_rows(raw: Path, districts: Districts, cells: gpd.GeoDataFrame) -> Rows:
    """Return all dated values; the unit of each comes from its definition."""
    gazetteer = districts.gazetteer
    rows = district_rows(raw) + stat_unit_rows(raw) + borough_rows(raw) + forecast_rows(raw)
    rows += point_rows(raw, gazetteer) + city_rows(raw, gazetteer) + census_rows(districts, cells)
    units = {row["indicator"]: row["unit"] for row in definition_rows()}
    return [row | {"unit": units[row["indicator"]]} for row in rows]


def census_rows(districts: Districts, cells: gpd.GeoDataFrame) -> Rows:
    """Return the census groups per Stadtteil: sums of the published cells.

    The quality says how many cells are unknown: each may hold 0 to 2 more. A Stadtteil without any
    published cell of a group has no row: unknown, not 0.
    """
    names = {number: name for name, number in districts.gazetteer.districts.items()}
    rows: Rows = []
    for number, group in cells.groupby("district_id"):
        place = Place("district", str(number), names[int(number)])
        for column in COUNTS:
            published = group[column].dropna()
            if published.empty:
                continue
            unknown = len(group) - len(published)
            rows.append(
                indicator_row(
                    place,
                    f"census_2011_{column}",
                    int(published.sum()),
                    date=CENSUS_DATE,
                    source=CENSUS_SOURCE,
                    level="estimate",
                    quality=f"sum of {len(published)} published cells; {unknown} cells unknown (0 to 2 each)",
                )
            )
    return rows
