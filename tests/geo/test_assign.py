"""Each point is in exactly one district or in the visible rest."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.assign import assign_district
from geo.crs import METRIC_CRS, points_from_xy
from geo.errors import CrsError, GeometryError, ParameterError

# Four squares of 1 km: 1 south-west, 2 south-east, 3 north-west, 4 north-east.
CORNERS = {1: (0, 0), 2: (1000, 0), 3: (0, 1000), 4: (1000, 1000)}


def grid(ids=(1, 2, 3, 4)):
    boxes = [shapely.box(x, y, x + 1000, y + 1000) for x, y in (CORNERS[i] for i in ids)]
    return gpd.GeoDataFrame({"district_id": list(ids)}, geometry=boxes, crs=METRIC_CRS)


def assigned(xy, districts):
    points = points_from_xy([x for x, _ in xy], [y for _, y in xy])
    return assign_district(points, districts).to_list()


def test_points_inside_lie_in_their_square():
    assert assigned([(500, 500), (1500, 500), (500, 1500), (1500, 1500)], grid()) == [1, 2, 3, 4]


def test_border_and_corner_go_to_the_smallest_id_in_any_row_order():
    shared = [(1000, 500), (500, 1000), (1000, 1000), (1500, 1000), (1000, 1500)]
    for order in [(1, 2, 3, 4), (4, 3, 2, 1), (3, 1, 4, 2)]:
        assert assigned(shared, grid(order)) == [1, 1, 1, 2, 3]


def test_outer_border_belongs_to_the_city_and_one_millimetre_further_does_not():
    assert assigned([(0, 0), (2000, 2000)], grid()) == [1, 4]
    assert assigned([(-0.001, 0), (2000.001, 2000)], grid()) == [pd.NA, pd.NA]


def test_points_without_a_place_are_in_the_rest():
    geometries = [None, shapely.Point(), shapely.Point(np.nan, 5), shapely.Point(500, 500)]
    result = assign_district(gpd.GeoSeries(geometries, crs=METRIC_CRS), grid())
    assert result.to_list() == [pd.NA, pd.NA, pd.NA, 1]


def test_result_has_the_points_index_and_the_id_columns_name():
    points = gpd.GeoSeries([shapely.Point(500, 500)], index=["a"], crs=METRIC_CRS)
    result = assign_district(points, grid().rename(columns={"district_id": "borough_id"}), id_column="borough_id")
    assert result.index.to_list() == ["a"]
    assert result.name == "borough_id"
    assert result.dtype == "Int64"


def test_an_enclave_is_outside():
    ring = shapely.box(0, 0, 1000, 1000) - shapely.box(400, 400, 600, 600)
    district = gpd.GeoDataFrame({"district_id": [1]}, geometry=[ring], crs=METRIC_CRS)
    assert assigned([(500, 500), (100, 100)], district) == [pd.NA, 1]


def test_no_points_and_no_districts():
    assert assigned([], grid()) == []
    assert assigned([(500, 500)], grid().iloc[:0]) == [pd.NA]


def test_a_district_without_geometry_is_skipped():
    districts = grid()
    districts.loc[0, "geometry"] = None
    assert assigned([(500, 500), (1000, 500)], districts) == [pd.NA, 2]


def test_degrees_are_refused_and_both_frames_are_looked_at():
    points = points_from_xy([500], [500])
    with pytest.raises(CrsError, match="'points' is in 'EPSG:4326', not in EPSG:25832"):
        assign_district(points.set_crs("EPSG:4326", allow_override=True), grid())
    with pytest.raises(CrsError, match="'districts' has no coordinate reference system"):
        assign_district(points, gpd.GeoDataFrame(grid().set_crs(None, allow_override=True)))


def test_a_self_crossing_district_is_refused_by_its_id():
    bow = shapely.Polygon([(0, 0), (1000, 1000), (1000, 0), (0, 1000)])
    district = gpd.GeoDataFrame({"district_id": [7]}, geometry=[bow], crs=METRIC_CRS)
    with pytest.raises(GeometryError, match=r"area 7 .* Self-intersection"):
        assigned([(1, 1)], district)


def test_lines_are_neither_points_nor_districts():
    line = shapely.LineString([(0, 0), (1, 1)])
    with pytest.raises(GeometryError, match="'LineString'"):
        assign_district(gpd.GeoSeries([line], crs=METRIC_CRS), grid())
    wrong = gpd.GeoDataFrame({"district_id": [1]}, geometry=[line], crs=METRIC_CRS)
    with pytest.raises(GeometryError, match="Use polygons"):
        assigned([(1, 1)], wrong)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [([1, 2, 3, None], "1 empty values"), ([1, 2, 3, 4.5], "whole numbers"), (list("abcd"), "whole numbers")],
)
def test_ids_must_be_whole_numbers(values, sentence):
    with pytest.raises(ParameterError, match=sentence):
        assigned([(1, 1)], grid().assign(district_id=values))


def test_a_missing_id_column_is_named():
    with pytest.raises(ParameterError, match="no column 'nr'"):
        assign_district(points_from_xy([1], [1]), grid(), id_column="nr")


coordinate = st.one_of(
    st.sampled_from([0.0, 500.0, 1000.0, 1000.0000001, 2000.0, -1.0, float("nan")]),
    st.floats(-500, 2500),
)


@given(
    xy=st.lists(st.tuples(coordinate, coordinate), max_size=30),
    order=st.permutations([1, 2, 3, 4]),
    data=st.data(),
)
def test_exactly_once_whatever_the_order_of_districts_and_points(xy, order, data):
    result = assigned(xy, grid(order))
    for (x, y), found in zip(xy, result, strict=True):
        touching = [i for i, (left, low) in CORNERS.items() if left <= x <= left + 1000 and low <= y <= low + 1000]
        assert (found is pd.NA) == (not touching)
        assert not touching or found == min(touching)
    shuffle = data.draw(st.permutations(range(len(xy))))
    assert assigned([xy[i] for i in shuffle], grid()) == [result[i] for i in shuffle]
