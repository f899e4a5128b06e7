"""OpenStreetMap: the mapping of tags, the question, and answers turned into places, compared and taken over."""

from __future__ import annotations

import csv
import json
import re

import pytest

from exchange.connect.definition import Definition
from exchange.connect.inward import City
from exchange.connect.osm_tags import kind_of, query, tag_mapping
from exchange.connect.run import prepare
from exchange.errors import ConnectError
from store import LOCAL, get, retire, undo_batch, update, view
from tests.exchange.local_server import serving
from tests.factories import degrees, uid

pytestmark = pytest.mark.slow

SOURCE = "OpenStreetMap contributors (Overpass)"
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def city(package):
    return City.of_package(package)


def node(number, spot, **tags):
    lon, lat = degrees(*spot)
    return {
        "type": "node",
        "id": number,
        "lon": lon,
        "lat": lat,
        "tags": {k.replace("__", ":"): v for k, v in tags.items()},
    }


def library(number, spot=(1.5, 1.5), **more):
    return node(number, spot, **{"amenity": "library", "name": "Bibliothek am Teich"} | more)


def overpass(*elements, **more):
    head = {"version": 0.6, "osm3s": {"timestamp_osm_base": "2026-11-20T10:00:00Z"}}
    return head | {"elements": list(elements)} | more


def asked(city, store, document, day=DAY):
    with serving(lambda _asked: document) as server:
        definition = Definition("osm", "overpass", f"{server.url}/api", SOURCE, "ODbL 1.0")
        return prepare(definition, server.client(), store, city, actor=LOCAL, day=day), server.asked


def state_of(prepared):
    return {finding.ref: finding.state for finding in prepared.difference.findings}


def test_the_mapping_has_every_kind_of_the_catalogue(root):
    with (root / "data/katalog/facility_kinds.csv").open(encoding="utf-8") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert set(tag_mapping()) == kinds
    assert all(tag_mapping().values())
    patterns = [value[1:] for s in sum(tag_mapping().values(), ()) for value in s.tags.values() if value[:1] == "~"]
    assert patterns
    assert all(re.compile(pattern) for pattern in patterns)
    assert not [pattern for pattern in patterns if re.search(r"\\|\(\?", pattern)]  # Overpass has POSIX patterns


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "library"}, "library"),
        ({"amenity": "school", "name": "Grundschule Am Park"}, "primary_school"),
        ({"amenity": "school", "name": "GS Goetheplatz"}, "primary_school"),
        ({"amenity": "school", "school:de": "Gymnasium", "name": "Schule am Park"}, "secondary_school"),
        ({"amenity": "school", "name": "Grund- und Hauptschule Grundschule"}, "secondary_school"),
        ({"amenity": "school", "name": "Schule am Park"}, None),
        ({"amenity": "kindergarten", "name": "Kita Nord"}, "daycare"),
        ({"amenity": "kindergarten", "name": "Familienzentrum Nord"}, "family_centre"),
        ({"amenity": "community_centre"}, "community_centre"),
        ({"amenity": "community_centre", "community_centre": "youth_centre"}, "youth_centre"),
        ({"amenity": "social_facility", "social_facility": "outreach"}, "advice_centre"),
        ({"amenity": "social_facility", "social_facility": "outreach", "social_facility:for": "refugee"},
         "migration_advice"),
        ({"leisure": "pitch"}, None),
    ],
)  # fmt: skip
def test_the_kind_of_an_object(tags, kind):
    found = kind_of(tags, tag_mapping().keys())
    assert (found and found[0]) == kind


def test_an_object_of_another_kind_is_not_taken_for_the_next_best():
    youth = {"amenity": "community_centre", "community_centre": "youth_centre"}
    assert kind_of(youth, {"community_centre"}) is None


def test_the_question_names_each_selector_once_and_quotes():
    asked_for = query(["library", "playground"], "52.3,9.6,52.4,9.8", seconds=60, most_bytes=1000)
    assert asked_for == (
        "[out:json][timeout:60][maxsize:1000];"
        '(nwr["amenity"="library"](52.3,9.6,52.4,9.8);nwr["leisure"="playground"](52.3,9.6,52.4,9.8););'
        "out center tags;"
    )


def test_one_question_for_all_kinds_in_the_bounds_of_the_city(city, store):
    prepared, requests = asked(city, store, overpass())
    (request,) = requests
    question = request.params["data"]
    assert '["amenity"="library"]' in question
    assert "playground" not in question  # the tiny city's catalogue has no such kind
    south, west, north, east = map(float, re.search(r"\(([\d.,]+)\);", question).group(1).split(","))
    for column, line in ((0, 0), (2, 2), (0, 2), (2, 0)):
        lon, lat = degrees(column, line)
        assert west - 1e-4 <= lon <= east + 1e-4
        assert south - 1e-4 <= lat <= north + 1e-4
    assert prepared.difference.counts["added"] == 0


