"""Whom near me can I ask? The nearest places that answer a question, and what is known and unknown about them.

The rules, the same on the server and in the static edition:

1. A place fits if one of its kinds is among the situation's kinds; or among its kinds for certain
   people and the place is for them; or if an organization there has one of its roles.
2. Each wish is met, not met or unknown. Places that do not meet a wish are left out; unknown is never "no".
3. Order: fewest unknown wishes, then the shortest way, then the id. A way nobody knows comes last.
4. If nothing is left, the one wish is dropped without which the answer is nearest; if there is none, all are.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.finder_places import NO, UNKNOWN, YES, FinderPlaces
from geo.finder_times import window
from geo.finder_walks import Walks, walks
from geo.opening import state_between

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from geo.finder_where import Start
    from geo.network import IntArray
    from geo.situations import Situation

MOST_ANSWERS: Final = 30
_STATES: Final = {"open": YES, "unknown": UNKNOWN, "closed": NO}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What else matters; the order of the fields is the order in which ties are broken.

    Attributes
    ----------
    step_free
        Only places that a wheelchair gets into.
    language
        Code of a language; None = any.
    open
        ``now``, ``evening``, ``saturday``; None = any time.
    group
        Target group; None = anybody.
    free
        Only what costs nothing.
    """

    step_free: bool = False
    language: str | None = None
    open: str | None = None
    group: str | None = None
    free: bool = False

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the wishes that somebody has."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name))


@dataclass(frozen=True, slots=True)
class Match:
    """A place of the answer.

    Attributes
    ----------
    row
        Row of `FinderPlaces.table`.
    distance_m, method
        The way, see `geo.finder_walks`; NaN = unknown.
    known
        What is known about each active wish: `YES`, `UNKNOWN` or `NO`.
    """

    row: int
    distance_m: float
    method: int
    known: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Attributes
    ----------
    matches
        The nearest first, at most `MOST_ANSWERS`.
    total
        How many places fit, after the wishes.
    fitting
        How many places answer the question at all.
    dropped
        Wishes that no place meets and that were left aside.
    """

    matches: tuple[Match, ...]
    total: int
    fitting: int
    dropped: tuple[str, ...] = ()


def fitting_rows(places: FinderPlaces, situation: Situation) -> IntArray:
    """Return the rows of the places that answer a situation, ascending (rule 1)."""
    fits = np.zeros(len(places), dtype=bool)
    for kind in situation.kinds:
        fits[places.rows_by_kind.get(kind, [])] = True
    for kind in situation.kinds_if_for:
        rows = places.rows_by_kind.get(kind, np.zeros(0, dtype=np.int64))
        for group in situation.target_groups:
            fits[np.intersect1d(rows, places.rows_by_group.get(group, []), assume_unique=True).astype(np.int64)] = True
    for role in situation.roles:
        fits[places.rows_by_role.get(role, [])] = True
    return np.flatnonzero(fits)


def find(places: FinderPlaces, situation: Situation, start: Start, wishes: Wishes, *, moment: datetime) -> Answer:
    """Return the answer to a question.

    Parameters
    ----------
    places
        From `geo.finder_places.prepare_places`.
    situation
        What it is about.
    start
        Where, from `geo.finder_where`.
    wishes
        What else matters.
    moment
        Now, with a zone.
    """
    rows = fitting_rows(places, situation)
    known = {name: _known(places, wishes, name, rows, moment) for name in wishes.active}
    way = walks(places, start)
    kept, dropped = _kept(known, way.distance_m[rows])
    counted = [name for name in known if name not in dropped]
    unknown = sum((known[name] == UNKNOWN).astype(np.int64) for name in counted) if counted else np.zeros(len(rows))
    order = _ordered(rows, kept, np.asarray(unknown), way)
    found = [_match(rows, at, way, known) for at in order[:MOST_ANSWERS].tolist()]
    return Answer(tuple(found), len(kept), len(rows), dropped)


def _kept(known: Mapping[str, IntArray], distance_m: np.ndarray) -> tuple[IntArray, tuple[str, ...]]:
    """Return which fitting rows stay (rules 2 and 4), and the wishes that had to be dropped."""
    count = len(distance_m)
    kept = _without_no(known, (), count)
    if len(kept) or count == 0:
        return kept, ()
    nearest: list[tuple[float, str, IntArray]] = []
    for name in known:
        rows = _without_no(known, (name,), count)
        if len(rows):
            ways = distance_m[rows]
            nearest.append((float(np.min(np.where(np.isfinite(ways), ways, np.inf))), name, rows))
    if nearest:
        _, name, rows = min(nearest, key=lambda found: found[0])
        return rows, (name,)
    return np.arange(count), tuple(known)


def _without_no(known: Mapping[str, IntArray], without: tuple[str, ...], count: int) -> IntArray:
    stays = np.ones(count, dtype=bool)
    for name, states in known.items():
        if name not in without:
            stays &= states != NO
    return np.flatnonzero(stays)


def _known(places: FinderPlaces, wishes: Wishes, name: str, rows: IntArray, moment: datetime) -> IntArray:
    """Return what is known about one wish, per fitting row."""
    if name == "step_free":
        return places.step_free[rows]
    if name == "language":
        return places.speaks(str(wishes.language))[rows]
    if name == "group":
        return places.for_group(str(wishes.group))[rows]
    if name == "free":
        return places.free[rows]
    hours = places.table["opening_hours"].to_numpy(dtype=object)[rows]
    texts = [text if isinstance(text, str) else None for text in hours]
    span = window(str(wishes.open), moment)
    states = {text: _STATES[state_between(text, *span)] for text in set(texts)}
    return np.array([states[text] for text in texts], dtype=np.int64)


def _ordered(rows: IntArray, kept: IntArray, unknown: np.ndarray, way: Walks) -> IntArray:
    """Return positions in `rows`, best first (rule 3)."""
    distance_m = way.distance_m[rows[kept]]
    distance_m = np.where(np.isfinite(distance_m), distance_m, np.inf)
    order = np.lexsort((rows[kept], distance_m, unknown[kept]))  # rows are in the order of the ids
    found: IntArray = kept[order]
    return found


def _match(rows: IntArray, at: int, way: Walks, known: Mapping[str, IntArray]) -> Match:
    row = int(rows[at])
    states = {name: int(values[at]) for name, values in known.items()}
    return Match(row, float(way.distance_m[row]), int(way.method[row]), states)
