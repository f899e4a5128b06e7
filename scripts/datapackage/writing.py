"""Writing resources: same rows, same bytes. The schema gives the columns and their order."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMAS = Path(__file__).resolve().parents[2] / "geo" / "schemas"
DECIMALS = {"lon": 6, "lat": 6, "x": 1, "y": 1, "length_m": 1, "area_m2": 0, "floor_area_m2": 0}
DEFAULT_DECIMALS = 2
IN_ORDER = {
    "facility_kinds", "target_groups", "roles", "topics", "life_situations", "indicator_definitions", "example_steps",
    "newbuild_assumptions",
}  # fmt: skip
"""Resources whose rows have an order of their own."""


def load_schema(name: str) -> dict[str, Any]:
    """Return the table schema of a resource."""
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def columns_of(name: str) -> list[str]:
    """Return the column names of a resource, in order."""
    return [field["name"] for field in load_schema(name)["fields"]]


def table_bytes(name: str, rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return a table as CSV bytes: UTF-8, LF; empty = unknown.

    Sorted by source id or name where there is one, then by primary key; the catalogue keeps the order
    of its reviewed tables. Every row must have exactly the columns of the schema; ValueError names
    what differs.
    """
    columns = columns_of(name)
    first = [column for column in ("source_id", "name") if column in columns][:1]
    key = [*first, *load_schema(name)["primaryKey"]]
    ordered = list(rows)
    if name not in IN_ORDER:
        ordered.sort(key=lambda row: [_sort_value(row[column]) for column in key])
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in ordered:
        if set(row) != set(columns):
            raise ValueError(f"{name}: columns differ: {sorted(set(row) ^ set(columns))}")
        writer.writerow([_cell(row[column], column) for column in columns])
    return buffer.getvalue().encode("utf-8")


def _sort_value(value: object) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return (0, float(value), "")
    return (1, 0.0, str(value))


def _cell(value: object, column: str) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN is not itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value, DECIMALS.get(column, DEFAULT_DECIMALS))
    text = str(value)
    return " ".join(text.split()) if text else ""


def number_text(value: float, decimals: int) -> str:
    """Return a number with at most `decimals` decimals and no trailing zeros."""
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def json_bytes(value: object) -> bytes:
    """Return readable JSON bytes: UTF-8, LF, keys as given."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
