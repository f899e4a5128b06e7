"""How evenly something is spread over people: Lorenz, Gini, Theil, concentration.

Every area counts with its people: `values` are per-person figures (for example places per 1,000),
`population` the people who have them. Areas with an unknown value or without people are left out,
and `used` says which count, so that callers can say how many do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.aggregate import group_sum
from geo.errors import ParameterError
from geo.network import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Lorenz:
    """Points of a Lorenz curve, from (0, 0) to (1, 1), the worst off first.

    Attributes
    ----------
    population_share, value_share
        Cumulative shares, same length. Both empty where the curve is not defined.
    """

    population_share: FloatArray
    value_share: FloatArray


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's T and its parts; total = between + within. NaN = not defined."""

    total: float
    between: float
    within: float


def used(values: npt.ArrayLike, population: npt.ArrayLike) -> BoolArray:
    """Return which areas count: value and population known, population above 0."""
    x, w = np.asarray(values, dtype="float64"), np.asarray(population, dtype="float64")
    mask: BoolArray = np.isfinite(x) & np.isfinite(w) & (w > 0)
    return mask


def lorenz(values: npt.ArrayLike, population: npt.ArrayLike) -> Lorenz:
    """Return the population-weighted Lorenz curve (Lorenz 1905).

    Parameters
    ----------
    values
        Per-person figure of each area, 0 or more; NaN = unknown, left out.
    population
        People of each area.

    Raises
    ------
    ParameterError
        Different lengths or a negative number (with row).
    """
    x, w = _clean(values, population)
    total = float((w * x).sum())
    if total <= 0:
        return Lorenz(np.zeros(0), np.zeros(0))
    order = np.lexsort((w, x))
    people, amount = np.cumsum(w[order]), np.cumsum((w * x)[order])
    return Lorenz(np.r_[0.0, people / people[-1]], np.r_[0.0, amount / amount[-1]])


def gini(values: npt.ArrayLike, population: npt.ArrayLike) -> float:
    """Return the population-weighted Gini coefficient, twice the area above the Lorenz curve.

    G = Σ_i Σ_j w_i w_j |x_i − x_j| / (2 W² μ) with μ = Σ w x / W (Gini 1914). 0 = all have the
    same, near 1 = one has all. NaN = no area counts or nobody has anything.

    Raises
    ------
    ParameterError
        As `lorenz`.
    """
    curve = lorenz(values, population)
    if len(curve.value_share) == 0:
        return float("nan")
    return max(0.0, 1.0 - 2.0 * float(np.trapezoid(curve.value_share, curve.population_share)))


def theil(values: npt.ArrayLike, population: npt.ArrayLike, groups: npt.ArrayLike) -> Theil:
    """Return Theil's T, split into inequality between and within groups (Theil 1967).

    T = Σ s_i ln(x_i / μ) with s_i = w_i x_i / Σ w x and 0 · ln 0 = 0;
    between = Σ_g S_g ln(μ_g / μ), within = Σ_g S_g T_g.

    Parameters
    ----------
    values, population
        As in `lorenz`.
    groups
        Group of each area, for example its Stadtbezirk.

    Returns
    -------
    Theil
        From 0 (all the same) to ln(people of the whole / people of the group that has all).
    """
    mask = used(values, population)
    x, w = _clean(values, population)
    labels = np.asarray(groups)
    if len(labels) != len(mask):
        raise ParameterError("parameter.length_mismatch", name="groups", found=len(labels), expected=len(mask))
    amount = w * x
    if float(amount.sum()) <= 0:
        return Theil(float("nan"), float("nan"), float("nan"))
    names, group = np.unique(labels[mask], return_inverse=True)
    group_people = group_sum(w, group, len(names))
    group_amount = group_sum(amount, group, len(names))
    total = _theil(amount, w)
    between = _theil(group_amount, group_people)
    return Theil(total, between, total - between)


def concentration(values: npt.ArrayLike, population: npt.ArrayLike, need: npt.ArrayLike) -> float:
    """Return the concentration index of `values` over people ranked by need, least need first.

    C = 2 / (W μ) · Σ w_i x_i R_i − 1, R_i the share of people with less need plus half of those
    with the same (Kakwani, Wagstaff & van Doorslaer 1997). Above 0: what is spread concentrates on
    people with more need; below 0: on those with less; 0: independent of need. −1 to 1.

    Parameters
    ----------
    values, population
        As in `lorenz`.
    need
        Need of each area, higher = more; NaN = unknown, left out.

    Returns
    -------
    float
        NaN = no area counts or nobody has anything.
    """
    ranked = np.asarray(need, dtype="float64")
    mask = used(values, population)
    if len(ranked) != len(mask):
        raise ParameterError("parameter.length_mismatch", name="need", found=len(ranked), expected=len(mask))
    hidden = np.where(np.isnan(ranked), np.nan, np.asarray(values, dtype="float64"))
    x, w = _clean(hidden, population)
    total = float((w * x).sum())
    if total <= 0:
        return float("nan")
    level, at = np.unique(ranked[used(hidden, population)], return_inverse=True)
    people = group_sum(w, at, len(level))
    middle = (np.cumsum(people) - people / 2.0) / people.sum()
    return float(2.0 * (w * x * middle[at]).sum() / total - 1.0)


def _theil(amount: FloatArray, people: FloatArray) -> float:
    share, part = amount / amount.sum(), people / people.sum()
    some = share > 0
    return float((share[some] * np.log(share[some] / part[some])).sum())


def _clean(values: npt.ArrayLike, population: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    x, w = np.asarray(values, dtype="float64"), np.asarray(population, dtype="float64")
    if len(x) != len(w):
        raise ParameterError("parameter.length_mismatch", name="population", found=len(w), expected=len(x))
    for name, numbers in (("values", x), ("population", w)):
        rows = np.flatnonzero(numbers < 0)
        if len(rows):
            raise ParameterError("parameter.negative_value", name=name, value=float(numbers[rows[0]]), row=int(rows[0]))
    mask = used(x, w)
    return x[mask], w[mask]
