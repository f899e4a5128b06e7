"""Own Quartiere: joined or drawn, counts from cells, and what is refused, in a city of four squares of 1 km."""

import json

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.district_rates import RATES
from geo.errors import GeometryError, ParameterError
from geo.figures import cell_count, cell_rate
from geo.inputs import load_inputs
from geo.inventory import inventory_of_districts
from geo.peers import peers
from geo.profile import AREA_IN_GAPS
from geo.quarter import (
    geojson_of,
    inputs_with,
    people_of,
    polygon_of,
    polygon_of_points,
    quarter_of,
    quarter_of_districts,
    quarter_of_polygon,
    require_people,
)
from geo.sources import open_package, read
from geo.trend import trend
from tests.factories import base_tables, degrees, metres, square, uid, write_package


@pytest.fixture
def load(tmp_path):
    package = open_package(write_package(tmp_path, base_tables()))
    return lambda name: read(package, name)


def rectangle(column, row, width, height):
    """Return a rectangle in kilometres from the south-west corner, in metres."""
    return shapely.box(*metres(column, row), *metres(column + width, row + height))


def cells(people):
    """Return four cells of 100 m in a row at the south-west corner of the city, with these numbers of people."""
    x, y = metres(0, 0)
    return pd.DataFrame(
        {"x": [x + 50 + 100 * at for at in range(len(people))], "y": y + 50.0, "district_id": 1, "population": people}
    )


def test_two_districts_are_a_quarter_with_the_area_of_both(load):
    area = quarter_of_districts(load, "q1", "Süden", [2, 1, 2])
    assert area.district_ids == (1, 2)
    assert area.borough == "Unten"
    assert area.whole
    assert area.area_m2 == pytest.approx(2e6, rel=1e-3)


@pytest.mark.parametrize("ids", [[], [1, 99]])
def test_no_or_unknown_districts_are_refused(load, ids):
    with pytest.raises(ParameterError):
        quarter_of_districts(load, "q1", "x", ids)


def test_a_drawn_quarter_names_the_districts_it_touches(load):
    area = quarter_of_polygon(load, "q1", "Mitte", rectangle(0.5, 0.25, 1, 0.5))
    assert area.district_ids == (1, 2)
    assert not area.whole
    assert area.area_m2 == pytest.approx(5e5)


def test_a_sliver_along_a_border_does_not_make_a_district_one_of_the_quarter(load):
    assert quarter_of_polygon(load, "q1", "Süd", rectangle(0, 0, 1.005, 1)).district_ids == (1,)
    assert quarter_of_polygon(load, "q1", "Süd", rectangle(0, 0, 1.05, 1)).district_ids == (1, 2)


def test_people_are_counted_by_the_part_of_each_cell(load):
    area = quarter_of_polygon(load, "q1", "Streifen", rectangle(0, 0, 0.25, 0.1))
    assert people_of(cells([100.0, 200.0, 400.0, 800.0]), area) == pytest.approx(100 + 200 + 400 / 2)


def test_a_cell_of_unknown_population_adds_nothing(load):
    area = quarter_of_polygon(load, "q1", "Streifen", rectangle(0, 0, 0.2, 0.1))
    assert people_of(cells([100.0, np.nan]), area) == pytest.approx(100.0)


@given(st.floats(0.01, 0.39))
def test_an_area_split_in_two_gives_the_same_people(cut):
    frame = cells([10.0, 20.0, 30.0, 40.0])
    whole, left, right = (
        _drawn(rectangle(0, 0, 0.4, 0.1)),
        _drawn(rectangle(0, 0, cut, 0.1)),
        _drawn(rectangle(cut, 0, 0.4 - cut, 0.1)),
    )
    assert people_of(frame, left) + people_of(frame, right) == pytest.approx(people_of(frame, whole))


def _drawn(polygon):
    from geo.area import Area

    return Area("quarter", "q", "q", (1,), (1,), "Unten", False, polygon)


def test_too_few_people_are_not_told_apart(load):
    area = quarter_of_polygon(load, "q1", "Haus", rectangle(0, 0, 0.1, 0.1))
    require_people(cells([200.0]), area)
    with pytest.raises(ParameterError, match="200"):
        require_people(cells([199.0]), area)


def test_a_row_of_the_store_becomes_an_area_and_too_few_people_withhold_figures(load):
    row = {"id": "q1", "name": "Neuland", "district_ids": None, "polygon": json.dumps(square(1, 1))}
    frame = load("population_cells")
    area = quarter_of(load, frame, row)  # 100 people live in district 4
    assert area.withheld
    assert np.isnan(cell_count(load, frame, area, "population", "persons").value)
    assert np.isnan(cell_rate(load, frame, area, "rate_under_18").value)
    joined = quarter_of(load, frame, row | {"polygon": None, "district_ids": "3;4"})
    assert not joined.withheld
    assert cell_count(load, frame, joined, "population", "persons").value == pytest.approx(300.0)


def test_the_districts_a_quarter_is_joined_from_are_no_peers_of_it(tmp_path):
    package = open_package(write_package(tmp_path, base_tables()))
    inputs = load_inputs(package)
    area = quarter_of_districts(lambda name: read(package, name), "q1", "Unten", [1, 2])
    values = pd.DataFrame({name: [10.0, 20.0, 30.0, 40.0] for name in RATES}, index=[1, 2, 3, 4])
    found = peers(lambda name: read(package, name), inputs, area, values)
    assert {peer.area_id for peer in found} <= {3, 4}


