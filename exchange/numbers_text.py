"""Numbers as people write them: decimal comma or point, separators of thousands, several ways of blanks."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Style = Literal["comma", "point"]

_BLANKS: Final = re.compile(r"[\s'’\u00a0\u2007\u2009\u202f]")
_UNIT: Final = re.compile(r"(?<=\d)\s*(m|°|grad)?\s*\Z", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[+-]?\d+([.,]\d+)*(e[+-]?\d{1,3})?\Z", re.IGNORECASE)
_GROUPS: Final = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+\Z")
_PAIR_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_PAIR_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
_WKT: Final = re.compile(r"\s*(SRID=\d+;)?\s*POINT\s*Z?\s*\((.*)\)\s*\Z", re.IGNORECASE)
_TWO: Final = 2


def find_style(values: Iterable[str]) -> Style:
    """Return how the numbers in `values` are written, from those that leave no doubt.

    ``1.234,5`` and ``9,7321`` speak for the comma, ``1,234.5`` and ``9.7321`` for the point;
    ``1.234`` alone can be both. Without any sure sign: point, except if only commas occur.
    """
    votes = {"comma": 0, "point": 0}
    doubtful = {"comma": 0, "point": 0}
    for value in values:
        text = _stripped(value)
        if not _PLAIN.match(text):
            continue
        style, sure = _sign(text)
        if style is not None:
            (votes if sure else doubtful)[style] += 1
    if votes["comma"] != votes["point"]:
        return "comma" if votes["comma"] > votes["point"] else "point"
    return "comma" if doubtful["comma"] and not doubtful["point"] else "point"


def _sign(text: str) -> tuple[Style | None, bool]:
    """Return which mark is the decimal one in one number, and whether that is sure."""
    comma, point = text.rfind(","), text.rfind(".")
    if comma < 0 and point < 0:
        return None, False
    if comma >= 0 and point >= 0:
        return ("comma" if comma > point else "point"), True
    mark, style, other = (",", "comma", "point") if comma >= 0 else (".", "point", "comma")
    if text.count(mark) > 1:
        return other, True  # type: ignore[return-value]
    return style, not _GROUPS.match(text)  # type: ignore[return-value]


def parse_number(value: str, style: Style) -> float | None:
    """Return the finite number that `value` means in a style, None if it is none."""
    text = _stripped(value)
    if not _PLAIN.match(text):
        return None
    decimal, thousands = (",", ".") if style == "comma" else (".", ",")
    whole, mark, rest = text.partition(decimal)
    if thousands in rest or decimal in rest:
        return None
    if thousands in whole and not _GROUPS.match(whole):
        return None
    number = float(whole.replace(thousands, "") + ("." + rest if mark else ""))
    return number if math.isfinite(number) else None


def parse_pair(value: str) -> tuple[float, float] | None:
    """Return the two numbers of a cell such as ``52.37, 9.73``, ``52,37; 9,73`` or ``POINT (9.7 52.4)``."""
    wkt = _WKT.match(value)
    text = wkt.group(2) if wkt else value
    commas = _PAIR_COMMA.findall(text)
    rest = _PAIR_COMMA.sub("", text)
    if len(commas) == _TWO and not re.search(r"\d", rest):
        found = [part.replace(",", ".") for part in commas]
    else:
        found = _PAIR_NUMBER.findall(text)
    if len(found) < _TWO or (len(found) > _TWO and not wkt):
        return None
    first, second = float(found[0]), float(found[1])
    return (first, second) if math.isfinite(first) and math.isfinite(second) else None


def _stripped(value: str) -> str:
    return _BLANKS.sub("", _UNIT.sub("", value.strip()))
