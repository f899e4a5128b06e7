"""How far it is: on the street network, else along the detoured straight line, else estimated from the district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.network import snap
from geo.routing import DEFAULT_DETOUR, street_line, street_walks

if TYPE_CHECKING:
    from geo.finder_places import FinderPlaces
    from geo.finder_where import Start
    from geo.network import FloatArray, IntArray

STREET, LINE, DISTRICT, NOWHERE = 0, 1, 2, 3
"""How a distance was found: on streets; straight line × detour; only the place's district is known; not at all."""

START_LIMIT_M: Final = 1000.0
"""Farthest a start may lie from a street of the network."""

_MEAN_IN_DISC: Final = 2.0 / 3.0  # mean distance from the middle of a disc, in radii


@dataclass(frozen=True, eq=False)
class Walks:
    """The way to every place: metres (NaN = unknown) and how it was found (`STREET` …)."""

    distance_m: FloatArray
    method: IntArray


def walks(places: FinderPlaces, start: Start) -> Walks:
    """Return the way from `start` to every place, in one search on the street network."""
    straight = DEFAULT_DETOUR * np.hypot(places.x - start.x, places.y - start.y)
    distance_m = straight.copy()
    method = np.where(np.isfinite(straight), LINE, NOWHERE).astype(np.int64)
    if places.network is not None and places.snapped is not None:
        here = snap(places.network, np.array([start.x]), np.array([start.y]), limit_m=START_LIMIT_M)
        on_street = street_walks(places.network, here, places.snapped)
        hit = np.isfinite(on_street)
        distance_m[hit], method[hit] = on_street[hit], STREET
    _estimate(places, start, distance_m, method)
    return Walks(distance_m, method)


def _estimate(places: FinderPlaces, start: Start, distance_m: FloatArray, method: IntArray) -> None:
    """Fill in places of which only the district is known: its middle, and at least its mean radius."""
    areas = places.districts
    radius_m = np.sqrt(shapely.area(areas.geometry.to_numpy()) / np.pi) * _MEAN_IN_DISC
    about_m = np.maximum(np.hypot(places.starts[:, 0] - start.x, places.starts[:, 1] - start.y), radius_m)
    of_district = dict(zip(areas["district_id"].to_list(), DEFAULT_DETOUR * about_m, strict=True))
    for row in np.flatnonzero(method == NOWHERE):
        found = of_district.get(places.table["district_id"].iloc[row])
        if found is not None:
            distance_m[row], method[row] = found, DISTRICT


def way(places: FinderPlaces, start: Start, row: int) -> FloatArray:
    """Return the walk to a place as a line, metres, shape (points, 2); empty where no way is known."""
    if places.network is None or places.snapped is None or not np.isfinite(places.x[row]):
        return np.zeros((0, 2))
    here = snap(places.network, np.array([start.x]), np.array([start.y]), limit_m=START_LIMIT_M)
    there = places.snapped.take(np.array([row]))
    if not (here.reached.all() and there.reached.all()):
        return np.zeros((0, 2))
    between = street_line(places.network, here, there)
    ends = np.array([[start.x, start.y], [places.x[row], places.y[row]]])
    return np.vstack([ends[:1], between, ends[1:]])
