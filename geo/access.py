"""Distances people walk and what follows from them: nearest places, shares beyond a threshold.

All functions are pure and elementwise over cells. A distance is in metres; ``inf`` means that
there is no such place on foot (or none within the cut-off), NaN that nothing is known about the
cell because it hangs on no street.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.costs import CostTable
from geo.errors import ParameterError
from geo.network import BoolArray, FloatArray

UNKNOWN_MAX: Final = 2
"""Most people a cell can have whose census count is kept secret (published from 3 on)."""


class Decay(StrEnum):
    """How the share beyond a threshold counts people near it."""

    HARD = "hard"
    """1 beyond the threshold, 0 up to it."""
    LINEAR = "linear"
    """Rises from 0 at threshold − width to 1 at threshold + width."""
    LOGISTIC = "logistic"
    """1 / (1 + exp(−(d − threshold) · ln 19 / width)): 5 % at threshold − width, 95 % at + width."""


@dataclass(frozen=True, slots=True)
class Provision:
    """Supply against a standard.

    Attributes
    ----------
    required
        Units the standard asks for.
    coverage
        supply / required (1 = as the standard asks). NaN = nothing is required or unknown.
    deficit, surplus
        max(required − supply, 0) and max(supply − required, 0) in units. NaN = unknown.
    """

    required: FloatArray
    coverage: FloatArray
    deficit: FloatArray
    surplus: FloatArray


def nearest_m(costs: CostTable, *, k: int = 1) -> FloatArray:
    """Return the distance from each cell to its k-th nearest place, in metres.

    ``inf`` = fewer than `k` places within the table's cut-off, NaN = cell unreached. The third
    nearest tells how much choice there is (and what remains if the nearest one closes).

    Raises
    ------
    ParameterError
        `k` is below 1.
    """
    if k < 1:
        raise ParameterError("parameter.out_of_range", name="k", value=k, minimum=1, maximum="inf")
    at = costs.indptr[:-1] + (k - 1)
    enough = at < costs.indptr[1:]
    distance = np.where(costs.origin_known, np.inf, np.nan)
    distance[enough] = costs.distance_m[at[enough]]
    return distance


def beyond(
    distance_m: FloatArray, threshold_m: float, *, decay: Decay = Decay.HARD, width_m: float = 0.0
) -> FloatArray:
    """Return how far each cell counts as beyond the threshold, from 0 to 1.

    Parameters
    ----------
    distance_m
        Metres; ``inf`` gives 1, NaN stays NaN.
    threshold_m
        Metres; the threshold itself still counts as near.
    decay
        Hard, linear or logistic, see `Decay`; a soft threshold keeps a cell at 401 m from being
        as far away as one at 2 km. With a width of 0 all three are hard.
    width_m
        Half width of the soft zone in metres, 0 or more.

    Raises
    ------
    ParameterError
        `threshold_m` or `width_m` is negative or NaN.
    """
    for name, value in (("threshold_m", threshold_m), ("width_m", width_m)):
        if not value >= 0:
            raise ParameterError("parameter.out_of_range", name=name, value=value, minimum=0, maximum="inf")
    unknown = np.isnan(distance_m)
    if decay is Decay.HARD or width_m == 0:
        weight = (distance_m > threshold_m).astype("float64")
    elif decay is Decay.LINEAR:
        weight = np.clip((distance_m - threshold_m + width_m) / (2.0 * width_m), 0.0, 1.0)
    else:
        steps = np.clip((distance_m - threshold_m) / width_m, -200.0, 200.0)
        weight = 1.0 / (1.0 + np.exp(-np.log(19.0) * steps))
    weight[unknown] = np.nan
    return weight


def share_bounds(
    far: float | FloatArray,
    near: float | FloatArray,
    unknown_far: float | FloatArray,
    unknown_near: float | FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest share beyond, with 0 to 2 people in every secret cell.

    lowest = far / (far + near + 2 · unknown_near), highest =
    (far + 2 · unknown_far) / (far + 2 · unknown_far + near).

    Parameters
    ----------
    far, near
        Known people beyond and within the threshold.
    unknown_far, unknown_near
        Number of cells beyond and within whose count is secret.

    Returns
    -------
    tuple of numpy.ndarray
        Shares from 0 to 1 among those who are there; NaN where nobody can be there.
    """
    far, near = np.asarray(far, dtype="float64"), np.asarray(near, dtype="float64")
    more_far = far + UNKNOWN_MAX * np.asarray(unknown_far, dtype="float64")
    more_near = near + UNKNOWN_MAX * np.asarray(unknown_near, dtype="float64")
    lowest = ratio(far, far + more_near)
    highest = ratio(more_far, more_far + near)
    return np.where(np.isnan(lowest), highest, lowest), np.where(np.isnan(highest), lowest, highest)


def provision(supply: npt.ArrayLike, demand: npt.ArrayLike, *, persons_per_unit: float) -> Provision:
    """Return coverage, deficit and surplus against a standard of persons per unit.

    required = demand / persons_per_unit; coverage = supply / required.

    Parameters
    ----------
    supply
        Units, NaN = unknown.
    demand
        People of the target group, NaN = unknown.
    persons_per_unit
        The standard: one unit for so many people (a coverage target of 60 % is 1 / 0.6).

    Raises
    ------
    ParameterError
        `persons_per_unit` is not above 0.
    """
    if not 0 < persons_per_unit < np.inf:
        raise ParameterError(
            "parameter.out_of_range",
            name="persons_per_unit",
            value=persons_per_unit,
            minimum="above 0",
            maximum="inf",
        )
    supply, demand = np.asarray(supply, dtype="float64"), np.asarray(demand, dtype="float64")
    required = demand / persons_per_unit
    return Provision(
        required,
        ratio(supply, required),
        np.maximum(required - supply, 0.0),
        np.maximum(supply - required, 0.0),
    )


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return part / whole, NaN where the whole is 0 or unknown."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    defined: BoolArray = np.asarray(whole > 0)
    result: FloatArray = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=defined)
    return result
