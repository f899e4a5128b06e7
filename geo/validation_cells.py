"""What can be wrong with single cells: missing, double, unknown, of the wrong form or out of range."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
import pandas as pd

from geo.problems import Problem
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.schema import Column, TableSchema
    from geo.sources import Loaded

Cells: TypeAlias = list[tuple[int, Any]]
"""Row in the file and value of each known cell."""


def cell_problems(loaded: Loaded, schema: TableSchema) -> list[Problem]:
    """Return every cell that breaks a rule of its column (cells of the wrong type are named on reading)."""
    if loaded.frame is None:
        return []
    named = {(problem.row, problem.column) for problem in loaded.problems}
    found = []
    for column in schema.table_columns:
        if column.name in loaded.frame.columns:
            cells = known_cells(loaded.frame[column.name], loaded.rows)
            if column.required:
                found += _missing(loaded, column, cells)
            for applies, check in _CHECKS:
                if applies(column):
                    found += check(loaded.file, column, cells)
    found += _double_keys(loaded, schema)
    return [problem for problem in found if (problem.row, problem.column) not in named]


def known_cells(series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> Cells:
    """Return row number and value of every known cell."""
    unknown = series.isna().tolist()
    return [
        (row, value) for row, value, empty in zip(rows.tolist(), series.tolist(), unknown, strict=True) if not empty
    ]


def _missing(loaded: Loaded, column: Column, cells: Cells) -> list[Problem]:
    known = {row for row, _ in cells}
    return [Problem("cell.required", loaded.file, row, column.name) for row in loaded.rows.tolist() if row not in known]


def _unique(file: str, column: Column, cells: Cells) -> list[Problem]:
    first: dict[Any, int] = {}
    return [
        Problem("cell.not_unique", file, row, column.name, str(value), {"first_row": first[value]})
        for row, value in cells
        if first.setdefault(value, row) != row
    ]


def _allowed(file: str, column: Column, cells: Cells) -> list[Problem]:
    details = {"allowed": ", ".join(column.enum)}
    return [
        Problem("cell.unknown_value", file, row, column.name, str(value), details)
        for row, value in cells
        if str(value) not in column.enum
    ]


def _pattern(file: str, column: Column, cells: Cells) -> list[Problem]:
    rule = _compiled(column.pattern or "")
    return [
        Problem("cell.wrong_pattern", file, row, column.name, value, {"pattern": column.pattern})
        for row, value in cells
        if not rule.fullmatch(value)
    ]


def _range(file: str, column: Column, cells: Cells) -> list[Problem]:
    low = -np.inf if column.minimum is None else column.minimum
    high = np.inf if column.maximum is None else column.maximum
    details = {"minimum": column.minimum, "maximum": column.maximum}
    return [
        Problem("cell.out_of_range", file, row, column.name, str(value), details)
        for row, value in cells
        if not low <= value <= high
    ]


def _length(file: str, column: Column, cells: Cells) -> list[Problem]:
    low, high = column.min_length or 0, column.max_length or np.inf
    details = {"minimum": column.min_length, "maximum": column.max_length}
    return [
        Problem("cell.wrong_length", file, row, column.name, value, details)
        for row, value in cells
        if not low <= len(value) <= high
    ]


def _list_items(file: str, column: Column, cells: Cells) -> list[Problem]:
    """Return the lists with an empty item or blanks around one."""
    return [
        Problem("cell.wrong_pattern", file, row, column.name, value, {"pattern": "a;b;c"})
        for row, value in cells
        if any(not item or item != item.strip() for item in value.split(LIST_DELIMITER))
    ]


def _double_keys(loaded: Loaded, schema: TableSchema) -> list[Problem]:
    """Return the rows whose primary key of several columns stands in an earlier row."""
    key = list(schema.primary_key)
    frame = loaded.frame
    if frame is None or len(key) == 1 or not set(key) <= set(frame.columns):
        return []
    doubles = frame.duplicated(key).to_numpy()
    firsts = frame.groupby(key, dropna=False, sort=False).ngroup().to_numpy()
    first_row = {group: int(row) for group, row in zip(firsts[::-1], loaded.rows[::-1], strict=True)}
    return [
        Problem(
            "cell.not_unique", loaded.file, int(loaded.rows[at]), ", ".join(key),
            " / ".join(str(frame[name].iloc[at]) for name in key), {"first_row": first_row[firsts[at]]},
        )
        for at in np.flatnonzero(doubles).tolist()
    ]  # fmt: skip


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_Applies: TypeAlias = "Callable[[Column], bool]"
_Check: TypeAlias = "Callable[[str, Column, Cells], list[Problem]]"

_CHECKS: Final[tuple[tuple[_Applies, _Check], ...]] = (
    (lambda column: column.unique, _unique),
    (lambda column: bool(column.enum), _allowed),
    (lambda column: column.pattern is not None, _pattern),
    (lambda column: (column.minimum, column.maximum) != (None, None), _range),
    (lambda column: (column.min_length, column.max_length) != (None, None), _length),
    (lambda column: column.is_list, _list_items),
)
