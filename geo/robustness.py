"""Would the verdict hold if we knew where the unknown places are? Random draws say how often.

Two kinds of unknown places: *unlocated* ones are known to exist (some in a known district) but have
no coordinate; *missing* ones are those an incomplete inventory lacks (expected − known). Each draw
puts every one of them into a random inhabited cell, people count as weights, and measures again:
for standards of distance the walk to the nearest place (`simulate`), for people per unit the supply
that reaches each district (`simulate_supply`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.access import Decay, beyond, ratio
from geo.aggregate import group_sum
from geo.catchment import Capacity
from geo.costs import CostTable
from geo.gap_settings import GapSettings
from geo.network import FloatArray, IntArray
from geo.reach import Reach

ANYWHERE: Final = -1
"""District of a place whose district is unknown, too."""


@dataclass(frozen=True, slots=True, eq=False)
class UnknownPlaces:
    """Places to be drawn.

    Attributes
    ----------
    unlocated
        District number (0 …) of each known place without a coordinate, `ANYWHERE` = unknown.
    missing
        How many places an incomplete inventory lacks.
    open_districts
        District numbers whose inventory is not complete: where missing places may be.
    """

    unlocated: IntArray
    missing: int
    open_districts: IntArray

    def __len__(self) -> int:
        return len(self.unlocated) + self.missing


@dataclass(frozen=True, slots=True, eq=False)
class Inhabitants:
    """Who lives in the cells.

    Attributes
    ----------
    residents
        All people per cell: the more, the likelier a place is there. NaN counts as none.
    people
        People of the target group per cell; NaN = secret, left out.
    district
        District number of each cell, -1 = outside.
    n_districts
        Number of districts.
    """

    residents: FloatArray
    people: FloatArray
    district: IntArray
    n_districts: int


def simulate(
    reach: Reach,
    nearest_m: FloatArray,
    inhabitants: Inhabitants,
    unknown: UnknownPlaces,
    settings: GapSettings,
    *,
    threshold_m: float,
    stream: int,
) -> FloatArray:
    """Return the people beyond the threshold per district in every draw.

    Parameters
    ----------
    reach
        Measured distances, to measure to drawn cells in the same way.
    nearest_m
        Distance to the nearest known place per cell.
    inhabitants
        People of the cells.
    unknown
        Places to draw.
    settings
        Number of draws, seed and softness of the threshold.
    threshold_m
        Longest walk in metres.
    stream
        Number that gives each kind of facility its own draws for the same seed.

    Returns
    -------
    numpy.ndarray
        Shape (districts, draws). The same seed and input give the same numbers.
    """
    rng = np.random.default_rng([settings.seed, stream])
    pools = Pools(inhabitants, unknown)
    limit_m = np.inf if settings.decay is Decay.LOGISTIC else threshold_m + settings.width_m
    far = np.empty((inhabitants.n_districts, settings.draws))
    for at in range(settings.draws):
        drawn = pools.draw(rng)
        best = np.fmin(nearest_m, reach.nearest_cell_m(drawn, limit_m=limit_m)) if len(drawn) else nearest_m
        best = np.where(np.isnan(nearest_m), np.nan, best)
        weight = beyond(best, threshold_m, decay=settings.decay, width_m=settings.width_m)
        far[:, at] = group_sum(inhabitants.people * weight, inhabitants.district, inhabitants.n_districts)
    return far


class Pools:
    """Cells in which unknown places may be, each pool with how many are drawn from it.

    Places come in the order of their districts (`ANYWHERE` first), those an inventory lacks last.
    """

    def __init__(self, inhabitants: Inhabitants, unknown: UnknownPlaces) -> None:
        weights, district = np.nan_to_num(inhabitants.residents), inhabitants.district
        everywhere = np.flatnonzero(district >= 0)
        self._pools: list[tuple[IntArray, FloatArray, int]] = []
        for number, count in zip(*np.unique(unknown.unlocated, return_counts=True), strict=True):
            inside = everywhere if number == ANYWHERE else np.flatnonzero(district == number)
            self._add(inside if len(inside) else everywhere, weights, int(count))
        if unknown.missing:
            inside = np.flatnonzero(np.isin(district, unknown.open_districts))
            self._add(inside, weights, unknown.missing)

    def _add(self, cells: IntArray, weights: FloatArray, count: int) -> None:
        if len(cells) == 0:
            return
        weight = weights[cells]
        if weight.sum() <= 0:
            weight = np.ones(len(cells))
        self._pools.append((cells, np.cumsum(weight), count))

    def draw(self, rng: np.random.Generator) -> npt.NDArray[np.int64]:
        """Return one random cell for every unknown place."""
        found = [
            cells[np.searchsorted(upto, rng.random(count) * upto[-1], side="right")]
            for cells, upto, count in self._pools
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def simulate_supply(
    reach: Reach,
    inhabitants: Inhabitants,
    unknown: UnknownPlaces,
    settings: GapSettings,
    *,
    capacity: Capacity,
    catchment_m: float,
    stream: int,
) -> FloatArray:
    """Return the supply that unknown places add to each district in every draw.

    Method: in the two-step floating catchment (Luo & Wang 2003, `geo.catchment.two_step`) a place j
    with capacity S_j gives each person within the catchment S_j / Σ P, whatever the other places
    do. So a place drawn into cell c adds S · P_d(c) / P(c) to district d, where P(c) are the people of
    the target group within the catchment of c and P_d(c) those of them who live in d; nothing where
    P(c) is 0. Added to the supply of the known places it gives what `two_step` would give with
    the drawn places in the list. Every drawn place counts one unit, or, where the capacities of all
    located places are known, the capacity of a random one of these.

    Parameters
    ----------
    reach, inhabitants, unknown, settings, stream
        As in `simulate`; people whose number is secret add no demand, as in `two_step`.
    capacity
        Of the located places.
    catchment_m
        Catchment of the floating catchment in metres.

    Returns
    -------
    numpy.ndarray
        Units of capacity, shape (districts, draws). The same seed and input give the same numbers.
    """
    rng = np.random.default_rng([settings.seed, stream])
    pools = Pools(inhabitants, unknown)
    drawn = np.array([pools.draw(rng) for _ in range(settings.draws)], dtype=np.int64)
    amounts = np.ones(drawn.shape)
    if capacity.basis == "capacity":
        amounts = rng.choice(capacity.values, size=drawn.shape)
    cells, at = np.unique(drawn, return_inverse=True)
    shares = _shares(reach.cell_costs(cells, cutoff_m=catchment_m), inhabitants)
    added = np.zeros((settings.draws, inhabitants.n_districts))
    np.add.at(
        added, np.repeat(np.arange(settings.draws), drawn.shape[1]), amounts.ravel()[:, None] * shares[at.ravel()]
    )
    return added.T


def _shares(costs: CostTable, inhabitants: Inhabitants) -> FloatArray:
    """Return the share of the people within reach of each target who live in each district."""
    people, home = np.nan_to_num(inhabitants.people)[costs.origin], inhabitants.district[costs.origin]
    inside = home >= 0
    at = costs.target[inside] * inhabitants.n_districts + home[inside]
    size = costs.n_targets * inhabitants.n_districts
    by_district = np.bincount(at, weights=people[inside], minlength=size).astype("float64")
    by_district = by_district.reshape(-1, inhabitants.n_districts)
    demand = np.bincount(costs.target, weights=people, minlength=costs.n_targets).astype("float64")
    return np.nan_to_num(ratio(by_district, np.broadcast_to(demand[:, None], by_district.shape)))
