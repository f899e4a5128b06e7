"""Handing on: six formats, no formula, no internal contact, portal metadata."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import geopandas as gpd
import openpyxl
import pytest

from exchange.content import Content, content_of_package, content_of_store
from exchange.dcat import Publisher, as_jsonld, as_turtle, dcat_graph
from exchange.errors import ExportError
from exchange.export import FORMATS, export
from exchange.flat import flat_rows
from exchange.xlsx_write import Sheet, letters, write_xlsx
from geo.sources import open_package
from store import LOCAL, create
from tests.factories import base_tables, uid, write_package

FORMULAS = ["=1+1", "+49 511", "-1", "@SUM(A1)", "\t=1", "'=1", "＝1", '=HYPERLINK("http://x")', "%0", "|x"]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A package in which every free text is one that a spreadsheet could take for a formula."""
    tables = base_tables()
    for number, text in enumerate(FORMULAS):
        row = dict(tables["locations"][0], id=uid(f"h{number}"), name=text, note=text, source_id=f"P{9000 + number}")
        tables["locations"].append(row)
    return content_of_package(open_package(write_package(tmp_path_factory.mktemp("hostile"), tables)))


def test_no_cell_of_a_text_file_begins_like_a_formula(hostile, words):
    text = export(hostile, "csv", words).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "|", "%", "＝")) for cell in row)
    assert "'=1+1" in text


