"""From cells to areas: sums, weighted means and medians per group, never means of rates."""

from __future__ import annotations

from typing import Final

import numpy as np

from geo.access import ratio
from geo.network import FloatArray, IntArray

_ROUNDING: Final = 1e-9  # a running sum that misses its level by rounding has reached it


def group_sum(values: FloatArray, group: IntArray, n_groups: int) -> FloatArray:
    """Return Σ values per group.

    Parameters
    ----------
    values
        One number per cell; NaN = unknown, left out (callers count what is unknown).
    group
        Group number 0 … n_groups − 1 per cell; -1 = in no group.
    n_groups
        Number of groups; a group without cells has 0.
    """
    use = (group >= 0) & ~np.isnan(values)
    return np.bincount(group[use], weights=values[use], minlength=n_groups).astype("float64")


def group_mean(values: FloatArray, weights: FloatArray, group: IntArray, n_groups: int) -> FloatArray:
    """Return Σ w·x / Σ w per group over cells with both numbers; NaN = no weight there.

    An infinite value with a weight above 0 makes the mean infinite: someone there reaches nothing.
    """
    use = (group >= 0) & ~np.isnan(values) & (weights > 0)
    x, w, g = values[use], weights[use], group[use]
    return ratio(group_sum(w * x, g, n_groups), group_sum(w, g, n_groups))


def group_median(values: FloatArray, weights: FloatArray, group: IntArray, n_groups: int) -> FloatArray:
    """Return the weighted median per group: the lower one, a value that occurs; NaN = no weight."""
    return group_quantile(values, weights, group, n_groups, 0.5)


def group_quantile(values: FloatArray, weights: FloatArray, group: IntArray, n_groups: int, level: float) -> FloatArray:
    """Return the weighted quantile per group: the smallest x with Σ w(values ≤ x) ≥ level · Σ w.

    Parameters
    ----------
    values, weights
        One number per cell; NaN in either or a weight of 0: left out.
    group, n_groups
        As in `group_sum`.
    level
        0 to 1.
    """
    use = (group >= 0) & ~np.isnan(values) & (weights > 0)
    x, w, g = values[use], weights[use], group[use]
    order = np.lexsort((x, g))
    x, w, g = x[order], w[order], g[order]
    total = np.bincount(g, weights=w, minlength=n_groups)
    before = np.r_[0.0, np.cumsum(total)[:-1]]
    running = np.cumsum(w) - before[g]
    reached = running >= total[g] * (level - _ROUNDING)
    found = np.full(n_groups, np.nan)
    at = np.flatnonzero(reached)[::-1]  # the first one of each group is written last
    found[g[at]] = x[at]
    return found
