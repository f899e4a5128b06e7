"""From a workbook's stored cell to the text that a person sees: number formats, days, escapes."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from exchange.normal import is_number

if TYPE_CHECKING:
    from exchange.xml_stream import Attributes

_BUILT_IN_DAYS: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY_LETTERS: Final = re.compile(r"[dmyhsDMYHSjJtT]")
_ZEROS: Final = re.compile(r"0{2,12}\Z")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EXACT: Final = 2**53
_LAST_DAY: Final = 2_958_466

GENERAL, DAY = "general", "day"


class CellFormats:
    """What each cell style means for the text: ``general``, ``day`` or zeros to pad with."""

    def __init__(self, *, epoch_1904: bool) -> None:
        self.epoch = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)  # noqa: DTZ001
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._in_cells = False
        self._cache: dict[str, str] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take up one element of ``styles.xml``."""
        if tag == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._in_cells = True
        elif tag == "cellStyles":
            self._in_cells = False
        elif tag == "xf" and self._in_cells:
            self._styles.append(attributes.get("numFmtId", "0"))

    def of(self, style: str | None) -> str:
        """Return the meaning of a cell's style number."""
        if style is None:
            return GENERAL
        known = self._cache.get(style)
        if known is None:
            known = self._cache[style] = self._meaning(style)
        return known

    def _meaning(self, style: str) -> str:
        if not is_number(style) or int(style) >= len(self._styles):
            return GENERAL
        identifier = self._styles[int(style)]
        code = self._codes.get(identifier)
        if code is None:
            return DAY if is_number(identifier) and int(identifier) in _BUILT_IN_DAYS else GENERAL
        if _ZEROS.match(code):
            return code
        plain = _QUOTED.sub("", code.split(";")[0])
        return DAY if _DAY_LETTERS.search(plain) and "General" not in code else GENERAL


def number_text(raw: str, meaning: str, formats: CellFormats) -> str | None:
    """Return the text of a number cell; None if it is no finite number."""
    try:
        value = float(raw)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    if meaning == DAY and 0 <= value < _LAST_DAY:
        return day_text(value, formats.epoch)
    text = repr(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if meaning not in (GENERAL, DAY) and is_number(text):
        return text.zfill(len(meaning))
    return text


def day_text(serial: float, epoch: datetime) -> str:
    """Return a day number as ISO 8601: time only below 1, date only for whole days."""
    whole = epoch + timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return whole.strftime("%H:%M")
    if float(serial).is_integer():
        return whole.date().isoformat()
    return whole.isoformat(timespec="minutes" if whole.second == 0 else "seconds")


def unescaped(text: str) -> str:
    """Return a workbook's text with ``_x000D_`` and the like as the characters they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
