"""What residents of a new-build area need: places of day care, school and nursing, meeting places, contact points.

Three ways lead from people to a demand, told apart by the unit of the assumption:

* ``places per 100`` with ages: value / 100 × people of these ages;
* ``places per 100`` of people in need of care: value / 100 × Σ frequency of care by age × people of that age
  (of the ages the demand is about);
* ``persons per place``: people / value, in whole facilities when rounded up.

A planning standard may take the place of the value, an own value of the assumption goes before both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import ParameterError
from geo.newbuild_assumptions import AGES, Assumption, Triple, of_group, per_age
from geo.schema import LIST_DELIMITER
from geo.standards import DISTANCE_TYPES, Standard, apply_standard

if TYPE_CHECKING:
    from geo.network import FloatArray
    from geo.newbuild import Sheet
    from geo.standards import Standards

PERSONS_PER_PLACE: Final = "persons per place"
PLACES_PER_100: Final = "places per 100"
CLASS_SIZE: Final = "class_size"
SCHOOL: Final = "primary_school"
_UNITS: Final = (PLACES_PER_100, PERSONS_PER_PLACE)
_CARE: Final = frozenset({"nursing_home"})
"""Kinds whose demand is counted per 100 people in need of care, not per 100 people."""
_HUNDRED: Final = 100.0
_TYPES: Final = {PLACES_PER_100: "coverage_target", PERSONS_PER_PLACE: "persons_per_unit"}
_ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand of a sheet with what it is worked out by.

    Attributes
    ----------
    name, unit, ages, kinds
        As in the assumption.
    of_care
        Whether it is counted per 100 people in need of care.
    values
        Low, middle and high value that count.
    standard
        The planning standard behind the value; None = none in the catalogue.
    own
        Whether the value is the user's.
    walk
        The planning standard behind the longest walk; None = the assumption ``walk_m``.
    walk_m
        Longest walk in metres, low, middle and high.
    """

    name: str
    unit: str
    ages: tuple[int, int]
    kinds: tuple[str, ...]
    of_care: bool
    values: Triple
    standard: Standard | None
    own: bool
    walk: Standard | None
    walk_m: Triple

    @property
    def whole(self) -> bool:
        """Whether it is counted in facilities, not in places for one person each."""
        return self.unit == PERSONS_PER_PLACE


def demands_of(
    sheet: Sheet, assumptions: Mapping[str, Assumption], standards: Standards, *, kmh: float
) -> list[Demand]:
    """Return the demands of a sheet in the order of the catalogue.

    Raises
    ------
    ParameterError
        A standard does not fit a demand, or names a demand that is not there.
    """
    rules = {rule.name: rule for rule in of_group(assumptions, "demand") if rule.unit in _UNITS}
    for chosen in (sheet.standards, sheet.walk_standards, sheet.own_free):
        for name in chosen:
            if name not in rules:
                raise ParameterError("parameter.unknown_value", name="demand", value=name, allowed=", ".join(rules))
    return [_demand(sheet, rule, assumptions, standards, kmh) for rule in rules.values()]


def fitting_standards(rule: Assumption, standards: Standards) -> list[str]:
    """Return the ids of the standards that give the value of a demand, in catalogue order."""
    return [name for name, row in _of_kinds(rule, standards) if row["type"] == _TYPES[rule.unit] and _number(row)]


def fitting_walks(rule: Assumption, standards: Standards) -> list[str]:
    """Return the ids of the standards that give the longest walk of a demand, in catalogue order."""
    return [name for name, row in _of_kinds(rule, standards) if row["type"] in DISTANCE_TYPES and _number(row)]


def in_care(people: FloatArray, assumptions: Mapping[str, Assumption], values: Mapping[str, float]) -> FloatArray:
    """Return people in need of care by age: people × frequency of care; shape as `people` (…, ages)."""
    found: FloatArray = people * per_age(of_group(assumptions, "prevalence"), values)
    return found


def required(
    demand: Demand, people: FloatArray, assumptions: Mapping[str, Assumption], values: Mapping[str, float], variant: int
) -> FloatArray:
    """Return what is needed at the end of every year, not rounded.

    Parameters
    ----------
    demand
        From `demands_of`.
    people
        From `geo.newbuild_people.residents`, shape (years, 121).
    assumptions, values
        For the frequency of care, in this variant.
    variant
        0 low, 1 middle, 2 high.

    Returns
    -------
    numpy.ndarray
        Places, or facilities where `Demand.whole`.
    """
    counted = in_care(people, assumptions, values) if demand.of_care else people
    first, last = demand.ages[0], min(demand.ages[1], AGES - 1)
    number: FloatArray = counted[:, first : last + 1].sum(axis=1)
    return number / demand.values[variant] if demand.whole else number * demand.values[variant] / _HUNDRED


def whole(value: float) -> int:
    """Return a number of places rounded up: nobody takes part of one. Half a millionth is no place."""
    return math.ceil(value - _ROUNDING)


def _demand(
    sheet: Sheet, rule: Assumption, assumptions: Mapping[str, Assumption], standards: Standards, kmh: float
) -> Demand:
    own = sheet.own_values.get(rule.name)
    chosen = sheet.standards.get(rule.name)
    named = rule.standard_id if chosen is None else _fitting(rule, chosen, fitting_standards(rule, standards))
    standard = apply_standard(standards, named, None, kmh=kmh) if named in standards else None
    values = rule.values if chosen is None or standard is None else (standard.value,) * 3
    walk_id = sheet.walk_standards.get(rule.name)
    walk = None
    if walk_id is not None:
        walk = apply_standard(standards, _fitting(rule, walk_id, fitting_walks(rule, standards)), None, kmh=kmh)
    walk_m = sheet.own_values.get("walk_m", assumptions["walk_m"].values)
    if walk is not None and walk.threshold_m is not None:
        walk_m = (walk.threshold_m,) * 3
    return Demand(
        rule.name,
        rule.unit,
        rule.ages or (0, AGES - 1),
        rule.kinds,
        bool(_CARE & set(rule.kinds)),
        values if own is None else own,
        standard,
        own is not None,
        walk,
        walk_m,
    )


def _fitting(rule: Assumption, chosen: str, allowed: list[str]) -> str:
    if chosen not in allowed:
        raise ParameterError("newbuild.wrong_standard", standard=chosen, demand=rule.name, allowed=", ".join(allowed))
    return chosen


def _of_kinds(rule: Assumption, standards: Standards) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (name, row)
        for name, row in standards.items()
        if isinstance(row["facility_kinds"], str) and set(row["facility_kinds"].split(LIST_DELIMITER)) & set(rule.kinds)
    ]


def _number(row: Mapping[str, Any]) -> bool:
    return isinstance(row["value"], int | float) and math.isfinite(row["value"]) and row["value"] > 0
