"""Indicators from single dated values: of Stadtteile, of merged units, of the city."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scripts.datapackage import tables
from scripts.datapackage.indicator_rows import CITY, Place, indicator_row
from scripts.datapackage.raw import RawDataError, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scripts.datapackage.areas import Gazetteer
    from scripts.datapackage.raw import Row

POINTS, TOTALS = "stadtteil_points.csv", "city_totals.csv"
_UNIT_IN_NAME = re.compile(r".*\((\d+/\d+)\)")
_RANGE_START = re.compile(r"(?P<value>[\d.]+) \((?P<name>[^)]+)\) - .*")
Rows = list[dict[str, object]]


def _codes() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["indicator"], row["unit"]): row for row in tables.load("point_indicators")}


def point_rows(raw: Path, gazetteer: Gazetteer) -> Rows:
    """Return the rows of `stadtteil_points.csv`."""
    columns = ["stadtteil_nr", "stadtteil", "indicator", "value", "unit", "ref_date", "source", "note"]
    codes = _codes()
    rows: Rows = []
    for row in read_table(raw, POINTS, columns):
        known = _known(codes, row, POINTS)
        quality = ", ".join(text for text in ("reported", known["remark"], row["note"]) if text)
        rows.append(
            indicator_row(
                _place(row, gazetteer),
                known["code"],
                _value(row, POINTS),
                date=row["ref_date"],
                source=row["source"],
                quality=quality,
            )
        )
    return rows


def _known(codes: dict[tuple[str, str], dict[str, str]], row: Row, name: str) -> dict[str, str]:
    key = (row["indicator"], row["unit"])
    if key not in codes:
        raise RawDataError(
            f"Raw file {name!r}: indicator {key[0]!r} with unit {key[1]!r} is not in point_indicators.csv. Add it."
        )
    return codes[key]


def _value(row: Row, name: str) -> float:
    try:
        return float(row["value"])
    except ValueError as error:
        raise RawDataError(
            f"Raw file {name!r}, column 'value': {row['value']!r} is no number ({row['indicator']!r})."
        ) from error


def _place(row: Row, gazetteer: Gazetteer) -> Place:
    name = row["stadtteil"]
    unit = _UNIT_IN_NAME.fullmatch(name)
    if unit is not None:
        return Place("stat_unit", unit[1], name.split(" (")[0].replace("/", "+"))
    if name.startswith("Bezirk "):
        borough = gazetteer.boroughs.get(name.removeprefix("Bezirk "))
        if borough is not None:
            return Place("borough", str(borough), name.removeprefix("Bezirk "))
    district = gazetteer.district_id(name)
    if district is None or str(district) != row["stadtteil_nr"]:
        raise RawDataError(f"Raw file {POINTS!r}: {name!r} with number {row['stadtteil_nr']!r} is no Stadtteil.")
    return Place("district", str(district), name)


def city_rows(raw: Path, gazetteer: Gazetteer) -> Rows:
    """Return the rows of `city_totals.csv`.

    Of the one range it holds ("12.4 (Lahe) - >33 (Limmer)") only the exact end is a value: it belongs
    to the Stadtteil named there.
    """
    codes = _codes()
    rows: Rows = []
    for row in sourced(read_table(raw, TOTALS, ["indicator", "value", "unit", "ref_date", "source_url"])):
        known = _known(codes, row, TOTALS)
        if not known["code"]:
            rows.append(_range_start(row, gazetteer))
            continue
        quality = ", ".join(text for text in ("reported", known["remark"]) if text)
        rows.append(
            indicator_row(
                CITY,
                known["code"],
                _value(row, TOTALS),
                date=row["ref_date"],
                source=row["source_url"],
                quality=quality,
            )
        )
    return rows


def sourced(rows: Iterable[Row]) -> list[Row]:
    """Return rows in which "idem" is replaced by the source of the row above: a value has to be traceable on its own."""
    found: list[Row] = []
    for row in rows:
        source = row["source_url"]
        if source == "idem":
            if not found:
                raise RawDataError(f"Raw file {TOTALS!r}: the first row names no source, but 'idem'.")
            source = found[-1]["source_url"]
        found.append({**row, "source_url": source})
    return found


def _range_start(row: Row, gazetteer: Gazetteer) -> dict[str, object]:
    match = _RANGE_START.fullmatch(row["value"])
    district = gazetteer.district_id(match["name"]) if match else None
    if match is None or district is None:
        raise RawDataError(f"Raw file {TOTALS!r}: cannot read the range {row['value']!r}.")
    return indicator_row(
        Place("district", str(district), match["name"]),
        "single_parent_family_share",
        float(match["value"]),
        date=row["ref_date"],
        source=row["source_url"],
        quality="lowest of all Stadtteile",
    )
