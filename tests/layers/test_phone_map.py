"""The phone's map: small, in degrees, with what lies around the area."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely

from geo.errors import CrsError
from layers import phone_map as module
from layers.phone_map import phone_map
from tests.factories import district_frame as grid


def _streets(west, south):
    nodes = pd.DataFrame({"node": [1, 2, 3], "x": [west, west + 100, west + 90_000], "y": [south, south, south]})
    return nodes, pd.DataFrame({"u": [1, 2], "v": [2, 3]})


@pytest.fixture
def areas():
    return grid()


def test_it_draws_the_area_its_neighbours_and_the_streets_in_the_picture(areas):
    area = areas.geometry.iloc[0]
    west, south, _, _ = area.bounds
    found = phone_map(area, areas, *_streets(west, south))
    (low, left), (high, right) = found["bounds"]
    assert 52 < low < high < 53
    assert 9 < left < right < 11
    assert {one["name"] for one in found["districts"]} == set(areas["name"])  # all lie within 400 metres
    (line,) = found["streets"]  # the edge that leads 90 km away is left out
    assert len(line) == 4
    start = [line[1] / 1e5, line[0] / 1e5]
    assert low < start[0] < high
    assert left < start[1] < right


def test_each_district_has_a_point_inside(areas):
    found = phone_map(areas.geometry.iloc[0], areas, *_streets(0, 0))
    assert found["streets"] == []
    for one in found["districts"]:
        ((ring,),) = one["shape"]
        points = [(sum(ring[0 : at + 1 : 2]), sum(ring[1 : at + 2 : 2])) for at in range(0, len(ring), 2)]
        lat, lon = one["at"]
        assert shapely.Polygon(points).contains(shapely.Point(lon * 1e5, lat * 1e5))


def test_too_many_streets_are_left_out(areas, monkeypatch):
    monkeypatch.setattr(module, "MOST_EDGES", 0)
    west, south, _, _ = areas.geometry.iloc[0].bounds
    assert phone_map(areas.geometry.iloc[0], areas, *_streets(west, south))["streets"] == []


def test_only_metres_are_taken(areas):
    with pytest.raises(CrsError):
        phone_map(areas.geometry.iloc[0], areas.to_crs(4326), *_streets(0, 0))
