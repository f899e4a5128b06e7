"""Dates of the data as precise as known, put in order."""

from __future__ import annotations

import re
from typing import Final

_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def age_key(text: object) -> int:
    """Return a number that is smaller for a newer date; texts without a date are the oldest."""
    hit = _DATE.search(text) if isinstance(text, str) else None
    return -int(hit.group().replace("-", "").ljust(8, "0")) if hit else 0
