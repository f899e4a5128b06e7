"""What a raw text says about its own origin: kept for checking, but not in what people read about a place."""

from __future__ import annotations

import re
from typing import Final

from scripts.datapackage.names import join_notes

# A part of a description (parts are divided by "; ") that only says where something was found; German in its place.
_ORIGINS: Final = (
    (
        re.compile(r"OSM amenity=community_centre \(Abzug (?P<day>[\d-]+)\)(?:, OSM-ID (?P<id>\d+) \(Objekttyp unbekannt\))?"),
        "in OpenStreetMap als Gemeinschaftszentrum (Abzug {day}, Nummer {id}, Objekttyp unbekannt)",
    ),
    (re.compile(r"OSM amenity=hospital/healthcare \(Stand (?P<day>\d+)\)"), "in OpenStreetMap als Krankenhaus (Stand {day})"),
    (re.compile(r"in OSM als community_centre"), "in OpenStreetMap als Gemeinschaftszentrum"),
    (re.compile(r"OSM (?P<text>führt .+)"), "OpenStreetMap {text}"),
    (re.compile(r"Krankenhausstandort laut (?P<text>Eurostat/GISCO \(Standort-ID \w+\))"), "Standort laut {text}"),
    (re.compile(r"(?P<text>Namensvermutung \(.+)"), "{text}"),
    (re.compile(r"(?P<text>(?:GitHub-Text nennt|Adresse aus GitHub|Name aus vollständiger Liste|Quelle) .+)"), "{text}"),
    (re.compile(r"(?P<text>(?:Adresse|Hausnummer) nicht in der Quelle|keine Straße in der Quelle|ohne Adresse)"), "{text}"),
    (re.compile(r"(?P<text>Stand \d+, keine Straße in der Quelle|Quelle: .+)"), "{text}"),
)  # fmt: skip
_BRACKETED: Final = re.compile(
    r" \((?P<text>(?:keine Straße|Hausnummer nicht|Adresse) in (?:der Quelle(?:, Stand \d+)?|keiner der gefundenen Quellen))\)"
)
_NAME: Final = re.compile(r" \(OSM community_centre, (?P<text>Name nicht in der Quelle)\)$")
_SOURCES: Final = (
    (re.compile(r"\(year not stated in text, data (\d+)\)"), r"(Jahr im Text nicht genannt, Daten von \1)"),
    (re.compile(r"\(more than (\d+) persons\)"), r"(mehr als \1 Personen)"),
    (re.compile(r"\((\d+) persons; (\d+) SGB II\)"), r"(\1 Personen; \2 nach SGB II)"),
    (re.compile(r"^derived: "), "abgeleitet: "),
    (re.compile(r", derived\)"), ", abgeleitet)"),
)


def divide(text: str) -> tuple[str, str]:
    """Return a description for people and a remark on its origin; either may be "".

    "Jugendtreff (keine Straße in der Quelle)" → ("Jugendtreff", "keine Straße in der Quelle").
    """
    said, origins = [], []
    for part in text.split("; "):
        origin = _origin(part)
        if origin is None:
            origins += _BRACKETED.findall(part)
            said.append(_BRACKETED.sub("", part))
        else:
            origins.append(origin)
    return "; ".join(said), join_notes(*origins)


def _origin(part: str) -> str | None:
    for pattern, words in _ORIGINS:
        match = pattern.fullmatch(part)
        if match:
            return words.format(**match.groupdict()).replace("Nummer None, ", "")
    return None


def plain_name(name: str) -> tuple[str, str]:
    """Return a place's name without a bracket on its origin, and what that bracket said."""
    match = _NAME.search(name)
    return (name, "") if match is None else (name[: match.start()], match["text"])


def german(source: str) -> str:
    """Return a source's note with its English words in German; anything else stays as it is."""
    for pattern, words in _SOURCES:
        source = pattern.sub(words, source)
    return source
