"""The table in which notes come back from paper: what its columns may be called, and which words mean a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exchange.normal import fold
from exchange.xlsx_write import DropDown, Sheet, letters, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.grid import Grid, Row
    from exchange.wording import Texts

COLUMNS: Final = ("sticker", "category", "text", "grid_code", "paper_dots")
"""Columns to type, in the order of the form."""

_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "sticker": ("sticker", "nr", "no", "nummer", "number", "kaertchen", "karte", "card", "kartennummer", "punkt nr"),
    "category": ("category", "kategorie", "art", "kind", "typ", "type"),
    "text": ("text", "notiz", "note", "beitrag", "was", "inhalt", "content"),
    "grid_code": ("grid code", "feld", "field", "code", "raster", "rasterfeld", "grid", "cell", "zelle"),
    "paper_dots": ("paper dots", "punkte", "dots", "klebepunkte", "stimmen", "votes"),
    "lon": ("lon", "laengengrad", "longitude", "lng", "geometry x"),
    "lat": ("lat", "breitengrad", "latitude", "geometry y"),
    "id": ("id",),
    "created_at": ("created at", "zeit", "time"),
}
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "need": ("need", "bedarf", "bedarfe", "needs", "b", "n"),
    "idea": ("idea", "idee", "ideen", "ideas", "i"),
    "strength": ("strength", "staerke", "staerken", "strengths", "s"),
    "contact": ("contact", "ansprechstelle", "ansprechstellen", "kontakt", "contacts", "a", "c", "k"),
}
_BY_HEADING: Final = {heading: name for name, headings in _HEADINGS.items() for heading in headings}
_BY_WORD: Final = {word: name for name, words in _WORDS.items() for word in words}
_LOOKED_AT: Final = 40
_EMPTY_ROWS: Final = 200


def column_of(heading: str) -> str | None:
    """Return which column a heading means; None for others."""
    return _BY_HEADING.get(fold(heading))


def category_of(word: str) -> str | None:
    """Return which category a word or letter means, in German or English; None for others."""
    return _BY_WORD.get(fold(word))


def header_of(grid: Grid) -> tuple[list[str], Sequence[Row], Sequence[int]] | None:
    """Return headings, rows and their numbers of the first table with a column for the text; None without one."""
    if grid.header is not None:
        return (grid.header, grid.rows, grid.numbers) if "text" in map(column_of, grid.header) else None
    for at, row in enumerate(grid.rows[:_LOOKED_AT]):
        headings = [cell or "" for cell in row]
        known = [column_of(heading) for heading in headings]
        if "text" in known and sum(each is not None for each in known) > 1:
            return headings, grid.rows[at + 1 :], grid.numbers[at + 1 :]
    return None


def paper_template(t: Texts, numbers: Mapping[str, range]) -> bytes:
    """Return a workbook to type the cards into: number and category of every card are there, text and field are not."""
    words = {name: t(f"session.category.{name}") for name in numbers}
    rows = [(str(number), words[name]) for name, mine in numbers.items() for number in mine]
    headings = [t(f"paper.column.{name}") for name in COLUMNS]
    choice = DropDown(2, "Auswahl", letters(1), len(words), strict=False)
    table = Sheet(
        t("paper.template.sheet"), headings, rows, (9, 16, 70, 9, 9), drop_downs=(choice,), text_rows=_EMPTY_ROWS
    )
    return write_xlsx([table, Sheet("Auswahl", (), [(word,) for word in words.values()], hidden=True)])
