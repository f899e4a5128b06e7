"""Nearest places, shares beyond a threshold, provision; sums and medians per area."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.access import Decay, beyond, nearest_m, provision, ratio, share_bounds
from geo.aggregate import group_mean, group_median, group_sum
from geo.errors import ParameterError
from geo.routing import line_costs

INF, NAN = np.inf, np.nan


def along(cells, places, cutoff_m=np.inf):
    """Return the table of cells and places on a line (x in metres, no detour)."""
    points = [np.column_stack([np.asarray(x, float), np.zeros(len(x))]) for x in (cells, places)]
    return line_costs(*points, cutoff_m=cutoff_m, detour=1.0)


def test_nearest_and_third_nearest():
    costs = along([0, 100, NAN], [10, 50, 400])
    assert nearest_m(costs)[:2].tolist() == [10.0, 50.0]
    assert nearest_m(costs, k=3)[:2].tolist() == [400.0, 300.0]
    assert np.isnan(nearest_m(costs, k=3)[2])


def test_fewer_places_than_asked_for_is_infinitely_far_not_unknown():
    assert nearest_m(along([0], [10, 20]), k=3).tolist() == [INF]
    assert nearest_m(along([0], [])).tolist() == [INF]
    assert nearest_m(along([0], [10, 2000], cutoff_m=500), k=2).tolist() == [INF]


def test_the_zeroth_nearest_is_refused():
    with pytest.raises(ParameterError, match="'k'"):
        nearest_m(along([0], [1]), k=0)


@pytest.mark.parametrize(
    ("decay", "width_m", "expected"),
    [
        (Decay.HARD, 0.0, [0, 0, 0, 1, 1]),
        (Decay.HARD, 100.0, [0, 0, 0, 1, 1]),
        (Decay.LINEAR, 200.0, [0, 0.25, 0.5, 1, 1]),
        (Decay.LINEAR, 0.0, [0, 0, 0, 1, 1]),
        (Decay.LOGISTIC, 100.0, [1 / (1 + 19**5), 0.05, 0.5, 1 - 1 / (1 + 19**3), 1]),
    ],
)
def test_beyond_hard_linear_and_logistic(decay, width_m, expected):
    distance_m = np.array([0.0, 400.0, 500.0, 800.0, INF])
    weight = beyond(distance_m, 500.0, decay=decay, width_m=width_m)
    np.testing.assert_allclose(weight, expected, rtol=1e-12)


def test_an_unknown_distance_stays_unknown():
    for decay in Decay:
        assert np.isnan(beyond(np.array([NAN]), 500.0, decay=decay, width_m=50.0))[0]


@pytest.mark.parametrize(("threshold_m", "width_m"), [(-1.0, 0.0), (NAN, 0.0), (1.0, -1.0), (1.0, NAN)])
def test_an_impossible_threshold_is_refused(threshold_m, width_m):
    with pytest.raises(ParameterError, match="_m"):
        beyond(np.array([1.0]), threshold_m, width_m=width_m)


def test_share_bounds_count_secret_cells_with_nobody_and_with_two():
    lowest, highest = share_bounds(30.0, 60.0, 5, 5)
    assert lowest == 30 / 100
    assert highest == 40 / 100


@pytest.mark.parametrize(
    ("unknown_far", "unknown_near", "lowest", "highest"),
    [(3, 0, 1.0, 1.0), (0, 3, 0.0, 0.0), (1, 1, 0.0, 1.0), (0, 0, NAN, NAN)],
)
def test_share_bounds_where_only_secret_cells_are(unknown_far, unknown_near, lowest, highest):
    bounds = share_bounds(0.0, 0.0, unknown_far, unknown_near)
    np.testing.assert_array_equal(bounds, [lowest, highest])


@given(st.lists(st.integers(0, 2), max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_share_bounds_hold_whatever_the_secret_cells_hold(secret, is_far):
    far, near = 7.0, 5.0
    flags = np.array(is_far[: len(secret)], dtype=bool)
    people = np.array(secret, dtype=float)
    truth = (far + people[flags].sum()) / (far + near + people.sum())
    lowest, highest = share_bounds(far, near, flags.sum(), (~flags).sum())
    assert lowest - 1e-12 <= truth <= highest + 1e-12


def test_provision_against_a_standard():
    result = provision([1.0, 4.0, 2.0, NAN], [2000.0, 2000.0, 0.0, 10.0], persons_per_unit=1000.0)
    np.testing.assert_array_equal(result.required, [2.0, 2.0, 0.0, 0.01])
    np.testing.assert_array_equal(result.coverage, [0.5, 2.0, NAN, NAN])
    np.testing.assert_array_equal(result.deficit, [1.0, 0.0, 0.0, NAN])
    np.testing.assert_array_equal(result.surplus, [0.0, 2.0, 2.0, NAN])


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 10**6)), min_size=1))
def test_supply_is_required_plus_surplus_minus_deficit(pairs):
    supply, demand = np.array(pairs).T
    result = provision(supply, demand, persons_per_unit=750.0)
    np.testing.assert_allclose(result.required + result.surplus - result.deficit, supply, rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("value", [0.0, -1.0, NAN, INF])
def test_a_standard_of_nobody_per_unit_is_refused(value):
    with pytest.raises(ParameterError, match="persons_per_unit"):
        provision([1.0], [1.0], persons_per_unit=value)


def test_a_ratio_over_nothing_is_unknown():
    np.testing.assert_array_equal(ratio(np.array([1.0, 1.0, 1.0]), np.array([2.0, 0.0, NAN])), [0.5, NAN, NAN])


def test_sums_means_and_medians_per_group():
    values = np.array([1.0, 3.0, 10.0, NAN, 7.0])
    weights = np.array([1.0, 3.0, 0.0, 5.0, 2.0])
    group = np.array([0, 0, 0, 1, -1])
    np.testing.assert_array_equal(group_sum(values, group, 3), [14.0, 0.0, 0.0])
    np.testing.assert_array_equal(group_mean(values, weights, group, 3), [2.5, NAN, NAN])
    np.testing.assert_array_equal(group_median(values, weights, group, 3), [3.0, NAN, NAN])


def test_the_median_is_where_half_the_people_are_reached():
    group = np.zeros(3, dtype=np.int64)
    values = np.array([300.0, 100.0, INF])
    assert group_median(values, np.array([1.0, 2.0, 1.0]), group, 1)[0] == 100.0
    assert group_median(values, np.array([1.0, 1.0, 1.0]), group, 1)[0] == 300.0
    assert group_median(values, np.array([1.0, 1.0, 3.0]), group, 1)[0] == INF


def test_one_who_reaches_nothing_makes_the_mean_infinite():
    group = np.zeros(2, dtype=np.int64)
    assert group_mean(np.array([5.0, INF]), np.array([9.0, 1.0]), group, 1)[0] == INF
    assert group_mean(np.array([5.0, INF]), np.array([9.0, 0.0]), group, 1)[0] == 5.0


@given(st.lists(st.tuples(st.floats(0, 1000), st.integers(0, 50)), min_size=1), st.integers(1, 3))
def test_the_median_is_that_of_the_people_written_out(cells, groups):
    values, weights = np.array(cells, dtype=float).T
    group = np.arange(len(cells)) % groups
    medians = group_median(values, weights, group, groups)
    for number in range(groups):
        people = np.repeat(values[group == number], weights[group == number].astype(int))
        expected = np.quantile(people, 0.5, method="inverted_cdf") if len(people) else NAN
        np.testing.assert_array_equal(medians[number], expected)


@given(st.lists(st.tuples(st.floats(0, 5000), st.floats(0, 100)), min_size=2), st.floats(1, 4000))
def test_coverage_of_a_union_is_at_most_the_sum_of_its_parts(cells, threshold_m):
    distance_m, people = np.array(cells).T
    half = len(cells) // 2
    near = people * (1 - beyond(distance_m, threshold_m))
    assert near.sum() <= near[:half].sum() + near[half:].sum() + 1e-6


@given(
    st.lists(st.floats(0, 3000), min_size=1, max_size=8),
    st.lists(st.floats(0, 3000), min_size=1, max_size=5),
    st.floats(0, 3000),
)
def test_one_more_place_never_lengthens_a_walk(cells, places, more):
    before = nearest_m(along(cells, places))
    after = nearest_m(along(cells, [*places, more]))
    assert (after <= before).all()
    assert (beyond(after, 500.0) <= beyond(before, 500.0)).all()
