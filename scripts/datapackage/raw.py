"""Reading the raw tables: a missing file, column or number is named, never guessed."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Row = dict[str, str]


class RawDataError(Exception):
    """A raw file is missing, broken or lacks something; the message names file, row and column."""


def read_bytes(raw: Path, name: str) -> bytes:
    """Return the content of a raw file; RawDataError if it is not there."""
    path = raw / name
    if not path.is_file():
        raise RawDataError(f"Raw file {name!r} is missing in {str(raw)!r}. Put it there and build again.")
    return path.read_bytes()


def read_table(raw: Path, name: str, columns: Iterable[str]) -> list[Row]:
    """Return the rows of a raw CSV table (UTF-8, comma, header) as stripped texts.

    Parameters
    ----------
    raw, name
        Folder and file name.
    columns
        Columns that must be there; more are welcome.

    Raises
    ------
    RawDataError
        File missing, not UTF-8, a column missing, a row too long or too short, no rows.
    """
    reader = csv.reader(io.StringIO(_text(raw, name), newline=""))
    header = next(reader, None)
    if not header:
        raise RawDataError(f"Raw file {name!r} is empty. Restore it.")
    missing = [column for column in columns if column not in header]
    if missing:
        listed = ", ".join(repr(column) for column in missing)
        raise RawDataError(f"Raw file {name!r} lacks the column(s) {listed}. It has: {', '.join(header)}.")
    return _rows(reader, header, name)


def _text(raw: Path, name: str) -> str:
    try:
        return read_bytes(raw, name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RawDataError(f"Raw file {name!r} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def _rows(reader: Iterable[list[str]], header: list[str], name: str) -> list[Row]:
    rows = []
    for line, cells in enumerate(reader, start=2):
        if len(cells) != len(header):
            raise RawDataError(
                f"Raw file {name!r}, row {line}: {len(cells)} cells for {len(header)} columns. Check commas and quotes."
            )
        rows.append(dict(zip(header, (cell.strip() for cell in cells), strict=True)))
    if not rows:
        raise RawDataError(f"Raw file {name!r} has a header but no rows. Restore it.")
    return rows


def read_json(raw: Path, name: str) -> dict[str, object]:
    """Return the object of a raw JSON file."""
    try:
        value = json.loads(_text(raw, name))
    except json.JSONDecodeError as error:
        raise RawDataError(f"Raw file {name!r} is not JSON: {error}. Restore it.") from error
    if not isinstance(value, dict):
        raise RawDataError(f"Raw file {name!r} holds {type(value).__name__}, not an object. Restore it.")
    return value


def number(row: Row, column: str, *, name: str) -> float | None:
    """Return a cell as a number, None for an empty cell; RawDataError for anything else."""
    text = row[column]
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise RawDataError(
            f"Raw file {name!r}, column {column!r}: {text!r} is no number ({_name_of(row)}). Correct the cell."
        ) from error
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is not itself
        raise RawDataError(f"Raw file {name!r}, column {column!r}: {text!r} is not finite ({_name_of(row)}).")
    return value


def required_number(row: Row, column: str, *, name: str) -> float:
    """Return a cell as a number; RawDataError if it is empty."""
    value = number(row, column, name=name)
    if value is None:
        raise RawDataError(f"Raw file {name!r}, column {column!r} is empty ({_name_of(row)}). Fill it.")
    return value


def _name_of(row: Row) -> str:
    return ", ".join(f"{key}={value!r}" for key, value in list(row.items())[:2])
