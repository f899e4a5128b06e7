"""Telephone numbers: one international form, the text of the source kept beside it."""

from __future__ import annotations

import re

from scripts.datapackage.names import split_text

_NUMBER = re.compile(
    r"(?:\+49\s?|0)(?P<area>\d{2,5})\s(?P<digits>\d[\d\s-]*?\d)(?P<more>/\d{1,3})?(?:\s\((?P<note>[^)]*)\))?"
)


def parse_phones(text: str) -> list[tuple[str, str, str]]:
    """Return (international number, text of the source, note) for each number in `text`.

    "0511 168-42345" → "+49 511 16842345". Of "0511 466068/69" (two lines) the first is taken and the
    note says so. A text that is no German number with area code raises ValueError: never half a number.
    """
    return [_parse(part) for part in split_text(text)]


def _parse(text: str) -> tuple[str, str, str]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no telephone number with area code")
    digits = re.sub(r"\D", "", match["digits"])
    notes = [match["note"] or "", f"auch Endziffer {match['more'][1:]}" if match["more"] else ""]
    return f"+49 {match['area']} {digits}", text, "; ".join(note for note in notes if note)
