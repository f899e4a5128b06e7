"""Search by name: accents and street endings do not matter, the best hit comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import METRIC_CRS
from geo.errors import ParameterError
from geo.search import GAZETTEER_COLUMNS, folded, gazetteer, search
from geo.sources import open_package
from tests.factories import FILES, base_tables, write_package


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    return gazetteer(open_package(write_package(tmp_path_factory.mktemp("city"))))


def hits(entries, query, **more):
    return [(row["type"], row["name"]) for _, row in search(entries, query, **more).iterrows()]


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("Südstraße", "suedstr."),
        ("SÜDSTRASSE", "sudstrasse"),
        ("Große Straße", "grosse str"),
        ("Döhren-Wülfel", "doehren wuelfel"),
        ("Café  Ökostadt", "cafe, oekostadt"),
        ("ＳÜD", "su\u0308d"),
    ],
)
def test_different_spellings_are_the_same(written, same):
    assert folded(written) == folded(same)


@pytest.mark.parametrize(("one", "other"), [("Bauer", "Bur"), ("Neue", "Neu"), ("Quelle", "Qulle"), ("List", "Lust")])
def test_different_words_stay_different(one, other):
    assert folded(one) != folded(other)


def test_everything_with_a_name_can_be_found(entries):
    assert tuple(entries.columns) == GAZETTEER_COLUMNS
    assert entries.crs == METRIC_CRS
    assert entries["type"].value_counts().to_dict() == {"district": 4, "borough": 2, "stop": 3, "place": 4}


def test_stops_of_the_same_name_in_a_district_stand_once(entries):
    assert hits(entries, "Südstraße") == [("stop", "Südstraße")]


def test_districts_come_before_stops_and_places(entries):
    assert hits(entries, "sued") == [
        ("district", "Südost"), ("district", "Südwest"), ("stop", "Südstraße"), ("place", "Schule Süd"),
    ]  # fmt: skip


def test_the_same_name_comes_first_then_beginnings_then_words_then_parts(entries):
    names = ["Ost", "Ostbad", "Bad Ost", "Nordost"]
    few = entries.iloc[:4].assign(name=names, folded=[folded(name) for name in names], type="place")
    for order in ([0, 1, 2, 3], [3, 2, 1, 0]):
        assert [name for _, name in hits(few.iloc[order], "ost")] == names


def test_words_may_come_in_any_order_and_be_cut(entries):
    assert hits(entries, "süd schu") == [("place", "Schule Süd")]


def test_the_detail_says_where_it_is(entries):
    found = search(entries, "nordplatz").iloc[0]
    assert (found["detail"], found["district_id"]) == ("Nordost", 4)
    assert search(entries, "südwest").iloc[0]["detail"] == "Unten"


@pytest.mark.parametrize("query", ["", "   ", "-", "北", "castle", "'; DROP TABLE", "\u202e"])
def test_nothing_fits(entries, query):
    assert hits(entries, query) == []


def test_no_more_than_asked_for(entries):
    assert len(search(entries, "o", limit=2)) == 2
    with pytest.raises(ParameterError, match="'limit' is 0"):
        search(entries, "o", limit=0)


@pytest.mark.parametrize("broken", ["districts", "stops", "locations"])
def test_a_broken_resource_leaves_the_others(tmp_path, broken):
    package = open_package(write_package(tmp_path, base_tables()))
    (tmp_path / FILES[broken]).unlink()
    types = set(gazetteer(package)["type"])
    assert types == {"district", "borough", "stop", "place"} - {broken[:-1].replace("location", "place")}


def test_nothing_can_be_read_at_all(tmp_path):
    package = open_package(write_package(tmp_path))
    for name in ("districts", "boroughs", "stops", "locations"):
        package.path(name).unlink()
    nothing = gazetteer(package)
    assert nothing.empty
    assert hits(nothing, "a") == []


@given(query=st.text(max_size=30))
def test_any_query_is_answered_and_a_hit_holds_its_words(entries, query):
    found = search(entries, query, limit=100)
    for name in found["folded"]:
        assert all(word in name for word in folded(query).split())


@given(text=st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)
