"""Cards: every line is made from the numbers, every key has its sentence, every sentence is used."""

from dataclasses import replace

import pytest

from geo.access import Decay
from geo.card_texts import SECTIONS, sections
from geo.cards import CARD_KEYS, card, card_text
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk
from geo.sources import open_package
from geo.standards import OwnValue
from tests.factories import base_tables, place, uid, write_package

LINE = Walk(Method.LINE, detour=1.0)


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    """Return a function that loads the tiny city with changes."""

    def loaded(**changes):
        folder = tmp_path_factory.mktemp("city")
        return load_inputs(open_package(write_package(folder, base_tables() | changes)))

    return loaded


@pytest.fixture(scope="module")
def city(load):
    """Return the tiny city."""
    return load()


def lines_of(inputs, kind, area=1, **settings):
    """Return the card of a district."""
    chosen = GapSettings(**{"walk": LINE, "draws": 20} | settings)
    result = gap_table(inputs, measure_reach(inputs, chosen.walk), kind, chosen)
    return card(inputs, result, "district", area)


def params(lines, key):
    """Return the params of the one line with a key."""
    (line,) = [line for line in lines if line.key == key]
    return line.params


def test_the_card_of_a_gap(city):
    lines = lines_of(city, "primary_school", area=2)
    assert [line.key for line in lines] == [
        "card.who.counted",
        "card.who.secret",
        "card.standard.distance",
        "card.standard.source",
        "card.places.known",
        "card.inventory.complete",
        "card.walk.median",
        "card.walk.mean_one",
        "card.walk.method_line",
        "card.share",
        "card.verdict.gap",
        "gap.reason.none",
        "card.change.people",
        "card.change.longer",
    ]
    assert params(lines, "card.who.counted") == {"area_name": "Südost", "people": 30, "target_group": "children"}
    assert params(lines, "card.who.secret") == {"cells": 2, "people_max": 34}
    assert params(lines, "card.change.people") == {"people": 15, "threshold_m": 700.0}
    assert params(lines, "card.change.longer")["limit_m"] == pytest.approx(1274.75, abs=0.01)
    text = card_text(lines)
    assert "100% of the people (30) live farther away than 700 m." in text
    assert "It is from Testland (1996), status: recommendation." in text


def test_a_card_has_parts_and_no_line_gets_lost(load, city):
    """The verdict is read first; every sentence stands in exactly one part."""
    for lines in situations(load, city):
        parts = sections(lines)
        assert [name for name, _ in parts] == [name for name in SECTIONS if name in dict(parts)]
        assert sorted(line.key for _, found in parts for line in found) == sorted(line.key for line in lines)
        assert parts[0][1][0].key.startswith("card.verdict.")


def test_what_the_card_says_would_change_the_verdict_does(city):
    limit_m = params(lines_of(city, "primary_school", area=2), "card.change.longer")["limit_m"]
    for own, is_gap in ((limit_m, False), (limit_m - 0.1, True)):
        changed = lines_of(city, "primary_school", area=2, own=OwnValue(own, "m"))
        assert ("card.verdict.gap" in [line.key for line in changed]) is is_gap
    limit_m = params(lines_of(city, "primary_school", area=1), "card.change.shorter")["limit_m"]
    shorter = lines_of(city, "primary_school", area=1, own=OwnValue(limit_m - 0.1, "m"))
    assert "card.verdict.gap" in [line.key for line in shorter]


def test_draws_are_told_only_if_places_are_unknown(city):
    unknown = lines_of(city, "library", area=2, own=OwnValue(600.0, "m"))
    assert params(unknown, "card.draws.gap") == {"gap": 0, "draws": 20}
    assert "card.draws.gap" not in [line.key for line in lines_of(city, "primary_school")]


@pytest.mark.parametrize("soft", [{}, {"decay": Decay.LINEAR, "width_m": 400.0}])
@pytest.mark.parametrize("threshold_m", [300.0, 600.0, 900.0, 1500.0])
@pytest.mark.parametrize("kind", ["primary_school", "library", "senior_meeting"])
def test_no_limit_contradicts_the_verdict(city, kind, threshold_m, soft):
    """A card that says "covered" must not say that a longer limit than the standard's would be a gap."""
    for area in (1, 2, 3, 4):
        for line in lines_of(city, kind, area=area, own=OwnValue(threshold_m, "m"), **soft):
            if line.key.startswith("card.change.shorter"):
                assert line.params["limit_m"] <= threshold_m
            if line.key == "card.change.longer":
                assert line.params["limit_m"] > threshold_m


