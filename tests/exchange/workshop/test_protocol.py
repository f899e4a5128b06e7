"""The protocol: the same from phones and from paper, in every format, with what is unknown; texts are only ever text."""

import csv
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from pypdf import PdfReader

from exchange.dossier.docx import dossier_docx
from exchange.dossier.html import dossier_html
from exchange.dossier.pdf import dossier_pdf
from exchange.workshop.evening import evening_of, items_of
from exchange.workshop.protocol import protocol
from exchange.workshop.protocol_data import COLUMNS, protocol_csv, protocol_geojson
from store import LOCAL, Ground, open_store, workshop
from store.errors import PermissionDeniedError
from tests.exchange.dossier_city import texts_of
from tests.exchange.workshop.evenings import evening, opened, with_paper, with_phones
from tests.exchange.workshop.room import HOSTILE, material_of, text_of
from tests.store.workshop.sessions import phone, write

pytestmark = pytest.mark.slow

TODAY = "2026-11-29"


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return material_of(tmp_path_factory.mktemp("room"))


@pytest.fixture(scope="module")
def shared(empty_database, package, tmp_path_factory):
    path = tmp_path_factory.mktemp("shared") / "store.sqlite"
    shutil.copy(empty_database, path)
    opened_store = open_store(f"sqlite:///{path}", ground=Ground.of_package(package))
    yield opened_store
    opened_store.close()


@pytest.fixture(scope="module")
def phones(shared, material):
    return evening(shared, with_phones(shared), material)


@pytest.fixture(scope="module")
def paper(shared, material):
    return evening(shared, with_paper(shared, material), material)


def made(found, material):
    return protocol(found, material.words, today=TODAY, material=material)


def table(dossier, key):
    section = next(section for section in dossier.sections if section.key == key)
    return next(block for block in section.blocks if hasattr(block, "rows") and hasattr(block, "head"))


def with_texts(found, texts):
    """Return an evening whose notes, groups and steps say these texts."""
    items = []
    for at, item in enumerate(found.items):
        text = texts[at % len(texts)]
        notes = tuple(replace(note, text=text, sticker=text[:20]) for note in item.notes)
        items.append(
            replace(
                item,
                title=text,
                notes=notes,
                became=tuple(replace(one, title=text, responsible=text) for one in item.became),
            )
        )
    session = replace(found.session, title=texts[0], question=texts[-1], area_name=texts[0])
    return replace(found, items=tuple(items), session=session)


def test_phones_and_paper_leave_the_same_protocol(phones, paper, material):
    first, second = made(phones, material), made(paper, material)
    assert [section.key for section in first.sections] == [section.key for section in second.sections]
    assert table(first, "said") == replace(table(second, "said"), notes=table(first, "said").notes)
    assert table(first, "agreed") == table(second, "agreed")
    assert table(first, "said").rows == (
        ("1", "Spielstraße am Samstag", "Idee", "E4", "4"),
        ("2", "Licht am Weg", "Bedarf", "C5, C4", "3"),
        ("3", "Der Chor", "Stärke", "ohne Ort", "0"),
    )
    assert table(first, "agreed").rows == (
        ("1", "Idee", "Spielstraße", "–", "–", "gesammelt"),
        ("2", "Schritt", "Laternen beantragen", "Verein", "05/2027", "geplant"),
    )


def test_what_nobody_knows_is_said(phones, paper, material):
    said = texts_of(next(s for s in made(phones, material).sections if s.key == "unknown").blocks)
    assert "1 Beitrag hat keinen Ort" in said
    assert "noch nichts vereinbart" in said
    on_paper = texts_of(next(s for s in made(paper, material).sections if s.key == "unknown").blocks)
    assert "3 Beiträge vom Papier liegen nur auf ihr Feld genau: bis zu 141 m daneben." in on_paper
    people = texts_of(next(s for s in made(paper, material).sections if s.key == "people").blocks)
    assert "nicht gezählt" in texts_of(made(paper, material).sections[0].blocks)
    assert people


def test_a_step_without_responsible_and_date_says_so(store, material):
    session = opened(store)
    (note,) = workshop.enter_notes(
        store, LOCAL, session.id, [{"id": "8c5d2a1e-0000-4000-8000-000000000001", "category": "need", "text": "Bank"}]
    )
    workshop.agree(store, LOCAL, session.id, "steps", {"title": "Bank aufstellen"}, note_id=note.id)
    found = made(evening_of(store, LOCAL, session.id, grid=material.grid), material)
    t = material.words.t
    assert table(found, "agreed").rows[0][3:5] == (t("plan.nobody"), t("plan.undated"))
    said = texts_of(next(s for s in found.sections if s.key == "unknown").blocks)
    assert "Für 1 Schritt ist niemand verantwortlich" in said
    assert "1 Schritt hat noch kein Datum" in said


def test_people_of_one_or_two_are_not_published(phones, material):
    section = next(s for s in made(phones, material).sections if s.key == "people")
    rows = [row for block in section.blocks if hasattr(block, "rows") for row in block.rows]
    counts = {row[1] for row in rows}
    assert not {"1", "2"} & counts
    assert "1 von 2 haben etwas dazu gesagt, 1 nicht." in texts_of(section.blocks)


def test_hidden_and_held_notes_are_counted_and_not_written(store, material):
    session = opened(store)
    device = phone(store, session)
    secret = write(store, device, session, "Zettelgeheimnis", lon=None, lat=None)
    workshop.moderate(store, LOCAL, session.id, [secret.id], "hidden")
    found = evening(store, session.id, material)
    everything = texts_of(made(found, material)) + protocol_csv(found).decode() + protocol_geojson(found).decode()
    assert "Zettelgeheimnis" not in everything
    assert "1 Beitrag wurde nicht gezeigt" in everything


