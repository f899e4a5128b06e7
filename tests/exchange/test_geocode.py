"""Own addresses: one house is clear, anything else is a list, and nothing becomes a coordinate unconfirmed."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.errors import ConnectError
from exchange.geocode import Answer, confirmed, distance_m, search
from exchange.geocode_book import STOP_ERROR_M, address_book
from geo.crs import METRIC_CRS, points_from_xy
from geo.sources import open_package, read
from store.resources import resource
from store.validation import clean_new
from tests.factories import degrees, district_frame, metres


def place(name, street, number, spot, *, code="30159", city="Hannover", quality="exact", **more):
    lon, lat = degrees(*spot)
    row = {"name": name, "street": street, "house_number": number, "postal_code": code, "city": city, "lon": lon,
           "lat": lat, "coordinate_quality": quality, "source": "Testquelle", "source_licence": "frei"}  # fmt: skip
    return row | {"district_id": 1 + int(spot[0]) + 2 * int(spot[1])} | more


PLACES = {
    "a": place("Bibliothek", "Lange Straße", "12 A", (0.2, 0.2)),
    "b": place("Treff", "Lange Straße", "20", (0.3, 0.2)),
    "c": place("Haus Nord", "Lange Straße", "12 A", (1.5, 1.5), code="30179"),
    "d": place("Kita am Teich", "Teichweg", "3", (0.5, 0.5)),
    "e": place("Büro", "Teichweg", "3", (0.51, 0.5)),
    "f": place("Ungefähr", "Wiesenstraße", "5", (0.7, 0.7), quality="approximate", coordinate_error_m=300.0),
    "g": {"name": "Ohne Ort", "street": "Feldweg", "house_number": "1", "lon": None, "lat": None,
          "coordinate_quality": "address"},
    "h": place("Bad", "Seestraße", "8", (1.2, 0.2), code="30823", city="Garbsen"),
}  # fmt: skip


def stops():
    x, y = metres(1.1, 0.4)
    frame = {"name": ["Marktplatz", "Teichweg"], "district_id": [2, np.nan]}
    return gpd.GeoDataFrame(frame, geometry=points_from_xy([x, x + 5], [y, y]), crs=METRIC_CRS)


@pytest.fixture(scope="module")
def book():
    return address_book(PLACES, stops(), district_frame())


def spot(suggestion):
    return suggestion.lon, suggestion.lat


@pytest.mark.parametrize(
    "text",
    ["Lange Straße 12 A, 30159 Hannover", "Lange Str. 12a, 30159 Hannover", "LANGE STRASSE 12A 30159",
     "lange str 12 a, Südwest", "Lange Straße 12 A, Hannover-Südwest, 30159 Hannover"],
)  # fmt: skip
def test_one_house_is_clear_however_it_is_written(book, text):
    answer = search(text, book)
    assert answer.state == "clear"
    assert spot(answer.clear) == degrees(0.2, 0.2)
    assert answer.clear.level == "exact"
    assert answer.clear.source == "Testquelle"


def test_the_same_address_in_two_parts_of_the_city_is_a_list(book):
    answer = search("Lange Straße 12 A", book)
    assert answer.state == "ambiguous"
    assert answer.clear is None
    assert {spot(one) for one in answer.suggestions[:2]} == {degrees(0.2, 0.2), degrees(1.5, 1.5)}


def test_two_places_at_one_address_are_one_suggestion(book):
    answer = search("Teichweg 3", book)
    assert answer.state == "clear"
    assert sum(one.level == "exact" for one in answer.suggestions) == 1


def test_an_unknown_number_is_near_the_next_known_one_and_says_how_far(book):
    answer = search("Lange Straße 18, 30159 Hannover", book)
    assert answer.state == "weak"
    best = answer.suggestions[0]
    assert best.level == "street"
    assert spot(best) == degrees(0.3, 0.2)
    assert best.error_m == 200 + 2 * 15
    assert search("Lange Straße", book).suggestions[0].error_m is None


@pytest.mark.parametrize(
    "text",
    ["Lange Straße 12 A, 30823 Garbsen", "Lange Straße 12 A, 10115 Berlin", "Lange Straße 12 A, Berlin",
     "Lange Strasse 12 A, 30655 Hannover"],
)  # fmt: skip
def test_a_house_in_another_town_or_postal_area_is_never_clear(book, text):
    answer = search(text, book)
    assert answer.clear is None
    assert all(one.score < 0.9 for one in answer.suggestions)


def test_a_similar_street_is_a_suggestion_and_another_one_is_none(book):
    assert search("Lange Strase 12 A, 30159 Hannover", book).suggestions[0].score < 1
    similar = search("Teichwg 3", book)
    assert similar.clear is None or similar.clear.label.startswith("Teichweg 3")
    assert search("Kurze Gasse 12 A", book).state == "nothing"
    assert search("Kante Straße 12 A", book).state == "nothing"  # alike only in what every street is called
    assert search("Feldweg 1", book).state == "nothing"  # known, but nobody knows where


def test_an_approximate_place_gives_no_exact_position(book):
    (best, *_) = search("Wiesenstraße 5", book).suggestions
    assert best.level == "street"
    assert best.error_m == 300.0
    assert search("Wiesenstraße 5", book).clear is None


def test_stops_places_and_districts_are_found_by_name(book):
    stop = search("Marktplatz", book)
    assert (stop.state, stop.suggestions[0].level, stop.suggestions[0].error_m) == ("weak", "street", STOP_ERROR_M)
    assert spot(stop.suggestions[0]) == pytest.approx(degrees(1.1, 0.4), abs=1e-7)
    named = search("Kita am Teich", book)
    assert (named.state, spot(named.clear)) == ("clear", degrees(0.5, 0.5))
    district = search("Nordost", book)
    assert (district.state, district.suggestions[0].level, district.suggestions[0].district_id) == (
        "weak",
        "district",
        4,
    )
    only_area = search("Kurze Gasse 5, Nordwest", book)
    assert [one.level for one in only_area.suggestions] == ["district"]


def test_a_person_confirms_what_is_stored(book):
    exact = confirmed(search("Lange Straße 12 A, 30159 Hannover", book), 0)
    assert (exact["lon"], exact["lat"]) == pytest.approx(degrees(0.2, 0.2), abs=1e-6)
    assert exact["coordinate_quality"] == "exact"
    assert "Testquelle" in exact["coordinate_method"]
    near = confirmed(search("Lange Straße 18, 30159 Hannover", book), 0)
    assert (near["coordinate_quality"], near["coordinate_error_m"]) == ("approximate", 230.0)
    area = confirmed(search("Nordost", book), 0)
    assert (area["lon"], area["lat"], area["district_id"], area["coordinate_quality"]) == (None, None, 4, "district")
    for fields in (exact, near, area):
        _, problems = clean_new(resource("locations"), fields | {"name": "X", "kind": "library"})
        assert problems == []
    for wrong in (-1, 99):
        with pytest.raises(ConnectError) as caught:
            confirmed(search("Nordost", book), wrong)
        assert caught.value.key == "geocode.not_offered"


@pytest.mark.parametrize("text", ["", "   ", ",", "!?", "12", "30159"])
def test_nothing_asked_is_nothing_found(book, text):
    assert search(text, book).clear is None


def test_a_long_text_is_refused_without_repeating_it(book):
    with pytest.raises(ConnectError) as caught:
        search("Geheimweg 1 " * 50, book)
    assert "Geheim" not in str(caught.value)


@given(st.text(max_size=60) | st.sampled_from(["Lange Straße 12 A", "Teichweg 3"]).map(lambda t: t + ", 99999 X"))
def test_any_text_gives_ordered_suggestions_and_clear_only_for_a_sure_house(text):
    answer = search(text, address_book(PLACES, stops(), district_frame()))
    scores = [one.score for one in answer.suggestions]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= value <= 1 for value in scores)
    assert (answer.clear is not None) == (answer.state == "clear")
    if answer.clear is not None:
        assert answer.clear.level == "exact"
        assert answer.clear.score >= 0.9


def test_distance_is_in_metres():
    first, second = (dict(zip(("lon", "lat"), degrees(*at), strict=True)) for at in ((0, 0), (0.3, 0.4)))
    assert distance_m(first, second) == pytest.approx(500, abs=0.1)
    assert np.isnan(distance_m(first, {"lon": None, "lat": None}))


def test_on_the_real_addresses_of_the_city(root):
    """Every exact address finds itself; without itself, its street is true to the bound it states."""
    package = open_package(root / "data")
    frame = read(package, "locations")
    rows = frame.drop(columns="geometry").astype(object).where(frame.notna(), None).set_index("id").to_dict("index")
    stops_frame, districts = read(package, "stops"), read(package, "districts")
    whole = address_book(rows, stops_frame, districts)
    known = {
        key: row for key, row in rows.items()
        if row["coordinate_quality"] == "exact" and row["street"] and row["house_number"]
    }  # fmt: skip
    assert len(known) > 150
    found = within = bounded = 0
    for key, row in known.items():
        text = f"{row['street']} {row['house_number']}, {row['postal_code'] or ''} Hannover"
        answer = search(text, whole)
        assert isinstance(answer, Answer)
        found += any(one.level == "exact" and distance_m(vars(one), row) < 150 for one in answer.suggestions)
        streets = [one for one in whole.streets[_key(row)] if (one.lon, one.lat) != (row["lon"], row["lat"])]
        if streets:
            rest = address_book({k: r for k, r in rows.items() if r["street"] == row["street"] and k != key},
                                stops_frame.iloc[:0], districts)  # fmt: skip
            for one in search(text, rest).suggestions[:1]:
                if one.level == "street" and one.error_m is not None:
                    bounded += 1
                    within += distance_m(vars(one), row) <= one.error_m
    assert found == len(known)
    assert bounded > 30
    assert within / bounded > 0.9


def _key(row):
    from exchange.normal import street_key

    return street_key(row["street"])
