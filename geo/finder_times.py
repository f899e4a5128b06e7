"""What "now", "this evening" and "Saturday" mean."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from geo.opening import ZONE

OPEN_WHEN: Final = ("now", "evening", "saturday")
EVENING: Final = (time(17), time(22))
SATURDAY: Final = (time(8), time(20))
_SATURDAY: Final = 5
_MINUTE: Final = timedelta(minutes=1)


def window(when: str, moment: datetime) -> tuple[datetime, datetime]:
    """Return the stretch of time that is meant, in the time of Hannover; never in the past.

    Parameters
    ----------
    when
        ``now``; ``evening`` = today from 17 to 22; ``saturday`` = the next Saturday, or today, from 8 to 20.
    moment
        Now, with a zone.
    """
    here = moment.astimezone(ZONE)
    if when == "evening":
        return _between(here, EVENING)
    if when == "saturday":
        days = (_SATURDAY - here.weekday()) % 7
        if days == 0 and here.time() >= SATURDAY[1]:
            days = 7
        day = here if days == 0 else datetime.combine(here.date() + timedelta(days=days), time(), tzinfo=ZONE)
        return _between(day, SATURDAY)
    return here, here + _MINUTE


def _between(day: datetime, hours: tuple[time, time]) -> tuple[datetime, datetime]:
    start, end = (datetime.combine(day.date(), hour, tzinfo=ZONE) for hour in hours)
    first = max(start, day)
    return first, max(end, first + _MINUTE)
