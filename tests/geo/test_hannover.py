"""The real city: barriers lengthen walks, sums fit together, distances make sense."""

import math

import numpy as np
import pytest

from geo.crs import lonlat_to_xy
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.network import snap
from geo.reach import Method, Walk
from geo.routing import street_costs
from geo.sources import open_package

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hannover(root):
    """Return the inputs of the shipped data package."""
    return load_inputs(open_package(root / "data"))


@pytest.fixture(scope="module")
def reach(hannover):
    """Return the measured distances along the streets."""
    return measure_reach(hannover, Walk())


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        pytest.param((9.71001, 52.37678), (9.71215, 52.37892), 4, id="Leine: Linden-Nord and Nordstadt"),
        pytest.param((9.74372, 52.35709), (9.73751, 52.35607), 4, id="Maschsee: east and west shore"),
        pytest.param((9.7400, 52.4055), (9.7400, 52.4090), 2, id="Mittellandkanal: Vahrenwald"),
        pytest.param((9.76686, 52.36283), (9.76396, 52.36249), 4, id="Railway: Bult and Südstadt"),
    ],
)
def test_what_is_near_by_air_is_far_on_foot_across_a_barrier(hannover, one, other, factor):
    x, y = lonlat_to_xy(*np.array([one, other]).T)
    points = snap(hannover.network, x, y)
    walk = street_costs(hannover.network, points.take(np.array([0])), points.take(np.array([1])))
    air_m = math.dist((x[0], y[0]), (x[1], y[1]))
    assert air_m < 450
    assert walk.distance_m[0] > factor * air_m


def test_nearly_everybody_lives_on_a_street(hannover, reach):
    people = hannover.people("population")
    reached = reach.costs.origin_known
    assert people[reached].sum() / people.sum() > 0.999
    assert np.nanmedian(reach.cell_offset_m) < 50


def test_every_place_with_a_coordinate_can_be_walked_to(hannover, reach):
    """The medical school's point lies 300 m inside its grounds: it is no less a hospital for those who live beside it."""
    assert np.isfinite(reach.place_offset_m[hannover.located]).all()
    hospitals = gap_table(hannover, reach, "hospital", GapSettings(draws=0))
    city = hospitals.level("city").iloc[0]
    assert city["places_unreached"] == 0
    names = hospitals.level("district").set_index("area_name")
    assert names.loc["Groß-Buchholz", "mean_nearest_m"] < 2_500


def test_walks_are_longer_than_the_line_and_about_as_much_as_the_detour_factor_says(hannover, reach):
    line = measure_reach(hannover, Walk(Method.LINE, detour=1.0)).costs
    tables = []
    for costs in (reach.costs, line):
        table = np.full((costs.n_origins, costs.n_targets), np.nan)
        table[costs.origin, costs.target] = costs.distance_m
        tables.append(table)
    streets, straight = tables
    both = np.isfinite(streets) & np.isfinite(straight)
    assert (streets[both] > straight[both] - 1.0).mean() > 0.999
    middle = both & (straight > 300) & (straight < 3000)
    assert 1.2 < np.median(streets[middle] / straight[middle]) < 1.4


def test_districts_boroughs_and_city_fit_together(hannover, reach):
    result = gap_table(hannover, reach, "primary_school", GapSettings(draws=10))
    sizes = {name: len(result.level(name)) for name in ("district", "borough", "city")}
    assert sizes == {"district": 51, "borough": 13, "city": 1}
    for column in ("target_population", "people_beyond", "cells_secret", "supply_reached"):
        sums = [result.level(name)[column].sum() for name in sizes]
        assert sums == pytest.approx([sums[0]] * 3)
    city = result.level("city").iloc[0]
    assert result.level("district")["places_known"].sum() == city["places_known"]
    assert city["supply_reached"] == pytest.approx(city["places_known"], abs=3)
    assert 0 < city["share_beyond"] < 1
    assert set(result.level("district")["verdict"]) <= {"covered", "partly", "gap"}


def test_incomplete_kinds_get_no_verdict(hannover, reach):
    result = gap_table(hannover, reach, "senior_meeting", GapSettings(draws=0))
    assert set(result.areas["verdict"]) == {"no_statement"}
    assert result.level("city").loc[0, "places_known"] == 9
