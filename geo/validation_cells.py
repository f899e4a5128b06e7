"""What can be wrong with single cells: missing, double, unknown, of the wrong form or out of range."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.problems import Problem
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from geo.schema import Column, TableSchema
    from geo.sources import Loaded

Cells = Iterator[tuple[int, Any]]
"""Row in the file and known value."""


def cell_problems(loaded: Loaded, schema: TableSchema) -> list[Problem]:
    """Return every cell that breaks a rule of its column (cells of the wrong type are named on reading)."""
    if loaded.frame is None:
        return []
    named = {(problem.row, problem.column) for problem in loaded.problems}
    found = []
    for column in schema.table_columns:
        if column.name in loaded.frame.columns:
            series = loaded.frame[column.name]
            for check in _CHECKS:
                found += check(loaded.file, column, series, loaded.rows)
    found += _double_keys(loaded, schema)
    return [problem for problem in found if (problem.row, problem.column) not in named]


def known_cells(series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> Cells:
    """Yield row number and value of every known cell."""
    known = series.notna().to_numpy(dtype=bool)
    return zip(rows[known].tolist(), series[known].tolist(), strict=True)


def _required(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    if not column.required:
        return []
    missing = series.isna().to_numpy(dtype=bool)
    return [Problem("cell.required", file, row, column.name) for row in rows[missing].tolist()]


def _unique(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    if not column.unique:
        return []
    first: dict[Any, int] = {}
    return [
        Problem("cell.not_unique", file, row, column.name, str(value), {"first_row": first[value]})
        for row, value in known_cells(series, rows)
        if first.setdefault(value, row) != row
    ]


def _allowed(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    if not column.enum:
        return []
    details = {"allowed": ", ".join(column.enum)}
    return [
        Problem("cell.unknown_value", file, row, column.name, str(value), details)
        for row, value in known_cells(series, rows)
        if str(value) not in column.enum
    ]


def _pattern(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    if not column.pattern:
        return []
    rule = _compiled(column.pattern)
    return [
        Problem("cell.wrong_pattern", file, row, column.name, value, {"pattern": column.pattern})
        for row, value in known_cells(series, rows)
        if not rule.fullmatch(value)
    ]


def _range(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    if column.minimum is None and column.maximum is None:
        return []
    low = -np.inf if column.minimum is None else column.minimum
    high = np.inf if column.maximum is None else column.maximum
    values = series.to_numpy(dtype="float64", na_value=np.nan)
    details = {"minimum": column.minimum, "maximum": column.maximum}
    return [
        Problem("cell.out_of_range", file, int(rows[at]), column.name, str(series.iloc[at]), details)
        for at in np.flatnonzero((values < low) | (values > high)).tolist()
    ]


def _length(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    if column.min_length is None and column.max_length is None:
        return []
    low, high = column.min_length or 0, column.max_length or np.inf
    details = {"minimum": column.min_length, "maximum": column.max_length}
    return [
        Problem("cell.wrong_length", file, row, column.name, value, details)
        for row, value in known_cells(series, rows)
        if not low <= len(value) <= high
    ]


def _list_items(file: str, column: Column, series: pd.Series[Any], rows: np.ndarray[Any, Any]) -> list[Problem]:
    """Return the lists with an empty item or blanks around one."""
    if not column.is_list:
        return []
    return [
        Problem("cell.wrong_pattern", file, row, column.name, value, {"pattern": "a;b;c"})
        for row, value in known_cells(series, rows)
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


_CHECKS: Final[tuple[Callable[[str, Column, pd.Series[Any], np.ndarray[Any, Any]], list[Problem]], ...]] = (
    _required,
    _unique,
    _allowed,
    _pattern,
    _range,
    _length,
    _list_items,
)
