"""Ground and local work as one table: the columns and types of `geo.sources.read`."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from pandas.testing import assert_frame_equal

from geo.crs import METRIC_CRS
from geo.sources import open_package, read
from store import EMPTY, LOCAL, Ground, create, resources, retire, search, update, view
from store.view import STATE_COLUMNS
from tests.factories import degrees, metres, uid

SCHOOL = uid("Schule Süd")
IN_PACKAGE = sorted(name for name, kind in resources().items() if kind.in_package)
ONLY_HERE = sorted(name for name, kind in resources().items() if not kind.in_package)


def same(left, right):
    """Compare two tables; `view` may hold the same truth values and numbers with room for gaps."""
    assert type(left) is type(right)
    if isinstance(left, gpd.GeoDataFrame):
        assert_geodataframe_equal(left, right)
    else:
        assert_frame_equal(left, right)


@pytest.mark.parametrize("name", IN_PACKAGE)
def test_without_local_work_the_view_is_the_package(store, package_folder, name):
    same(view(store, name), read(open_package(package_folder), name))


@pytest.mark.parametrize("name", ["locations", "organizations", "inventory_statements", "phones"])
def test_with_local_work_that_was_taken_back_the_view_is_the_package_again(store, local, package_folder, name):
    field = {"phones": "note", "inventory_statements": "expected_note"}.get(name, "note")
    expected = read(open_package(package_folder), name)
    first = str(expected["id"].iloc[0])
    update(store, local, name, first, {field: "x"}, version=0)
    assert view(store, name)[field].tolist()[0] == "x"
    update(store, local, name, first, {field: None}, version=1)
    same(view(store, name), expected)


def test_added_rows_follow_and_retired_ones_are_gone(store, local):
    lon, lat = degrees(0.5, 1.5)
    made = create(store, local, "locations", {"name": "Neu", "kind": "library", "lon": lon, "lat": lat})
    retire(store, local, "locations", uid("Verborgene Hilfe"), version=0, with_dependents=True)
    seen = view(store, "locations")
    assert seen["name"].tolist() == ["Schule Süd", "Treff Nord", "Bücherei ohne Ort", "Neu"]
    assert seen.crs == METRIC_CRS
    x, y = metres(0.5, 1.5)
    assert seen.geometry.iloc[3].distance(gpd.points_from_xy([x], [y])[0]) < 0.01
    assert seen.geometry.iloc[2] is None
    assert seen["district_id"].tolist() == [1, 4, 2, 3]
    assert made.id == seen["id"].iloc[3]


def test_extended_adds_the_profile_and_the_state(store, local):
    update(store, local, "services", uid("Unterricht"), {"minimum_age": 6, "fees_description": "frei"}, version=0)
    seen = view(store, "services", extended=True).set_index("id")
    row = seen.loc[uid("Unterricht")]
    assert (row["minimum_age"], row["fees_description"], row["version"], row["entry_origin"]) == (
        6,
        "frei",
        1,
        "ground",
    )
    assert pd.isna(seen.loc[uid("Mittagstisch"), "minimum_age"])
    assert "minimum_age" not in view(store, "services").columns


@pytest.mark.parametrize("name", ONLY_HERE)
def test_what_only_the_store_has_is_empty_with_its_columns(store, name):
    seen = view(store, name)
    assert len(seen) == 0
    assert list(seen.columns) == ["id", *resources()[name].fields]


def test_a_view_that_is_changed_changes_nothing(store):
    seen = view(store, "locations")
    seen.loc[0, "name"] = "kaputt"
    assert view(store, "locations")["name"].iloc[0] == "Schule Süd"


def test_without_a_package_there_is_only_what_people_added(opened, local):
    store = opened(ground=EMPTY)
    create(store, local, "locations", {"name": "Allein", "kind": "library", "district_id": 7})
    assert view(store, "locations")["name"].tolist() == ["Allein"]
    assert [hit.title for hit in search(store, "allein")] == ["Allein"]


def test_a_row_that_leaves_a_number_open_does_not_become_zero(store, local):
    values = {"facility_kind": "library", "area_level": "district", "area_id": "1", "state": "partial"}
    create(store, local, "inventory_statements", values)
    seen = view(store, "inventory_statements")
    assert seen["known_count"].isna().tolist() == [False, False, False, True]
    assert str(seen["known_count"].dtype) == "Int64"


def test_the_version_of_the_package_comes_from_its_descriptor(ground, package_folder):
    assert ground.version == "1.0.0"
    assert ground.content_hash == open_package(package_folder).hash
    assert ground.resource_of(SCHOOL) == "locations"
    assert ground.resource_of("x") is None
    assert isinstance(ground, Ground)
    with pytest.raises(KeyError):
        ground.frame("castles")


def test_no_column_of_the_state_hides_a_field(store):
    for name, kind in resources().items():
        assert not set(STATE_COLUMNS) & set(kind.fields), name
    values = {"area_level": "district", "area_id": "1", "title": "Bank", "origin": "workshop"}
    create(store, LOCAL, "needs", values)
    seen = view(store, "needs", extended=True).iloc[0]
    assert (seen["origin"], seen["entry_origin"]) == ("workshop", "added")
