"""Rows of a table to places with typed values; every problem is listed, nothing is lost silently.

A text that its column's type does not take is kept in the note of the place, with its heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from exchange import cells
from exchange.addresses import split_address, split_street
from exchange.fields import place_fields
from exchange.mapping import check
from exchange.normal import fold
from exchange.numbers_text import find_style, parse_number, parse_pair
from exchange.place_rows import Coordinates, PlaceRow
from exchange.positions import Position
from exchange.problems import RowProblem
from exchange.template import is_example
from exchange.text_cells import unprefixed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exchange.fields import PlaceField
    from exchange.mapping import ColumnMapping
    from exchange.numbers_text import Style
    from exchange.table import Table
    from exchange.vocabulary import Vocabulary

DEFAULT_CONTACT: Final = "Ansprechstelle"


@dataclass(frozen=True)
class Converted:
    """All rows of a table as places, what is wrong with them, and how coordinates were read."""

    rows: list[PlaceRow]
    problems: list[RowProblem]
    position: Position | None

    @property
    def faulty(self) -> frozenset[int]:
        """Numbers of rows with an error: they are left out of an import."""
        return frozenset(p.row for p in self.problems if p.severity == "error" and p.row is not None)


def convert(
    table: Table, mapping: ColumnMapping, words: Vocabulary, *, file: str = "", text_file: bool = False
) -> Converted:
    """Return the rows of `table` as places.

    Parameters
    ----------
    table, mapping
        The table and what its columns mean.
    words
        Catalogue of kinds, target groups and Stadtteile, and the city's bounds.
    file
        Shown with each problem.
    text_file
        Whether the table was a text file, in which a leading ``'`` protects texts such as ``=1``.

    Raises
    ------
    MappingError
        The mapping names columns or targets that do not exist.
    """
    check(mapping, table)
    work = _Work(table, mapping, words, file, text_file=text_file)
    for number, count in table.extra.items():
        work.problem("row.extra_cells", number, None, None, count=count)
    for target in sorted(place_fields().values(), key=lambda target: target.type == "address"):
        work.take(target)  # an address in one cell only fills what its own columns leave open
    position = work.place()
    work.finish()
    work.problems.sort(key=lambda p: (p.row or 0, p.column or ""))
    return Converted(work.rows, work.problems, position)


class _Work:
    """One conversion under way: columns are taken one after the other."""

    def __init__(self, table: Table, mapping: ColumnMapping, words: Vocabulary, file: str, *, text_file: bool) -> None:
        self.rows = [PlaceRow(number) for number in table.numbers]
        self.problems: list[RowProblem] = []
        self._table = table
        self._mapping = mapping
        self._words = words
        self._file = file
        self._text_file = text_file
        self._kinds = {fold(word): kind for word, kind in mapping.kinds.items()}
        self._coordinates = Coordinates(self.rows)

    def problem(
        self, key: str, row: int, column: str | None, value: str | None, severity: str = "warning", **details: object
    ) -> None:
        """Note a problem."""
        found = RowProblem(key, self._file, row, column, value, details, "error" if severity == "error" else "warning")
        self.problems.append(found)

    def take(self, target: PlaceField) -> None:
        """Read the column (or constant) of one target into the rows."""
        column = self._mapping.column_of(target.name)
        constant = self._mapping.constants.get(target.name)
        if column is None and constant is None:
            return
        texts = self._texts(column, constant)
        if target.name in ("lon", "lat"):
            self._take_number(target, column, texts)
            return
        reader = self._reader(target, texts)
        known: dict[str, dict[str, Any] | None] = {}
        for row, text in zip(self.rows, texts, strict=True):
            if text is None:
                continue
            if text not in known:
                known[text] = reader(text)
            found = known[text]
            if found is None:
                self._not_understood(target, column, row, text)
                continue
            if target.type == "groups" and "target_group_text" in found:
                self.problem("row.unknown_group", row.number, column, text)
            values = row.values
            for key, value in found.items():
                if values.get(key) is None:
                    values[key] = value

    def _texts(self, column: str | None, constant: str | None) -> list[str | None]:
        if column is None:
            return [constant] * len(self.rows)
        given = self._table.column(column)
        together = "".join(cell for cell in given if cell)
        if not cells.CONTROL.search(together) and "#" not in together and "'" not in together:
            return [(cell.strip() or constant) if cell else constant for cell in given]  # nothing to look into
        return [self._cleaned(cell, row.number, column) or constant for cell, row in zip(given, self.rows, strict=True)]

    def _cleaned(self, cell: str | None, number: int, column: str) -> str | None:
        if cell is None:
            return None
        text = unprefixed(cell) if self._text_file else cell
        if cells.CONTROL.search(text):
            self.problem("row.control_characters", number, column, text)
            text = cells.CONTROL.sub("", text)
        text = text.strip()
        if text.startswith("#") and cells.SHEET_ERROR.match(text):
            self.problem("row.cell_error", number, column, text)
            return None
        return text or None

    def _reader(self, target: PlaceField, texts: Sequence[str | None]) -> Callable[[str], dict[str, Any] | None]:
        """Return the function that reads one text of this target's type."""
        name = target.name
        if target.type == "number":
            style = self._style(texts)
            return lambda text: _one(name, parse_number(text, style))
        own: dict[str, Callable[[str], dict[str, Any] | None]] = {
            "kind": lambda text: _one(name, self._kinds.get(fold(text)) or self._words.kind(text)),
            "district": lambda text: _one(name, self._words.district(text)),
            "groups": self._groups,
            "choice": lambda text: _one(name, target.choice(text)),
            "list": lambda text: {name: ";".join(cells.listed(text))},
            "email": lambda text: _one(name, cells.email(text)),
            "url": lambda text: _one(name, cells.web(text)),
            "date": lambda text: _one(name, cells.partial_date(text)),
            "id": lambda text: _one(name, cells.identifier(text)),
            "function": lambda text: None if cells.PERSON.match(text) else {name: text},
            "phone": _phone,
            "postal_code": _postal,
            "address": _address,
            "street": self._street,
            "pair": lambda text: _one(name, parse_pair(text)),
        }
        return own.get(target.type, lambda text: {name: text})

    def _style(self, texts: Sequence[str | None]) -> Style:
        if self._mapping.number_style != "auto":
            return self._mapping.number_style
        return find_style(text for text in texts if text)

    def _street(self, text: str) -> dict[str, Any]:
        if self._mapping.column_of("house_number") is not None:
            return {"street": text}
        street, number = split_street(text)
        return {"street": street, "house_number": number}

    def _groups(self, text: str) -> dict[str, Any]:
        whole = self._words.group(text) if ";" not in text else None
        parts = [text] if whole else cells.listed(text)
        found = [self._words.group(part) for part in parts]
        known = [group for group in found if group]
        values: dict[str, Any] = {"target_groups": ";".join(dict.fromkeys(known)) or None}
        if len(known) < len(parts):
            values["target_group_text"] = text
        return values

    def _not_understood(self, target: PlaceField, column: str | None, row: PlaceRow, text: str) -> None:
        """Note the problem of a text that its type does not take; keep the text in the note."""
        title = target.title_de
        if target.type == "kind":
            similar = ", ".join(self._words.similar_kinds(text))
            self.problem("row.unknown_kind", row.number, column, text, "error", similar=similar)
            return
        if target.type == "function":
            self.problem("row.person", row.number, column, text)
            return
        if target.type == "id":
            self.problem("row.bad_id", row.number, column, text)
            return
        keys = {
            "district": "row.unknown_district",
            "choice": "row.unknown_choice",
            "postal_code": "row.bad_postal_code",
            "phone": "row.bad_phone",
            "email": "row.bad_email",
            "url": "row.bad_web",
            "date": "row.bad_date",
            "number": "row.not_a_number",
            "pair": "row.not_a_number",
        }
        allowed = ", ".join(labels[0] for labels in target.choices.values())
        key = "row.number_lost" if cells.CUT_NUMBER.match(text) else keys[target.type]
        self.problem(key, row.number, column, text, title=title, allowed=allowed, style=self._mapping.number_style)
        row.notes.append(f"{title}: {text}")

    def _take_number(self, target: PlaceField, column: str | None, texts: Sequence[str | None]) -> None:
        style = self._style(texts)
        into = self._coordinates.x if target.name == "lon" else self._coordinates.y
        for at, text in enumerate(texts):
            if text is None:
                continue
            number = parse_number(text, style)
            if number is None:
                self._not_understood(target, column, self.rows[at], text)
            else:
                into[at] = number

    def place(self) -> Position | None:
        """Turn the coordinate columns into longitude and latitude."""
        column = self._mapping.column_of("lon") or self._mapping.column_of("coordinates")
        chosen = self._mapping.crs and Position(self._mapping.crs, self._mapping.swapped, 1.0)
        return self._coordinates.place(
            self.problem, self._words.bounds, column=column, chosen=chosen or None, named=self._table.crs
        )

    def finish(self) -> None:
        """Check what has to be there and put what was kept into the note."""
        required = [target for target in place_fields().values() if target.required]
        seen = {(p.row, p.column) for p in self.problems if p.severity == "error"}
        for row in self.rows:
            if is_example(str(row.values.get("name", ""))):
                self.problem("row.example", row.number, None, None, "error")
            for target in required:
                column = self._mapping.column_of(target.name)
                if row.values.get(target.name) is None and (row.number, column) not in seen:
                    self.problem("row.required", row.number, column, None, "error", title=target.title_de)
            if row.notes:
                parts = [row.values.get("note"), *row.notes]
                row.values["note"] = "\n".join(str(part) for part in parts if part)
            row.values = {key: value for key, value in row.values.items() if value is not None}


def _one(name: str, value: object) -> dict[str, Any] | None:
    return None if value is None else {name: value}


def _phone(text: str) -> dict[str, Any] | None:
    number = cells.phone(text)
    return None if number is None else {"phone": text, "phone_number": number}


def _postal(text: str) -> dict[str, Any] | None:
    found = cells.postal_code(text)
    return None if found is None else {"postal_code": found[0], "city": found[1]}


def _address(text: str) -> dict[str, Any]:
    return dict(split_address(text)._asdict())
