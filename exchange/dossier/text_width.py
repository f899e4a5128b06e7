"""How much room text takes on a slide: widths of Arial's signs (those of Helvetica), a little too wide rather than too narrow."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LINE: Final = 1.2
"""Height of a line as part of the size of the font."""

_SAFETY: Final = 1.05
_BOLD: Final = 1.08
_UNKNOWN: Final = 0.7
_WIDE: Final = 1.05
_GROUPS: Final = (
    (0.26, "ijl'|"), (0.3, " !,./:;I[\\]ft\u00a0·"), (0.36, '()-`r{}"*°–'), (0.5, "Jckszvxy^"), (0.56, "abdeghnopqu?_#$L€ß"),
    (0.6, "0123456789FTZ+<=>~„“”"), (0.67, "ABEKPSVXYAÄ&"), (0.73, "CDHNRUwÜ"), (0.78, "GOQÖ"), (0.84, "Mm"), (0.95, "W%…—"),
    (1.02, "@"),
)  # fmt: skip
_WIDTHS: Final = {sign: width for width, signs in _GROUPS for sign in signs}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line in the unit of `size`."""
    return sum(map(_sign, text)) * size * _SAFETY * (_BOLD if bold else 1.0)


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return `text` broken into lines of at most `width`, one at least; a word that is too long is broken inside.

    Put together without anything between them the lines are `text` again: those that end between words end with the
    space, which takes no width.
    """
    lines, line = [], ""
    for at, word in enumerate(text.split(" ")):
        joined = f"{line} {word}" if at else word
        if width_of(joined, size, bold=bold) <= width:
            line = joined
            continue
        if at:
            lines.append(f"{line} ")
        *whole, line = _broken(word, width, size, bold=bold)
        lines += whole
    return [*lines, line]


def _broken(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    if width_of(word, size, bold=bold) <= width:
        return [word]
    most = width / (size * _SAFETY * (_BOLD if bold else 1.0))
    parts, start, taken = [], 0, 0.0
    for at, sign in enumerate(word):
        wide = _sign(sign)
        if at > start and taken + wide > most:
            parts.append(word[start:at])
            start, taken = at, 0.0
        taken += wide
    return [*parts, word[start:]]


@lru_cache(maxsize=4096)
def _sign(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if unicodedata.combining(sign):
        return 0.0
    base = unicodedata.normalize("NFD", sign)[0]
    if base in _WIDTHS:
        return _WIDTHS[base]
    return _WIDE if unicodedata.east_asian_width(sign) in "WF" else _UNKNOWN
