"""Lorenz, Gini, Theil and concentration: cases reasoned by hand, and laws."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.equity import concentration, gini, lorenz, theil, used
from geo.errors import ParameterError

NAN = np.nan
areas = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 1000), st.integers(0, 3), st.integers(0, 5)),
    min_size=1,
    max_size=10,
)


def test_all_have_the_same():
    assert gini([5.0, 5.0], [10.0, 90.0]) == pytest.approx(0.0, abs=1e-12)
    assert theil([5.0, 5.0], [10.0, 90.0], [1, 2]).total == pytest.approx(0.0, abs=1e-12)
    assert concentration([5.0, 5.0], [10.0, 90.0], [1.0, 2.0]) == pytest.approx(0.0, abs=1e-12)


def test_a_quarter_of_the_people_has_everything():
    # Lorenz curve: (0, 0), (0.75, 0), (1, 1); area below 0.125; G = 1 − 0.25
    curve = lorenz([0.0, 8.0], [75.0, 25.0])
    assert curve.population_share.tolist() == [0.0, 0.75, 1.0]
    assert curve.value_share.tolist() == [0.0, 0.0, 1.0]
    assert gini([0.0, 8.0], [75.0, 25.0]) == pytest.approx(0.75)
    # T = 1 · ln(1 / 0.25)
    assert theil([0.0, 8.0], [75.0, 25.0], [1, 1]).total == pytest.approx(math.log(4))


def test_half_the_people_have_three_times_as_much():
    # Shares of the whole: 1/4 and 3/4; area below the curve: ½·½·¼ + ½·(¼ + 1)/2 = 3/8
    assert gini([1.0, 3.0], [50.0, 50.0]) == pytest.approx(0.25)
    expected = 0.25 * math.log(0.5) + 0.75 * math.log(1.5)
    assert theil([1.0, 3.0], [50.0, 50.0], ["a", "b"]).total == pytest.approx(expected)


def test_theil_between_and_within():
    # Two boroughs with the same mean: nothing between. Two inside equal ones: nothing within.
    same_mean = theil([1.0, 3.0, 2.0], [10.0, 10.0, 20.0], ["a", "a", "b"])
    assert same_mean.between == pytest.approx(0.0, abs=1e-12)
    assert same_mean.within == pytest.approx(same_mean.total)
    equal_inside = theil([1.0, 1.0, 3.0], [10.0, 10.0, 20.0], ["a", "a", "b"])
    assert equal_inside.within == pytest.approx(0.0, abs=1e-12)
    assert equal_inside.between == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))


def test_concentration_follows_need():
    # All with the half that needs more: R = 0.75, C = 2 · 0.75 − 1; with the other half −0.5.
    assert concentration([0.0, 4.0], [50.0, 50.0], [1.0, 2.0]) == pytest.approx(0.5)
    assert concentration([4.0, 0.0], [50.0, 50.0], [1.0, 2.0]) == pytest.approx(-0.5)
    assert concentration([4.0, 0.0], [50.0, 50.0], [2.0, 2.0]) == pytest.approx(0.0, abs=1e-12)


def test_concentration_by_the_value_itself_is_the_gini():
    values, people = [1.0, 4.0, 2.0, 7.0], [10.0, 5.0, 20.0, 3.0]
    assert concentration(values, people, values) == pytest.approx(gini(values, people))


def test_unknown_and_empty_areas_are_left_out():
    assert used([1.0, NAN, 2.0, 3.0], [1.0, 1.0, 0.0, NAN]).tolist() == [True, False, False, False]
    assert gini([1.0, 3.0, NAN, 99.0], [50.0, 50.0, 10.0, 0.0]) == pytest.approx(0.25)
    assert concentration([0.0, 4.0, 9.0], [50.0, 50.0, 10.0], [1.0, 2.0, NAN]) == pytest.approx(0.5)


def test_where_nobody_has_anything_it_is_not_defined():
    for values, people in (([], []), ([0.0, 0.0], [1.0, 1.0]), ([NAN], [1.0]), ([1.0], [0.0])):
        assert math.isnan(gini(values, people))
        assert math.isnan(theil(values, people, [1] * len(values)).total)
        assert math.isnan(concentration(values, people, [1.0] * len(values)))
        assert len(lorenz(values, people).value_share) == 0


def test_one_area_is_equal_to_itself():
    assert gini([3.0], [10.0]) == 0.0
    assert concentration([3.0], [10.0], [1.0]) == pytest.approx(0.0)


def test_bad_input_is_refused_with_its_row():
    with pytest.raises(ParameterError, match="row 1"):
        gini([1.0, -1.0], [1.0, 1.0])
    with pytest.raises(ParameterError, match="row 0"):
        gini([1.0], [-1.0])
    with pytest.raises(ParameterError, match="population"):
        gini([1.0], [1.0, 2.0])
    with pytest.raises(ParameterError, match="groups"):
        theil([1.0], [1.0], [1, 2])
    with pytest.raises(ParameterError, match="need"):
        concentration([1.0], [1.0], [1.0, 2.0])


@given(areas)
def test_gini_is_the_mean_difference_of_people(rows):
    x, w, _, _ = np.array(rows, dtype=float).T
    total = (w * x).sum()
    if total == 0:
        assert math.isnan(gini(x, w))
        return
    difference = (w[:, None] * w * np.abs(x[:, None] - x)).sum()
    assert gini(x, w) == pytest.approx(difference / (2 * w.sum() * total), abs=1e-9)


@given(areas)
def test_an_area_split_in_two_changes_nothing(rows):
    x, w, group, need = np.array(rows, dtype=float).T
    twice = np.r_[x, x], np.r_[w * 0.3, w * 0.7]
    assert gini(*twice) == pytest.approx(gini(x, w), abs=1e-9, nan_ok=True)
    one, other = theil(x, w, group), theil(*twice, np.r_[group, group])
    assert other.total == pytest.approx(one.total, abs=1e-9, nan_ok=True)
    assert other.between == pytest.approx(one.between, abs=1e-9, nan_ok=True)
    split = concentration(*twice, np.r_[need, need])
    assert split == pytest.approx(concentration(x, w, need), abs=1e-9, nan_ok=True)


@given(areas, st.randoms(use_true_random=False))
def test_the_order_of_areas_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = np.array(rows, dtype=float).T, np.array(shuffled, dtype=float).T
    assert gini(*other[:2]) == pytest.approx(gini(*one[:2]), abs=1e-12, nan_ok=True)
    assert concentration(other[0], other[1], other[3]) == pytest.approx(
        concentration(one[0], one[1], one[3]), abs=1e-12, nan_ok=True
    )


@given(areas)
def test_the_parts_of_theil_are_never_negative(rows):
    x, w, group, _ = np.array(rows, dtype=float).T
    parts = theil(x, w, group)
    if not math.isnan(parts.total):
        assert parts.between >= -1e-12
        assert parts.within >= -1e-12
