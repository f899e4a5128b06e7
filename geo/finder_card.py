"""One answer as facts: everything that a card says about a place, before anybody puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.opening import ZONE, day_spans
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from datetime import datetime

    from geo.finder import Match
    from geo.finder_places import FinderPlaces
    from geo.opening import Span

STOP_WITHIN_M: Final = 1000.0
"""A stop farther away (straight line) is not near."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about a place; None or empty = unknown.

    Attributes
    ----------
    id, name, kind, kinds, address, district, description, website
        Of the place; `kinds` the main one first.
    phones, groups, languages
        Lists: numbers, target groups, languages in the words of the source.
    distance_m, method
        The way, see `geo.finder_walks`.
    today
        Open stretches of today; None = unknown, empty = closed.
    hours_text
        Opening hours in the words of the source.
    stop, stop_m
        Nearest stop, straight line.
    wheelchair
        ``yes``, ``limited``, ``no`` or None.
    free
        Code of `geo.finder_places`.
    date, needs_check
        Newest date of the entry; whether its source calls for checking it.
    """

    id: str
    name: str
    kind: str
    kinds: tuple[str, ...]
    address: str | None
    district: str | None
    description: str | None
    website: str | None
    phones: tuple[str, ...]
    groups: tuple[str, ...]
    languages: tuple[str, ...]
    distance_m: float
    method: int
    today: tuple[Span, ...] | None
    hours_text: str | None
    stop: str | None
    stop_m: float
    wheelchair: str | None
    free: int
    date: str | None
    needs_check: bool


def card(places: FinderPlaces, match: Match, moment: datetime) -> Card:
    """Return the facts of one match at `moment` (with a zone)."""
    row = places.table.iloc[match.row]
    stop, stop_m = nearest_stop(places, match.row)
    return Card(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        kinds=_items(row["kinds"]),
        address=_text(row["address"]),
        district=_text(row["district"]),
        description=_text(row["description"]),
        website=_text(row["website"]),
        phones=_items(row["phones"]),
        groups=_items(row["target_groups"]),
        languages=_items(row["languages"]),
        distance_m=match.distance_m,
        method=match.method,
        today=day_spans(_text(row["opening_hours"]), moment.astimezone(ZONE).date()),
        hours_text=_text(row["opening_hours_text"]),
        stop=stop,
        stop_m=stop_m,
        wheelchair=_text(row["wheelchair"]),
        free=int(places.free[match.row]),
        date=_text(row["source_date"]),
        needs_check=row["needs_check"] is True or row["needs_check"] is np.True_,
    )


def nearest_stop(places: FinderPlaces, row: int) -> tuple[str | None, float]:
    """Return the name of the nearest stop and metres to it (straight line); None where none is near."""
    away_m = np.hypot(places.stops["x"].to_numpy() - places.x[row], places.stops["y"].to_numpy() - places.y[row])
    if not len(away_m) or not np.isfinite(away_m).any():
        return None, float("nan")
    nearest = int(np.nanargmin(away_m))
    if away_m[nearest] > STOP_WITHIN_M:
        return None, float("nan")
    return str(places.stops["name"].iloc[nearest]), float(away_m[nearest])


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _items(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value.split(LIST_DELIMITER) if item) if isinstance(value, str) else ()


def offices(found: pd.DataFrame, fallback: pd.DataFrame, *, most: int = 3) -> pd.DataFrame:
    """Return whom to ask when nothing fits: the nearest level, and at least one with a phone if anybody has one.

    Parameters
    ----------
    found
        Contact points of a district, from `geo.responsibility.chain`.
    fallback
        Public offices for everything, in the same form: asked for a phone where no contact point has one.
    most
        Contact points returned; with the phone it may be one more.
    """
    near = found[found["level"] == found["level"].iloc[0]].head(most) if len(found) else found
    if near["phones"].notna().any():
        known: pd.DataFrame = near.reset_index(drop=True)
        return known
    others = pd.concat([found, fallback], ignore_index=True)
    with_phone: pd.DataFrame = pd.concat([near, others[others["phones"].notna()].head(1)], ignore_index=True)
    return with_phone
