"""What people type: exact, with errors, inside sentences, hostile, endless. Everything is answered."""

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catalogue import loader
from geo.finder_places import prepare_places
from geo.finder_where import at_entry, suggestions, where_entries
from geo.sources import open_package
from tests.factories import metres, write_package


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    package = open_package(write_package(tmp_path_factory.mktemp("city")))
    return where_entries(package, load=loader(package))


def first(entries, typed):
    found = suggestions(entries, typed)
    return None if found.empty else (found["type"].iloc[0], found["name"].iloc[0])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Nordost", ("district", "Nordost")),
        ("nordost!!", ("district", "Nordost")),
        ("Nordots", ("district", "Nordost")),
        ("ich wohne in Nordwest beim Park", ("district", "Nordwest")),
        ("Suedstrasse 12 a", ("stop", "Südstraße")),
        ("Südstr.", ("stop", "Südstraße")),
        ("Nordplaz", ("stop", "Nordplatz")),
        ("Treff Nord", ("place", "Treff Nord")),
        ("30159", ("postal_code", "30159")),
        ("Atlantis", None),
        ("😀😀😀", None),
        ("", None),
        ("a" * 10_000, None),
        ("'; DROP TABLE districts; --", None),
    ],
)
def test_what_was_typed_finds_what_was_meant(entries, typed, expected):
    assert first(entries, typed) == expected


@settings(max_examples=60)
@given(typed=st.text(max_size=300))
def test_nothing_typed_raises_or_is_logged(entries, typed):
    records = []
    handler = logging.Handler()
    handler.emit = records.append
    logging.getLogger().addHandler(handler)
    try:
        assert len(suggestions(entries, typed)) <= 6
    finally:
        logging.getLogger().removeHandler(handler)
    assert records == []


def test_a_stop_outside_leads_to_the_nearest_spot_inside(entries, tmp_path):
    package = open_package(write_package(tmp_path))
    places = prepare_places(package, load=loader(package))
    stop = suggestions(entries, "Umland").iloc[0]
    found = at_entry(places, stop["geometry"], stop["type"], stop["id"])
    assert (found.district_id, found.kind) in {(2, "typed"), (4, "typed")}
    assert found.outside_m == pytest.approx(500, abs=2)
    area = suggestions(entries, "Südwest").iloc[0]
    middle = at_entry(places, area["geometry"], area["type"], area["id"])
    assert (middle.x, middle.y) == pytest.approx(metres(0.5, 0.5), abs=1)
    assert middle.kind == "district"
