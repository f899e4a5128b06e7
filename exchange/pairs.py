"""Which pairs of places are worth comparing: near ones, equal addresses, like names.

Every block is cut off, so that the number of pairs grows with the number of rows only, whatever a
file holds (the same name or the same point 50,000 times).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from exchange.normal import fold, house_key, name_key, street_key
from geo.crs import lonlat_to_xy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Record = "Mapping[str, Any]"

NEAR_M: Final = 250.0
"""Points farther apart than this are no evidence for the same place."""

_NEIGHBOURS: Final = 12
_BLOCK: Final = 20
_BEGINNING: Final = 8


def points_of(records: Sequence[Mapping[str, Any]]) -> FloatArray:
    """Return x and y (EPSG:25832, metres) of each record; NaN where it has no coordinate."""
    lon = np.array([_number(record.get("lon")) for record in records], dtype="float64")
    lat = np.array([_number(record.get("lat")) for record in records], dtype="float64")
    return np.column_stack(lonlat_to_xy(lon, lat)) if len(lon) else np.empty((0, 2))


def candidate_pairs(records: Sequence[Mapping[str, Any]], points: FloatArray, known: int) -> IntArray:
    """Return pairs (row, earlier record) to compare, each once.

    Parameters
    ----------
    records
        The existing places first, then the rows of the file.
    points
        Their coordinates from `points_of`.
    known
        How many of the records are existing places; those are not compared among themselves.
    """
    parts = [_near(points, known)]
    parts += [_equal(records, known, key) for key in (_address, _name, _beginning)]
    pairs = np.concatenate(parts)
    count = len(records)
    return np.column_stack(np.divmod(np.unique(pairs[:, 0] * count + pairs[:, 1]), count)) if count else pairs


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else np.nan


def _near(points: FloatArray, known: int) -> IntArray:
    """Return for each row its nearest earlier records within `NEAR_M`."""
    placed = np.flatnonzero(np.isfinite(points).all(axis=1))
    rows = placed[placed >= known]
    if not len(rows):
        return np.empty((0, 2), dtype="int64")
    count = min(_NEIGHBOURS + 1, len(placed))
    from scipy.spatial import cKDTree

    _, found = cKDTree(points[placed]).query(points[rows], k=np.arange(1, count + 1), distance_upper_bound=NEAR_M)
    left = np.repeat(rows, count)
    hit = found.ravel() < len(placed)
    right = placed[np.where(hit, found.ravel(), 0)]
    keep = hit & (right != left)
    low, high = np.minimum(left, right)[keep], np.maximum(left, right)[keep]
    return np.column_stack([high, low])


def _equal(
    records: Sequence[Mapping[str, Any]], known: int, key: Callable[[Mapping[str, Any]], str | None]
) -> IntArray:
    """Return for each row the first earlier records with the same key."""
    blocks: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for at, record in enumerate(records):
        found = key(record)
        if found is None:
            continue
        block = blocks.setdefault(found, [])
        if at >= known:
            pairs.extend((at, earlier) for earlier in block)
        if len(block) < _BLOCK:
            block.append(at)
    return np.array(pairs, dtype="int64").reshape(-1, 2)


def address_key(record: Mapping[str, Any]) -> str | None:
    """Return street and house number made comparable, None without both."""
    street, number = record.get("street"), record.get("house_number")
    return f"{street_key(street)} {house_key(number)}" if street and number else None


def _address(record: Mapping[str, Any]) -> str | None:
    return address_key(record)


def _name(record: Mapping[str, Any]) -> str | None:
    """Return the words of the name in any order."""
    name = record.get("name")
    return " ".join(sorted(set(name_key(name).split()))) if name else None


def _beginning(record: Mapping[str, Any]) -> str | None:
    """Return the beginning of the name with the code or Stadtteil."""
    name, area = record.get("name"), record.get("postal_code") or record.get("district_id")
    if not name or not area:
        return None
    return f"{name_key(name).replace(' ', '')[:_BEGINNING]} {fold(str(area))}"
