"""Doubles by name, address and distance: found where they are, proposed with a reason, fast."""

from __future__ import annotations

import time

import pytest

from exchange.duplicates import find_matches
from exchange.normal import name_key, street_key
from exchange.place_rows import PlaceRow
from tests.factories import degrees, uid


def row(number, name, **values):
    return PlaceRow(number, {"name": name, "kind": "library"} | values)


def at(column, line):
    lon, lat = degrees(column, line)
    return {"lon": lon, "lat": lat}


ADDRESS = {"street": "Lange Straße", "house_number": "12 A", "postal_code": "30159"}
KNOWN = {uid("x"): {"name": "Stadtteilbibliothek Südstadt", "kind": "library"} | ADDRESS | at(0.5, 0.5)}


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Stadtteilbibliothek Südstadt", "street": "Lange Str.", "house_number": "12a", "postal_code": "30159"},
        {"name": "Bibliothek Südstadt (Stadtteilbibliothek)"} | at(0.501, 0.5),
        {"name": "STADTTEILBIBLIOTHEK SUEDSTADT"} | at(0.5, 0.502),
    ],
)
def test_the_same_place_written_otherwise(values):
    (match,) = find_matches([row(2, **values)], KNOWN)[2]
    assert match.place_id == uid("x")
    assert match.score >= 0.78
    assert match.proposal in ("same", "merge")


@pytest.mark.parametrize(
    "values",
    [
        {"name": "Grundschule Am Park"} | at(0.5, 0.5),
        {"name": "Stadtteilbibliothek Nordstadt"} | at(1.9, 1.9),
        {"name": "Stadtteilbibliothek Südstadt", "street": "Anderer Weg", "house_number": "3", "postal_code": "30999"}
        | at(1.9, 1.9),
    ],
)
def test_another_place_is_not_proposed_as_the_same(values):
    for match in find_matches([row(2, **values)], KNOWN).get(2, []):
        assert match.proposal == "different"


def test_equal_rows_are_same_and_rows_that_add_something_are_merges():
    equal = row(2, "Stadtteilbibliothek Südstadt", **ADDRESS, **at(0.5, 0.5))
    adds = row(3, "Stadtteilbibliothek Südstadt", **ADDRESS, website="https://x.de")
    differs = row(4, "Stadtteilbibliothek Südstadt", **ADDRESS | {"postal_code": "30161"}, **at(0.5, 0.5))
    found = find_matches([equal, adds, differs], KNOWN)
    assert found[2][0].proposal == "same"
    assert found[3][0].proposal == "merge"
    assert found[4][0].differences == ("postal_code",)
    assert found[4][0].proposal == "merge"


def test_another_kind_counts_against():
    school = PlaceRow(2, {"name": "Stadtteilbibliothek Südstadt", "kind": "primary_school"} | ADDRESS)
    library = row(3, "Stadtteilbibliothek Südstadt", **ADDRESS)
    found = find_matches([school, library], KNOWN)
    assert found[2][0].score < found[3][0].score


def test_doubles_within_the_file_name_the_earlier_row():
    rows = [row(2, "Treff am Markt", **at(1, 1)), row(3, "Treff am Markt", **at(1, 1)), row(4, "Anderes", **at(0, 0))]
    found = find_matches(rows, {})
    assert list(found) == [3]
    assert found[3][0].other_row == 2
    assert found[3][0].place_id is None


def test_rows_with_the_same_identifier_are_one_place_and_a_known_identifier_is_sure():
    rows = [row(2, "A", id=uid("a")), row(3, "A", id=uid("a")), row(4, "Ganz anders", id=uid("x"))]
    found = find_matches(rows, KNOWN)
    assert 2 not in found
    assert 3 not in found
    assert found[4][0].place_id == uid("x")
    assert found[4][0].score == 1.0
    assert found[4][0].differences == ("name",)


def test_names_and_streets_are_compared_by_what_they_say():
    assert name_key("Kita St. Maria e.V.") == name_key("Kindertagesstätte Sankt Maria")
    assert street_key("Lange Str.") == street_key("Lange Straße") == street_key("LANGESTRASSE")


def test_without_rows_or_places_there_are_no_doubles():
    assert find_matches([], KNOWN) == {}
    assert find_matches([row(2, "A")], {}) == {}


@pytest.mark.parametrize("same", ["name", "point", "address"])
def test_many_equal_rows_stay_fast(same):
    corner = at(0, 0)

    def values(i):
        spot = corner if same == "point" else {"lon": corner["lon"] + i * 1e-6, "lat": corner["lat"] + i % 97 * 1e-4}
        address = ADDRESS if same == "address" else {"street": f"Weg {i % 50}", "house_number": str(i)}
        return {"name": "Treff" if same == "name" else f"Ort {i}"} | spot | address

    rows = [row(i + 2, **values(i)) for i in range(4000)]
    started = time.perf_counter()
    find_matches(rows, {})
    assert time.perf_counter() - started < 8
