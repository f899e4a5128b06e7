"""The plan of an area as rules: what is overdue, how far a goal is, what keeps it from being measured.

Rows are those of the store's resources ``goals``, ``steps`` and ``milestones`` (mappings of field to value, None =
unknown). Dates are texts as precise as known: ``2027``, ``2027-03`` or ``2027-03-31``.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

Row = Mapping[str, Any]
Kind = Literal["goals", "steps", "milestones"]
Reason = Literal["not_finished", "not_started", "not_reached", "not_done"]

STEP_STATES: Final = ("planned", "running", "done", "dropped")
GOAL_STATES: Final = ("draft", "agreed", "reached", "dropped")
MILESTONES: Final = ("goals", "stock_taking", "administrative_workshop", "external_workshop", "concept")
"""Milestones of the concept, in its order."""

_OPEN_STEPS: Final = frozenset({"planned", "running"})
_OPEN_GOALS: Final = frozenset({"draft", "agreed"})
_YEAR, _MONTH = 4, 7


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something whose day has passed.

    Attributes
    ----------
    kind, id
        What it is.
    reason
        ``not_finished``, ``not_started``, ``not_reached`` or ``not_done``.
    since
        Last day on which it was in time.
    days
        Days since then, 1 or more.
    """

    kind: Kind
    id: str
    reason: Reason
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a goal is.

    Attributes
    ----------
    share
        (latest − baseline) / (target − baseline), kept within 0 and 1.
    away
        Whether the latest value is farther from the target than the baseline, on the wrong side.
    """

    share: float
    away: bool


def first_day(text: str | None) -> date | None:
    """Return the first day of a date as precise as known; None = unknown or no date."""
    parts = _parts(text)
    return None if parts is None else _date(*(*parts, 1, 1)[:3])


def last_day(text: str | None) -> date | None:
    """Return the last day of a date as precise as known: 2027-02 ends on 28 February; None = unknown or no date."""
    parts = _parts(text)
    if parts is None:
        return None
    if len(parts) == 1:
        return _date(parts[0], 12, 31)
    if len(parts) == 2:  # noqa: PLR2004 - year and month
        known = _date(parts[0], parts[1], 1)
        return None if known is None else known.replace(day=calendar.monthrange(parts[0], parts[1])[1])
    return _date(*parts)


def overdue(
    *, goals: Iterable[Row] = (), steps: Iterable[Row] = (), milestones: Iterable[Row] = (), today: date
) -> list[Overdue]:
    """Return everything whose day has passed, the longest overdue first.

    A step whose end has passed while it is planned or running; a step that is still planned although its
    start has passed; a goal neither reached nor dropped after its target date; a milestone not done after
    its planned day. What has no date is never overdue.
    """
    found: list[Overdue | None] = []
    for row in steps:
        if row["status"] in _OPEN_STEPS:
            late = _late("steps", row, "not_finished", row["end_date"], today)
            if late is None and row["status"] == "planned":
                late = _late("steps", row, "not_started", row["start_date"], today)
            found.append(late)
    found += [_late("goals", row, "not_reached", row["target_date"], today) for row in goals if _is_open_goal(row)]
    found += [
        _late("milestones", row, "not_done", row["planned_date"], today) for row in milestones if not row["done_date"]
    ]
    return sorted((late for late in found if late), key=lambda late: (-late.days, late.kind, late.id))


def progress(goal: Row) -> Progress | None:
    """Return how far a goal is; None = baseline, target or latest value unknown, or baseline and target equal."""
    start, target, now = goal["baseline"], goal["target_value"], goal["current_value"]
    if start is None or target is None or now is None or start == target:
        return None
    share = (now - start) / (target - start)
    return Progress(min(1.0, max(0.0, share)), share < 0)


def missing_for_measuring(goal: Row) -> tuple[str, ...]:
    """Return what a goal lacks to be measurable, in the order of asking: indicator, target_value, target_date."""
    lacks = [] if goal["indicator"] or goal["indicator_text"] else ["indicator"]
    return (*lacks, *(name for name in ("target_value", "target_date") if goal[name] is None))


def milestone_states(milestones: Sequence[Row]) -> dict[str, Row | None]:
    """Return for each milestone of the concept the row that counts: a done one, else the one planned last."""
    found: dict[str, Row | None] = dict.fromkeys(MILESTONES)
    for row in sorted(milestones, key=lambda row: (row["done_date"] or "", row["planned_date"] or "")):
        if row["kind"] in found:
            found[row["kind"]] = row
    return found


def _is_open_goal(row: Row) -> bool:
    return row["status"] in _OPEN_GOALS


def _late(kind: Kind, row: Row, reason: Reason, until: str | None, today: date) -> Overdue | None:
    last = last_day(until)
    if last is None or last >= today:
        return None
    return Overdue(kind, str(row["id"]), reason, last, (today - last).days)


def _parts(text: str | None) -> tuple[int, ...] | None:
    if not text or len(text) not in (_YEAR, _MONTH, len("YYYY-MM-DD")):
        return None
    try:
        return tuple(int(part) for part in text.split("-"))
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
