"""Metres inside, degrees at the doors."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import METRIC_CRS, from_lonlat, lonlat_to_xy, points_from_xy, require_metric, to_lonlat
from geo.errors import CrsError


def test_the_central_meridian_lies_at_500_kilometres_east():
    x, y = lonlat_to_xy(np.array([9.0]), np.array([0.0]))
    assert x[0] == pytest.approx(500_000, abs=0.001)
    assert y[0] == pytest.approx(0, abs=0.001)


def test_hannover_goes_in_and_out_again():
    points = from_lonlat([9.7387], [52.3744])
    assert points.crs == METRIC_CRS
    back = to_lonlat(points)
    assert (back.x[0], back.y[0]) == pytest.approx((9.7387, 52.3744), abs=1e-7)


def test_unusable_degrees_become_no_point_and_the_index_stays():
    lon = pd.Series([9.7, np.nan, 9.7, 999.0, np.inf], index=list("abcde"))
    lat = pd.Series([52.3, 52.3, None, 52.3, 52.3], index=list("abcde"))
    points = from_lonlat(lon, lat)
    assert points.index.to_list() == list("abcde")
    assert points.isna().to_list() == [False, True, True, True, True]


def test_metres_without_a_value_become_no_point():
    assert points_from_xy([1.0, np.nan, np.inf], [1.0, 1.0, 1.0]).isna().to_list() == [False, True, True]


def test_the_guard_raises_where_geopandas_would_warn():
    points = gpd.GeoSeries([shapely.Point(1, 1)], crs="EPSG:3857")
    with pytest.raises(CrsError, match="'shops' is in 'EPSG:3857', not in EPSG:25832") as caught:
        require_metric(points, name="shops")
    assert caught.value.key == "crs.not_metric"
    assert caught.value.params["found"] == "EPSG:3857"


def test_the_guard_accepts_the_same_system_in_other_words():
    import pyproj

    points = gpd.GeoSeries([shapely.Point(1, 1)], crs=pyproj.CRS(METRIC_CRS).to_wkt())
    require_metric(points, name="points")


def test_a_frame_without_geometry_has_no_system():
    with pytest.raises(CrsError, match="'table' has no coordinate reference system"):
        require_metric(gpd.GeoDataFrame({"a": [1]}), name="table")


def test_only_metres_go_out():
    with pytest.raises(CrsError):
        to_lonlat(gpd.GeoSeries([shapely.Point(9, 52)], crs="EPSG:4326"))