def test_a_new_place_carries_everything_and_its_origin(city, store):
    tags = {"addr__street": "Teichweg", "addr__housenumber": "4", "addr__postcode": "30159", "wheelchair": "designated",
            "phone": "+49 511 123456; +49 511 99", "opening_hours": "Mo-Fr 10:00-18:00", "operator": "Leseverein",
            "email": "erika.muster@x.de", "contact:instagram": "x"}  # fmt: skip
    way = {"type": "way", "id": 7, "center": dict(zip(("lon", "lat"), degrees(0.5, 1.5), strict=True)),
           "tags": {"amenity": "library"}}  # fmt: skip
    prepared, _ = asked(city, store, overpass(library(5, **tags), way))
    assert prepared.difference.counts["added"] == 2
    done = prepared.apply(store, LOCAL, prepared.plan())
    places = view(store, "locations", actor=LOCAL, extended=True).set_index("name")
    place = places.loc["Bibliothek am Teich"]
    assert (place["kind"], place["street"], place["house_number"], place["wheelchair"]) == (
        "library", "Teichweg", "4", "yes")  # fmt: skip
    assert (place["lon"], place["lat"]) == pytest.approx(degrees(1.5, 1.5))
    assert (place["district_id"], place["coordinate_quality"]) == (4, "exact")
    assert (place["source"], place["source_licence"], place["source_date"]) == (SOURCE, "ODbL 1.0", "2026-11-20")
    assert place["coordinate_method"] == f"{SOURCE}: node/5"
    assert "node/5" in place["note"]
    assert "amenity=library" in place["note"]
    assert DAY in place["note"]
    assert places.loc["Bibliothek", "coordinate_method"] == f"{SOURCE}: way/7"
    phones = view(store, "phones", actor=LOCAL, extended=True)
    added = phones[phones["number"] == "+49 511 123456"]
    assert added["is_public"].tolist() == [True]
    everything = json.dumps([view(store, n, actor=LOCAL, extended=True).astype(str).to_dict("records")
                             for n in ("locations", "contacts", "organizations")])  # fmt: skip
    assert "erika" not in everything
    assert done.created > 4


def test_nothing_is_written_before_it_is_applied(city, store):
    before = view(store, "locations", actor=LOCAL)
    prepared, _ = asked(city, store, overpass(library(5)))
    prepared.plan()
    assert len(view(store, "locations", actor=LOCAL)) == len(before)


def test_the_same_answer_again_is_the_same_and_an_undone_one_can_come_back(city, store):
    answer = overpass(library(5))
    for _ in range(2):
        prepared, _ = asked(city, store, answer)
        assert state_of(prepared) == {"node/5": "added"}
        done = prepared.apply(store, LOCAL, prepared.plan())
        again, _ = asked(city, store, answer)
        assert state_of(again) == {"node/5": "same"}
        assert again.plan().counts == {"updated": 0, "left_out_same": 1}
        undo_batch(store, LOCAL, done.batch_id)


def test_what_changed_is_shown_and_only_gaps_are_filled_unless_the_source_is_to_count(city, store):
    first, _ = asked(city, store, overpass(library(5, website="https://alt.example.org/")))
    first.apply(store, LOCAL, first.plan())
    renamed = library(5, spot=(0.2, 0.2), name="Ganz neuer Name", website="https://neu.example.org/",
                      wheelchair="no")  # fmt: skip
    second, _ = asked(city, store, overpass(renamed))
    (finding,) = second.difference.findings
    assert finding.state == "changed"
    assert {change.field: change.here for change in finding.changes} == {
        "name": "Bibliothek am Teich",
        "website": "https://alt.example.org/",
        "wheelchair": None,
        "coordinate": finding.changes[-1].here,
    }
    (change,) = second.plan().updates
    assert dict(change.changes) == {"wheelchair": "no"}
    (change,) = second.plan(overwrite={"name", "coordinate"}).updates
    assert change.changes["name"] == "Ganz neuer Name"
    assert (change.changes["lon"], change.changes["lat"]) == pytest.approx(degrees(0.2, 0.2))
    second.apply(store, LOCAL, second.plan(overwrite={"name", "coordinate", "website"}))
    third, _ = asked(city, store, overpass(renamed))
    assert state_of(third) == {"node/5": "same"}


def test_a_place_of_the_package_is_recognised_and_not_added_again(city, store):
    known = view(store, "locations", actor=LOCAL)
    known = known[known["lon"].notna()].iloc[0]
    tags = {"library": {"amenity": "library"}, "primary_school": {"amenity": "school", "school:de": "Grundschule"}}
    element = {"type": "node", "id": 9, "lon": known["lon"], "lat": known["lat"],
               "tags": tags[known["kind"]] | {"name": known["name"], "wheelchair": "limited"}}  # fmt: skip
    prepared, _ = asked(city, store, overpass(element))
    (finding,) = prepared.difference.findings
    assert finding.place_id == known["id"]
    assert finding.state in ("same", "changed")
    assert "locations" not in prepared.plan().counts


