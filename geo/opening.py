"""Opening hours in the syntax of OpenStreetMap, in the time of Hannover, with the public holidays of Lower Saxony.

Three answers only: open, closed, unknown. Unknown stays unknown: a text that cannot be read, an entry without
hours, ``unknown`` in the text, school holidays (``SH``), and a public holiday of which the text says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

import holidays
import opening_hours
from opening_hours import OpeningHours

ZONE: Final = ZoneInfo("Europe/Berlin")
State = Literal["open", "closed", "unknown"]

_ALWAYS: Final = "24/7"
_SCHOOL: Final = re.compile(r"\bSH\b")
_PUBLIC: Final = re.compile(r"\bPH\b")
# "PH off", "Su,PH 10:00-12:00": days of the week and public holidays, then hours or a word
_DAYS_RULE: Final = re.compile(r"\s*([A-Za-z,\-\s]*?\bPH\b[A-Za-z,\-\s]*?)\s*(\d\d:\d\d.*|off|closed|open|unknown)\s*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one day that is open, or of which nobody knows.

    Attributes
    ----------
    start, end
        With zone; `end` may be the next day's morning.
    state
        ``open`` or ``unknown``.
    """

    start: datetime
    end: datetime
    state: State


def now() -> datetime:
    """Return this moment in the time of Hannover."""
    return datetime.now(tz=ZONE)


def midnight(day: date) -> datetime:
    """Return the beginning of `day`; days are 23 or 25 hours long when the clocks change."""
    return datetime.combine(day, time(), tzinfo=ZONE)


@lru_cache(maxsize=16)
def _holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("DE", subdiv="NI", years=year)


@lru_cache(maxsize=16)
def _known_to_library(year: int) -> frozenset[date]:
    """Return the holidays that the library itself takes for public: those of all German states."""
    return frozenset(holidays.country_holidays("DE", years=year))


def is_holiday(day: date) -> bool:
    """Tell whether `day` is a public holiday in Lower Saxony."""
    return day in _holidays(day.year)


def is_readable(hours: str) -> bool:
    """Tell whether `hours` is written in the syntax of OpenStreetMap."""
    return bool(hours.strip()) and opening_hours.validate(hours)


def day_spans(hours: str | None, day: date) -> tuple[Span, ...] | None:
    """Return what is open, or may be, on a day; empty = closed all day, None = unknown.

    Parameters
    ----------
    hours
        Text in the syntax of OpenStreetMap; None = unknown.
    day
        Spans that begin on this day in Hannover, and one that goes on since the day before.
    """
    if not hours or not _says_something(hours, day):
        return None
    begin, end = midnight(day), midnight(day + timedelta(days=1))
    until = midnight(day + timedelta(days=2))
    parsed = _parsed(_with_holiday(hours, day))
    if parsed is None:
        return None
    spans = []
    for start, stop, state, _comment in parsed.intervals(begin, until):
        if start < end and _name(state) != "closed":
            spans.append(Span(start, min(stop, until), _name(state)))
    return tuple(spans)


def state_between(hours: str | None, start: datetime, end: datetime) -> State:
    """Return whether a place is open at some moment from `start` to `end` (exclusive, same or next day).

    ``unknown`` where no part is known to be open but some part may be.
    """
    found = day_spans(hours, start.astimezone(ZONE).date())
    if found is None:
        return "unknown"
    states = {span.state for span in found if span.start < end and span.end > start}
    return "open" if "open" in states else "unknown" if states else "closed"


def state_at(hours: str | None, moment: datetime) -> State:
    """Return whether a place is open at `moment`."""
    return state_between(hours, moment, moment + timedelta(minutes=1))


def _says_something(hours: str, day: date) -> bool:
    """Tell whether the text says what holds on that day: not so for holidays that it does not mention."""
    if _SCHOOL.search(hours):
        return False
    return hours.strip() == _ALWAYS or bool(_PUBLIC.search(hours)) or not is_holiday(day)


def _with_holiday(hours: str, day: date) -> str:
    """Add the rule of ``PH`` for the date itself where the library does not know the holiday (Reformation Day)."""
    if not is_holiday(day) or day in _known_to_library(day.year) or not _PUBLIC.search(hours):
        return hours
    rules = [match for rule in hours.split(";") if (match := _DAYS_RULE.fullmatch(rule))]
    dated = [f"{day:%Y %b %d} {match[2]}" for match in rules]
    return "; ".join([hours, *dated]) if dated else ""


@lru_cache(maxsize=4096)
def _parsed(hours: str) -> OpeningHours | None:
    if not hours or not opening_hours.validate(hours):
        return None
    return OpeningHours(hours, timezone=ZONE, country="DE", max_interval_days=366)


def _name(state: object) -> State:
    text = str(state).lower()
    return "open" if text == "open" else "unknown" if text == "unknown" else "closed"
