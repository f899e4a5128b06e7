"""The table of a requirement sheet as file: the same numbers give the same bytes on every machine."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any, Final

from geo.newbuild_assumptions import AGES, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.gap_output import TableFormat
    from geo.network import FloatArray
    from geo.newbuild_result import Line, Requirement

AGE_GROUPS: Final = ((0, 2), (3, 5), (6, 9), (10, 17), (18, 29), (30, 44), (45, 64), (65, 79), (80, AGES - 1))
"""First and last year of age of the groups that are shown."""
COLUMNS: Final = ("part", "item", "year", "unit", *VARIANTS, "known", "standard_id", "own_value")
_DECIMALS: Final = 3

Row = dict[str, Any]


def group_name(first: int, last: int) -> str:
    """Return the name of an age group in the table: ``age_0_2``, ``age_80_plus``."""
    return f"age_{first}_plus" if last >= AGES - 1 else f"age_{first}_{last}"


def table_text(result: Requirement, table_format: TableFormat) -> str:
    """Return the table of a requirement sheet.

    Parameters
    ----------
    result
        From `geo.newbuild_result.requirement`.
    table_format
        ``csv``: comma, header, LF, UTF-8, empty = unknown; ``json``: a list of objects, null = unknown.
    """
    rows = table_rows(result)
    if table_format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    return out.getvalue()


def table_rows(result: Requirement) -> list[Row]:
    """Return the rows of the table; unknown is None, numbers are rounded to a thousandth.

    Parts: ``residents`` (all, by age group, in need of care), ``required``, ``existing`` (what places within walking
    distance can absorb), ``shortfall`` (None = unknown), ``shortfall_at_most``, ``first_short`` and ``not_before``
    (a year in each variant).
    """
    years = result.sheet.years
    rows = _by_year("residents", "all", "persons", years, result.people.sum(axis=2))
    for first, last in AGE_GROUPS:
        rows += _by_year("residents", group_name(first, last), "persons", years, result.residents(first, last))
    rows += _by_year("residents", "in_care", "persons", years, result.care)
    for line in result.lines:
        rows += _line_rows(line, years)
    if result.classes is not None:
        rows += _by_year("required", "primary_school_classes", "classes", years, result.classes)
    return rows


def _line_rows(line: Line, years: Sequence[int]) -> list[Row]:
    name, unit = line.demand.name, "facilities" if line.demand.whole else "places"
    facts = {
        "known": str(line.supply.known),
        "standard_id": None if line.demand.standard is None else line.demand.standard.standard_id,
        "own_value": line.demand.own,
    }
    rows = _by_year("required", name, unit, years, line.required)
    rows.append(_row("existing", name, None, unit, line.supply.free))
    rows += _by_year("shortfall", name, unit, years, line.shortfall)
    rows += _by_year("shortfall_at_most", name, unit, years, line.at_most)
    rows.append(_row("first_short", name, None, "year", line.first_short))
    rows.append(_row("not_before", name, None, "year", line.not_before))
    return [row | facts for row in rows]


def _by_year(part: str, item: str, unit: str, years: Sequence[int], values: FloatArray) -> list[Row]:
    return [_row(part, item, year, unit, values[:, at].tolist()) for at, year in enumerate(years)]


def _row(part: str, item: str, year: int | None, unit: str, values: Sequence[float | None]) -> Row:
    plain = {name: _plain(value) for name, value in zip(VARIANTS, values, strict=True)}
    head = {"part": part, "item": item, "year": year, "unit": unit}
    return head | plain | {"known": None, "standard_id": None, "own_value": None}


def _plain(value: float | None) -> float | int | None:
    if value is None or isinstance(value, int):
        return value
    return None if math.isnan(value) else round(value, _DECIMALS) + 0.0  # no negative zero


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return "" if value is None else value
