"""Opening hours of the coming weeks, worked out in advance: a browser then only has to look them up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.finder_times import EVENING, SATURDAY
from geo.opening import ZONE, day_spans, midnight

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKS: Final = 8
"""How far ahead hours are known; afterwards they are unknown until the edition is written anew."""

_STATES: Final = {"open": 0, "unknown": 1}


def days(first: date) -> list[list[int]]:
    """Return for each day: weekday, midnight, evening from and to, "Saturday" from and to, in minutes since 1970."""
    return [_day(first + timedelta(days=number)) for number in range(7 * WEEKS)]


def _day(day: date) -> list[int]:
    clock = [time(0), *EVENING, *SATURDAY]
    return [day.weekday(), *(minute(datetime.combine(day, hour, tzinfo=ZONE)) for hour in clock)]


def minute(moment: datetime) -> int:
    """Return whole minutes since 1970."""
    return int(moment.timestamp() // 60)


def hours_table(texts: Iterable[object], first: date) -> tuple[list[Any], list[int]]:
    """Return each distinct timetable once, and for every text the number of its timetable (-1 = unknown).

    A timetable has one entry per day: None = unknown, else a flat list of from, to (minutes after that
    day's midnight) and state (0 = open, 1 = perhaps).
    """
    tables: dict[str, int] = {}
    made: list[Any] = []
    numbers = []
    for text in texts:
        if not isinstance(text, str) or not text:
            numbers.append(-1)
            continue
        if text not in tables:
            tables[text] = len(made)
            made.append([_spans(text, first + timedelta(days=number)) for number in range(7 * WEEKS)])
        numbers.append(tables[text])
    return made, numbers


def _spans(text: str, day: date) -> list[int] | None:
    found = day_spans(text, day)
    if found is None:
        return None
    begin = minute(midnight(day))
    return [
        part for span in found for part in (minute(span.start) - begin, minute(span.end) - begin, _STATES[span.state])
    ]
