"""The gap table as file: the same numbers give the same bytes on every machine."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from geo.gaps import GapResult

TableFormat = Literal["csv", "json"]
TableLevel = Literal["district", "borough", "city", "cell"]

METHOD_COLUMNS: Final = (
    "standard_id", "standard_own", "standard_value", "standard_unit", "threshold_m", "persons_per_unit",
    "catchment_m", "capacity_basis", "method", "walk_kmh", "decay", "width_m", "gap_share", "covered_share",
    "draws", "seed", "fresh_since", "stale_weight", "stale_places",
)  # fmt: skip
"""Columns that say how each row was made; the other columns are those of `geo.gaps.GapResult.areas`."""

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute such a text

Row = dict[str, Any]


def table_text(results: Iterable[GapResult], level: TableLevel, table_format: TableFormat) -> str:
    """Return the gap table of some kinds as CSV or JSON.

    Parameters
    ----------
    results
        From `geo.gaps.gap_table`, in the order wanted.
    level
        Which areas, or the population cells.
    table_format
        ``csv``: comma, header, LF, UTF-8, empty = unknown, ``inf`` = no such place on foot;
        ``json``: a list of objects, null = unknown, ``"inf"`` as text.

    Returns
    -------
    str
        Numbers rounded (metres to 0.1, shares to 0.00001), so that the last bits of a sum do not
        matter.
    """
    rows = [row for result in results for row in table_rows(result, level)]
    if table_format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue()


def table_rows(result: GapResult, level: TableLevel) -> list[Row]:
    """Return the rows of one kind: areas (or cells), measures, verdicts (not of cells) and how they were made.

    Unknown is None; ``"inf"`` stands for "no such place on foot"; numbers are rounded.
    """
    method = method_row(result)
    areas = _cells(result) if level == "cell" else result.level(level).to_dict("records")
    return [{str(name): _plain(str(name), value) for name, value in area.items()} | method for area in areas]


def _cells(result: GapResult) -> list[Row]:
    """Return the cells with the kind before their measures."""
    head = {"kind": result.kind, "target_group": result.target_group}
    return [head | {str(name): value for name, value in cell.items()} for cell in result.cells.to_dict("records")]


def method_row(result: GapResult) -> Row:
    """Return the entries of `METHOD_COLUMNS`."""
    standard, settings = result.standard, result.settings
    values = (
        None if standard is None else standard.standard_id,
        False if standard is None else standard.own,
        None if standard is None else standard.value,
        None if standard is None else standard.unit,
        None if standard is None else standard.threshold_m,
        None if standard is None else standard.persons_per_unit,
        result.catchment_m,
        result.capacity.basis,
        str(settings.walk.method),
        settings.kmh,
        str(settings.decay),
        settings.width_m,
        settings.gap_share,
        settings.covered_share,
        settings.draws,
        settings.seed,
        settings.fresh_since,
        settings.stale_weight if settings.fresh_since else None,
        result.stale_places if settings.fresh_since else None,
    )
    return {name: _plain(name, value) for name, value in zip(METHOD_COLUMNS, values, strict=True)}


def _plain(name: str, value: Any) -> Any:
    """Return a value JSON knows: None for unknown, rounded numbers, whole numbers and texts as is."""
    if value is None or value is pd.NA:
        return None
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | np.integer):
        return int(value)
    number = float(value)
    if math.isnan(number):
        return None
    if math.isinf(number):
        return "inf"
    return round(number, _decimals(name)) + 0.0  # no negative zero


def _decimals(name: str) -> int:
    """Return how many decimals a column has: 0.1 m, 0.1 people, 0.00001 of a share, else 6."""
    if name.endswith("_m") or name in {"x", "y"} or name.startswith(("people", "target_population")):
        return 1
    return 5 if "share" in name or name.startswith("draws") else 6


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, str) and value.startswith(_FORMULA_SIGNS):
        return f"'{value}"
    return "" if value is None else value
