"""The data package: opened, read, hashed; a broken resource does not stop the others."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest

from geo.crs import METRIC_CRS
from geo.errors import CrsError, DataFileError, GeometryError, ParameterError, QuartierError, SchemaError
from geo.sources import open_package, read, split_list
from tests.factories import FILES, base_tables, metres, write_package


@pytest.fixture
def tables():
    return base_tables()


@pytest.fixture
def package(tmp_path):
    return open_package(write_package(tmp_path))


def written(folder, tables):
    return open_package(write_package(folder, tables))


def test_every_resource_can_be_read(package):
    frames = {name: read(package, name) for name in package.names}
    assert set(frames) == set(FILES)
    with_points = {name for name, frame in frames.items() if isinstance(frame, gpd.GeoDataFrame)}
    assert with_points == {"districts", "boroughs", "population_cells", "locations", "stops", "street_nodes"}
    assert all(frames[name].crs == METRIC_CRS for name in with_points)


def test_points_are_where_they_were_put_and_rows_without_a_point_stay(package):
    places = read(package, "locations")
    assert places.geometry.notna().to_list() == [True, True, False, False]
    assert (places.geometry.iloc[0].x, places.geometry.iloc[0].y) == pytest.approx(metres(0.5, 0.5), abs=0.01)
    nodes = read(package, "street_nodes")
    assert (nodes.geometry.iloc[0].x, nodes.geometry.iloc[0].y) == metres(0, 0)


def test_unknown_stays_unknown(package):
    cells = read(package, "population_cells")
    assert cells["under_10"].isna().sum() == 8
    assert (cells["under_10"].dropna() > 0).all()


def test_lists_stay_text_until_they_are_split(package):
    lists = split_list(read(package, "services")["target_groups"])
    assert lists.to_list()[:2] == [("children",), ("seniors", "everyone")]
    assert lists.iloc[3] == ()


def test_a_list_column_without_anything_in_it_splits_to_empty_lists():
    assert split_list(pd.Series([None, ""], dtype="str")).to_list() == [(), ()]


def test_an_unknown_resource_is_refused_with_those_that_exist(package):
    with pytest.raises(ParameterError, match=r"no resource 'castles'\. Use one of: districts, boroughs"):
        read(package, "castles")


def break_encoding(folder, tables):
    (folder / FILES["stops"]).write_bytes("id,name\n1,Süd\n".encode("latin-1"))


def break_column(folder, tables):
    (folder / FILES["stops"]).write_bytes(b"id,name\n1,A\n")


def break_cell(folder, tables):
    tables["stops"][1]["lat"] = "north"
    write_package(folder, tables)


def remove_file(folder, tables):
    (folder / FILES["stops"]).unlink()


@pytest.mark.parametrize(
    ("damage", "error", "key", "row"),
    [
        (remove_file, DataFileError, "data.file_missing", None),
        (break_encoding, DataFileError, "data.not_utf8", 2),
        (break_column, SchemaError, "table.missing_column", None),
        (break_cell, SchemaError, "cell.wrong_type", 3),
    ],
)
def test_a_broken_table_is_refused_by_name_and_the_others_can_be_read(tmp_path, tables, damage, error, key, row):
    write_package(tmp_path, tables)
    damage(tmp_path, tables)
    package = open_package(tmp_path)
    with pytest.raises(error, match=r"netz/stops\.csv") as caught:
        read(package, "stops")
    assert (caught.value.key, caught.value.params["row"]) == (key, row)
    for name in set(package.names) - {"stops"}:
        assert len(read(package, name)) > 0


def test_a_self_crossing_district_is_refused_with_its_number_in_the_file(tmp_path, tables):
    ring = tables["districts"][1]["geometry"]["coordinates"][0]
    ring[1], ring[2] = ring[2], ring[1]
    with pytest.raises(GeometryError, match=r"stadtteile\.geojson', feature 2: .*Self-intersection"):
        read(written(tmp_path, tables), "districts")


def test_districts_in_metres_are_refused(tmp_path, tables):
    corners = [metres(0, 0), metres(1, 0), metres(1, 1), metres(0, 0)]
    tables["districts"][0]["geometry"]["coordinates"] = [corners]
    with pytest.raises(CrsError, match="not in degrees"):
        read(written(tmp_path, tables), "districts")


def test_a_warning_does_not_stop_reading(tmp_path, tables):
    for row in tables["stops"]:
        row["colour"] = "blue"
    assert "colour" not in read(written(tmp_path, tables), "stops").columns


def test_no_descriptor(tmp_path):
    with pytest.raises(DataFileError, match=r"no data package.*scripts/build_data") as caught:
        open_package(tmp_path)
    assert caught.value.key == "data.package_missing"


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"resources": {}}', '{"resources": [1]}', '{"resources": [{"name": "a"}]}', "[" * 99_999]
)
def test_a_descriptor_that_describes_nothing(tmp_path, text):
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match="does not describe a data package"):
        open_package(tmp_path)


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret.csv", "a/../../b.csv", "C:/x.csv", "http://x/y", "a\\b", ""]
)
def test_no_path_leads_out_of_the_package(tmp_path, path):
    text = json.dumps({"resources": [{"name": "stops", "path": path}]})
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match="leads out of the data package"):
        open_package(tmp_path)


def test_the_hash_is_that_of_the_content(tmp_path, tables):
    first = written(tmp_path / "a", tables)
    second = written(tmp_path / "b", dict(reversed(tables.items())))
    assert first.hash == second.hash
    assert len(first.hash) == 64
    tables["stops"][0]["name"] = "Anders"
    assert written(tmp_path / "c", tables).hash != first.hash
    (tmp_path / "b" / FILES["stops"]).unlink()
    assert open_package(tmp_path / "b").hash != first.hash


def test_the_version_changes_with_a_file(package):
    again = open_package(package.root)
    assert again.version == package.version
    path = package.path("stops")
    os.utime(path, ns=(1, 1))
    changed = open_package(package.root)
    assert changed.version != package.version
    assert changed.hash == package.hash
    path.unlink()
    assert open_package(package.root).version not in (package.version, changed.version)


def test_every_error_of_reading_can_be_caught_at_once(tmp_path):
    with pytest.raises(QuartierError):
        open_package(tmp_path / "nowhere")


def test_importing_the_domain_is_light_and_reading_needs_no_gdal():
    program = (
        "import sys, geo; assert 'pandas' not in sys.modules; "
        "import geo.sources, geo.validation, geo.places, geo.facts, geo.search; "
        "assert 'pyogrio' not in sys.modules and 'fiona' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
