"""The same evening twice, once with phones and once with paper only: the same kind of protocol, steps in the plan."""

from __future__ import annotations

import json
import uuid

import pytest

from exchange.dossier.words import Words
from exchange.workshop.evening import evening_of
from exchange.workshop.protocol import protocol
from exchange.workshop.protocol_files import FORMATS, protocol_file
from geo.area import named_area
from geo.catalogue import catalogue, loader
from geo.sources import open_package
from store import LOCAL, view
from store.workshop import agree, enter_notes, feed, open_group, vote
from tests.views.store_steps import beside, words
from tests.views.workshop_steps import begin, phone, to_phase
from views.texts import Texts
from workshop.command_material import material_for

pytestmark = pytest.mark.slow

SAID = ("Mehr Bänke", "Bänke im Park", "Ein Treffpunkt")
STEP = {"title": "Zwei Bänke aufstellen", "end_date": "2027-05-31"}


def _with_phones(store):
    made = begin(store)
    first, notes = phone(store, made, SAID)
    group = open_group(store, LOCAL, made.id, "Sitzen", [notes[0].id, notes[1].id])
    to_phase(store, made, "vote")
    vote(store, first, made.id, group.id, 3)
    agree(store, LOCAL, made.id, "steps", STEP, group_id=group.id)
    return to_phase(store, made, "closed")


def _on_paper(store, grid):
    made = begin(store)
    cell = grid.cell("A1")
    rows = [
        {
            "id": str(uuid.uuid4()), "category": "need", "text": text, "channel": "paper", "sticker": str(number),
            "grid_code": cell.code, "lon": 9.74, "lat": 52.41, "paper_dots": 3 if number == 1 else 0,
        }
        for number, text in enumerate(SAID, start=1)
    ]  # fmt: skip
    notes = enter_notes(store, LOCAL, made.id, rows)
    group = open_group(store, LOCAL, made.id, "Sitzen", [notes[0].id, notes[1].id])
    agree(store, LOCAL, made.id, "steps", STEP, group_id=group.id)
    to_phase(store, made, "vote")
    return to_phase(store, made, "closed")


def test_both_evenings_leave_the_same_protocol_and_the_same_step(open_page, store_folder, root):
    package = open_package(root / "data")
    load = loader(package)
    material = material_for(package, load, named_area(load, "district", 12), "de")
    with beside(store_folder) as store:
        evenings = [_with_phones(store), _on_paper(store, material.grid)]
        made = [evening_of(store, LOCAL, one.id, grid=material.grid) for one in evenings]
        steps = view(store, "steps").to_dict("records")
    german = Words(Texts("de"), catalogue(package, load=load))
    papers = [protocol(one, german, today="2027-01-01", material=material) for one in made]
    assert [section.key for section in papers[0].sections] == [section.key for section in papers[1].sections]
    for one in made:
        assert [(item.title, item.dots, len(item.notes)) for item in one.items] == [
            ("Sitzen", 3, 2),
            ("Ein Treffpunkt", 0, 1),
        ]
        assert [step.title for step in one.items[0].became] == [STEP["title"]]
        for ending in FORMATS:
            content = protocol_file(ending, one, german, material=material, today="2027-01-01").content
            assert len(content) > 200
            if ending == "geojson":
                assert {each["properties"]["text"] for each in json.loads(content)["features"]} == set(SAID)
    assert len(steps) == 2
    assert {(step["title"], step["end_date"], step["origin"]) for step in steps} == {
        (STEP["title"], STEP["end_date"], "workshop")
    }
    for evening in evenings:
        page = open_page("protocol", session=evening.id)
        assert not page.exception
        assert "Sitzen" in words(page)
        assert len(page.get("download_button")) == len(FORMATS)
    plan = words(open_page("plan", area="stadtteil:12", item=steps[0]["id"]))
    assert "Abend in Vahrenheide" in plan


def test_the_feed_of_a_paper_evening_has_no_phones(store_folder, root):
    package = open_package(root / "data")
    load = loader(package)
    material = material_for(package, load, named_area(load, "district", 12), "de")
    with beside(store_folder) as store:
        made = _on_paper(store, material.grid)
        found = feed(store, LOCAL, made.id)
    assert (found.participants, found.voters) == (0, 0)
    assert {note.channel for note in found.notes} == {"paper"}
