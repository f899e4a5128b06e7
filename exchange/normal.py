"""Texts made comparable: names, streets and headings without the ways of writing them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l"})
_MOST_DIGITS: Final = 9
_NO_WORD: Final = re.compile(r"[^0-9a-z]+")
_STREET_END: Final = re.compile(r"str(asse)?\b")
# Legal forms and fillers that say nothing about which organisation or place is meant.
_FILLERS: Final = frozenset(
    {"e", "v", "ev", "ggmbh", "gmbh", "mbh", "ag", "eg", "und", "fuer"}
    | {"der", "die", "das", "des", "dem", "den", "in", "im", "am", "an", "von", "vom", "zu", "zum", "zur"}
)
_SAME_WORDS: Final = {
    "kita": "kindertagesstaette",
    "kindergarten": "kindertagesstaette",
    "kiga": "kindertagesstaette",
    "gs": "grundschule",
    "st": "sankt",
    "juz": "jugendzentrum",
    "fz": "familienzentrum",
    "ntr": "nachbarschaftstreff",
    "lhh": "landeshauptstadthannover",
    "awo": "arbeiterwohlfahrt",
    "drk": "deutschesroteskreuz",
}


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return `text` in lower case without accents, umlauts spelled out, words apart by one blank."""
    spelled = text.casefold().translate(_GERMAN)
    if not spelled.isascii():
        plain = unicodedata.normalize("NFKD", spelled)
        spelled = "".join(c for c in plain if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", spelled).strip()


@lru_cache(maxsize=200_000)
def name_key(text: str) -> str:
    """Return the telling words of a name: legal forms and fillers left out, short forms spelled out."""
    words = [_SAME_WORDS.get(word, word) for word in fold(text).split()]
    return " ".join(word for word in words if word not in _FILLERS) or fold(text)


@lru_cache(maxsize=200_000)
def street_key(text: str) -> str:
    """Return a street without blanks and with ``strasse`` spelled out: ``Lange Str.`` = ``Langestraße``."""
    return _STREET_END.sub("strasse", fold(text)).replace(" ", "")


def house_key(text: str) -> str:
    """Return a house number without blanks: ``12 A`` = ``12a``."""
    return fold(text).replace(" ", "")


def is_number(text: str) -> bool:
    """Tell whether `text` is a plain whole number: ASCII digits only (``³`` is a digit to Python), at most 9."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
