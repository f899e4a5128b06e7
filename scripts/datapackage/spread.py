"""Spreading a known total over cells by weights, within bounds that are known for each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def spread(total: float, weights: Floats, lower: Floats, upper: Floats) -> Floats:
    """Return values with sum `total`: each is weight × one common factor, cut to its bounds.

    value_i = min(upper_i, max(lower_i, f · weight_i)), with f such that the values sum to `total`
    (found by bisection). If the lower bounds alone exceed the total they are scaled down to it; if
    the upper bounds do not reach it they are returned as they are and the sum falls short.

    Parameters
    ----------
    total
        What is known for all cells together, ≥ 0.
    weights, lower, upper
        Per cell, ≥ 0, lower ≤ upper; weights 0 or above 1e-9. A cell of weight 0 gets its lower bound.

    Returns
    -------
    numpy.ndarray
        Same length; all 0 if there is neither a weight nor a lower bound.
    """
    if lower.sum() >= total:
        return lower * (total / lower.sum()) if lower.sum() > 0 else lower.copy()
    if not (weights > 0).any():
        return lower.copy()
    low, high = 0.0, total / weights[weights > 0].min()
    while low < (middle := (low + high) / 2) < high:
        if np.clip(middle * weights, lower, upper).sum() < total:
            low = middle
        else:
            high = middle
    values: Floats = np.clip(high * weights, lower, upper)
    return values
