"""A mapping proposed from the names of the columns and from what is in their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

from exchange.fields import place_fields
from exchange.mapping import ColumnMapping
from exchange.normal import fold, is_number
from exchange.numbers_text import find_style, parse_number, parse_pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.fields import PlaceField
    from exchange.table import Table
    from exchange.vocabulary import Vocabulary

_SAMPLE: Final = 300
_EXACT: Final = 1.0
_WORDS: Final = 0.8
_ALIKE: Final = 88.0
_NAME_ONLY: Final = 0.4
_ENOUGH: Final = 0.5
_BY_CONTENT: Final = 0.8
_SHORTEST_ALIKE: Final = 5

_POSTAL: Final = re.compile(r"(D-)?\d{5}\b")
_PHONE: Final = re.compile(r"(\+|0|\(0)[\d\s()/.–-]{5,}\d\b")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}\Z", re.IGNORECASE)
_WEB: Final = re.compile(r"(https?://|www\.)\S+\.\S+\Z", re.IGNORECASE)
_HOURS: Final = re.compile(r"\b(mo|di|mi|do|fr|sa|so|tu|we|th|su|montag|dienstag|tägl)\b.*\d{1,2}|24/7", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\D+\d+\s?\w?\D*,?\s*\d{5}\b")
_STREET: Final = re.compile(r"(str\.|straße|strasse|weg|platz|allee|ring|damm|ufer|gasse|markt|kamp)\b", re.IGNORECASE)
_HOUSE: Final = re.compile(r"\d{1,4}\s?[a-z]?([-–/]\d{1,4}\s?[a-z]?)?\Z", re.IGNORECASE)
_DATE: Final = re.compile(r"(\d{4}(-\d{2}){0,2}|\d{1,2}\.\d{1,2}\.\d{2,4})\Z")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Proposal:
    """A proposed mapping and how sure each assignment is (0–1), by column."""

    mapping: ColumnMapping
    confidence: dict[str, float]


def propose(table: Table, words: Vocabulary) -> Proposal:
    """Return the most plausible meaning of each column; a column that means nothing known is left out.

    Names count first (synonyms of both languages), contents decide between names and find columns
    without a telling name. Each target is given once, the surest column first.
    """
    tests = _content_tests(words)
    scored = []
    for position, column in enumerate(table.columns):
        cells = [cell.strip() for cell in table.column(column)[:_SAMPLE] if cell and cell.strip()]
        for target in place_fields().values():
            score = _score(column, cells, target, tests)
            if score >= _ENOUGH:
                scored.append((score, -position, column, target.name))
    columns: dict[str, str] = {}
    confidence: dict[str, float] = {}
    for score, _position, column, target_name in sorted(scored, reverse=True):
        if column not in columns and target_name not in columns.values():
            columns[column] = target_name
            confidence[column] = round(min(score, 1.0), 2)
    ordered = {column: columns[column] for column in table.columns if column in columns}
    return Proposal(ColumnMapping(ordered), confidence)


def _score(
    column: str,
    cells: list[str],
    target: PlaceField,
    tests: dict[str, Callable[[list[str]], float]],
) -> float:
    """Return how well a column fits a target: name and content together, about 0–1.3."""
    name = name_score(column, target)
    test = tests.get(target.name)
    if test is None or not cells:
        return name
    fits = test(cells)
    if (
        name == _EXACT
        and target.name != "id"
        and fold(column) in map(fold, (target.name, target.title_de, target.title_en))
    ):
        return name + 0.1 * fits
    if name:
        return name * (_NAME_ONLY + (1 - _NAME_ONLY) * fits) + 0.1 * fits if target.name in _MUST_FIT else name
    return 0.6 * fits if fits >= _BY_CONTENT and target.name in _TELLING else 0.0


# Targets whose name alone is not enough, because other columns are called the same.
_MUST_FIT: Final = frozenset({"lon", "lat", "house_number", "postal_code", "city", "coordinates", "id"})
# Targets that their content tells without a name.
_TELLING: Final = frozenset(
    {"kind", "postal_code", "phone", "email", "website", "opening_hours", "address", "street", "district", "id"}
)


def name_score(column: str, target: PlaceField) -> float:
    """Return how well a heading fits: 1 a known heading, 0.8 all its words, less if only alike."""
    heading = fold(re.sub(r"\(.*?\)|\[.*?\]", " ", column)) or fold(column)
    if heading in target.headings or fold(column) in target.headings:
        return _EXACT
    words = set(heading.split())
    for known in target.headings:
        if len(known) > _SHORTEST_ALIKE - 2 and set(known.split()) <= words:
            return _WORDS - 0.05 * (len(words) - len(known.split()))
    if len(heading) >= _SHORTEST_ALIKE:
        best = max(fuzz.ratio(heading, known) for known in target.headings)
        if best >= _ALIKE:
            return _WORDS * best / 100
    return 0.0


def _content_tests(words: Vocabulary) -> dict[str, Callable[[list[str]], float]]:
    return {
        "kind": lambda cells: _share(cells, lambda cell: words.kind(cell) is not None),
        "district": lambda cells: _share(cells, lambda cell: not is_number(cell) and words.district(cell) is not None),
        "postal_code": lambda cells: _matching(cells, _POSTAL),
        "city": lambda cells: _share(cells, lambda cell: not any(c.isdigit() for c in cell)) * _repeated(cells),
        "phone": lambda cells: _matching(cells, _PHONE),
        "email": lambda cells: _matching(cells, _EMAIL),
        "website": lambda cells: _matching(cells, _WEB),
        "opening_hours": lambda cells: _share(cells, lambda cell: bool(_HOURS.search(cell))),
        "address": lambda cells: _matching(cells, _ADDRESS),
        "street": lambda cells: _share(cells, lambda cell: bool(_STREET.search(cell)) and not _ADDRESS.match(cell)),
        "house_number": lambda cells: _matching(cells, _HOUSE) * (not _running(cells)),
        "source_date": lambda cells: _matching(cells, _DATE),
        "id": lambda cells: _matching(cells, _UUID),
        "coordinates": lambda cells: _share(cells, lambda cell: parse_pair(cell) is not None),
        "lon": _numeric,
        "lat": _numeric,
    }


def _share(cells: list[str], fits: Callable[[str], bool]) -> float:
    distinct = list(dict.fromkeys(cells))
    return sum(map(fits, distinct)) / len(distinct)


def _matching(cells: list[str], pattern: re.Pattern[str]) -> float:
    return _share(cells, lambda cell: pattern.match(cell) is not None)


def _numeric(cells: list[str]) -> float:
    style = find_style(cells)
    return _share(cells, lambda cell: parse_number(cell, style) is not None)


def _repeated(cells: list[str]) -> float:
    """Return 1 if few different values fill the column, as in a column of towns; less otherwise."""
    return min(1.0, 0.3 + 2.0 * (1 - len(set(cells)) / len(cells))) if len(cells) > 1 else 1.0


def _running(cells: list[str]) -> bool:
    """Tell whether the cells just count upwards, as a running number does."""
    numbers = [int(cell) for cell in cells if is_number(cell)]
    return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))  # noqa: PLR2004
