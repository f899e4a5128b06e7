"""Which signs the shipped fonts can draw: PDF/UA refuses a page with a sign that no font has."""

from __future__ import annotations

import re
import struct
from functools import cache
from typing import Any, Final

from exchange.dossier.words import printable
from exchange.map_picture import FONTS

MISSING: Final = "□"
"""Stands for one or more signs in a row that no shipped font has, such as new emoji or Chinese."""

LONGEST_WORD: Final = 24
"""Signs after which a word without blanks may be broken."""

_FILES: Final = ("AtkinsonHyperlegibleNext-Regular.ttf", "DejaVuSans.ttf")
_FIRST, _SECOND = "Atkinson Hyperlegible Next", "DejaVu Sans"
_BLANKS: Final = frozenset(" \u00a0\u200b\u200c\u200d")
_UNSEEN: Final = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")  # emoji or text, tone of skin
_LONG: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def drawable(text: str) -> str:
    """Return `text` without what the shipped fonts cannot draw; `MISSING` stands for it.

    Control signs and marks that turn the direction of the text are taken out as `printable` does.
    """
    known = _known_signs()
    shown = _UNSEEN.sub("", printable(text))
    signs = (sign if sign in _BLANKS or ord(sign) in known else "\0" for sign in shown)
    return re.sub("(?:\0\u200d?)+", MISSING, "".join(signs))


def drawable_content(value: Any) -> Any:
    """Return texts in dictionaries, lists and tuples as `drawable` does; keys and everything else stay."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, dict):
        return {key: drawable_content(each) for key, each in value.items()}
    return [drawable_content(each) for each in value] if isinstance(value, list | tuple) else value


def breakable(text: str) -> str:
    """Return `text` as `drawable` does, with places to break in words that are longer than a line may be."""
    return _LONG.sub(_broken, drawable(text))


def drawable_svg(svg: str) -> str:
    """Return a picture whose words our fonts can draw: one font for all of them where the first choice lacks a sign.

    Inside a picture typst does not always find a second font for a single sign, and PDF/UA then refuses the page.
    """
    shown = drawable(svg)
    return shown if all(ord(sign) in _first_font() for sign in shown) else shown.replace(_FIRST, _SECOND)


def _broken(found: re.Match[str]) -> str:
    word = found.group()
    return "\u200b".join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))


@cache
def _first_font() -> frozenset[int]:
    return font_signs((FONTS / _FILES[0]).read_bytes())


@cache
def _known_signs() -> frozenset[int]:
    return frozenset().union(*(font_signs((FONTS / name).read_bytes()) for name in _FILES))


def font_signs(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType font (table ``cmap``, formats 4 and 12)."""
    tables = struct.unpack(">H", font[4:6])[0]
    places = (struct.unpack(">4sIII", font[12 + 16 * at : 28 + 16 * at]) for at in range(tables))
    start = next(offset for tag, _, offset, _ in places if tag == b"cmap")
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    offsets = {struct.unpack(">HHI", font[start + 4 + 8 * at : start + 12 + 8 * at])[2] for at in range(count)}
    found: set[int] = set()
    for offset in offsets:
        table = font[start + offset :]
        kind = struct.unpack(">H", table[:2])[0]
        found |= _segments(table) if kind == 4 else _groups(table) if kind == 12 else set()  # noqa: PLR2004 -- formats
    return frozenset(found)


def _segments(table: bytes) -> set[int]:
    """Return the code points of a subtable of format 4: 16-bit segments with deltas or an index of glyphs."""
    double = struct.unpack(">H", table[6:8])[0]
    half = double // 2

    def numbers(start: int) -> tuple[int, ...]:
        return struct.unpack(f">{half}H", table[start : start + double])

    base = 16 + 3 * double
    ends, starts, deltas, offsets = numbers(14), numbers(16 + double), numbers(16 + 2 * double), numbers(base)
    found = set()
    for at, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset == 0:
                glyph = (code + delta) & 0xFFFF
            else:
                place = base + 2 * at + offset + 2 * (code - first)
                glyph = struct.unpack(">H", table[place : place + 2])[0]
            if glyph:
                found.add(code)
    return found


def _groups(table: bytes) -> set[int]:
    """Return the code points of a subtable of format 12: 32-bit groups."""
    count = struct.unpack(">I", table[12:16])[0]
    groups = (struct.unpack(">III", table[16 + 12 * at : 28 + 12 * at]) for at in range(count))
    return {code for first, last, _ in groups for code in range(first, last + 1)}
