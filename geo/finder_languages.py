"""Languages of offers: from the words of the sources ("Türkisch", "Farsi", "tr") to codes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from babel import Locale

from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from collections.abc import Iterable

_OTHER_WORDS: Final = {"farsi": "fa", "dari": "fa", "persian": "fa", "kurmandschi": "ku", "leichte sprache": "de"}
_CODE_LENGTH: Final = 2


@cache
def _codes() -> dict[str, str]:
    """Return the code of every two-letter language by its German and English name."""
    found = {
        str(name).casefold(): str(code)
        for locale in ("en", "de")
        for code, name in Locale(locale).languages.items()
        if len(code) == _CODE_LENGTH
    }
    return found | _OTHER_WORDS


def language_codes(texts: Iterable[object]) -> frozenset[str]:
    """Return the codes of the languages that ``;``-joined texts name; vague words ("mehrsprachig") name none."""
    words = {
        word.strip().casefold()
        for text in texts
        if isinstance(text, str)
        for word in text.replace(",", LIST_DELIMITER).split(LIST_DELIMITER)
    }
    known = _codes()
    return frozenset(known.get(word, word) for word in words if word in known or len(word) == _CODE_LENGTH)


def is_vague(texts: Iterable[object]) -> bool:
    """Tell whether a text names something that is no known language: there may be more than those listed."""
    known = _codes()
    words = (word.strip().casefold() for text in texts if isinstance(text, str) for word in text.split(LIST_DELIMITER))
    return any(word and word not in known and len(word) != _CODE_LENGTH for word in words)
