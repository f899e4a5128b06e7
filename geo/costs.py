"""The table of walking distances from cells to places that every measure works on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.network import BoolArray, FloatArray, IntArray

CHUNK_VALUES: Final = 4_000_000
"""Size of a block of distances in memory: 32 MB."""

Block = tuple[IntArray, IntArray, FloatArray]
"""Origin, target and distance in metres of some pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class CostTable:
    """Walking distances from origins to targets up to a cut-off.

    The targets within reach of origin ``i`` are the entries ``indptr[i]:indptr[i + 1]`` of
    `target` and `distance_m`, nearest first, equals by target number.

    Attributes
    ----------
    indptr
        Start of each origin's entries, length origins + 1.
    target, distance_m
        Target number and distance in metres (finite).
    n_targets
        Number of targets, with those nobody reaches.
    origin_known, target_known
        False where a point has no coordinate or hangs on no street: nothing is known about it.
    cutoff_m
        No entry is longer; ``inf`` = no cut-off.
    """

    indptr: IntArray
    target: IntArray
    distance_m: FloatArray
    n_targets: int
    origin_known: BoolArray
    target_known: BoolArray
    cutoff_m: float

    @property
    def n_origins(self) -> int:
        """Number of origins, with those that reach nothing."""
        return len(self.indptr) - 1

    @property
    def origin(self) -> IntArray:
        """Origin number of each entry."""
        return np.repeat(np.arange(self.n_origins), np.diff(self.indptr))

    def within(self, cutoff_m: float) -> CostTable:
        """Return the table cut off at `cutoff_m` metres (which stays part of it)."""
        keep = self.distance_m <= cutoff_m
        return self._kept(keep, self.target, self.n_targets, self.target_known, min(self.cutoff_m, cutoff_m))

    def select(self, targets: IntArray) -> CostTable:
        """Return the table of `targets` (numbers, ascending, each once), renumbered from 0."""
        number = np.full(self.n_targets, -1, dtype=np.int64)
        number[targets] = np.arange(len(targets))
        renumbered = number[self.target]
        known = self.target_known[targets]
        return self._kept(renumbered >= 0, renumbered, len(targets), known, self.cutoff_m)

    def _kept(self, keep: BoolArray, target: IntArray, n_targets: int, known: BoolArray, cutoff_m: float) -> CostTable:
        at = np.flatnonzero(keep)
        indptr = np.searchsorted(at, self.indptr)
        distance_m = self.distance_m[at]
        return CostTable(indptr, target[at], distance_m, n_targets, self.origin_known, known, cutoff_m)


def cost_table(
    blocks: list[Block],
    origin_known: BoolArray,
    target_known: BoolArray,
    cutoff_m: float,
) -> CostTable:
    """Return the blocks (targets ascending, each pair once) as one table, nearest targets first."""
    empty: IntArray = np.zeros(0, dtype=np.int64)
    origin = np.concatenate([block[0] for block in blocks] or [empty])
    target = np.concatenate([block[1] for block in blocks] or [empty])
    distance = np.concatenate([block[2] for block in blocks] or [np.zeros(0)])
    shape = (len(origin_known), max(1, len(target_known)))
    from scipy.sparse import coo_array

    rows = coo_array((distance, (origin, target)), shape=shape).tocsr()  # keeps zeros, sorts by origin
    indptr = rows.indptr.astype(np.int64)
    order = _nearest_first(indptr, rows.data)
    return CostTable(
        indptr,
        rows.indices[order].astype(np.int64),
        rows.data[order],
        len(target_known),
        origin_known,
        target_known,
        cutoff_m,
    )


def _nearest_first(indptr: IntArray, distance: FloatArray) -> IntArray:
    """Return the order that sorts the entries of each origin by distance, equals as they come.

    Origins are sorted in blocks, side by side and filled up with ``inf``: several times faster
    than one sort over all entries.
    """
    count = np.diff(indptr)
    order = np.empty(len(distance), dtype=np.int64)
    size = max(1, CHUNK_VALUES // max(1, int(count.max(initial=0))))
    for first in range(0, len(count), size):
        here = count[first : first + size]
        filled = np.arange(here.max(initial=0)) < here[:, None]
        block = np.full(filled.shape, np.inf)
        entries = slice(indptr[first], indptr[first + len(here)])
        block[filled] = distance[entries]
        ranked = np.argsort(block, axis=1, kind="stable") + indptr[first : first + len(here), None]
        order[entries] = ranked[filled]
    return order
