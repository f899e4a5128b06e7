"""CSV tables: first text, then typed by their schema, with every problem named by row and column."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from geo.schema import Column, TableSchema

    Values = npt.NDArray[Any] | pd.api.extensions.ExtensionArray
    Converted = tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]

MAX_CELL: Final = 1 << 24
"""Longest text of a cell that is read, in characters: far more than anybody types."""

_NUMBER: Final = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER_SIGNS: Final = frozenset("0123456789+-.eE")
_DIGITS: Final = frozenset("0123456789")
_LONGEST_INTEGER: Final = 18
_TRUTH: Final = {"true": True, "false": False}
_EXPECTED: Final = {"integer": "whole number", "number": "number", "boolean": "true or false", "string": "text"}


@dataclass(frozen=True)
class TextTable:
    """A table as it stands in its file: texts by column, and the row each came from (header = 1)."""

    columns: dict[str, tuple[str, ...]]
    rows: Sequence[int]


def decode(data: bytes, *, file: str) -> str | Problem:
    """Return `data` as text (UTF-8, with or without byte order mark), or where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        return Problem("data.not_utf8", file, row, value=f"0x{data[error.start]:02x}")


def parse_table(data: bytes, *, file: str) -> tuple[TextTable | None, list[Problem]]:
    """Return the table in the bytes of a CSV file (comma, header, UTF-8) and what is wrong with it.

    Rows with too few or too many cells are left out and named; None = no table at all.
    """
    text = decode(data, file=file)
    if isinstance(text, Problem):
        return None, [text]
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CELL))  # one setting for the whole process
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return None, [Problem("data.not_csv", file, details={"reason": str(error)})]
    if not records or not records[0]:
        return None, [Problem("data.not_csv", file, details={"reason": "it is empty"})]
    header = records[0]
    if len(header) == 1:
        other = next((sign for sign in (";", "\t", "|") if sign in header[0]), None)
        if other:
            return None, [Problem("table.wrong_delimiter", file, value=other)]
    doubles = sorted({name for name in header if header.count(name) > 1})
    if doubles:
        return None, [Problem("table.duplicate_column", file, column=name) for name in doubles]
    return _split(header, records, file=file)


def _split(header: list[str], records: list[list[str]], *, file: str) -> tuple[TextTable, list[Problem]]:
    """Return the records below the header by column; blank lines are no rows, broken ones are named."""
    width = len(header)
    rows: Sequence[int] = range(2, len(records) + 1)
    problems = []
    if any(len(cells) != width for cells in records):
        problems = [
            Problem("table.row_length", file, row, value=len(records[row - 1]), details={"expected": width})
            for row in rows
            if len(records[row - 1]) not in (0, width)
        ]
        rows = [row for row in rows if len(records[row - 1]) == width]
        records = [cells for cells in records if len(cells) == width]
    by_column = zip(*records, strict=True)
    return TextTable({name: cells[1:] for name, cells in zip(header, by_column, strict=True)}, rows), problems


def typed_frame(table: TextTable, schema: TableSchema, *, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Return `table` with the types of its schema, columns in its order, and every cell that does not fit.

    Empty cells are NaN or NA. A cell that does not fit is empty too and named; a missing column is
    left out and named; a column the schema does not know is not read.
    """
    problems = column_problems(list(table.columns), schema, file=file)
    series: dict[str, Values] = {}
    for column in schema.table_columns:
        texts = table.columns.get(column.name)
        if texts is not None:
            series[column.name], wrong = _typed(texts, column)
            problems += [_cell_problem(column, file, table.rows[at], texts[at]) for at in wrong]
    return pd.DataFrame(series, index=pd.RangeIndex(len(table.rows))), problems


def column_problems(present: list[str], schema: TableSchema, *, file: str) -> list[Problem]:
    """Return the columns that are missing (errors) or unknown to the schema (warnings)."""
    expected = [column.name for column in schema.table_columns]
    missing = [Problem("table.missing_column", file, column=name) for name in expected if name not in present]
    extra = [
        Problem("table.extra_column", file, column=name, severity="warning") for name in present if name not in expected
    ]
    return missing + extra


def column_values(values: npt.NDArray[Any], known: npt.NDArray[np.bool_], column: Column) -> Values:
    """Return a column with its schema's type from values and where they are known.

    Whole numbers and truth values that are needed but not known become NA all the same.
    """
    if column.type == "string":
        strings: Values = pd.array(values.tolist(), dtype="str")
        return strings
    if column.type == "number":
        numbers: Values = np.where(known, values, np.nan)
        return numbers
    if column.required and known.all():
        return values
    masked: Values = (pd.arrays.BooleanArray if column.type == "boolean" else pd.arrays.IntegerArray)(values, ~known)
    return masked


def _cell_problem(column: Column, file: str, row: int, text: str) -> Problem:
    if not text:
        return Problem("cell.required", file, row, column.name)
    details = {"expected": _EXPECTED[column.type]}
    return Problem("cell.wrong_type", file, row, column.name, text, details)


def _typed(texts: Sequence[str], column: Column) -> tuple[Values, list[int]]:
    """Return the typed column and the positions of cells that do not fit, or are empty but needed as a number."""
    if column.type == "string":
        return pd.array([text or None for text in texts], dtype="str"), []
    filled = np.fromiter(map(bool, texts), dtype=bool, count=len(texts))
    values, fits = _CONVERTERS[column.type](texts)
    needed = ~filled if column.required else np.zeros(len(texts), dtype=bool)
    wrong = np.flatnonzero((filled & ~fits) | needed).tolist()
    return column_values(values, filled & fits, column), wrong


def _numbers(texts: Sequence[str]) -> Converted:
    if set("".join(texts)) <= _NUMBER_SIGNS:
        try:
            values = np.fromiter((float(text or "nan") for text in texts), dtype="float64", count=len(texts))
            return values, np.isfinite(values)
        except ValueError:
            pass  # find the cell below
    values = np.array([float(text) if _NUMBER.fullmatch(text) else np.nan for text in texts], dtype="float64")
    return values, np.isfinite(values)


def _integers(texts: Sequence[str]) -> Converted:
    if set("".join(texts)) <= _DIGITS and max(map(len, texts), default=0) <= _LONGEST_INTEGER:
        values = np.fromiter((int(text or 0) for text in texts), dtype="int64", count=len(texts))
        return values, np.fromiter(map(bool, texts), dtype=bool, count=len(texts))
    fits = np.fromiter((_INTEGER.fullmatch(text) is not None for text in texts), dtype=bool, count=len(texts))
    whole = zip(texts, fits.tolist(), strict=True)
    return np.fromiter((int(text) if fit else 0 for text, fit in whole), dtype="int64", count=len(texts)), fits


def _truths(texts: Sequence[str]) -> Converted:
    fits = np.fromiter((text in _TRUTH for text in texts), dtype=bool, count=len(texts))
    return np.fromiter((_TRUTH.get(text, False) for text in texts), dtype=bool, count=len(texts)), fits


_CONVERTERS: Final[dict[str, Callable[[Sequence[str]], Converted]]] = {
    "number": _numbers,
    "integer": _integers,
    "boolean": _truths,
}
