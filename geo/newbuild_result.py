"""The requirement sheet worked out: residents, what they need, what is there, and the first year in which it is short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.newbuild import require_sheet
from geo.newbuild_assumptions import VARIANTS, Assumption, values_of
from geo.newbuild_demand import CLASS_SIZE, SCHOOL, Demand, demands_of, in_care, required, whole
from geo.newbuild_people import residents
from geo.newbuild_site import site_of
from geo.newbuild_supply import Known, Supply, capacity_shares, supply_of
from geo.speeds import WALKING_KMH, Pace

if TYPE_CHECKING:
    from geo.catalogue import Load
    from geo.inputs import GapInputs
    from geo.network import FloatArray
    from geo.newbuild import Sheet
    from geo.newbuild_site import Site
    from geo.reach import Reach

Years = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One demand worked out; arrays have the shape (3 variants, years), not rounded.

    Attributes
    ----------
    demand, supply
        What is asked for and what is there.
    required
        What the new residents need.
    shortfall
        What is short; NaN = nobody knows, because it is unknown what existing places can absorb.
    at_most
        What is short at most: with nothing taken off but what is known to be free.
    first_short
        First year that is certainly short by a whole place or facility; None = none within the years, or unknown.
    not_before
        Before this year nothing is short, whatever is unknown; None = nothing is short within the years.
    """

    demand: Demand
    supply: Supply
    required: FloatArray
    shortfall: FloatArray
    at_most: FloatArray
    first_short: Years
    not_before: Years

    @property
    def certain(self) -> bool:
        """Whether what existing places can absorb is known in full."""
        return self.supply.known in {Known.OWN, Known.ALL, Known.NONE}


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """A requirement sheet worked out.

    Attributes
    ----------
    sheet
        What was asked.
    site
        Where it lies.
    people
        Residents at the end of each year, shape (3 variants, years, 121 ages).
    care
        Those of them in need of care, shape (3, years).
    lines
        The demands in the order of the catalogue.
    classes
        School classes for the places of the demand ``primary_school``, shape (3, years); None = no class size is assumed.
    assumptions
        All assumptions of the catalogue; own values stand in the sheet.
    data_version, data_hash
        Of the data package.
    """

    sheet: Sheet
    site: Site
    people: FloatArray
    care: FloatArray
    lines: tuple[Line, ...]
    classes: FloatArray | None
    assumptions: Mapping[str, Assumption]
    data_version: str
    data_hash: str

    def residents(self, first: int, last: int) -> FloatArray:
        """Return residents from one age to another, shape (3, years)."""
        found: FloatArray = self.people[:, :, first : last + 1].sum(axis=2)
        return found


def requirement(
    sheet: Sheet, assumptions: Mapping[str, Assumption], inputs: GapInputs, reach: Reach, load: Load
) -> Requirement:
    """Return a requirement sheet worked out in the low, the middle and the high variant.

    Parameters
    ----------
    sheet
        What is asked.
    assumptions
        From `geo.newbuild_assumptions.assumptions_of`.
    inputs, reach
        Tables of the package and the walks from all cells to all places (`geo.gaps.measure_reach`).
    load
        Gives a resource of the package by its name.

    Raises
    ------
    QuartierError
        The sheet has a problem (`geo.newbuild.problems_of`), its site is not usable, or a standard does not fit.
    """
    require_sheet(sheet, assumptions)
    values = [values_of(assumptions, sheet.own_values, at) for at in range(len(VARIANTS))]
    demands = demands_of(sheet, assumptions, inputs.standard_rows, kmh=WALKING_KMH[Pace.STANDARD])
    site = site_of(sheet, load)
    people = np.stack([residents(sheet, assumptions, each) for each in values])
    care = np.stack([in_care(people[at], assumptions, each).sum(axis=1) for at, each in enumerate(values)])
    shares = capacity_shares(demands)
    lines = []
    for demand in demands:
        need = np.stack([required(demand, people[at], assumptions, each, at) for at, each in enumerate(values)])
        own = sheet.own_free.get(demand.name)
        supply = supply_of(demand, site, inputs, reach, load, own=own, share=shares[demand.name])
        lines.append(_line(sheet, demand, supply, need))
    classes = _classes(lines, values)
    return Requirement(
        sheet, site, people, care, tuple(lines), classes, assumptions, inputs.data_version, inputs.data_hash
    )


def _line(sheet: Sheet, demand: Demand, supply: Supply, need: FloatArray) -> Line:
    bound = np.array(supply.bound)[:, None]
    at_most = np.maximum(need - bound, 0.0)
    certain = supply.known in {Known.OWN, Known.ALL, Known.NONE}
    shortfall = at_most if certain else np.full(need.shape, np.nan)
    first = tuple(_first(sheet, row) for row in at_most)
    none: Years = (None, None, None)
    return Line(demand, supply, need, shortfall, at_most, _years(first) if certain else none, _years(first))


def _classes(lines: list[Line], values: list[dict[str, float]]) -> FloatArray | None:
    school = next((line for line in lines if line.demand.name == SCHOOL), None)
    if school is None or any(CLASS_SIZE not in each for each in values):
        return None
    found: FloatArray = school.required / np.array([each[CLASS_SIZE] for each in values])[:, None]
    return found


def _years(found: tuple[int | None, ...]) -> Years:
    low, mid, high = found
    return low, mid, high


def _first(sheet: Sheet, missing: FloatArray) -> int | None:
    """Return the first year in which a whole place is missing; a part of one counts as one."""
    short = [whole(value) >= 1 for value in missing.tolist()]
    return sheet.years[short.index(True)] if any(short) else None
