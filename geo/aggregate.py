"""From cells to areas: sums, weighted means and medians per group, never means of rates."""

from __future__ import annotations

import numpy as np

from geo.access import ratio
from geo.network import FloatArray, IntArray


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
    """Return the weighted median per group: the lower one, a value that occurs.

    It is the smallest x with Σ w(values ≤ x) ≥ half of Σ w. NaN = no weight there.
    """
    use = (group >= 0) & ~np.isnan(values) & (weights > 0)
    x, w, g = values[use], weights[use], group[use]
    order = np.lexsort((x, g))
    x, w, g = x[order], w[order], g[order]
    total = np.bincount(g, weights=w, minlength=n_groups)
    before = np.r_[0.0, np.cumsum(total)[:-1]]
    running = np.cumsum(w) - before[g]
    reached = running >= total[g] / 2.0 * (1.0 - 1e-12)
    median = np.full(n_groups, np.nan)
    at = np.flatnonzero(reached)[::-1]  # the first one of each group is written last
    median[g[at]] = x[at]
    return median
