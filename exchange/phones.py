"""German telephone numbers: from any way of writing to ``+49 511 16842345``."""

from __future__ import annotations

import re
from typing import Final

from exchange.normal import is_number

_NUMBER: Final = re.compile(r"[+(\d][\d\s()/.\-–+]*\d")
_CUT: Final = re.compile(r"\dE\+\d", re.IGNORECASE)
_KNOWN_AREAS: Final = ("511", "800", "180", "30", "40", "69", "89")
_MOBILE: Final = re.compile(r"1[5-7]\d")
_REGION: Final = re.compile(r"5[01]\d\d|5\d{3}")
_WITHOUT_AREA: Final = 4
_LONGEST_LOCAL: Final = 8
STORED: Final = re.compile(r"\+49 \d{2,5} \d{2,12}(-\d+)?\Z")
"""How the data package stores a number."""


def normal_phone(text: str, *, home_area: str = "511") -> str | None:
    """Return the first number in `text` in international form, None if none is understood.

    Parameters
    ----------
    text
        For example ``0511 / 168-0``, ``+49 (0)511 168 0``, ``168-0 (Zentrale)``.
    home_area
        Area code, without zero, of a number that has none (4 to 8 digits).
    """
    found = _NUMBER.search(text)
    if found is None or _CUT.search(text):
        return None
    written = found.group().replace("(0)", " ")
    area, rest = _parts(written, home_area)
    if area is None or not is_number(area) or area.startswith("0"):
        return None
    number = f"+49 {area} {rest}"
    return number if STORED.match(number) else None


def _parts(written: str, home_area: str) -> tuple[str | None, str]:
    """Return area code without zero and the rest; None without one for a foreign or odd number."""
    stripped = written.strip()
    digits = re.sub(r"\D", "", stripped)
    if stripped.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if not digits.startswith("49"):
            return None, ""
        national = re.sub(r"^\D*(00)?\D*49", "", stripped)
        return _split(national.lstrip(" (/-.").removeprefix("0"), digits[2:].removeprefix("0"))
    if digits.startswith("0"):
        return _split(re.sub(r"^\D*0", "", stripped), digits[1:])
    if _WITHOUT_AREA <= len(digits) <= _LONGEST_LOCAL:
        return home_area, digits
    for lost in ("49", ""):  # a spreadsheet took the number for one and dropped plus or zero
        if digits.startswith(lost + home_area):
            return home_area, digits[len(lost + home_area) :]
    return None, ""


def _split(written: str, digits: str) -> tuple[str | None, str]:
    """Part the area code: by how it is written, else by the codes that are known."""
    for area in _KNOWN_AREAS:
        if digits.startswith(area) and (area == "511" or _ends_after(written, area)):
            return area, digits[len(area) :]
    mobile = _MOBILE.match(digits)
    if mobile:
        return digits[:3], digits[3:]
    written_area = re.match(r"\d{2,5}(?=[\s()/.\-–])", written)
    if written_area:
        area = written_area.group()
        return area, digits[len(area) :]
    region = _REGION.match(digits)
    if region:
        return region.group(), digits[4:]
    return None, ""


def _ends_after(written: str, area: str) -> bool:
    """Tell whether a separator follows the area code as it is written."""
    return re.match(rf"{area}\D", written) is not None
