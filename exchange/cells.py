"""One cell to one typed value, by the type of its column. None = the text is not understood."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from exchange.phones import normal_phone

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text of a place has: control characters and halves of surrogate pairs."""

SHEET_ERROR: Final = re.compile(
    r"#(REF|BEZUG|N/A|NV|VALUE|WERT|NAME|DIV/0|NUM|ZAHL|NULL|SPILL|ÜBERLAUF|CALC|KALK)[!?]?\Z|#{3,}\Z"
)
CUT_NUMBER: Final = re.compile(r"\d([.,]\d+)?E\+\d+\Z", re.IGNORECASE)
PERSON: Final = re.compile(r"(frau|herrn?|fr\.|hr\.|mrs?\.?|ms\.?)\s+\S", re.IGNORECASE)

_EMAIL: Final = re.compile(r"[^\s@<>\"'`\\,;:()\[\]]+@[^\s@<>\"'`\\,;:()\[\]]+\.[^\s@.<>\"'`\\,;:()\[\]]{2,}\Z")
_WEB: Final = re.compile(r"https?://[^\s/?#<>\"'`\\]+\.[^\s<>\"'`\\]+\Z", re.IGNORECASE)
_BARE_WEB: Final = re.compile(r"(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/[^\s<>\"'`\\]*)?\Z", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?\Z")
_GERMAN: Final = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})[./](\d{4})\Z")
_GERMAN_SHORT: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})\Z")
_POSTAL: Final = re.compile(r"(?:D-)?(\d{5})(?:\s+(\D.*))?\Z")
_UUID5: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")
_AND: Final = re.compile(r"\s*(?:[,/\n]|\bund\b|\band\b)\s*")


def email(text: str) -> str | None:
    """Return an e-mail address (``mailto:`` cut off)."""
    bare = text.removeprefix("mailto:")
    return bare if _EMAIL.match(bare) else None


def web(text: str) -> str | None:
    """Return a web address; ``www.example.org`` gets ``https://``."""
    if _WEB.match(text):
        return text
    return f"https://{text}" if _BARE_WEB.match(text) else None


def partial_date(text: str) -> str | None:
    """Return a day, month or year as ISO 8601, as precise as the text."""
    iso = _ISO.match(text)
    if iso:
        year, month, day = iso.groups()
    else:
        german = _GERMAN.match(text) or _GERMAN_SHORT.match(text)
        if german is None:
            return None
        day, month, year = german.groups()
        year = f"20{year}" if len(year) == 2 else year  # noqa: PLR2004
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return found.isoformat()[: 4 + 3 * (month is not None) + 3 * (day is not None)]


def postal_code(text: str) -> tuple[str, str | None] | None:
    """Return code and, if the cell has both, town: ``30159 Hannover``."""
    found = _POSTAL.match(text)
    return (found.group(1), found.group(2)) if found else None


def phone(text: str) -> str | None:
    """Return a telephone number in the stored form."""
    return normal_phone(text)


def identifier(text: str) -> str | None:
    """Return an identifier of this program (UUID version 5)."""
    lowered = text.lower()
    return lowered if _UUID5.match(lowered) else None


def listed(text: str) -> list[str]:
    """Return the parts of a list: parted by ``;``, or if there is none by comma, slash or ``und``."""
    parts = text.split(";") if ";" in text else _AND.split(text)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
