"""What places within walking distance can absorb: known, at least, verifiably none, unknown, in a city of four squares."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeometryError, ParameterError
from geo.gaps import measure_reach
from geo.inputs import load_inputs, records
from geo.newbuild_demand import demands_of, fitting_standards, fitting_walks, whole
from geo.newbuild_result import requirement
from geo.newbuild_site import MOST_POINTS, geometry_of, points_of, site_of
from geo.newbuild_supply import Known, capacity_shares
from geo.reach import Method, Walk
from geo.sources import open_package, read
from tests.factories import base_tables, degrees, metres, place, square, uid, write_package
from tests.geo.newbuild_city import real_assumptions, sheet

ASSUMPTIONS = real_assumptions()
LINE = Walk(Method.LINE, detour=1.0)


class City:
    """The tiny city with some changes to its tables, walked along straight lines."""

    def __init__(self, folder, walk=LINE, **tables):
        self.package = open_package(write_package(folder, base_tables() | tables))
        self.inputs = load_inputs(self.package)
        self.reach = measure_reach(self.inputs, walk)

    def load(self, name):
        return read(self.package, name)

    def work_out(self, **changes):
        """Return the lines of a sheet by demand."""
        found = requirement(sheet(**changes), ASSUMPTIONS, self.inputs, self.reach, self.load)
        return {line.demand.name: line for line in found.lines}


def point(column, row):
    """Return a spot in kilometres from the south-west corner as GeoJSON."""
    return json.dumps({"type": "Point", "coordinates": degrees(column, row)})


def with_school(capacity):
    """Return links in which the only school has a capacity."""
    rows = base_tables()["services_at_location"]
    mine = {"capacity": capacity, "capacity_unit": "places"}
    return [row | (mine if row["service_id"] == uid("Unterricht") else {}) for row in rows]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The tiny city: one school without a known capacity."""
    return City(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def with_100(tmp_path_factory):
    """The tiny city whose school has 100 places."""
    return City(tmp_path_factory.mktemp("city"), services_at_location=with_school(100))


def test_an_unknown_capacity_stays_unknown(city):
    """The school is near, nobody knows how many children it takes: neither 0 nor endless, and no first year."""
    line = city.work_out(site=point(0.5, 0.4))["primary_school"]
    assert line.supply.known == Known.UNKNOWN
    assert line.supply.location_ids == (uid("Schule Süd"),)
    assert np.isnan(line.supply.free).all()
    assert np.isnan(line.shortfall).all()
    assert line.first_short == (None, None, None)
    assert line.not_before == (2028, 2028, 2028)
    assert (line.at_most == line.required).all()


def test_what_is_known_to_be_used_is_taken_off(with_100):
    """Within 800 m of the school live 130 children: 80 in district 1, 30 in 2, 20 in 3; 4 of 18 years are 6 to 9."""
    line = with_100.work_out(site=point(0.5, 0.4))["primary_school"]
    assert line.supply.known == Known.ALL
    assert line.supply.free == pytest.approx([100 - 130 * 4 / 18] * 3)
    assert line.supply.walk_m == pytest.approx([100], abs=0.5)
    assert line.required[1, 0] == pytest.approx(207.202 * 0.48 * 0.10)
    assert line.first_short == (None, None, None)
    assert line.not_before == (None, None, None)


def test_a_school_that_is_full_leaves_the_whole_need(tmp_path):
    line = City(tmp_path, services_at_location=with_school(10)).work_out(site=point(0.5, 0.4))["primary_school"]
    assert line.supply.known == Known.ALL
    assert line.supply.free == (0.0, 0.0, 0.0)
    assert line.first_short == (2028, 2028, 2028)
    assert (line.shortfall == line.required).all()


def test_where_the_inventory_is_complete_no_place_is_no_place(city):
    """From the north-east corner the school is 2 km away, and the city says it knows all schools."""
    line = city.work_out(site=point(1.9, 1.9), area_id="4")["primary_school"]
    assert line.supply.known == Known.NONE
    assert line.supply.free == (0.0, 0.0, 0.0)
    assert line.first_short == (2028, 2028, 2028)


def test_a_school_that_only_a_part_of_the_area_can_walk_to_leaves_it_open(city):
    """The whole of district 2: from its west the school of district 1 is near, from most of it too far. That is not none."""
    line = city.work_out(area_id="2")["primary_school"]
    assert line.supply.location_ids == ()
    assert (line.supply.known, line.supply.partly) == (Known.UNKNOWN, 1)


def test_where_nobody_says_the_inventory_is_complete_no_known_place_says_nothing(city):
    """There is no day care in the package, and no statement about it."""
    line = city.work_out(site=point(1.9, 1.9), area_id="4")["daycare_3_5"]
    assert line.supply.location_ids == ()
    assert line.supply.known == Known.UNKNOWN


def test_a_place_without_a_location_keeps_the_sum_open(tmp_path):
    """A second school of the district without coordinates may be near: at least the first one's free places."""
    tables = base_tables()
    tables["locations"].append(place("Neue Schule", "primary_school", None, district=1))
    link = {"id": uid("new"), "service_id": uid("Unterricht"), "location_id": uid("Neue Schule")}
    city = City(tmp_path, locations=tables["locations"], services_at_location=[*with_school(100), link])
    line = city.work_out(site=point(0.5, 0.4))["primary_school"]
    assert (line.supply.known, line.supply.unlocated) == (Known.AT_LEAST, 1)
    assert line.supply.free[1] == pytest.approx(100 - 130 * 4 / 18)
    assert np.isnan(line.shortfall).all()
    assert line.not_before == (None, None, None)  # what is known to be free is enough


def test_people_are_shared_among_the_places_they_can_walk_to(tmp_path):
    """Two schools at the same spot: each takes half of the children."""
    tables = base_tables()
    tables["locations"].append(place("Zweite Schule", "primary_school", (0.5, 0.5), district=1))
    link = {"id": uid("second"), "service_id": uid("Unterricht"), "location_id": uid("Zweite Schule")}
    more = {"capacity": 30, "capacity_unit": "places"}
    city = City(tmp_path, locations=tables["locations"], services_at_location=[*with_school(100), link | more])
    supply = city.work_out(site=point(0.5, 0.4))["primary_school"].supply
    assert sorted(supply.place_free[1]) == pytest.approx([30 - 130 * 4 / 36, 100 - 130 * 4 / 36])


def test_free_places_that_somebody_knows_of_count(city):
    line = city.work_out(site=point(0.5, 0.4), own_free={"primary_school": 5})["primary_school"]
    assert line.supply.known == Known.OWN
    assert line.shortfall[1, 0] == pytest.approx(207.202 * 0.048 - 5)
    assert line.first_short[1] == 2028


def test_walks_go_along_the_streets(tmp_path):
    """A crow flies 354 m to the school, on foot it is 250 m to the street and 750 m along two streets."""
    city = City(tmp_path, walk=Walk())
    assert city.work_out(site=point(0.25, 0.25))["primary_school"].supply.location_ids == ()
    far = city.work_out(site=point(0.25, 0.25), own_values={"walk_m": (1500, 1500, 1500)})
    assert far["primary_school"].supply.walk_m == pytest.approx([1000], abs=1)


def test_a_standard_in_place_of_the_assumption(city):
    """The tiny city's standard: a school within 700 m."""
    rule = ASSUMPTIONS["primary_school"]
    assert fitting_walks(rule, city.inputs.standard_rows) == ["school_700m"]
    assert fitting_standards(rule, city.inputs.standard_rows) == []
    line = city.work_out(site=point(0.5, 0.4), walk_standards={"primary_school": "school_700m"})["primary_school"]
    assert line.demand.walk_m == (700.0, 700.0, 700.0)
    assert line.demand.walk.jurisdiction == "Testland"


@pytest.mark.parametrize("field", ["standards", "walk_standards"])
def test_a_standard_that_does_not_fit_is_refused(city, field):
    with pytest.raises(ParameterError, match="castle"):
        city.work_out(**{field: {"primary_school": "castle"}})
    with pytest.raises(ParameterError, match="'demand'"):
        city.work_out(**{field: {"castle": "school_700m"}})


def test_the_real_standards_of_day_care(root):
    rows = records(read(open_package(root / "data"), "standards"))
    standards = {row["id"]: row for row in rows}
    under_3 = ASSUMPTIONS["daycare_under_3"]
    assert "berlin_kita_coverage_target" in fitting_standards(under_3, standards)
    chosen = sheet(standards={"daycare_under_3": "berlin_kita_coverage_target"})
    found = {each.name: each for each in demands_of(chosen, ASSUMPTIONS, standards, kmh=4.8)}
    assert found["daycare_under_3"].values == (70.0, 70.0, 70.0)
    assert found["daycare_3_5"].standard.jurisdiction == "München"
    assert capacity_shares(list(found.values()))["daycare_under_3"] == pytest.approx(140 / 440)


def test_an_own_value_goes_before_a_standard(city):
    chosen = sheet(own_values={"primary_school": (90.0, 95.0, 100.0)})
    found = {each.name: each for each in demands_of(chosen, ASSUMPTIONS, city.inputs.standard_rows, kmh=4.8)}
    assert found["primary_school"].values == (90.0, 95.0, 100.0)
    assert found["primary_school"].own


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "newbuild.bad_site"),
        ("null", "newbuild.bad_site"),
        ('{"type":"Point","coordinates":["a",1]}', "newbuild.bad_site"),
        ('{"type":"Point","coordinates":[]}', "newbuild.bad_site"),
        ('{"type":"Point","coordinates":[549000,5802000]}', "newbuild.bad_site"),
        ('{"type":"LineString","coordinates":[[9.7,52.3],[9.8,52.4]]}', "quarter.not_polygon"),
        (
            '{"type":"Polygon","coordinates":[[[9.7,52.3],[9.8,52.4],[9.8,52.3],[9.7,52.4],[9.7,52.3]]]}',
            "quarter.crossing",
        ),
    ],
)
def test_a_site_that_is_none_is_refused(text, key):
    with pytest.raises(GeometryError) as caught:
        geometry_of(text)
    assert caught.value.key == key