def test_no_cell_of_a_workbook_is_a_formula(hostile, words):
    book = openpyxl.load_workbook(io.BytesIO(export(hostile, "xlsx", words)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    names = {cell.value for cell in book.active["B"]}
    assert set(FORMULAS) <= names
    by_name = {cell.value: cell for cell in book.active["B"]}
    assert all(by_name[text].quotePrefix for text in FORMULAS)
    with zipfile.ZipFile(io.BytesIO(export(hostile, "xlsx", words))) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_csv_opens_in_a_german_spreadsheet(content, words):
    data = export(content, "csv", words)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    school = next(row for row in rows if row["name"] == "Schule Süd")
    assert "," in school["lon"]
    assert "." not in school["lon"]


def test_a_workbook_speaks_to_people(content, words):
    german = openpyxl.load_workbook(io.BytesIO(export(content, "xlsx", words))).active
    english = openpyxl.load_workbook(io.BytesIO(export(content, "xlsx", words, language="en"))).active
    heads = {cell.value: cell.column_letter for cell in german[1]}
    kinds = {cell.value for cell in german[heads["Art"]]}
    assert {"Grundschule", "Bibliothek", "Seniorentreff"} <= kinds
    assert "Südwest" in {cell.value for cell in german[heads["Stadtteil"]]}
    assert english["B1"].value == "Name"
    assert "Primary school" in {cell.value for cell in english["C"]}
    assert german.freeze_panes == "A2"


def test_geojson_is_in_degrees_and_keeps_places_without_a_coordinate(content, words):
    features = json.loads(export(content, "geojson", words))["features"]
    by_name = {feature["properties"]["name"]: feature for feature in features}
    lon, lat = by_name["Schule Süd"]["geometry"]["coordinates"]
    assert 9 < lon < 11
    assert 52 < lat < 53
    assert by_name["Verborgene Hilfe"]["geometry"] is None


def test_geopackage_is_read_by_gdal_in_metres(content, words, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(export(content, "gpkg", words))
    frame = gpd.read_file(path, layer="orte")
    assert frame.crs.to_epsg() == 25832
    assert len(frame) == len(flat_rows(content))
    school = frame[frame["name"] == "Schule Süd"].iloc[0]
    assert school.geometry.x == pytest.approx(549_500, abs=0.01)


def test_a_place_with_two_offers_has_two_rows(content):
    rows = [row for row in flat_rows(content) if row["name"] == "Schule Süd"]
    assert [row["offer"] for row in rows] == ["Bücherecke", "Unterricht"]
    assert len({row["id"] for row in rows}) == 1


def test_a_selection_brings_what_belongs_to_it_and_nothing_else(content, words):
    chosen = content.of_places([uid("Treff Nord")])
    assert set(chosen.rows("locations")) == {uid("Treff Nord")}
    assert set(chosen.rows("organizations")) == {uid("Verein")}
    assert set(chosen.rows("services")) == {uid("Mittagstisch")}
    assert set(chosen.rows("contacts")) == {uid("contact")}
    assert set(chosen.rows("schedules")) == {uid("hours")}
    features = json.loads(export(content, "geojson", words, places=[uid("Treff Nord")]))["features"]
    assert [feature["properties"]["name"] for feature in features] == ["Treff Nord"]


def packed_or_not(data):
    """Return the bytes of a file, of a zip file those of its entries."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_internal_contacts_are_in_no_file(store, words):
    place = {"location_id": uid("Schule Süd")}
    secret = create(store, LOCAL, "contacts", place | {"title_de": "GEHEIM-1", "email": "geheim2@example.org"})
    public = create(store, LOCAL, "contacts", place | {"title_de": "OFFEN-1", "is_public": True})
    for contact, number in ((secret, "+49 511 777001"), (public, "+49 511 777002")):
        create(store, LOCAL, "phones", {"contact_id": contact.id, "number": number, "number_text": number})
    for content in (content_of_store(store), content_of_store(store, actor=LOCAL)):
        for kind in FORMATS:
            data = packed_or_not(export(content, kind, words))
            assert b"OFFEN-1" in data, kind
            for hidden in (b"GEHEIM-1", b"geheim2", b"777001", b"777002"):
                assert hidden not in data, (kind, hidden)


def test_the_same_content_gives_the_same_bytes(content, words):
    for kind in set(FORMATS) - {"gpkg"}:
        assert export(content, kind, words) == export(content, kind, words)


def test_nothing_to_hand_on_is_an_empty_table(words):
    empty = Content({}, {})
    for kind in FORMATS:
        assert export(empty, kind, words)


def test_unknown_format_and_too_long_text(content, words):
    with pytest.raises(ExportError, match="shapefile"):
        export(content, "shapefile", words)
    with pytest.raises(ExportError) as caught:
        write_xlsx([Sheet("x", ["a"], [["y" * 40_000]])])
    assert caught.value.key == "export.cell_too_long"


def test_letters_of_columns():
    assert [letters(number) for number in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


def test_texts_that_xml_cannot_hold_come_back_as_escapes():
    data = write_xlsx([Sheet("x", ["a"], [["\x01_x0041_\ud800<&>"]])])
    assert openpyxl.load_workbook(io.BytesIO(data)).active["A2"].value in (
        "\x01_x0041_�<&>",
        "_x0001__x005F_x0041_�<&>",
    )


def test_portal_metadata_names_title_licence_and_files(package):
    publisher = Publisher("Stadt", "https://example.org/q/", email="a@example.org", contributor="http://x/y z")
    graph = dcat_graph(package.descriptor, publisher, files=("csv", "hsds-package"))
    document = json.loads(as_jsonld(graph))
    nodes = {node["@id"]: node for node in document["@graph"]}
    data_set = nodes["https://example.org/q/dataset"]
    assert data_set["@type"] == "dcat:Dataset"
    for name in (
        "dct:title",
        "dct:description",
        "dct:publisher",
        "dcat:theme",
        "dcatde:contributorID",
        "dcat:contactPoint",
    ):
        assert name in data_set
    parts = [nodes[part["@id"]] for part in data_set["dcat:distribution"]]
    assert len(parts) == len(package.names) + 2
    assert all("dct:license" in part and "dcat:accessURL" in part for part in parts)
    assert data_set["dcatde:contributorID"]["@id"] == "http://x/y%20z"


def test_turtle_says_the_same_and_stays_whole_with_hostile_texts(package):
    title = 'x" ; <evil> .\n"""\\ {{7*7}}'
    descriptor = dict(package.descriptor, title=title)
    text = as_turtle(dcat_graph(descriptor, Publisher("Stadt", "https://example.org")))
    assert json.dumps(title, ensure_ascii=False) in text
    assert text.count("@prefix") == 7
    assert all(line.startswith(("@prefix", "<", "    ", "")) for line in text.splitlines())
