"""From a grid to a table: which row is the header, what the columns are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from exchange.fields import place_fields
from exchange.grid import Cell, Grid, Row
from exchange.normal import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT: Final = 40
_TEXT: Final = re.compile(r"[^\W\d_]")
_LONG: Final = 60
_MIN_HEADER: Final = 2


@dataclass(frozen=True)
class Table:
    """Columns with unique names, rows of the same width, and where they stand in the file.

    Attributes
    ----------
    header_row
        Number of the header's row in the file; None if it has none or the format names columns.
    extra
        Row number → cells beyond the header's width, which are not taken over.
    crs
        Coordinate system named by the file, None if none.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    numbers: Sequence[int]
    header_row: int | None
    extra: dict[int, int]
    crs: str | None

    def column(self, name: str) -> list[Cell]:
        """Return the cells of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]


def as_table(grid: Grid, *, header_row: int | None = None) -> Table:
    """Return the table in `grid`.

    Parameters
    ----------
    grid
        Cells as they stand in the file.
    header_row
        Number of the header's row, chosen by a person; 0 = the table has none; None = find it.
        Rows above the header (a title, a date) are left out.
    """
    if grid.header is not None:
        return _made(grid, grid.header, 0, None)
    if header_row == 0:
        return _made(grid, [], 0, None)
    at = grid.numbers.index(header_row) if header_row in grid.numbers else find_header(grid)
    if at is None:
        return _made(grid, [], 0, None)
    return _made(grid, [cell or "" for cell in grid.rows[at]], at + 1, grid.numbers[at])


def find_header(grid: Grid) -> int | None:
    """Return which of the first 40 rows looks most like a header; None if all look like data."""
    sample = grid.rows[:_LOOKED_AT]
    if not sample:
        return None
    widths = sorted(sum(cell is not None for cell in row) for row in sample)
    typical = widths[len(widths) // 2]
    scores = [_header_score(row, typical) for row in sample]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return best if scores[best] > 0 else None


def _header_score(row: Row, typical: int) -> float:
    """Return how much a row looks like headings: known words count most, numbers against it."""
    filled = [cell.strip() for cell in row if cell and cell.strip()]
    if len(filled) < min(_MIN_HEADER, typical) or len(filled) * 2 < typical:
        return 0.0
    known = sum(fold(cell) in known_headings() for cell in filled)
    if known == 1 < len(filled):
        known = 0  # one word alone may be a name that is also a heading ("Treff")
    texts = sum(bool(_TEXT.search(cell)) and len(cell) <= _LONG for cell in filled)
    distinct = len(set(map(fold, filled))) == len(filled)
    if texts * 2 < len(filled) or (not known and not (distinct and texts == len(filled))):
        return 0.0
    return known + texts / len(filled) + 0.5 * distinct


@lru_cache(maxsize=1)
def known_headings() -> frozenset[str]:
    """Return every heading that a column is known by."""
    return frozenset(word for field in place_fields().values() for word in field.headings)


def known_columns(grid: Grid) -> int:
    """Return how many columns of the table have a heading that is known."""
    return sum(fold(column) in known_headings() for column in as_table(grid).columns)


def _made(grid: Grid, header: list[str], first: int, header_row: int | None) -> Table:
    rows = grid.rows[first:]
    width = len(header) or max((len(row) for row in rows), default=0)
    while not header_row and grid.header is None and len(header) < width:
        header = [*header, ""]
    kept, numbers, extra = [], [], {}
    for row, number in zip(rows, grid.numbers[first:], strict=True):
        more = sum(cell is not None for cell in row[width:])
        if more:
            extra[number] = more
        kept.append((row + [None] * (width - len(row)))[:width])
        numbers.append(number)
    return Table(grid.name, _unique(header), kept, numbers, header_row, extra, grid.crs)


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns: empty ones numbered, repeated ones told apart."""
    names: list[str] = []
    for position, given in enumerate(header, 1):
        name = " ".join(given.split()) or f"Spalte {position}"
        number, unique = 2, name
        while unique in names:
            unique, number = f"{name} ({number})", number + 1
        names.append(unique)
    return tuple(names)
