"""What existing places within walking distance of a new-build area can still absorb.

Of each place j the people who already live around it are taken off:

    used(j) = Σ need(i) / n(i)   over the cells i within the walk of j,      free(j) = max(0, capacity(j) − used(j))

need(i) is what the people of cell i need by the same value as the new residents; n(i) is how many known places of
the kind they can walk to: they are shared out evenly (a catchment with equal chances, as in Huff 1964 without
weights). Cells whose count is secret (0 to 2 people) count 0, 1 and 2 in the low, middle and high variant.

Where a capacity is unknown, nothing is put in its place: the sum is then "at least so much", or unknown; so it is
where a place can be reached from a part of the site only. "None" is said only where the inventory is complete, every
place has a location, and none can be reached from any part of the site.

D. L. Huff, Defining and estimating a trading area, Journal of Marketing 28 (1964).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.access import UNKNOWN_MAX
from geo.inventory import Inventory, combined, inventory_of_districts
from geo.newbuild_assumptions import AGES
from geo.newbuild_site import districts_near, walks_m

if TYPE_CHECKING:
    from geo.catalogue import Load
    from geo.inputs import GapInputs
    from geo.inventory import Statement
    from geo.network import FloatArray, IntArray
    from geo.newbuild_demand import Demand
    from geo.newbuild_site import Site
    from geo.reach import Reach

_HUNDRED: Final = 100.0
_CHILDREN: Final = 18
_SECRET: Final = (0.0, UNKNOWN_MAX / 2.0, float(UNKNOWN_MAX))


class Known(StrEnum):
    """How much is known about what existing places can absorb."""

    OWN = "own"
    """Stated by the user."""
    ALL = "all"
    """Of every place within walking distance, and there are no others."""
    NONE = "none"
    """There is verifiably no place within walking distance."""
    AT_LEAST = "at_least"
    """So much at least; of further places it is unknown."""
    UNKNOWN = "unknown"
    """Nothing can be said."""


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Existing places for one demand.

    Attributes
    ----------
    known
        How much is known.
    free
        What they can absorb, low, middle and high variant; NaN = unknown.
    location_ids
        Places within walking distance, nearest first.
    walk_m
        Walk from the site to each of them.
    capacity
        Their capacity in the unit of the demand; NaN = unknown.
    place_free
        What each can absorb, shape (3, places); NaN = unknown.
    unlocated
        Places of the kind without a location (or far from every street) that may lie within walking distance.
    partly
        Places that can be reached from a part of the site only, or perhaps so: the points that stand for it are a grid.
    inventory
        What the inventory says about the surroundings.
    """

    known: Known
    free: tuple[float, float, float]
    location_ids: tuple[str, ...]
    walk_m: FloatArray
    capacity: FloatArray
    place_free: FloatArray
    unlocated: int
    partly: int
    inventory: Statement

    @property
    def bound(self) -> tuple[float, float, float]:
        """What can be counted on: 0 where nothing is known, so that it is a bound and no statement."""
        low, mid, high = np.nan_to_num(np.array(self.free)).tolist()
        return (low, mid, high)


def supply_of(
    demand: Demand, site: Site, inputs: GapInputs, reach: Reach, load: Load, *, own: float | None, share: float
) -> Supply:
    """Return what existing places can absorb of a demand.

    Parameters
    ----------
    demand
        From `geo.newbuild_demand.demands_of`.
    site
        From `geo.newbuild_site.site_of`.
    inputs, reach, load
        Tables, walks from all cells to all places, and the package's resources.
    own
        Free places the user knows of; None = worked out.
    share
        Part of a place's capacity that is for this demand (`capacity_shares`).
    """
    rows, capacity = _places(demand, inputs)
    longest = max(demand.walk_m)
    walk_m, nearest_m = walks_m(site, inputs, rows, reach.walk, limit_m=longest + site.step_m)
    near = walk_m <= longest
    partly = int(((nearest_m <= longest + site.step_m) & ~near).sum())
    order = np.argsort(walk_m[near], kind="stable")
    mine = np.flatnonzero(near)[order]
    offered = capacity if demand.whole else capacity * share
    free = _free(demand, rows, offered, mine, walk_m, inputs, reach)
    around = districts_near(site, load, within_m=longest)
    unlocated = _unlocated(rows[np.isnan(walk_m)], inputs, around)
    said = _inventory(demand, inputs, around)
    total, known = _summed(free, mine, unlocated + partly, said)
    if own is not None:
        total, known = (own, own, own), Known.OWN
    ids = tuple(inputs.places["location_id"].iloc[rows[mine]].astype(str))
    return Supply(known, total, ids, walk_m[mine], offered[mine], free, unlocated, partly, said)


