"""Import and export pages: a spreadsheet becomes places and can be undone; files hold what is public."""

from __future__ import annotations

import pytest

from store import view
from tests.views.store_steps import beside, button, words

pytestmark = pytest.mark.slow

SHEET = (
    "Stadtteiltreffs, Stand November 2026\n"
    "Name;Art;Straße;Hausnummer;PLZ;Rechtswert;Hochwert\n"
    "Treff Süd-Öst;Nachbarschaftstreff;Hauptstraße;1;30159;550123,5;5803456,0\n"
    "Treff Nord;Schloss;Weg;2;30159;550200;5803500\n"
    "Treff fern;Nachbarschaftstreff;Weg;3;30159;1,0;2,0\n"
).encode("cp1252")


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["import_page", "export_page"])
def test_the_pages_show_and_make_no_store(open_page, store_folder, name, language):
    page = open_page(name, lang=language)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in words(page)
    assert not store_folder.exists()


def test_a_selection_is_counted(open_page):
    assert "**17** von" in words(open_page("export_page", export_kinds="library"))


def test_a_spreadsheet_becomes_places_and_is_undone(open_page, store_folder):
    page = open_page("import_page")
    page.file_uploader[0].upload("treffs.csv", SHEET, "text/csv").run()
    assert "EPSG:25832" in " ".join(str(each.proto.body) for each in page.get("html"))
    assert "Fehler: **2**" in words(page)
    assert "**Zeile 4, Art**" in words(page)
    next(each for each in page.selectbox if each.label == "Schloss").set_value("community_centre").run()
    button(page, "import_apply").click().run()
    assert "Importiert" in words(page)
    with beside(store_folder) as store:
        names = set(view(store, "locations")["name"])
    assert {"Treff Süd-Öst", "Treff Nord"} <= names
    assert "Treff fern" not in names
    button(page, "undo_").click().run()
    with beside(store_folder) as store:
        assert "Treff Nord" not in set(view(store, "locations")["name"])


def test_a_refused_file_is_a_sentence(open_page):
    page = open_page("import_page")
    page.file_uploader[0].upload("böse.csv", b"", "text/csv").run()
    assert "leer" in words(page)
    page.file_uploader[0].upload("x.xlsx", b"PK\x03\x04kaputt", "application/zip").run()
    assert page.error
    assert not page.exception
