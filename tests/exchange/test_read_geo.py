"""GeoJSON and GeoPackage: properties as text, one point for every shape."""

from __future__ import annotations

import json
import sqlite3

import geopandas as gpd
import pytest
import shapely

from exchange.sandbox import read_upload
from tests.exchange.hostile import gpkg, point_blob


def geojson(features, **members):
    return json.dumps({"type": "FeatureCollection", "features": features} | members).encode()


def one(properties, geometry):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_properties_become_columns_and_stay_text():
    raw = b"""{"type":"FeatureCollection","features":[
      {"type":"Feature","properties":{"plz":"01067","wert":1.50,"ja":true,"leer":null,"liste":["a","b"],"tief":{"x":1}},
       "geometry":{"type":"Point","coordinates":[9.7300,52.37,55]}},
      {"type":"Feature","properties":{"neu":12345678901234567890},"geometry":null}]}"""
    grid = read_upload(raw, "a.geojson").grids[0]
    assert grid.header == ["plz", "wert", "ja", "leer", "liste", "tief", "neu", "geometry:x", "geometry:y"]
    assert grid.rows[0] == ["01067", "1.50", "true", None, "a;b", '{"x": "1"}', None, "9.7300", "52.37"]
    assert grid.rows[1] == [None, None, None, None, None, None, "12345678901234567890", None, None]
    assert grid.crs == "EPSG:4326"


def test_areas_and_lines_get_a_point_inside():
    ring = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    shapes = [
        {"type": "Polygon", "coordinates": [ring]},
        {"type": "MultiPolygon", "coordinates": [[ring]]},
        {"type": "LineString", "coordinates": [[0, 0], [4, 0]]},
        {"type": "MultiPoint", "coordinates": [[1, 1], [2, 2]]},
    ]
    grid = read_upload(geojson([one({}, shape) for shape in shapes]), "a.geojson").grids[0]
    for row, shape in zip(grid.rows, shapes, strict=True):
        point = shapely.Point(float(row[-2]), float(row[-1]))
        assert shapely.geometry.shape(shape).distance(point) == 0


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:EPSG::25832", "EPSG:25832"),
        ("EPSG:31467", "EPSG:31467"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
    ],
)
def test_the_old_crs_member_is_understood(name, crs):
    data = geojson([one({"a": 1}, None)] * 2, crs={"type": "name", "properties": {"name": name}})
    assert read_upload(data, "a.geojson").grids[0].crs == crs


def test_a_geopackage_written_by_gdal_is_read_alike(tmp_path):
    frame = gpd.GeoDataFrame(
        {"name": ["Ä", "B", None], "zahl": [1, 2, 3], "wert": [0.5, None, 2.0]},
        geometry=[shapely.Point(550000.5, 5800000.25), None, shapely.box(0, 0, 2, 2)],
        crs="EPSG:25832",
    )
    path = tmp_path / "a.gpkg"
    frame.to_file(path, layer="orte", driver="GPKG", engine="pyogrio")
    grid = read_upload(path.read_bytes(), "a.gpkg").grids[0]
    assert grid.name == "orte"
    assert grid.crs == "EPSG:25832"
    assert grid.header == ["fid", "name", "zahl", "wert", "geometry:x", "geometry:y"]
    assert grid.rows[0] == ["1", "Ä", "1", "0.5", "550000.5", "5800000.25"]
    assert grid.rows[1] == ["2", "B", "2", None, None, None]
    assert grid.rows[2] == ["3", None, "3", "2", "1.0", "1.0"]


def test_a_quoted_column_name_is_only_a_name():
    data = gpkg('ALTER TABLE orte ADD COLUMN "a""; DROP TABLE x" TEXT', 'UPDATE orte SET "a""; DROP TABLE x" = name')
    grid = read_upload(data, "a.gpkg").grids[0]
    assert grid.header[2] == 'a"; DROP TABLE x'
    assert [row[2] for row in grid.rows] == ["A", "B"]


def test_a_point_that_says_it_is_empty_is_no_point():
    nan = float("nan")
    grid = read_upload(gpkg(blob=point_blob(nan, nan)), "a.gpkg").grids[0]
    assert grid.rows[0][-2:] == [None, None]


def test_the_file_is_not_changed_by_reading(tmp_path):
    path = tmp_path / "a.gpkg"
    path.write_bytes(gpkg())
    read_upload(path.read_bytes(), "a.gpkg")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM orte").fetchone() == (2,)
    connection.close()