def test_a_site_outside_the_city_is_refused(city):
    with pytest.raises(GeometryError, match="outside"):
        site_of(sheet(site='{"type":"Point","coordinates":[13.4,52.5]}'), city.load)


def test_an_area_that_is_not_in_the_package_needs_a_site(city):
    with pytest.raises(ParameterError, match="'q1'"):
        site_of(sheet(area_level="quarter", area_id="q1"), city.load)
    site = site_of(sheet(area_level="quarter", area_id="q1", site=json.dumps(square(0.2, 0.2, width=0.2))), city.load)
    assert site.geometry.area == pytest.approx(0.2e6, rel=1e-2)


@given(st.floats(0.001, 5), st.floats(0.001, 5))
def test_points_stand_for_a_site_of_any_size(width, height):
    x, y = metres(0, 0)
    shape = shapely.box(x, y, x + 1000 * width, y + 1000 * height)
    points, step_m = points_of(shape)
    assert step_m >= 50
    assert 1 <= len(points) <= MOST_POINTS
    assert shapely.contains_xy(shape, points[:, 0], points[:, 1]).all()


@pytest.mark.parametrize(("value", "expected"), [(0.0, 0), (1e-9, 0), (0.01, 1), (1.0, 1), (1.0000001, 1), (1.2, 2)])
def test_a_part_of_a_place_is_a_place(value, expected):
    assert whole(value) == expected
