"""Supply that people reach, with and without competition: gravity, 2SFCA and E2SFCA.

Every function takes the `CostTable` cells → places, so supply across a district's border counts,
and gives one value per cell. NaN in a result: the cell itself has no known place on the street
graph, so nothing can be said. A cell that reaches nothing has 0: it is known to reach nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from geo.costs import CostTable
from geo.decay import Decay
from geo.errors import ParameterError
from geo.network import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """What a place offers.

    Attributes
    ----------
    values
        One number per place, never NaN.
    basis
        ``"capacity"``: known for all places; ``"one_per_place"``: unknown for at least one, so
        every place counts 1 (units are never mixed).
    known
        For how many places the capacity is known.
    """

    values: FloatArray
    basis: Literal["capacity", "one_per_place"]
    known: int


@dataclass(frozen=True, slots=True, eq=False)
class FloatingCatchment:
    """Result of a two-step floating catchment.

    Attributes
    ----------
    access
        Per cell: supply per person (capacity units / person). NaN = cell unreached.
    ratio
        Per place: capacity per (weighted) person in its catchment. NaN = nobody lives there, so
        the place serves no one and adds nothing to `access`.
    demand
        Per place: (weighted) persons in its catchment.
    """

    access: FloatArray
    ratio: FloatArray
    demand: FloatArray

    def supply_reached(self, population: npt.ArrayLike) -> FloatArray:
        """Return population × access per cell: the supply that falls to its people.

        Its sum is the capacity of all places with people in their catchment (conservation).
        """
        people = np.asarray(population, dtype="float64")
        reached: FloatArray = np.nan_to_num(people) * self.access
        return reached


def resolve_capacity(capacity: npt.ArrayLike) -> Capacity:
    """Return the capacities if all are known, else one unit per place.

    Parameters
    ----------
    capacity
        One number per place; NaN = unknown.

    Raises
    ------
    ParameterError
        A negative capacity, with its row (counted from 0).
    """
    values = np.asarray(capacity, dtype="float64")
    _refuse_negative("capacity", values)
    known = int(np.isfinite(values).sum())
    if len(values) and known == len(values):
        return Capacity(values, "capacity", known)
    return Capacity(np.ones(len(values)), "one_per_place", known)


def weighed(capacity: Capacity, weights: npt.ArrayLike) -> Capacity:
    """Return the capacities times a weight of each place (0–1): how much of it is counted."""
    factors = _amounts("weights", weights, len(capacity.values))
    return replace(capacity, values=capacity.values * factors)


def weighted_catchment(
    costs: CostTable, supply: npt.ArrayLike, *, cutoff_m: float = np.inf, decay: Decay | None = None
) -> FloatArray:
    """Return Σ_j S_j · w(d_ij) over the places j within the cut-off.

    Without `decay` this is the measure of cumulative opportunities (Wachs & Kumagai 1973).

    Parameters
    ----------
    costs
        Cells → places.
    supply
        S_j, one number per place, 0 or more.
    cutoff_m
        Places farther than this do not count; `costs` must reach as far.
    decay
        w(d); None = 1.

    Returns
    -------
    numpy.ndarray
        Per cell, in the unit of `supply`.

    Raises
    ------
    ParameterError
        A negative or unknown supply, a wrong length, or a cut-off beyond that of `costs`.
    """
    supply = _amounts("supply", supply, costs.n_targets)
    costs = _cut(costs, cutoff_m)
    weight = _weights(costs, decay)
    return _per_cell(costs, supply[costs.target] * weight)


def gravity(costs: CostTable, supply: npt.ArrayLike, decay: Decay) -> FloatArray:
    """Return Hansen's (1959) potential A_i = Σ_j S_j · w(d_ij) over the whole table.

    Unit, NaN and errors as in `weighted_catchment`.
    """
    return weighted_catchment(costs, supply, decay=decay)


def two_step(
    costs: CostTable,
    population: npt.ArrayLike,
    capacity: npt.ArrayLike,
    *,
    catchment_m: float,
    decay: Decay | None = None,
) -> FloatingCatchment:
    """Return the two-step floating catchment: places shared among all who can reach them.

    2SFCA (Luo & Wang 2003) without `decay`: R_j = S_j / Σ_{i: d_ij ≤ d0} P_i and
    A_i = Σ_{j: d_ij ≤ d0} R_j. E2SFCA (Luo & Qi 2009) with `decay` (see `geo.decay.thirds`):
    both sums are weighted, R_j = S_j / Σ P_i w(d_ij), A_i = Σ R_j w(d_ij).

    Parameters
    ----------
    costs
        Cells → places, at least up to `catchment_m`.
    population
        P_i, one number per cell; NaN = unknown (census secrecy), which adds no demand: R_j and
        A_i are then upper bounds. The caller counts and names such cells.
    capacity
        S_j, one number per place (`resolve_capacity`).
    catchment_m
        d0 in metres, included.
    decay
        w(d); None = 1.

    Raises
    ------
    ParameterError
        Negative population or capacity (with row), unknown capacity, wrong lengths, or a catchment
        beyond the cut-off of `costs`.
    """
    people = np.nan_to_num(_amounts("population", population, costs.n_origins, unknown=True))
    capacity = _amounts("capacity", capacity, costs.n_targets)
    costs = _cut(costs, catchment_m)
    weight = _weights(costs, decay)
    demand = np.bincount(costs.target, weights=people[costs.origin] * weight, minlength=costs.n_targets).astype(
        "float64"
    )
    ratio = np.divide(capacity, demand, out=np.full(costs.n_targets, np.nan), where=demand > 0)
    access = _per_cell(costs, np.nan_to_num(ratio)[costs.target] * weight)
    return FloatingCatchment(access, ratio, demand)


def _cut(costs: CostTable, cutoff_m: float) -> CostTable:
    if not cutoff_m >= 0:
        raise ParameterError("parameter.out_of_range", name="cutoff_m", value=cutoff_m, minimum=0, maximum="inf")
    if cutoff_m in (np.inf, costs.cutoff_m):
        return costs
    if cutoff_m > costs.cutoff_m:
        raise ParameterError(
            "parameter.out_of_range", name="cutoff_m", value=cutoff_m, minimum=0, maximum=costs.cutoff_m
        )
    return costs.within(cutoff_m)


def _weights(costs: CostTable, decay: Decay | None) -> FloatArray:
    return np.ones(len(costs.target)) if decay is None else decay(costs.distance_m)


def _per_cell(costs: CostTable, values: FloatArray) -> FloatArray:
    """Return the sum of `values` over each cell's places; NaN where the cell is unreached."""
    sums = np.bincount(costs.origin, weights=values, minlength=costs.n_origins).astype("float64")
    sums[~costs.origin_known] = np.nan
    return sums


def _amounts(name: str, values: npt.ArrayLike, expected: int, *, unknown: bool = False) -> FloatArray:
    amounts = np.asarray(values, dtype="float64")
    if len(amounts) != expected:
        raise ParameterError("parameter.length_mismatch", name=name, found=len(amounts), expected=expected)
    _refuse_negative(name, amounts)
    if not unknown and np.isnan(amounts).any():
        raise ParameterError("parameter.unknown_number", name=name, row=int(np.isnan(amounts).argmax()))
    return amounts


def _refuse_negative(name: str, values: FloatArray) -> None:
    rows = np.flatnonzero(values < 0)
    if len(rows):
        raise ParameterError("parameter.negative_value", name=name, value=float(values[rows[0]]), row=int(rows[0]))
