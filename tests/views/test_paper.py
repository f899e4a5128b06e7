"""The page for paper: the kit in one click, cards typed or read from a file, where they stuck, nothing twice."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from geo.area import named_area
from geo.crs import from_lonlat, point_xy
from geo.print_grid import print_grid
from geo.sources import open_package, read
from store import LOCAL
from store.workshop import enter_note, notes
from tests.e2e.hostile import HOSTILE
from tests.views import store_steps
from tests.views.store_steps import ROOT, beside, button
from tests.views.workshop_steps import begin
from views import paper_kit, storage

pytestmark = pytest.mark.slow

NOTE_ID = "8c5d2a1e-0000-4000-8000-000000000009"


@pytest.fixture(scope="module")
def grid():
    package = open_package(ROOT / "data")
    return print_grid(named_area(lambda name: read(package, name), "district", 12).geometry)


def words(page):
    """Return everything that a page says, without the signs that keep it from being markup."""
    return store_steps.words(page).replace("\\", "")


def the(page, kind, key):
    return next(each for each in getattr(page, kind) if str(each.key).startswith(key))


def type_card(page, **values):
    for key, kind in (("sticker", "text_input"), ("code", "text_input"), ("text", "text_area")):
        the(page, kind, f"paper_{key}_").set_value(values.get(key, ""))
    if "category" in values:
        the(page, "radio", "paper_category_").set_value(values["category"])
    if "dots" in values:
        the(page, "number_input", "paper_dots_").set_value(values["dots"])
    return button(page, "paper_enter_").click().run()


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_parts_show_in_both_languages_without_a_session(open_page, language):
    for part in ("kit", "back"):
        page = open_page("paper", work=part, lang=language)
        assert not page.exception
        assert [each.value for each in page.error] == []
        assert "⟦" not in words(page)


def test_a_kit_of_an_area_is_made_in_one_click(open_page):
    page = open_page("paper", area="stadtteil:12")
    the(page, "pills", "paper_sheets").set_value(["A4"])
    the(page, "number_input", "paper_pages").set_value(1)
    page.run()
    page = button(page, "paper_kit_make").click().run()
    assert not page.exception
    assert "Fertig: 6 Dateien" in words(page)
    labels = [each.proto.label for each in page.get("download_button")]
    assert labels[0] == "Alles als eine Datei (ZIP)"
    assert "Karte-A4.pdf" in labels
    kept = page.session_state["paper_kit_made"]
    from workshop.kit import kit_zip

    archive = zipfile.ZipFile(io.BytesIO(kit_zip(kept[2], kept[1])))
    assert archive.namelist()[0] == "werkstatt-district-12/LIESMICH.txt"
    page_without_net = archive.read("werkstatt-district-12/Werkstatt-ohne-Internet.html").decode()
    assert len(page_without_net) < 3_000_000
    assert "Vahrenheide" in page_without_net
    the(page, "number_input", "paper_first").set_value(9)
    assert "Fertig" not in words(page.run())


def test_a_kit_of_a_session_says_its_question_and_how_to_join(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store, question="Was fehlt am Platz?", categories=["need"])
    page = open_page("paper", session=made.id)
    assert not page.exception
    assert not [each for each in page.text_input if str(each.key).startswith("paper_title")]
    from exchange.workshop.material import Occasion

    occasion = paper_kit.of_session(Occasion(categories=("need",)), made)
    assert occasion.question == "Was fehlt am Platz?"
    assert occasion.link.endswith(f"/w/{made.code}")


def test_a_typed_card_stands_in_the_cell_where_it_stuck(open_page, store_folder, grid):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("paper", session=made.id, work="back")
    page = type_card(page, sticker="7", code=" k 12", text="Licht am Weg", category="need", dots=3)
    assert not page.exception
    assert "Eingetragen." in words(page)
    with beside(store_folder) as store:
        (note,) = notes(store, LOCAL, made.id)
    assert (note.text, note.grid_code, note.sticker, note.paper_dots, note.channel) == (
        "Licht am Weg",
        "K12",
        "7",
        3,
        "paper",
    )
    x, y = point_xy(from_lonlat([note.lon], [note.lat]), name="note")[0]
    assert grid.code_at(x, y) == "K12"
    assert the(page, "text_area", "paper_text_").value == ""
    again = type_card(page, sticker="7", code="K12", text="Licht am Weg", category="need")
    assert "schon eingetragen" in words(again)
    other = type_card(page, sticker="7", code="K12", text="Etwas anderes", category="need")
    assert "mit anderem Inhalt" in words(other)
    with beside(store_folder) as store:
        assert len(notes(store, LOCAL, made.id)) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sticker": "3", "code": "Q99", "text": "x"}, "kein Feld dieser Karte"),
        ({"sticker": "", "code": "C4", "text": "x"}, "Die Art fehlt"),
        ({"sticker": "3", "code": "C4"}, "hat keinen Text"),
        ({}, "noch nichts"),
    ],
)
def test_what_is_wrong_with_a_card_is_said_and_it_stays_in_the_form(open_page, store_folder, values, said):
    with beside(store_folder) as store:
        made = begin(store)
    page = type_card(open_page("paper", session=made.id, work="back"), **values)
    assert said in words(page)
    assert the(page, "text_area", "paper_text_").value == values.get("text", "")
    with beside(store_folder) as store:
        assert notes(store, LOCAL, made.id) == []


OFFLINE = {
    "format": "quartierskarte-notes", "version": 1, "title": "Abend", "grid": None,
    "notes": [
        {"id": "8c5d2a1e-0000-4000-8000-000000000001", "category": "idea", "text": "Bank", "lon": None, "lat": None,
         "grid_code": "C4", "sticker": None, "created_at": "2026-12-03T18:00:00Z"},
        {"id": "8c5d2a1e-0000-4000-8000-000000000002", "category": "need", "text": "Licht", "lon": None, "lat": None,
         "grid_code": "ZZ1", "sticker": "5", "created_at": "2026-12-03T18:00:00Z"},
    ],
}  # fmt: skip


def test_a_file_is_shown_with_every_problem_and_taken_over_once(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
        there = enter_note(store, LOCAL, made.id, NOTE_ID, {"category": "need", "text": "Schon da"})
    page = open_page("paper", session=made.id, work="back")
    table = "Nr.;Art;Text;Feld;Punkte\r\n1;Bedarf;Licht;c4;2\r\n2;Quatsch;x;C4;\r\n3;Idee;'=1+1;d5;\r\n"
    page = the(page, "file_uploader", "paper_upload").upload("abend.csv", table.encode(), "text/csv").run()
    assert not page.exception
    said = words(page)
    assert "'Quatsch' ist keine Art dieser Runde" in said
    assert button(page, "paper_take").label == "2 Beiträge übernehmen"
    page = button(page, "paper_take").click().run()
    assert "Übernommen." in words(page)
    page = the(page, "file_uploader", "paper_upload").upload("abend.csv", table.encode(), "text/csv").run()
    assert "nichts, was in der Runde fehlt" in words(page)
    with beside(store_folder) as store:
        found = notes(store, LOCAL, made.id)
    assert sorted(note.text for note in found) == ["=1+1", "Licht", "Schon da"]
    assert there.id in {note.id for note in found}


def test_a_changed_row_is_taken_over_only_when_asked_for(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    for text, also in (("Licht", False), ("Licht am Weg", True)):
        page = open_page("paper", session=made.id, work="back")
        table = f"Nr.;Art;Text;Feld\r\n1;Bedarf;{text};C4\r\n"
        page = the(page, "file_uploader", "paper_upload").upload("a.csv", table.encode(), "text/csv").run()
        if also:
            assert not [each for each in page.button if each.key == "paper_take"]
            page = the(page, "checkbox", "paper_also").check().run()
        button(page, "paper_take").click().run()
    with beside(store_folder) as store:
        (note,) = notes(store, LOCAL, made.id)
    assert (note.text, note.version) == ("Licht am Weg", 2)


def test_the_file_of_the_offline_page_is_taken_over(open_page, store_folder):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("paper", session=made.id, work="back")
    page = (
        the(page, "file_uploader", "paper_upload")
        .upload("n.json", json.dumps(OFFLINE).encode(), "application/json")
        .run()
    )
    assert "'ZZ1' ist kein Feld dieser Karte" in words(page)
    button(page, "paper_take").click().run()
    with beside(store_folder) as store:
        (note,) = notes(store, LOCAL, made.id)
    assert (note.id, note.grid_code, note.channel) == (OFFLINE["notes"][0]["id"], "C4", "host")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"Name;Stadt\na;b\n", b"<html>", b'{"format": "quartierskarte-notes", "notes": [1]}']
)
def test_a_file_that_is_no_table_of_cards_is_refused(open_page, store_folder, content):
    with beside(store_folder) as store:
        made = begin(store)
    page = open_page("paper", session=made.id, work="back")
    name = "x.json" if content.startswith(b"{") else "x.csv"
    page = the(page, "file_uploader", "paper_upload").upload(name, content, "text/plain").run()
    assert not page.exception
    assert page.error or "nichts" in words(page)
    assert not [each for each in page.button if each.key == "paper_take"]


def test_hostile_cards_are_only_text(open_page, store_folder):
    texts = [text for text in HOSTILE.values() if len(text) <= 500 and text.isprintable()]
    with beside(store_folder) as store:
        made = begin(store, title=HOSTILE["script"][:200])
    page = open_page("paper", session=made.id, work="back")
    for at, text in enumerate(texts[:4], start=1):
        page = type_card(page, sticker=str(at), code="C4", text=text, category="need")
        assert not page.exception
    for each in (*page.markdown, *page.caption, *page.success, *page.warning):
        assert "<script" not in each.value.replace("\\<", "")


def test_who_may_not_host_reads_no_notes(open_page, store_folder, monkeypatch):
    with beside(store_folder) as store:
        made = begin(store)
        enter_note(
            store,
            LOCAL,
            made.id,
            "8c5d2a1e-0000-4000-8000-000000000009",
            {"category": "need", "text": "Geheimes", "channel": "paper"},
        )
    monkeypatch.setattr(storage, "actor", lambda: None)
    page = open_page("paper", session=made.id, work="back")
    assert not page.exception
    assert "Geheimes" not in words(page)
