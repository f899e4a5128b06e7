"""The words of the city that an import has to understand: kinds, target groups, Stadtteile, area.

The catalogue of the data package gives the labels, ``word_synonyms.json`` what offices also call them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from exchange.normal import fold, is_number
from geo import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.sources import Package

_CLOSE: Final = 90.0
_SYNONYMS: Final = Path(__file__).with_name("word_synonyms.json")
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Vocabulary:
    """Catalogue words of a data package.

    Attributes
    ----------
    kinds, groups
        Identifier → (German, English) label.
    words
        Comparable word → kind; labels in both languages, singular and plural.
    group_words
        Comparable word → target group.
    districts
        Number → name of each Stadtteil.
    bounds
        West, south, east, north of the city in EPSG:25832.
    """

    kinds: Mapping[str, tuple[str, str]]
    groups: Mapping[str, tuple[str, str]]
    words: Mapping[str, str]
    group_words: Mapping[str, str]
    districts: Mapping[int, str]
    bounds: Bounds

    def kind(self, text: str) -> str | None:
        """Return the kind that `text` means: its identifier, a label, or nearly one."""
        return _meant(text, self.words)

    def similar_kinds(self, text: str, count: int = 3) -> tuple[str, ...]:
        """Return the German labels most like `text`, the most similar first."""
        found = process.extract(fold(text), self.words.keys(), scorer=fuzz.WRatio, limit=4 * count)
        kinds = dict.fromkeys(self.words[word] for word, _, _ in found)
        return tuple(self.kinds[kind][0] for kind in kinds)[:count]

    def group(self, text: str) -> str | None:
        """Return the target group that `text` means, None if none of the known ones."""
        return _meant(text, self.group_words)

    def district(self, text: str) -> int | None:
        """Return the number of the Stadtteil that `text` names, by number or name."""
        if is_number(text.strip()):
            number = int(text)
            return number if number in self.districts else None
        wanted = fold(text).replace(" ", "")
        for number, name in self.districts.items():
            if fold(name).replace(" ", "") == wanted:
                return number
        return None


def vocabulary_of(package: Package) -> Vocabulary:
    """Return the words of a data package opened with `geo.sources.open_package`."""
    kinds = sources.read(package, "facility_kinds")
    groups = sources.read(package, "target_groups")
    districts = sources.read(package, "districts")
    more: dict[str, dict[str, list[str]]] = json.loads(_SYNONYMS.read_text(encoding="utf-8"))
    west, south, east, north = (float(value) for value in districts.total_bounds)
    names = zip(districts["district_id"].tolist(), districts["name"].tolist(), strict=True)
    return Vocabulary(
        kinds=_labels(kinds, "kind"),
        groups=_labels(groups, "target_group"),
        words=_words(kinds, "kind", ("label_de", "plural_de", "label_en", "plural_en"), more["kinds"]),
        group_words=_words(groups, "target_group", ("label_de", "label_en"), more["groups"]),
        districts={int(number): str(name) for number, name in names},
        bounds=(west, south, east, north),
    )


def _labels(frame: pd.DataFrame, key: str) -> dict[str, tuple[str, str]]:
    columns = (frame[name].tolist() for name in (key, "label_de", "label_en"))
    return {slug: (german, english) for slug, german, english in zip(*columns, strict=True)}


def _words(frame: pd.DataFrame, key: str, columns: Iterable[str], synonyms: Mapping[str, list[str]]) -> dict[str, str]:
    """Return comparable word → identifier; identifiers before labels before synonyms."""
    rows = frame.to_dict("records")
    words = {fold(str(row[key])): str(row[key]) for row in rows}
    for row in rows:
        for column in columns:
            words.setdefault(fold(str(row[column])), str(row[key]))
    for row in rows:
        for word in synonyms.get(str(row[key]), ()):
            words.setdefault(fold(word), str(row[key]))
    return words


def _meant(text: str, words: Mapping[str, str]) -> str | None:
    wanted = fold(text)
    if not wanted:
        return None
    if wanted in words:
        return words[wanted]
    found = process.extractOne(wanted, words.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return words[found[0]] if found else None
