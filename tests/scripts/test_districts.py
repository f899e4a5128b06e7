"""Boundaries: still one coverage after simplification, or no boundaries at all."""

import json

import pytest
import shapely

from scripts.datapackage import districts as module
from scripts.datapackage.districts import build_districts, geojson_bytes
from scripts.datapackage.raw import RawDataError
from tests.scripts import raw_city


def _write(folder, shape_of=raw_city.box_of, numbers=raw_city.NUMBERS):
    text = raw_city.boundaries(numbers, shape_of)
    return raw_city.write(folder / "raw", {"stadtteile.geojson": text})


def _wavy(number):
    """Return a box whose vertices along common borders zigzag by about 2 m."""
    box = raw_city.box_of(number)
    return shapely.set_precision(shapely.segmentize(box, 0.0005), 1e-7)


def test_areas_are_51_in_13(tmp_path):
    found = build_districts(_write(tmp_path))
    assert len(found.simplified) == 51
    assert len(found.boroughs) == 13
    assert found.boroughs["area_m2"].sum() == pytest.approx(found.simplified["area_m2"].sum())


def test_needless_vertices_vanish_and_the_coverage_stays(tmp_path):
    found = build_districts(_write(tmp_path, _wavy))
    shapes = found.simplified.geometry.to_numpy()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_coordinates(shapes).max() < 20 < shapely.get_num_coordinates(_wavy(1))
    assert found.metric.geometry.area.sum() == pytest.approx(found.original.geometry.area.sum(), rel=1e-4)


def test_an_enclave_stays_a_hole(tmp_path):
    hole = shapely.box(*(raw_city.box_of(1).centroid.buffer(0.002).bounds))

    def holed(number):
        return raw_city.box_of(number) - hole if number == 1 else raw_city.box_of(number)

    found = build_districts(_write(tmp_path, holed))
    assert shapely.get_num_interior_rings(found.simplified.geometry.iloc[0]) == 1


def test_boroughs_are_made_of_the_borders_of_their_districts(tmp_path):
    found = build_districts(_write(tmp_path))
    for _, borough in found.boroughs.iterrows():
        members = found.simplified[found.simplified["borough_id"] == borough["borough_id"]]
        assert borough["geometry"].equals(members.geometry.union_all())


def test_overlapping_districts_are_refused(tmp_path):
    def overlapping(number):
        box = raw_city.box_of(number)
        return shapely.affinity.scale(box, 1.2, 1.2) if number == 5 else box

    with pytest.raises(RawDataError, match="overlap, leave gaps or cross themselves"):
        build_districts(_write(tmp_path, overlapping))


def test_a_self_crossing_district_is_named(tmp_path):
    def bow_tie(number):
        if number != 7:
            return raw_city.box_of(number)
        west, south, east, north = raw_city.box_of(7).bounds
        return shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])

    with pytest.raises(RawDataError, match="Teil07"):
        build_districts(_write(tmp_path, bow_tie))


def test_a_missing_district_is_counted(tmp_path):
    with pytest.raises(RawDataError, match="50 areas with 50 numbers"):
        build_districts(_write(tmp_path, numbers=raw_city.NUMBERS[:-1]))


def test_a_missing_property_is_named(tmp_path):
    raw = _write(tmp_path)
    text = (raw / "stadtteile.geojson").read_text(encoding="utf-8").replace('"bezirk_nr"', '"nummer"')
    (raw / "stadtteile.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(RawDataError, match=r"feature 1: lacks \['bezirk_nr'\]"):
        build_districts(raw)


def test_too_much_simplification_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "TOLERANCE_M", 2000.0)
    with pytest.raises(RawDataError, match="Lower TOLERANCE_M"):
        build_districts(_write(tmp_path))


def test_geojson_follows_rfc_7946(tmp_path):
    found = build_districts(_write(tmp_path))
    collection = json.loads(geojson_bytes(found.simplified, ["district_id", "name"]))
    assert "crs" not in collection
    ring = collection["features"][0]["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    assert collection["features"][0]["properties"] == {"district_id": 1, "name": "Teil01"}