def test_only_hosts_get_a_protocol(store):
    session = opened(store)
    device = phone(store, session)
    with pytest.raises(PermissionDeniedError):
        evening_of(store, device, session.id)
    with pytest.raises(PermissionDeniedError):
        evening_of(store, None, session.id)


def test_an_evening_without_anything_has_a_protocol(store, material):
    found = evening_of(store, LOCAL, opened(store).id)
    dossier = protocol(found, material.words, today=TODAY)
    assert "Das Gebiet dieser Runde gibt es nicht mehr" in texts_of(dossier)
    assert "Es wurde noch nichts vereinbart." in texts_of(dossier)
    assert dossier_pdf(dossier)
    assert dossier_docx(dossier)
    assert dossier_html(dossier)
    assert made(found, material)
    assert len(protocol_csv(found).decode("utf-8-sig").splitlines()) == 1


def test_the_pdf_is_tagged_and_names_its_language(phones, material):
    pdf = dossier_pdf(made(phones, material))
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"])
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "de"
    said = text_of(pdf)
    for text in ("Spielstraße am Samstag", "Laternen beantragen", "Wer nicht erreicht wurde", "Quellen"):
        assert text in said


def test_the_docx_has_headings_table_heads_language_and_described_pictures(phones, material):
    document = Document(io.BytesIO(dossier_docx(made(phones, material))))
    styles = [
        (each.style.name, each.text) for each in document.paragraphs if each.style.name.startswith(("Heading", "Title"))
    ]
    assert styles[0] == ("Title", "Protokoll: Abend im Nordosten")
    assert ("Heading 1", "Was vereinbart wurde") in styles
    xml = document.element.xml
    assert xml.count("<w:tblHeader/>") == sum(
        1 for s in made(phones, material).sections for b in s.blocks if hasattr(b, "head")
    )
    assert re.search(r'descr="Karte von Nordost: 3 von 4', xml)
    assert 'w:lang w:val="de-DE"' in document.styles.element.xml
    assert document.core_properties.language == "de-DE"
    assert document.core_properties.author == "Quartierskarte Hannover"
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    assert "Laternen beantragen" in cells


def test_the_html_stands_alone(phones, material):
    html = dossier_html(made(phones, material)).decode()
    assert '<html lang="de">' in html
    assert "<script" not in html
    assert not re.search(r'(src|href)="(?!#)', html)
    assert html.count("<h1") == 1
    assert '<th role="columnheader" scope="col">' in html


def test_the_table_has_every_note_with_dots_group_and_step(phones, material):
    rows = list(csv.DictReader(io.StringIO(protocol_csv(phones).decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert [row["text"] for row in rows] == [
        "Spielstraße am Samstag",
        "Nachts ist der Weg dunkel",
        "Laternen am Weg",
        "Der Chor",
    ]
    assert (rows[1]["group"], rows[1]["dots"], rows[1]["responsible"], rows[1]["became"]) == (
        "Licht am Weg",
        "3",
        "Verein",
        "steps",
    )
    assert rows[3]["lon"] == ""
    assert rows[0]["lon"].startswith("9,74")
    assert not any("participant" in name for name in COLUMNS)


def test_the_geojson_has_points_in_degrees_and_notes_without_a_place(phones):
    document = json.loads(protocol_geojson(phones))
    assert [feature["geometry"] is None for feature in document["features"]] == [False, False, False, True]
    lon, lat = document["features"][0]["geometry"]["coordinates"]
    assert (round(lon, 2), round(lat, 2)) == (9.74, 52.38)
    assert document["session"]["question"] == "Was fehlt hier?"


@pytest.mark.parametrize("at", range(0, len(HOSTILE), 4))
def test_hostile_texts_are_only_text_in_every_format(phones, material, at):
    found = with_texts(phones, HOSTILE[at : at + 4])
    dossier = made(found, material)
    assert "Quellen" in text_of(dossier_pdf(dossier))
    html = dossier_html(dossier).decode()
    assert "<script" not in html
    archive = zipfile.ZipFile(io.BytesIO(dossier_docx(dossier)))
    assert archive.testzip() is None
    Document(io.BytesIO(dossier_docx(dossier)))
    for row in csv.reader(io.StringIO(protocol_csv(found).decode("utf-8-sig")), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "@", "-")) for cell in row)
    json.loads(protocol_geojson(found))


def test_many_long_notes_stay_in_their_columns(phones, material):
    long = "x" * 120 + " Nachbarschaftstreff" * 15
    items = tuple(replace(phones.items[0], number=at, title=long) for at in range(1, 61))
    said = text_of(dossier_pdf(made(replace(phones, items=items), material)))
    assert said.count("Nachbarschaftstreff") >= 60 * 10


def test_right_to_left_paragraphs_are_told_so(phones, material):
    xml = Document(io.BytesIO(dossier_docx(made(with_texts(phones, ("مركز الجيران",)), material)))).element.xml
    assert "<w:bidi/>" in xml
    assert "<w:rtl/>" in xml


def test_items_are_ordered_by_dots_then_by_time(phones):
    notes = [note for _, note in phones.notes]
    assert [item.number for item in phones.items] == [1, 2, 3]
    nothing = items_of(notes, (), {}, {})
    assert [item.title for item in nothing] == [note.text for note in sorted(notes, key=lambda note: note.created_at)]
