"""Classes of the gaps map: suggested, equal, or with the limits of the standard."""

from __future__ import annotations

import pytest

from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk
from geo.sources import open_package
from geo.standards import OwnValue
from tests.factories import write_package
from views import gaps_classes

LINE = Walk(Method.LINE, detour=1.0)


@pytest.fixture(scope="module")
def analyse(tmp_path_factory):
    """Hand over `analyse(kind, **settings)` on the tiny city, whose school has a standard of 700 m."""
    inputs = load_inputs(open_package(write_package(tmp_path_factory.mktemp("city"))))
    reach = measure_reach(inputs, LINE)
    return lambda kind, **settings: gap_table(inputs, reach, kind, GapSettings(walk=LINE, **settings))


def test_the_standard_gives_the_limits_of_walks(analyse):
    found, colours, _ = gaps_classes.measured(analyse("primary_school"), "mean_nearest_m", "standard")
    assert found.uppers[:-1] == (350.0, 700.0, 1050.0, 1400.0)
    assert len(colours) == 5
    own = analyse("primary_school", own=OwnValue(1000.0, "m"))
    assert gaps_classes.measured(own, "mean_nearest_m", "standard")[0].uppers[:-1] == (500.0, 1000.0, 1500.0, 2000.0)


def test_the_limits_of_the_verdict_cut_shares(analyse):
    result = analyse("primary_school", covered_share=0.2, gap_share=0.6)
    assert gaps_classes.standard_breaks(result, "share_beyond") == (0.2, 0.4, 0.6, 0.8)


def test_people_per_place_give_the_limits_of_places_per_1000(analyse):
    result = analyse("primary_school", own=OwnValue(100.0, "persons_per_unit"))
    assert gaps_classes.standard_breaks(result, "places_per_1000") == pytest.approx((2.5, 5.0, 9.0, 10.0))
    assert gaps_classes.standard_breaks(result, "mean_nearest_m") is None


def test_only_what_makes_sense_is_offered(analyse):
    result = analyse("primary_school")
    assert gaps_classes.schemes(result, "verdict") == ()
    assert "standard" in gaps_classes.schemes(result, "mean_nearest_m")
    assert "standard" not in gaps_classes.schemes(result, "gravity")


def test_equal_steps_and_equal_numbers_differ(analyse):
    result = analyse("primary_school")
    equal = gaps_classes.measured(result, "mean_nearest_m", "equal")[0]
    steps = {round(upper - lower, 6) for lower, upper in zip(equal.lowers, equal.uppers, strict=True)}
    assert len(steps) == 1
    assert gaps_classes.measured(result, "mean_nearest_m")[0].edges != equal.edges
