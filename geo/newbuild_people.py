"""Residents of a new-build area by age and year: a cohort-component model on single years of age.

The method is that of Cannan (1895) and Leslie (1945), with move-ins and with homes that change hands. For each
tenure, at the end of year y and for each age a:

    P(y, a) = (1 − μ) · S(P(y−1))(a) + μ · N(y−1) · m(a) + n(y) · m(a)

* S ages everybody by a year: S(P)(a) = P(a−1) · (1 − d(a−1)); at 0 stand the births, b · Σ P of the ages it is about;
* μ is the share of dwellings that change hands in a year: their people leave, households as at first move-in come;
* N(y) is the number of people at first move-in of all dwellings finished until y, n(y) of those finished in y:
  dwellings × occupied share × max(1, persons per dwelling × density of the tenure);
* m is the age profile at move-in: household shares × ages of each kind of household.

E. Cannan, The probability of a cessation of the growth of population in England and Wales, Economic Journal 5 (1895).
P. H. Leslie, On the use of matrices in certain population mathematics, Biometrika 33 (1945).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.newbuild_assumptions import AGES, Assumption, age_profile, of_group, per_age

if TYPE_CHECKING:
    from geo.network import FloatArray
    from geo.newbuild import Sheet

_HUNDRED: Final = 100.0
_THOUSAND: Final = 1000.0
_ROOMS: Final = 5


def residents(sheet: Sheet, assumptions: Mapping[str, Assumption], values: Mapping[str, float]) -> FloatArray:
    """Return people at the end of every year of the sheet by age, shape (years, 121).

    Parameters
    ----------
    sheet
        Without problems (`geo.newbuild.require_sheet`).
    assumptions
        From `geo.newbuild_assumptions.assumptions_of`.
    values
        Their values in one variant (`geo.newbuild_assumptions.values_of`).

    Returns
    -------
    numpy.ndarray
        Persons, not rounded; at least 0, finite.
    """
    total = sheet.total
    share = np.array([sheet.phasing.get(year, 0) / total for year in sheet.years])
    births, deaths = _births(assumptions, values), per_age(_death_rules(assumptions), values)
    found = np.zeros((len(share), AGES))
    for tenure, dwellings in sheet.dwellings.items():
        people = first_residents(tenure, dwellings, values)
        if people > 0:
            profile = move_in_profile(tenure, assumptions, values)
            found += _cohorts(people * share, profile, values[f"moves_{tenure}"] / _HUNDRED, births, deaths)
    return found


def first_residents(tenure: str, dwellings: tuple[float, ...], values: Mapping[str, float]) -> float:
    """Return how many people move into the dwellings of a tenure (by rooms) when they are new."""
    occupied = values["occupied_share"] / _HUNDRED
    density = values[f"density_{tenure}"]
    persons = [max(1.0, values[f"persons_{rooms}_rooms"] * density) for rooms in range(1, _ROOMS + 1)]
    return float(sum(number * occupied * each for number, each in zip(dwellings, persons, strict=True)))


def move_in_profile(tenure: str, assumptions: Mapping[str, Assumption], values: Mapping[str, float]) -> FloatArray:
    """Return the ages at move-in of a tenure: shares by single year of age that add up to 1."""
    family, older = values[f"family_{tenure}"] / _HUNDRED, values[f"older_{tenure}"] / _HUNDRED
    shares = {"family": family, "older": older, "adult": 1.0 - family - older}
    profile: FloatArray = sum(
        (share * age_profile(assumptions, values, household) for household, share in shares.items()), np.zeros(AGES)
    )
    return np.maximum(profile, 0.0)


def _cohorts(
    arrivals: FloatArray, profile: FloatArray, moves: float, births: FloatArray, deaths: FloatArray
) -> FloatArray:
    """Return people of one tenure by year and age; `arrivals` are those of first move-ins by year."""
    people, settled = np.zeros(AGES), 0.0
    found = np.zeros((len(arrivals), AGES))
    for at, new in enumerate(arrivals):
        people = (1.0 - moves) * _older(people, births, deaths) + (moves * settled + new) * profile
        settled += new
        found[at] = people
    return found


def _older(people: FloatArray, births: FloatArray, deaths: FloatArray) -> FloatArray:
    """Return the same people a year later, with the children born to them; the last age is open."""
    alive = people * (1.0 - deaths)
    found = np.empty(AGES)
    found[0] = float(people @ births)
    found[1:] = alive[:-1]
    found[-1] += alive[-1]
    return found


def _births(assumptions: Mapping[str, Assumption], values: Mapping[str, float]) -> FloatArray:
    rule = assumptions["births"]
    rates = np.zeros(AGES)
    if rule.ages is not None:
        rates[rule.ages[0] : rule.ages[1] + 1] = values["births"] / _THOUSAND
    return rates


def _death_rules(assumptions: Mapping[str, Assumption]) -> list[Assumption]:
    return [rule for rule in of_group(assumptions, "ageing") if rule.name.startswith("deaths_")]
