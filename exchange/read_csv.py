"""Text tables: encoding, separator and quoting found by looking, every cell kept as text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from exchange.errors import UploadError
from exchange.grid import Grid
from exchange.sniff import BOMS

if TYPE_CHECKING:
    from exchange.grid import Budget, Row

ENCODINGS: Final = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252",
                    "latin-1", "cp850", "mac_roman")  # fmt: skip
"""Encodings that are found, or may be chosen."""

DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE_ROWS: Final = 200
_OPEN_QUOTE_LINES: Final = 500
_SAMPLE_BYTES: Final = 65536
# Letters that German and neighbouring languages use, and typographic signs of office programs.
_LIKELY: Final = frozenset("äöüÄÖÜßéèêáàâçÇñóúíşŞğĞıİćčšžłńęąőűøåæ–—„“”’‚‘…€°§•²³½·")


def read_csv(
    data: bytes,
    *,
    budget: Budget,
    name: str = "",
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[Grid, dict[str, str]]:
    """Return the table in `data` and how it was read (``encoding``, ``delimiter``).

    Parameters
    ----------
    data
        The file's bytes.
    budget
        Limits to keep.
    name
        Name of the table.
    encoding, delimiter
        Chosen by a person; None = find out.

    Raises
    ------
    UploadError
        Bytes that are no text in the encoding, an open quotation mark, too many rows or cells.
    """
    if not data.strip():
        raise UploadError("upload.empty")
    encoding = encoding or find_encoding(data)
    text = decoded(data, encoding)
    text, declared = _separator_line(text)
    delimiter = delimiter or declared or find_delimiter(text)
    grid = _parsed(text, delimiter, name, budget, skipped=1 if declared else 0)
    return grid, {"encoding": encoding, "delimiter": delimiter}


def find_encoding(data: bytes) -> str:
    """Return the encoding of `data`: by its mark, as UTF-8, or by the letters it would show."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    sample = data[:_SAMPLE_BYTES]
    zeros = sample.count(0)
    if zeros > len(sample) // 5:
        odd = sample[1::2].count(0)
        return "utf-16-le" if odd * 2 > zeros else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte_encoding(data)
    return "utf-8"


def _one_byte_encoding(data: bytes) -> str:
    high = bytes(byte for byte in data[: 4 * _SAMPLE_BYTES] if byte >= 0x80)  # noqa: PLR2004
    if not high:  # the part that is no UTF-8 comes later in the file
        high = bytes(byte for byte in data if byte >= 0x80)  # noqa: PLR2004
    scores = {name: _likely(high, name) for name in ("cp1252", "latin-1", "cp850", "mac_roman")}
    return max(scores, key=lambda name: scores[name])


def _likely(high: bytes, encoding: str) -> float:
    """Return how much the upper bytes look like letters of a text; -1 if they do not fit."""
    try:
        text = high.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    return sum(character in _LIKELY for character in text) / len(text)


def decoded(data: bytes, encoding: str) -> str:
    """Return `data` as text without zero characters; UploadError if it does not fit."""
    if encoding not in ENCODINGS:
        raise UploadError("upload.unknown_encoding", encoding=encoding, allowed=", ".join(ENCODINGS))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UploadError("upload.encoding", encoding=encoding, position=error.start) from error
    position = text.find("\x00")
    if position >= 0:
        raise UploadError("upload.nul_bytes", position=position)
    return text.removeprefix("\ufeff")


def _separator_line(text: str) -> tuple[str, str | None]:
    """Take off a first line ``sep=;`` as some spreadsheets write it."""
    found = re.match(r'"?sep=(.)"?\r?\n', text, flags=re.IGNORECASE)
    if found is None:
        return text, None
    return text[found.end() :], found.group(1)


def find_delimiter(text: str) -> str:
    """Return the separator that gives the most rows of equal width above one column."""
    sample = text[:_SAMPLE_BYTES]
    if len(text) > _SAMPLE_BYTES:
        sample = sample.rsplit("\n", 1)[0]
    scores = {delimiter: _consistency(sample, delimiter) for delimiter in DELIMITERS}
    return max(scores, key=lambda delimiter: scores[delimiter])


def _consistency(sample: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for number, row in enumerate(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)):
            if row:
                widths[len(row)] += 1
            if number >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: item[1])
    return count / sum(widths.values()) + 0.01 * min(width, 30)


def _parsed(text: str, delimiter: str, name: str, budget: Budget, *, skipped: int) -> Grid:
    grid = Grid(name)
    csv.field_size_limit(budget.limits.cell_chars)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    before = 0
    try:
        for cells in reader:
            first_line, before = before + 1 + skipped, reader.line_num
            if before + skipped - first_line > _OPEN_QUOTE_LINES:
                raise UploadError("upload.open_quote", row=first_line)
            row: Row = [cell or None for cell in cells]
            budget.row(name, first_line, row)
            if any(row):
                grid.rows.append(row)
                grid.numbers.append(first_line)
    except csv.Error as error:
        if "field limit" in str(error):
            raise UploadError(
                "upload.cell_too_long",
                row=before + 1 + skipped,
                column="?",
                limit=budget.limits.cell_chars,
            ) from error
        raise UploadError("upload.broken", reason=f"CSV: {error}") from error
    _closed(text, grid)
    return grid


def _closed(text: str, grid: Grid) -> None:
    """Raise if the last cell was opened by a quotation mark that never comes again."""
    last = grid.rows[-1][-1] if grid.rows and grid.rows[-1] else None
    if last is not None and last.endswith("\n") and not text.rstrip("\n\r").endswith('"'):
        raise UploadError("upload.open_quote", row=grid.numbers[-1])
