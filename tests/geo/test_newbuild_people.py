"""Residents by age and year: what must hold whatever the assumptions are, and a case worked out by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.newbuild import Sheet
from geo.newbuild_assumptions import AGES, HOUSEHOLDS, TENURES, age_profile, values_of
from geo.newbuild_people import first_residents, move_in_profile, residents
from tests.geo.newbuild_city import HUNDRED_HOMES, real_assumptions, sheet

ASSUMPTIONS = real_assumptions()
MID = values_of(ASSUMPTIONS, {}, 1)
STILL = {name: 0.0 for name in MID if name.startswith(("moves_", "deaths_"))} | {"births": 0.0}
"""Nobody moves, dies or is born."""


def people(asked, **values):
    """Return residents of a sheet with the middle values and some others."""
    return residents(asked, ASSUMPTIONS, MID | values)


homes = st.dictionaries(st.sampled_from(TENURES), st.tuples(*[st.integers(0, 300)] * 5), min_size=1).filter(
    lambda rows: sum(map(sum, rows.values())) > 0
)


@st.composite
def sheets(draw):
    """Return a sheet with homes of any kind, finished in up to four years."""
    dwellings = draw(homes)
    total = sum(map(sum, dwellings.values()))
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=3, max_size=3)))
    phases = np.diff([0, *cuts, total]).tolist()
    phasing = dict(zip(range(2030, 2034), phases, strict=True))
    return Sheet("", "district", "1", None, dwellings, 2030, 2033, 2045, phasing)


def test_the_hand_example_of_the_documentation():
    """Every number here is worked out in docs/newbuild.md."""
    found = people(HUNDRED_HOMES)
    assert found[0].sum() == pytest.approx(100 * 0.982 * 2.11)  # 207.2
    assert found[0, 0:3].sum() == pytest.approx(207.202 * 0.48 * 0.13)  # 12.93
    babies, adults = 207.202 * 0.48 * 0.13 / 3, 207.202 * (0.48 * (0.06 + 0.38) + 0.42 * (0.35 + 0.35))
    assert found[1, 0] == pytest.approx(0.92 * adults * 0.032 + 0.08 * babies)  # 3.43
    assert found[1, 1] == pytest.approx(0.92 * babies * 0.998 + 0.08 * babies)  # 4.30


def test_everybody_moves_in_once_all_homes_are_filled():
    """Half of the homes a year: half of the people, then all."""
    found = people(sheet(end=2029, phasing={2028: 50, 2029: 50}), **STILL)
    assert found.sum(axis=1) == pytest.approx([103.601, 207.202, 207.202])


def test_a_cohort_grows_a_year_older_each_year():
    found = people(HUNDRED_HOMES, **STILL)
    assert found[1, 1:-1] == pytest.approx(found[0, :-2])
    assert found[2, 2:-1] == pytest.approx(found[0, :-3])
    assert found[1, 0] == 0.0


def test_the_oldest_age_is_open():
    """After 150 years without death everybody is 120 or older, and nobody is lost."""
    found = people(sheet(until=2178), **STILL)
    assert found[-1, -1] == pytest.approx(207.202)


def test_a_dwelling_has_at_least_one_person():
    assert first_residents("senior", (10, 0, 0, 0, 0), MID | {"occupied_share": 100.0}) == 10.0


def test_where_every_home_changes_hands_each_year_the_ages_stay_those_of_the_move_in():
    found = people(HUNDRED_HOMES, moves_rent=100.0)
    assert found[1] == pytest.approx(found[0])


@given(sheets())
def test_without_births_deaths_and_moves_people_are_those_who_moved_in(asked):
    found = people(asked, **STILL)
    expected = sum(first_residents(tenure, row, MID) for tenure, row in asked.dwellings.items())
    assert found[-1].sum() == pytest.approx(expected)
    assert (np.diff(found.sum(axis=1)) >= -1e-9).all()


@given(sheets(), st.sampled_from([0, 1, 2]))
def test_people_are_never_negative_and_finite(asked, variant):
    found = residents(asked, ASSUMPTIONS, values_of(ASSUMPTIONS, {}, variant))
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert found.shape == (16, AGES)


@settings(max_examples=20)
@given(sheets())
def test_twice_the_homes_are_twice_the_people(asked):
    double = Sheet("", "district", "1", None, {key: tuple(2 * n for n in row) for key, row in asked.dwellings.items()},
                   2030, 2033, 2045, {year: 2 * n for year, n in asked.phasing.items()})  # fmt: skip
    assert people(double) == pytest.approx(2 * people(asked))


@settings(max_examples=20)
@given(sheets(), sheets())
def test_two_areas_together_are_the_sum_of_both_where_they_are_built_at_the_same_pace(one, other):
    even = dict.fromkeys(range(2030, 2034), 1)
    pair = [Sheet("", "", "", None, each.dwellings, 2030, 2033, 2045, _even(each, even)) for each in (one, other)]
    both = {name: tuple(np.add(one.dwellings.get(name, [0] * 5), other.dwellings.get(name, [0] * 5)).tolist())
            for name in TENURES}  # fmt: skip
    joined = Sheet("", "", "", None, both, 2030, 2033, 2045, {y: sum(p.phasing[y] for p in pair) for y in even})
    assert people(joined) == pytest.approx(people(pair[0]) + people(pair[1]))


def _even(asked, years):
    return {year: asked.total / len(years) for year in years}


@settings(max_examples=20)
@given(sheets(), st.floats(0, 100), st.floats(0, 200))
def test_more_births_are_never_fewer_people(asked, less, more):
    low, high = sorted((less, more))
    assert (people(asked, births=high).sum(axis=1) >= people(asked, births=low).sum(axis=1) - 1e-6).all()


@pytest.mark.parametrize("variant", [0, 1, 2])
def test_the_profiles_of_the_catalogue_add_up(variant):
    values = values_of(ASSUMPTIONS, {}, variant)
    assert [age_profile(ASSUMPTIONS, values, each).sum() for each in HOUSEHOLDS] == pytest.approx([1.0] * 3)
    assert [move_in_profile(each, ASSUMPTIONS, values).sum() for each in TENURES] == pytest.approx([1.0] * 4)
