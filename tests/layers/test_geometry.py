"""What is published: coordinates in steps, boundaries that still meet, streets drawn once each."""

import itertools
import json
from collections import Counter

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import METRIC_CRS, to_lonlat
from geo.errors import CrsError, GeometryError, ParameterError
from layers.assets import ADDRESS
from layers.boundaries import publish_boundaries
from layers.geometry import label_points, polygon_steps, steps
from layers.streets import publish_streets, published_streets, source_key, trails

degrees = st.tuples(st.floats(8, 11), st.floats(51, 54))


def published(static, url):
    return json.loads((static / url.removeprefix(ADDRESS)).read_text(encoding="utf-8"))


def positions(line):
    return np.cumsum(np.reshape(line, (-1, 2)), axis=0) / 1e5


@given(st.lists(degrees, min_size=1, max_size=20))
def test_no_point_moves_more_than_half_a_step(points):
    line = positions(steps(np.array(points)))
    wanted = [key for key, _ in itertools.groupby(map(tuple, np.round(np.array(points), 5)))]
    assert np.abs(line - wanted).max() < 1e-9 + 1e-6
    assert np.abs(line[-1] - points[-1]).max() <= 0.5e-5 + 1e-9


def test_holes_and_parts_are_kept():
    ring = shapely.box(9, 52, 10, 53) - shapely.box(9.4, 52.4, 9.6, 52.6)
    both = shapely.union(ring, shapely.box(11, 52, 12, 53))
    assert sorted(len(rings) for rings in polygon_steps(both)) == [1, 2]


def test_neighbours_share_their_border(static, boundaries):
    content = published(static, boundaries.url)["district"]
    corners = Counter(tuple(each) for rings in content["rings"] for each in positions(rings[0][0])[:-1].round(5))
    # Nine corners of a 2 × 2 grid: four at one square, four between two, one between all.
    assert sorted(corners.values()) == [1, 1, 1, 1, 2, 2, 2, 2, 4]


def test_boundaries_know_ids_names_and_extent(static, districts, boundaries):
    content = published(static, boundaries.url)
    assert content["district"]["id"] == list(boundaries.district_ids) == [1, 2, 3, 4]
    assert content["borough"]["name"] == ["Süd", "Nord"]
    west, south, east, north = to_lonlat(districts).total_bounds
    assert boundaries.bounds == pytest.approx((south, west, north, east), abs=1e-5)


def test_labels_stand_in_the_middle(districts):
    (lon, lat, radius), *_ = label_points(districts)
    middle = to_lonlat(districts.geometry.centroid).iloc[0]
    assert (lon, lat) == pytest.approx((middle.x, middle.y), abs=3e-4)
    assert radius == pytest.approx(500, abs=20)


def test_the_label_goes_to_the_largest_part(districts):
    x, y = districts.geometry[0].centroid.coords[0]
    islands = shapely.union(shapely.box(x, y, x + 100, y + 100), shapely.box(x + 500, y, x + 900, y + 400))
    (lon, _, radius), *_ = label_points(gpd.GeoDataFrame(geometry=[islands], crs=METRIC_CRS))
    assert radius == pytest.approx(200, abs=20)
    assert lon > to_lonlat(gpd.GeoSeries([shapely.Point(x + 500, y)], crs=METRIC_CRS))[0].x


def test_the_same_geometry_is_published_once(static, districts, boroughs, boundaries):
    assert publish_boundaries(districts, boroughs) == boundaries
    assert len(list((static / "cache").iterdir())) == 1


def test_degrees_are_refused(districts, boroughs):
    with pytest.raises(CrsError, match="EPSG:25832"):
        publish_boundaries(to_lonlat(districts), boroughs)


@pytest.mark.parametrize("geometry", [None, shapely.Polygon(), shapely.Point(0, 0)])
def test_an_area_has_to_be_a_polygon(districts, boroughs, geometry):
    districts.loc[2, "geometry"] = geometry
    with pytest.raises(GeometryError, match="area 3 of the frame 'districts'"):
        publish_boundaries(districts, boroughs)


def test_a_self_crossing_area_is_named(districts, boroughs):
    x, y = districts.geometry[1].centroid.coords[0]
    bow = shapely.Polygon([(x, y), (x + 100, y + 100), (x + 100, y), (x, y + 100)])
    districts.loc[1, "geometry"] = bow
    with pytest.raises(GeometryError, match=r"area 2 .*'districts'.*Self-intersection"):
        publish_boundaries(districts, boroughs)


def test_an_unknown_level(boundaries):
    with pytest.raises(ParameterError, match=r"'city'.*district, borough"):
        boundaries.ids("city")


@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), max_size=40))
def test_each_street_is_drawn_exactly_once(edges):
    drawn = Counter(frozenset(pair) for line in trails(edges) for pair in itertools.pairwise(line))
    assert drawn == Counter(frozenset(edge) for edge in edges)


def test_a_round_trip_is_one_line(static, streets):
    (line,) = published(static, streets.url)["lines"]
    assert len(line) == 2 * 5  # four streets: back where it started
    assert sum(line[2::2]) == sum(line[3::2]) == 0
    assert streets.edge_count == 4


def test_no_streets_is_an_empty_background(static):
    nodes = pd.DataFrame({"node": [1], "x": [550_000.0], "y": [5_800_000.0]})
    found = publish_streets(nodes, pd.DataFrame({"u": [], "v": []}, dtype="int64"))
    assert published(static, found.url) == {"lines": []}


def test_a_later_process_finds_the_lines_by_their_source(static, tmp_path):
    nodes = pd.DataFrame({"node": [1, 2], "x": [550_000.0, 550_100.0], "y": [5_800_000.0, 5_800_000.0]})
    edges = pd.DataFrame({"u": [1], "v": [2]})
    (tmp_path / "edges.csv").write_text("u,v")
    source = source_key([tmp_path / "edges.csv"])
    assert published_streets(source) is None
    made = publish_streets(nodes, edges, source=source)
    assert published_streets(source) == made
    (tmp_path / "edges.csv").write_text("u,v,w")
    assert published_streets(source_key([tmp_path / "edges.csv"])) is None
    (static / made.url.removeprefix(ADDRESS)).write_text("{")
    assert published_streets(source) is None


def test_a_street_to_nowhere_is_named():
    nodes = pd.DataFrame({"node": [1, 2], "x": [550_000.0] * 2, "y": [5_800_000.0] * 2})
    with pytest.raises(ParameterError, match="value 77"):
        publish_streets(nodes, pd.DataFrame({"u": [1], "v": [77]}))