def test_people_over_time_of_a_joined_quarter_are_sums_where_every_part_has_a_number(tmp_path):
    tables = base_tables()
    for row in [dict(each) for each in tables["indicators"] if each["indicator"] == "population"]:
        if row["area_id"] != 2:
            tables["indicators"].append(row | {"reference_date": "2020-12-31", "value": row["value"] - 50})
    for row in [dict(each) for each in tables["indicators"] if each["area_id"] == 2]:
        tables["indicators"].append(row | {"reference_date": "2015-12-31"})
    package = open_package(write_package(tmp_path, tables))
    area = quarter_of_districts(lambda name: read(package, name), "q1", "Unten", [1, 2])
    points = trend(lambda name: read(package, name), area).own
    assert [(point.date, point.value) for point in points] == [("2024-12-31", 700.0)]


def inventory_in_gaps(folder, statements, area, locations=None):
    """Return what the inputs of the gap analysis say of the libraries of an own Quartier."""
    tables = base_tables() | {"inventory_statements": statements}
    tables["locations"] = locations or tables["locations"]
    package = open_package(write_package(folder, tables))
    own = inputs_with(load_inputs(package), area(lambda name: read(package, name)))
    found = inventory_of_districts(own.statements_of("library"), own.district_ids)
    return found[[district for district, _ in own.district_ids].index(AREA_IN_GAPS)].state


def said(district, state):
    row = next(dict(row) for row in base_tables()["inventory_statements"] if row["facility_kind"] == "library")
    return row | {"id": uid(f"said {district}"), "area_level": "district", "area_id": district, "state": state}


def test_statements_about_districts_count_for_the_quarter_they_make(tmp_path):
    def both(load):
        return quarter_of_districts(load, "q1", "Unten", [1, 2])

    every = [said(1, "complete"), said(2, "complete")]
    assert inventory_in_gaps(tmp_path / "1", every, both) == "complete"
    assert inventory_in_gaps(tmp_path / "2", every[:1], both) == "partial"
    assert inventory_in_gaps(tmp_path / "3", [said(4, "complete")], both) == "unknown"


def test_a_library_of_unknown_position_may_be_inside_a_drawn_quarter(tmp_path):
    def drawn(load):
        return quarter_of_polygon(load, "q1", "Mitte", rectangle(0.5, 0.25, 1, 0.5))

    every = [said(1, "complete"), said(2, "complete")]
    places = base_tables()["locations"]
    lon, lat = degrees(0.1, 0.1)
    for row in places:
        row |= {"lon": lon, "lat": lat, "coordinate_quality": "exact", "district_id": 1, "district_source": "point"}
    assert inventory_in_gaps(tmp_path / "1", every, drawn, places) == "complete"
    library = next(row for row in places if row["kind"] == "library")
    library |= {"lon": "", "lat": "", "coordinate_quality": "district", "district_source": "stated"}
    assert inventory_in_gaps(tmp_path / "2", every, drawn, places) == "partial"


def test_outside_the_city_is_refused_and_a_hair_over_the_border_is_not(load):
    with pytest.raises(GeometryError):
        quarter_of_polygon(load, "q1", "Wald", rectangle(1.5, 0, 1, 1))
    assert quarter_of_polygon(load, "q1", "Rand", rectangle(0, 0, 2.01, 1)).district_ids == (1, 2)


@pytest.mark.parametrize("wrap", ["geometry", "feature", "collection"])
def test_geojson_in_degrees_becomes_metres_and_goes_back(wrap):
    geometry = square(0, 0)
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    document = {
        "geometry": geometry, "feature": feature, "collection": {"type": "FeatureCollection", "features": [feature]}
    }[wrap]  # fmt: skip
    found = polygon_of(json.dumps(document))
    assert shapely.area(shapely.symmetric_difference(found, rectangle(0, 0, 1, 1))) < 10.0
    kept = shapely.from_geojson(geojson_of(shapely.from_geojson(json.dumps(geometry))))
    assert shapely.hausdorff_distance(kept, shapely.from_geojson(json.dumps(geometry))) < 2e-6


BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[degrees(0, 0), degrees(1, 1), degrees(1, 0), degrees(0, 1), degrees(0, 0)]],
}
METRES = {"type": "Polygon", "coordinates": [[list(metres(*spot)) for spot in ((0, 0), (1, 0), (1, 1), (0, 0))]]}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "quarter.not_geojson"),
        ("[" * 100_000, "quarter.not_geojson"),
        ("null", "quarter.not_geojson"),
        ('{"type": "Polygon"}', "quarter.not_geojson"),
        ('{"type": "Polygon", "coordinates": []}', "quarter.not_geojson"),
        ('{"type": "FeatureCollection", "features": []}', "quarter.not_geojson"),
        ('{"type": "Point", "coordinates": [9.7, 52.4]}', "quarter.not_polygon"),
        (json.dumps(BOW_TIE), "quarter.crossing"),
        (json.dumps(METRES), "quarter.not_degrees"),
    ],
)
def test_what_is_no_usable_polygon_is_refused_by_name(text, key):
    with pytest.raises(GeometryError) as error:
        polygon_of(text)
    assert error.value.key == key


def test_clicked_corners_are_a_polygon_or_say_what_is_wrong():
    corners = [degrees(0, 0), degrees(1, 0), degrees(1, 1), degrees(0, 1)]
    assert shapely.area(polygon_of_points(corners)) == pytest.approx(1e6, rel=1e-3)
    with pytest.raises(GeometryError) as few:
        polygon_of_points([corners[0], corners[0], corners[1]])
    assert few.value.key == "quarter.few_points"
    with pytest.raises(GeometryError) as crossing:
        polygon_of_points([corners[0], corners[2], corners[1], corners[3]])
    assert crossing.value.key == "quarter.crossing"
