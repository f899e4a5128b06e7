"""Areas from GeoJSON: degrees only, valid polygons only, every feature that is not named."""

from __future__ import annotations

import copy
import json

import geopandas as gpd
import pytest

from geo.areas import read_areas
from geo.crs import METRIC_CRS
from geo.schema import load_schema
from tests.factories import base_tables, district_frame, feature_bytes

FILE = "stadtteile/stadtteile.geojson"
SCHEMA = load_schema("districts")


@pytest.fixture
def features():
    return base_tables()["districts"]


def read(rows, **members):
    content = json.loads(feature_bytes(rows)) | members
    return read_areas(json.dumps(content).encode(), SCHEMA, file=FILE)


def only(problems):
    assert len(problems) == 1
    return problems[0]


def test_the_four_squares_come_in_metres(features):
    frame, problems = read(features)
    assert problems == []
    assert isinstance(frame, gpd.GeoDataFrame)
    assert frame.crs == METRIC_CRS
    assert frame["district_id"].to_list() == [1, 2, 3, 4]
    assert frame.geometry.area.to_list() == pytest.approx([1e6] * 4, abs=1)
    assert (frame.geometry.hausdorff_distance(district_frame().geometry) < 0.001).all()


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_a_member_that_says_degrees_is_accepted(features, name):
    frame, problems = read(features, crs={"type": "name", "properties": {"name": name}})
    assert problems == []
    assert len(frame) == 4


@pytest.mark.parametrize(
    ("crs", "shown"),
    [({"type": "name", "properties": {"name": "EPSG:25832"}}, "EPSG:25832"), (None, "None"), ({"a": 1}, "{'a': 1}")],
)
def test_a_member_that_says_something_else_is_refused(features, crs, shown):
    frame, problems = read(features, crs=crs)
    assert frame is None
    assert (only(problems).key, only(problems).value) == ("crs.file_not_lonlat", shown)


def bow_tie(area):
    ring = area["coordinates"][0]
    area["coordinates"] = [[ring[0], ring[2], ring[1], ring[3], ring[0]]]


def swap(area):
    area["coordinates"] = [[list(reversed(corner)) for corner in area["coordinates"][0]]]


def metric(area):
    area["coordinates"] = [[[549000, 5802000], [550000, 5802000], [550000, 5803000], [549000, 5802000]]]


def point(area):
    area.update(type="Point", coordinates=[9.7, 52.4])


def broken(area):
    area["coordinates"] = "no"


def short(area):
    area["coordinates"] = [[[9.7, 52.4], [9.8, 52.4]]]


def empty(area):
    area["coordinates"] = []


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        (bow_tie, "geometry.file_invalid"),
        (swap, "crs.swapped"),
        (metric, "crs.not_degrees"),
        (point, "geometry.file_not_polygon"),
        (broken, "geometry.file_broken"),
        (short, "geometry.file_broken"),
        (empty, "geometry.file_missing"),
        (dict.clear, "geometry.file_broken"),
    ],
)
def test_a_broken_area_is_named_and_the_others_stay(features, damage, key):
    damage(features[2]["geometry"])
    frame, problems = read(features)
    problem = only(problems)
    assert (problem.key, problem.row, problem.file) == (key, 3, FILE)
    assert frame.geometry.isna().to_list() == [False, False, True, False]


def test_no_geometry_at_all(features):
    features[0]["geometry"] = None
    _, problems = read(features)
    assert (only(problems).key, only(problems).row) == ("geometry.file_missing", 1)


def test_heights_are_dropped(features):
    ring = features[0]["geometry"]["coordinates"][0]
    features[0]["geometry"]["coordinates"] = [[[*corner, 55.0] for corner in ring]]
    frame, problems = read(features)
    assert problems == []
    assert not frame.geometry.has_z.any()


@pytest.mark.parametrize(
    ("column", "value", "key"),
    [
        ("district_id", "1", "cell.wrong_type"),
        ("district_id", True, "cell.wrong_type"),
        ("district_id", None, "cell.required"),
        ("area_m2", "groß", "cell.wrong_type"),
        ("name", 7, "cell.wrong_type"),
    ],
)
def test_a_property_of_the_wrong_type_is_named(features, column, value, key):
    features[1][column] = value
    frame, problems = read(features)
    problem = only(problems)
    assert (problem.key, problem.row, problem.column) == (key, 2, column)
    assert frame[column].isna().to_list() == [False, True, False, False]


def test_a_property_nobody_has_and_one_nobody_knows(features):
    rows = copy.deepcopy(features)
    for row in rows:
        row["colour"] = row.pop("borough")
    _, problems = read(rows)
    assert {(p.key, p.column, p.severity) for p in problems} == {
        ("table.missing_column", "borough", "error"),
        ("table.extra_column", "colour", "warning"),
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"type": "Feature"}',
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": [1]}',
        b'{"type": "FeatureCollection", "features": [], "x": NaN}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_feature_collection_is_told(data):
    frame, problems = read_areas(data, SCHEMA, file=FILE)
    assert frame is None
    assert only(problems).key == "data.not_geojson"


def test_an_empty_collection_is_an_empty_frame():
    frame, problems = read([])
    assert problems == []
    assert frame.empty
    assert frame.crs == METRIC_CRS
