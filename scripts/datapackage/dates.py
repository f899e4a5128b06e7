"""Dates of sources: plain ISO dates as they are, everything else explained in a note."""

from __future__ import annotations

import re

ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NO_DATE = {"", "o. D.", "unbekannt"}


def source_date(text: str) -> tuple[str, str]:
    """Return (ISO date or "", note).

    Of two dates ("2018/2021": a source of each) the newer one counts. What is no plain date
    ("2020 oder später") gives no date. The wording of the source then stands in the note.
    """
    if text in _NO_DATE:
        return "", ""
    if ISO.fullmatch(text):
        return text, ""
    parts = text.split("/")
    newest = max(parts) if all(ISO.fullmatch(part) for part in parts) else ""
    return newest, f"Datum der Quelle: {text}"