def capacity_shares(demands: list[Demand]) -> dict[str, float]:
    """Return which part of a place's capacity is for each demand.

    Kinds that meet several demands (day care for under threes and from three on) have one capacity: it is shared
    out like the need of children spread evenly over the ages, middle value × years of age.
    """
    weights = {demand.name: demand.values[1] * (demand.ages[1] - demand.ages[0] + 1) for demand in demands}
    groups: dict[tuple[str, ...], float] = {}
    for demand in demands:
        groups[demand.kinds] = groups.get(demand.kinds, 0.0) + weights[demand.name]
    return {
        demand.name: weights[demand.name] / groups[demand.kinds] if groups[demand.kinds] > 0 else 0.0
        for demand in demands
    }


def _places(demand: Demand, inputs: GapInputs) -> tuple[IntArray, FloatArray]:
    """Return rows of the places that meet a demand, each once, and their capacity: 1 each where they are counted."""
    found: dict[int, float] = {}
    for kind in demand.kinds:
        rows, capacity = inputs.places_of(kind)
        for row, value in zip(rows.tolist(), capacity.tolist(), strict=True):
            found[row] = found.get(row, 0.0) + value
    rows = np.array(sorted(found), dtype=np.int64)
    if demand.whole:
        return rows, np.ones(len(rows))
    return rows, np.array([found[row] for row in rows.tolist()], dtype="float64")


def _free(
    demand: Demand,
    rows: IntArray,
    capacity: FloatArray,
    mine: IntArray,
    walk_m: FloatArray,
    inputs: GapInputs,
    reach: Reach,
) -> FloatArray:
    """Return what each place within reach can absorb, shape (3, places); NaN = unknown."""
    found = np.full((len(_SECRET), len(mine)), np.nan)
    people = _people(demand, inputs)
    if people is None or not len(mine):
        return found
    located = np.flatnonzero(inputs.located[rows])
    for variant, secret in enumerate(_SECRET):
        need = _need(demand, np.where(np.isnan(people), secret, people), variant)
        costs = reach.costs.select(rows[located]).within(demand.walk_m[variant])
        choice = np.diff(costs.indptr)
        weight = need[costs.origin] / choice[costs.origin]
        used = np.bincount(costs.target, weights=weight, minlength=len(located))
        free = np.full(len(rows), np.nan)
        free[located] = np.maximum(capacity[located] - used, 0.0)
        found[variant] = np.where(walk_m[mine] <= demand.walk_m[variant], free[mine], 0.0)
    return found


def _need(demand: Demand, people: FloatArray, variant: int) -> FloatArray:
    value = demand.values[variant]
    return people / value if demand.whole else people * value / _HUNDRED


def _people(demand: Demand, inputs: GapInputs) -> FloatArray | None:
    """Return people by cell whom the demand is about (NaN = secret); None if the cells do not tell.

    Of children the cells count all under 18; they are spread evenly over the years of age.
    """
    first, last = demand.ages
    if demand.of_care:
        return None
    if first == 0 and last >= AGES - 1:
        return inputs.people("population")
    if last < _CHILDREN and "under_18" in inputs.cells.columns:
        return inputs.people("under_18") * (last - first + 1) / _CHILDREN
    return None


def _unlocated(nowhere: IntArray, inputs: GapInputs, around: set[int]) -> int:
    """Return how many places without a walk may lie around: their district is unknown or one of those."""
    district: Any = inputs.places["district_id"].iloc[nowhere]
    return int((district.isna() | district.isin(list(around))).sum())


def _inventory(demand: Demand, inputs: GapInputs, around: set[int]) -> Statement:
    found = []
    for kind in demand.kinds:
        said = inventory_of_districts(inputs.statements_of(kind), inputs.district_ids)
        found += [row for row, (district, _) in zip(said, inputs.district_ids, strict=True) if district in around]
    return combined(found)


def _summed(
    free: FloatArray, mine: IntArray, doubtful: int, said: Statement
) -> tuple[tuple[float, float, float], Known]:
    complete = said.state == Inventory.COMPLETE and not doubtful
    unknown = np.isnan(free).any()
    if complete and not len(mine):
        return (0.0, 0.0, 0.0), Known.NONE
    low, mid, high = np.nansum(free, axis=1).tolist()
    if complete and not unknown:
        return (low, mid, high), Known.ALL
    if max(low, mid, high) > 0:
        return (low or np.nan, mid or np.nan, high or np.nan), Known.AT_LEAST
    return (np.nan, np.nan, np.nan), Known.UNKNOWN
