"""Who was not reached: against the population, with care for small numbers, and unknown never as zero."""

from __future__ import annotations

from collections import Counter
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.area import named_area
from geo.catalogue import loader
from geo.participation import FEWEST_SHOWN, Population, at_most, dimension, wilson
from geo.participation_ground import ages_of, participation
from geo.sources import open_package

HALF = {"young": Population(0.5), "old": Population(0.5)}


def _by_value(found):
    return {group.value: group for group in found.groups}


def test_nobody_of_half_the_city_is_missing():
    found = dimension("age", {"young": 10}, HALF)
    assert _by_value(found)["old"].verdict == "missing"
    assert _by_value(found)["old"].count == 0
    assert found.missing == ("old",)


def test_a_small_group_that_nobody_belongs_to_may_be_chance():
    found = dimension("age", {"young": 10}, {"young": Population(0.95), "old": Population(0.05)})
    assert _by_value(found)["old"].verdict == "few"
    assert found.missing == ()


def test_few_answers_are_not_compared():
    found = dimension("age", {"young": 7}, HALF)
    assert {group.verdict for group in found.groups} == {"few"}


def test_who_did_not_say_is_counted_apart_and_never_as_zero():
    found = dimension("age", {None: 5}, HALF)
    assert (found.total, found.said, found.unsaid) == (5, 0, 5)
    assert all(isnan(group.share) for group in found.groups)
    assert {group.verdict for group in found.groups} == {"few"}


def test_an_unknown_population_is_no_comparison():
    found = dimension("age", {"young": 20}, {"young": Population(nan), "old": Population(0.5, proxy="other")})
    assert [group.verdict for group in found.groups] == ["no_comparison", "no_comparison"]
    assert found.missing == ()


def test_a_group_nobody_expected_is_listed_without_comparison():
    found = dimension("district", {"12": 9, "elsewhere": 4}, {"12": Population(1.0)})
    assert [group.verdict for group in found.groups] == ["as_expected", "no_comparison"]


def test_one_small_count_hides_a_second_one():
    found = _by_value(dimension("age", {"a": 1, "b": 5, "c": 9}, {key: Population(1 / 3) for key in "abc"}))
    assert (found["a"].count, found["b"].count, found["c"].count) == (None, None, 9)
    assert isnan(found["a"].share)


def test_the_host_alone_sees_every_count():
    found = _by_value(dimension("age", {"a": 1, "b": 5}, {key: Population(0.5) for key in "ab"}, publish=False))
    assert (found["a"].count, found["b"].count) == (1, 5)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", None]), max_size=40))
def test_small_counts_cannot_be_computed_from_what_is_published(answers):
    found = dimension("x", Counter(answers), {key: Population(0.25) for key in "abcd"})
    hidden = [group for group in found.groups if group.count is None]
    assert len(hidden) != 1 or found.said < FEWEST_SHOWN
    shown = [group.count for group in found.groups if group.count is not None]
    assert not [count for count in shown if 0 < count < FEWEST_SHOWN]
    assert all(answers.count(group.value) == group.count for group in found.groups if group.count is not None)


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0, 1))
def test_chances_are_chances(count, said, share):
    chance = at_most(count, said, share)
    assert 0.0 <= chance <= 1.0
    if said:
        low, high = wilson(min(count, said), said)
        assert 0.0 <= low <= min(count, said) / said + 1e-12
        assert min(count, said) / said - 1e-12 <= high <= 1.0


def test_binomial_and_interval_are_the_known_ones():
    assert at_most(0, 10, 0.5) == pytest.approx(0.5**10)
    assert at_most(3, 10, 0.5) == pytest.approx(176 / 1024)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


@pytest.mark.slow
def test_the_city_says_who_was_not_reached(root):
    load = loader(open_package(root / "data"))
    area = named_area(load, "borough", 1)
    age, language, district = participation(
        load,
        load("population_cells"),
        area,
        by_age={"30_59": 20, "18_29": 3, None: 3},
        by_language={"de": 20, "tr": 3, "de-simple": 3},
        by_district={"1": 20, "99": 3, None: 3},
    )
    assert (age.said, age.unsaid) == (23, 3)
    assert "60_plus" in age.missing
    assert sum(one.share for one in ages_of(load, area).values()) == pytest.approx(1.0)
    assert _by_value(language)["other"].count == 3
    assert {group.verdict for group in language.groups} == {"no_comparison"}
    assert {"2", "8", "9"} >= set(district.missing)
    assert "9" in district.missing
    assert _by_value(district)["elsewhere"].count == 3
