"""Distance to the nearest places along the detoured straight line."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import METRIC_CRS, points_from_xy
from geo.distance import nearest_distance_m
from geo.errors import CrsError, GeometryError, ParameterError


def at(*xs):
    return points_from_xy(list(xs), [0.0] * len(xs))


def test_the_way_around_makes_it_longer():
    assert nearest_distance_m(at(0.0, 900.0), at(1000.0)).to_list() == pytest.approx([1300, 130])


def test_the_nearest_and_the_third_nearest():
    targets = at(100.0, 300.0, 700.0)
    assert nearest_distance_m(at(0.0), targets, detour=1).to_list() == [100]
    assert nearest_distance_m(at(0.0), targets, k=3, detour=1).to_list() == [700]


def test_nothing_there_is_infinite_and_nobody_there_is_unknown():
    origins = at(0.0, np.nan)
    for targets in (at(), at(np.nan)):
        assert nearest_distance_m(origins, targets).to_list() == [np.inf, pytest.approx(np.nan, nan_ok=True)]
    assert nearest_distance_m(at(0.0), at(1.0), k=2).to_list() == [np.inf]


def test_targets_without_a_place_do_not_count():
    assert nearest_distance_m(at(0.0), at(np.nan, 500.0), detour=1).to_list() == [500]


def test_the_index_is_that_of_the_origins():
    result = nearest_distance_m(at(0.0, 1.0).set_axis(["a", "b"]), at(0.0))
    assert result.index.to_list() == ["a", "b"]
    assert result.name == "distance_m"


@pytest.mark.parametrize("values", [{"k": 0}, {"detour": 0.9}, {"detour": np.nan}, {"detour": np.inf}])
def test_parameters_out_of_range(values):
    with pytest.raises(ParameterError, match="is "):
        nearest_distance_m(at(0.0), at(0.0), **values)


def test_degrees_and_areas_are_refused():
    with pytest.raises(CrsError, match="'targets'"):
        nearest_distance_m(at(0.0), gpd.GeoSeries([shapely.Point(9, 52)], crs="EPSG:4326"))
    with pytest.raises(GeometryError, match="'origins'"):
        nearest_distance_m(gpd.GeoSeries([shapely.box(0, 0, 1, 1)], crs=METRIC_CRS), at(0.0))
