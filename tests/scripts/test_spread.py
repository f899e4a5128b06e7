"""Spreading totals over cells: conservation, bounds, proportion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.datapackage.spread import spread

# weight, lower bound, room above the lower bound
CELL = st.tuples(st.just(0.0) | st.floats(1e-3, 1000), st.floats(0, 50), st.floats(0, 500))


def _spread(total, weights, lower=None, upper=None):
    weights = np.array(weights, dtype=float)
    lower = np.zeros(len(weights)) if lower is None else np.array(lower, dtype=float)
    upper = np.full(len(weights), np.inf) if upper is None else np.array(upper, dtype=float)
    return spread(float(total), weights, lower, upper)


def test_proportional_without_bounds():
    assert _spread(100, [1, 3]) == pytest.approx([25, 75])


def test_a_lower_bound_takes_from_the_others_in_proportion():
    assert _spread(100, [0, 1, 3], lower=[20, 0, 0]) == pytest.approx([20, 20, 60])


def test_an_upper_bound_gives_to_the_others():
    assert _spread(100, [1, 1, 2], upper=[100, 100, 20]) == pytest.approx([40, 40, 20])


def test_lower_bounds_above_the_total_are_scaled_down():
    assert _spread(10, [1, 1], lower=[15, 5]) == pytest.approx([7.5, 2.5])


def test_upper_bounds_below_the_total_are_reached():
    assert _spread(100, [1, 1], upper=[10, 20]) == pytest.approx([10, 20])


def test_nothing_to_spread_by():
    assert _spread(100, [0, 0]) == pytest.approx([0, 0])
    assert _spread(0, [1, 1]) == pytest.approx([0, 0])


@given(st.floats(0, 1e5), st.lists(CELL, min_size=1, max_size=20))
def test_the_sum_is_kept_within_the_bounds(total, cells):
    weights, lower, room = (np.array(column) for column in zip(*cells, strict=True))
    upper = lower + room
    values = spread(total, weights, lower, upper)
    reachable = upper[weights > 0].sum() + lower[weights == 0].sum()
    if lower.sum() <= total <= reachable:
        assert values.sum() == pytest.approx(total, rel=1e-6, abs=1e-6)
        assert (values >= lower - 1e-9).all()
        assert (values <= upper + 1e-9).all()
    assert values.sum() <= max(total, 0) + 1e-6


@given(st.floats(1, 1e4), st.lists(st.floats(0.1, 100), min_size=2, max_size=10))
def test_the_order_of_cells_does_not_matter(total, weights):
    assert _spread(total, weights[::-1])[::-1] == pytest.approx(_spread(total, weights))
