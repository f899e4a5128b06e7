"""The columns of a table of places, read from ``place_fields.json``: titles, types and synonyms."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from exchange.normal import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATH: Final = Path(__file__).with_name("place_fields.json")
LANGUAGES: Final = ("de", "en")


@dataclass(frozen=True)
class PlaceField:
    """One column of a table of places.

    Attributes
    ----------
    name
        Name in files for machines (CSV, GeoJSON, GeoPackage) and target of a mapping.
    type
        ``text``, ``number``, ``kind``, ``groups``, ``district``, ``choice``, ``street``,
        ``address`` (street, number, code and town in one cell), ``pair`` (both coordinates in one
        cell), ``postal_code``, ``phone``, ``email``, ``url``, ``date``, ``list``, ``function``, ``id``.
    resource, column
        Where the value goes in the data package's tables; None for cells that are taken apart.
    choices
        Stored value → (German, English) for the type ``choice``.
    """

    name: str
    title_de: str
    title_en: str
    type: str
    resource: str | None = None
    column: str | None = None
    required: bool = False
    width: int = 18
    example: str | None = None
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """Return the heading in a language, German by default."""
        return self.title_en if language == "en" else self.title_de

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this field, made comparable."""
        return tuple(dict.fromkeys(map(fold, (self.name, self.title_de, self.title_en, *self.synonyms))))

    def choice(self, text: str) -> str | None:
        """Return the stored value that `text` means, None if there is none."""
        wanted = fold(text)
        for value, labels in self.choices.items():
            if wanted in (fold(value), *map(fold, labels)):
                return value
        return None

    def label(self, value: str, language: str) -> str:
        """Return what a person reads for a stored choice."""
        labels = self.choices.get(value)
        return value if labels is None else labels[LANGUAGES.index(language)]


@lru_cache(maxsize=1)
def place_fields() -> Mapping[str, PlaceField]:
    """Return all columns by name, in the order of files."""
    entries: list[dict[str, Any]] = json.loads(_PATH.read_text(encoding="utf-8"))["fields"]
    found = {}
    for entry in entries:
        entry["synonyms"] = tuple(entry.get("synonyms", ()))
        entry["choices"] = MappingProxyType({k: tuple(v) for k, v in entry.get("choices", {}).items()})
        found[entry["name"]] = PlaceField(**entry)
    return MappingProxyType(found)


def stored_fields() -> tuple[PlaceField, ...]:
    """Return the columns that are written to files: those that carry a value of their own."""
    return tuple(entry for entry in place_fields().values() if entry.resource)
