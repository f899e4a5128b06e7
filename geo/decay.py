"""How much a place counts at a distance: weights from 1 (here) to 0 (too far)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from geo.errors import ParameterError
from geo.network import FloatArray

Decay = Callable[[FloatArray], FloatArray]
"""Metres → weight, elementwise; finite metres give finite weights of 0 or more."""

SLOW_ZONES: Final = (1.0, 0.68, 0.22)
"""Weights of three zones with slow decay (Luo & Qi 2009, weight set 1)."""

FAST_ZONES: Final = (1.0, 0.42, 0.03)
"""Weights of three zones with sharp decay (Luo & Qi 2009, weight set 2)."""


def zones(bounds_m: Sequence[float], weights: Sequence[float]) -> Decay:
    """Return the step function of Luo & Qi (2009): one weight per zone, 0 beyond the last.

    Parameters
    ----------
    bounds_m
        Upper bound of each zone in metres, ascending; a bound belongs to its zone.
    weights
        Weight of each zone, 0 or more.

    Raises
    ------
    ParameterError
        Different numbers of bounds and weights, bounds not ascending, or a negative weight.
    """
    upper, weight = np.asarray(bounds_m, dtype="float64"), np.asarray(weights, dtype="float64")
    if len(upper) != len(weight):
        raise ParameterError("parameter.length_mismatch", name="weights", found=len(weight), expected=len(upper))
    rising = bool((np.diff(upper) >= 0).all()) and not np.isnan(upper).any()
    if not rising or not (weight >= 0).all():
        raise ParameterError(
            "parameter.out_of_range",
            name="zones",
            value=[*upper.tolist(), *weight.tolist()],
            minimum="ascending bounds",
            maximum="weights of 0 or more",
        )
    steps = np.r_[weight, 0.0]
    return lambda distance_m: steps[np.searchsorted(upper, distance_m, side="left")]


def thirds(catchment_m: float, weights: Sequence[float] = SLOW_ZONES) -> Decay:
    """Return `zones` with equal widths that fill the catchment, as E2SFCA does with 10/20/30 min."""
    count = len(weights)
    return zones([catchment_m * (at + 1) / count for at in range(count)], weights)


def half_distance(half_m: float) -> Decay:
    """Return w = 2^(−d / half_m): the exponential decay that halves every `half_m` metres.

    The same as exp(−β d) with β = ln 2 / half_m; the half distance is easier to talk about.

    Raises
    ------
    ParameterError
        `half_m` is not above 0.
    """
    if not 0 < half_m < np.inf:
        raise ParameterError("parameter.out_of_range", name="half_m", value=half_m, minimum="above 0", maximum="inf")
    return lambda distance_m: np.exp2(-distance_m / half_m)


def gaussian(width_m: float) -> Decay:
    """Return w = exp(−d² / (2 width²)).

    Raises
    ------
    ParameterError
        `width_m` is not above 0.
    """
    if not 0 < width_m < np.inf:
        raise ParameterError("parameter.out_of_range", name="width_m", value=width_m, minimum="above 0", maximum="inf")
    return lambda distance_m: np.exp(-0.5 * (distance_m / width_m) ** 2)
