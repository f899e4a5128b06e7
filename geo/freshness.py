"""How old an entry is: the day it was last known to be true, as precise as known, and from when on it is stale."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

STALE_AFTER_DAYS: Final = 365
"""Entries older than this, and entries of unknown age, should be confirmed."""


def first_day(text: str) -> date:
    """Return the first day of a date as precise as known: YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = (*text.split("-"), "1", "1")[:3]
    return date(int(year), int(month), int(day))


def is_day(text: object) -> bool:
    """Tell whether something is a date as precise as known, and not "about 2017" or "2018 or 2019"."""
    if not isinstance(text, str) or len(text) > len("2026-11-29"):
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def age_days(known: str | None, today: date) -> int | None:
    """Return how many days ago something was last known to be true; None = unknown."""
    return (today - first_day(known)).days if known else None


def is_stale(known: str | None, today: date, *, after_days: int = STALE_AFTER_DAYS) -> bool:
    """Tell whether something was last known to be true longer ago than `after_days`, or nobody knows when."""
    age = age_days(known, today)
    return age is None or age > after_days


def stale(known: pd.Series, today: date, *, after_days: int = STALE_AFTER_DAYS) -> pd.Series:
    """Return `is_stale` of each day in a column; NaN or NA = unknown."""
    return known.map(
        lambda text: is_stale(text if isinstance(text, str) else None, today, after_days=after_days)
    ).astype("bool")