def test_a_verdict_that_rests_on_draws_says_what_the_known_places_alone_would_say(city):
    lines = lines_of(city, "library", area=2, own=OwnValue(600.0, "m"))
    keys = [line.key for line in lines]
    assert "card.verdict.partly" in keys
    assert keys[-1] == "card.change.known_gap"
    assert "card.share.known" in keys
    assert not {"card.share", "card.change.shorter", "card.change.longer", "card.change.people"} & set(keys)


def situations(load, city):
    """Yield cards of all kinds of situations."""
    school, tables = "primary_school", base_tables()
    yield lines_of(city, school, area=1)
    yield lines_of(city, school, area=2)
    yield lines_of(city, school, area=2, target_group="refugees")
    yield lines_of(city, "library", area=2)
    yield lines_of(city, "library", area=2, own=OwnValue(600.0, "m"))
    yield lines_of(city, "library", area=2, own=OwnValue(600.0, "m"), draws=0)
    yield lines_of(city, "library", area=2, own=OwnValue(1500.0, "m"))
    yield lines_of(city, "library", area=2, own=OwnValue(100.0, "persons_per_unit"))
    yield lines_of(city, "senior_meeting", area=4, own=OwnValue(600.0, "m"))
    yield lines_of(city, "senior_meeting", area=1, own=OwnValue(600.0, "m"))
    yield lines_of(city, "senior_meeting", area=4, own=OwnValue(354.0, "m"), gap_share=0.9)
    yield lines_of(city, school, area=2, own=OwnValue(100.0, "persons_per_unit"))
    yield lines_of(city, school, area=2, walk=Walk(Method.NETWORK, snap_limit_m=260.0))
    far = [row | ({"lon": 10.2, "lat": 52.6} if row["name"] == "Treff Nord" else {}) for row in tables["locations"]]
    yield lines_of(load(locations=far), "senior_meeting", area=4, walk=Walk(Method.NETWORK, snap_limit_m=260.0))
    west = [row for row in tables["street_edges"] if row["u"] % 5 < 2 and row["v"] % 5 < 2]
    yield lines_of(load(street_edges=west), school, area=2, walk=Walk(snap_limit_m=260.0))
    yield from _statements(load, tables, school)
    for value in (0, ""):
        cells = [row | ({"under_10": value} if row["district_id"] == 1 else {}) for row in tables["population_cells"]]
        yield lines_of(load(population_cells=cells), school)
    links = [row for row in tables["services_at_location"] if row["service_id"] != uid("Unterricht")]
    yield lines_of(load(services_at_location=links), school)
    moved = [row for row in tables["locations"] if row["name"] != "Treff Nord"]
    moved.append(place("Treff Nord", "senior_meeting", None, district=4))
    yield lines_of(load(locations=moved), "senior_meeting", own=OwnValue(600.0, "m"))
    three = [
        *tables["services_at_location"],
        *(
            {"id": uid(f"more {name}"), "service_id": uid("Unterricht"), "location_id": uid(name)}
            for name in ("Treff Nord", "Verborgene Hilfe")
        ),
    ]
    spots = [
        row | (dict(zip(("lon", "lat"), (9.73, 52.37), strict=True)) if row["name"] == "Verborgene Hilfe" else {})
        for row in tables["locations"]
    ]
    yield lines_of(load(services_at_location=three, locations=spots), school, area=3)
    target = tables["standards"][0] | {
        "id": "target",
        "type": "coverage_target",
        "value": 50,
        "unit": "%",
        "year": None,
    }
    with_target = load(standards=[*tables["standards"], target])
    yield lines_of(with_target, school, standard_id="target")
    known = replace(with_target, offers=with_target.offers.assign(capacity=1.0))
    yield lines_of(known, school, area=2, standard_id="target")


def _statements(load, tables, school):
    """Yield cards under different inventory statements."""
    rows = tables["inventory_statements"]
    yield lines_of(load(inventory_statements=[]), school, area=1)
    undated = [row | {"reference_date": ""} for row in rows]
    yield lines_of(load(inventory_statements=undated), school, area=1)
    expected = [row | {"state": "partial", "expected_count": 9} for row in rows]
    inputs = load(inventory_statements=expected)
    yield lines_of(inputs, school, area=3, own=OwnValue(800.0, "m"))


def test_every_line_has_its_sentence_and_every_sentence_is_used(load, city):
    seen = set()
    for lines in situations(load, city):
        assert "{" not in card_text(lines)
        seen |= {line.key for line in lines}
    assert seen == set(CARD_KEYS)
