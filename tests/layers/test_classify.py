"""Classes: every known value in exactly one, unknown in none, limits that can be explained."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ParameterError
from layers.classify import classes

numbers = st.lists(st.floats(-1e9, 1e9) | st.just(float("nan")), max_size=40)


@given(numbers, st.sampled_from(["quantiles", "equal"]), st.integers(1, 9))
def test_each_known_value_lies_within_its_class(values, scheme, k):
    found = classes(values, scheme=scheme, k=k)
    for value, index in zip(values, found.index, strict=True):
        if np.isnan(value):
            assert index == -1
        else:
            assert found.lowers[index] <= value <= found.uppers[index]
            assert index == 0 or value > found.lowers[index]
    assert len(found) <= k
    assert sum(found.counts) + found.unknown == len(values)


@given(numbers, st.integers(1, 9))
def test_quantiles_leave_no_class_empty_and_have_limits_that_occur(values, k):
    found = classes(values, scheme="quantiles", k=k)
    assert all(found.counts)
    assert set(found.edges) <= set(values)


@given(numbers, st.randoms())
def test_the_order_of_the_values_does_not_matter(values, random):
    one = pd.Series(values, dtype="float64")
    labels = list(one.index)
    random.shuffle(labels)
    pd.testing.assert_series_equal(classes(one).series(), classes(one[labels]).series()[one.index])


@given(numbers)
def test_unknown_values_do_not_move_the_limits(values):
    known = [value for value in values if not np.isnan(value)]
    assert classes(values).edges == classes(known).edges


def test_ten_different_numbers_fall_two_by_two():
    found = classes(range(1, 11))
    assert found.index.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert found.edges == (1, 2, 4, 6, 8, 10)


def test_many_equal_values_share_one_class():
    found = classes([0, 0, 0, 0, 5, 8, 10, 10])
    assert len(set(found.index[:4])) == 1
    assert found.lowers[0] == found.uppers[0] == 0  # the zeros are a class of their own


def test_a_constant_is_one_class():
    found = classes([3.5, 3.5, np.nan])
    assert (found.edges, found.counts, found.unknown) == ((3.5, 3.5), (2,), 1)


def test_nothing_known_is_no_class():
    found = classes([np.nan, None])
    assert (len(found), found.edges, found.index.tolist()) == (0, (), [-1, -1])


def test_equal_steps():
    found = classes([0, 1, 5, 10], scheme="equal", k=5)
    assert found.edges == (0, 2, 4, 6, 8, 10)
    assert found.counts == (2, 0, 1, 0, 1)


def test_fewer_different_values_than_classes():
    assert len(classes([1, 2, 2], k=5)) == 2
    assert len(classes([2, 2], scheme="equal", k=5)) == 1


def test_a_value_on_a_standard_keeps_it():
    found = classes([300, 300.1, 1000, np.inf, np.nan], scheme="breaks", breaks=[300, 1000])
    assert found.index.tolist() == [0, 1, 1, 2, -1]
    assert (found.lowers[0], found.uppers[-1]) == (-np.inf, np.inf)


def test_infinite_is_unknown_where_limits_come_from_the_values():
    assert classes([1, 2, np.inf]).index.tolist() == [0, 1, -1]


def test_the_series_keeps_the_values_own_index():
    values = pd.Series([5, None, 7], index=[51, 3, 20], dtype="Int64")
    assert classes(values).series().to_dict() == {51: 0, 3: -1, 20: 1}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"scheme": "jenks"}, "'jenks'.*quantiles, equal, breaks"),
        ({"k": 0}, "'k' is 0"),
        ({"k": 10}, "'k' is 10"),
        ({"scheme": "breaks"}, "number of breaks"),
        ({"scheme": "breaks", "breaks": [2, 1]}, "ascending"),
        ({"scheme": "breaks", "breaks": [1, np.nan]}, "ascending"),
    ],
)
def test_bad_settings_are_refused(arguments, complaint):
    with pytest.raises(ParameterError, match=complaint):
        classes([1, 2, 3], **arguments)