def test_doubtful_ones_are_left_to_a_person(city, store):
    first, _ = asked(city, store, overpass(library(5)))
    first.apply(store, LOCAL, first.plan())
    prepared, _ = asked(
        city,
        store,
        overpass(library(5), library(6, spot=(1.5, 1.52)), library(8, spot=(1.5, 1.55), name="Bibliothek Teich")),
    )
    states = state_of(prepared)
    assert states["node/5"] == "same"
    assert states["node/6"] == "unsure"
    assert prepared.plan().counts.get("locations", 0) == 0
    unsure = next(finding for finding in prepared.difference.findings if finding.ref == "node/6")
    assert unsure.candidates


def test_unnamed_places_near_each_other_are_different_ones(city, store):
    elements = [node(n, (0.5 + n / 10, 0.5), amenity="library") for n in range(4)]  # 100 m apart
    prepared, _ = asked(city, store, overpass(*elements))
    assert prepared.difference.counts["added"] == 4


def test_gone_is_what_came_from_the_source_and_is_no_longer_in_it(city, store):
    first, _ = asked(city, store, overpass(library(5), library(6, spot=(0.3, 0.4), name="Lesesaal Süd")))
    first.apply(store, LOCAL, first.plan())
    second, _ = asked(city, store, overpass(library(5)))
    assert [gone.name for gone in second.difference.gone] == ["Lesesaal Süd"]
    assert second.difference.only_here  # places of the package are not gone: they never came from there
    second.apply(store, LOCAL, second.plan())
    assert "Lesesaal Süd" in view(store, "locations", actor=LOCAL)["name"].tolist()
    cut, _ = asked(city, store, overpass(library(5), remark="query timed out"))
    assert cut.difference.gone == ()
    assert not cut.difference.complete


def test_what_people_retired_does_not_come_back(city, store):
    first, _ = asked(city, store, overpass(library(5)))
    first.apply(store, LOCAL, first.plan())
    place_id = next(iter(r["id"] for r in first.plan().creates["locations"]))
    place = get(store, "locations", place_id, actor=LOCAL)
    retire(store, LOCAL, "locations", place_id, version=place.version, with_dependents=True)
    second, _ = asked(city, store, overpass(library(5)))
    assert state_of(second) == {"node/5": "retired"}
    assert second.plan().counts.get("locations", 0) == 0


def test_a_person_may_decide_otherwise_and_a_conflict_is_seen(city, store):
    from exchange.plan import Decision
    from store.errors import ConflictError

    first, _ = asked(city, store, overpass(library(5)))
    assert first.plan({1: Decision("same")}).counts == {"updated": 0, "left_out_same": 1}
    first.apply(store, LOCAL, first.plan())
    second, _ = asked(city, store, overpass(library(5, wheelchair="yes")))
    plan = second.plan()
    place = get(store, "locations", plan.updates[0].id, actor=LOCAL)
    update(store, LOCAL, "locations", place.id, {"description": "neu"}, version=place.version)
    with pytest.raises(ConflictError):
        second.apply(store, LOCAL, plan)


def test_outside_and_hostile_elements_are_left_out(city, store):
    elements = [
        library(1, spot=(-1, 0.5)),  # beside the city, within its bounds' margin
        library(2, spot=(60, 60)),
        {"type": "node", "id": "7;drop", "lon": 1, "lat": 1, "tags": {"amenity": "library"}},
        {"type": "area", "id": 3, "tags": {"amenity": "library"}},
        {"type": "node", "id": 4, "tags": ["amenity", "library"]},
        "node",
        None,
        library(5, name="<script>{{7*7}}</script>\x00\x1b", website="javascript:alert(1)"),
    ]
    prepared, _ = asked(city, store, overpass(*elements))
    assert prepared.difference.outside == 2
    assert state_of(prepared) == {"node/5": "added"}
    (place,) = prepared.plan().creates["locations"]
    assert place["name"] == "<script>{{7*7}}</script>"  # text, to be shown as text
    assert "website" not in place
    prepared.apply(store, LOCAL, prepared.plan())


@pytest.mark.parametrize(
    "document",
    [b"<html>", b"", b"[1]", b'{"elements": {}}', b'{"elements": [' + b"[" * 500 + b"]" * 500 + b"]}",
     {"elements": [], "remark": "runtime error: Query timed out"}],
)  # fmt: skip
def test_another_answer_than_asked_for_is_an_error(city, store, document):
    with pytest.raises(ConnectError) as caught:
        asked(city, store, document)
    assert caught.value.key == "connect.answer"


def test_identifiers_are_those_of_the_object_and_the_source(city, store):
    prepared, _ = asked(city, store, overpass(library(5)))
    (row,) = prepared.places.rows
    again, _ = asked(city, store, overpass(library(5, name="Anders", spot=(0.1, 0.1))))
    assert again.places.rows[0].values["id"] == row.values["id"] != uid("node/5")
