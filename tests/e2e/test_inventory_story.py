"""One district's spreadsheet on its whole way through the pages.

Uploaded, seen on the map, stored, corrected by two people at once, confirmed by its owner through a link, and handed
on as valid HSDS with the history of every field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from playwright.sync_api import Page, expect

from exchange.hsds.spec import json_schema
from geo.sources import open_package
from scripts.serve import ROOT, serve
from store import LOCAL, Ground, issue_link, open_store, view
from tests.e2e.test_inventory_pages import ready
from tests.e2e.waiting import settled
from tests.factories import metres, write_package

X, Y = (f"{value:.1f}".replace(".", ",") for value in metres(0.25, 1.25))
SHEET = f"""Erhebung im Stadtbezirk Oben;;;;;;
Einrichtung;Art;Träger;Straße und Hausnummer;PLZ;Rechtswert;Hochwert
Café für Ältere;Seniorentreff;Mütterzentrum e. V.;Nordweg 7;30159;{X};{Y}
""".encode("cp1252")


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    return write_package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def url(browser, folder, package) -> Iterator[str]:
    """The real app on the tiny city, with a data folder of its own."""
    with serve(ROOT / "server.py", env={"QK_STORE": str(folder), "QK_DATA": str(package)}) as address:
        yield address


def renamed(page: Page, url: str, key: str, name: str) -> None:
    """Open an entry and type another name, without saving."""
    ready(page, f"{url}/eintrag?entry={key}")
    box = page.get_by_label("Name (nötig)").first
    box.fill(name)
    box.press("Tab")
    settled(page)


def test_a_spreadsheet_becomes_places_and_leaves_as_hsds_with_its_history(page_factory, url, folder, package):
    page = page_factory().page
    ready(page, f"{url}/import")
    upload = {"name": "Erhebung.csv", "mimeType": "text/csv", "buffer": SHEET}
    page.locator("input[type=file]").first.set_input_files(upload)
    page.get_by_role("heading", name="So wurde die Datei gelesen").wait_for()
    settled(page)
    expect(page.get_by_text("cp1252")).to_be_visible()
    expect(page.get_by_text("EPSG:25832", exact=True)).to_be_visible()
    preview = page.frame_locator("iframe").first
    expect(preview.get_by_role("button", name=re.compile("Café für Ältere"))).to_be_visible()
    page.get_by_role("button", name="Jetzt importieren").click()
    page.get_by_text("Importiert:").wait_for()

    store = open_store(f"sqlite:///{folder / 'quartierskarte.sqlite'}", ground=Ground.of_package(open_package(package)))
    try:
        place = view(store, "locations").set_index("name").loc["Café für Ältere"]
        link = issue_link(store, LOCAL, place["organization_id"])
    finally:
        store.close()
    assert place["postal_code"] == "30159"

    first, second = (page_factory().page for _ in range(2))
    renamed(first, url, place["id"], "Café für Jung und Alt")
    renamed(second, url, place["id"], "Café der Generationen")
    first.get_by_role("button", name="Speichern", exact=True).click()
    first.get_by_text("Gespeichert. Vielen Dank.").wait_for()
    second.get_by_role("button", name="Speichern", exact=True).click()
    second.get_by_role("heading", name="Jemand war schneller").wait_for()
    expect(second.get_by_text("Gespeichert: Café für Jung und Alt")).to_be_visible()
    second.get_by_text("Ihre Eingabe: Café der Generationen").click()
    settled(second)
    second.get_by_role("button", name="So speichern").click()
    second.get_by_text("Gespeichert. Vielen Dank.").wait_for()

    owner = page_factory(width=390).page
    ready(owner, f"{url}/pruefen?link={link}")
    entry = owner.locator(f".st-key-review_{place['id']}")
    expect(entry.get_by_role("heading", name="Café der Generationen")).to_be_visible()
    entry.get_by_role("button", name="Stimmt so: bestätigen").click()
    owner.get_by_text("Der Eintrag gilt als heute geprüft").wait_for()

    ready(page, f"{url}/weitergeben")
    with page.expect_download() as download:
        page.locator(".st-key-export_hsds-json button").click()
    document = json.loads(Path(download.value.path()).read_bytes())
    valid(document)
    found = [one for each in document["organizations"] for one in each.get("locations", ()) if one["id"] == place["id"]]
    names = [row for row in found[0]["metadata"] if row["field_name"] == "name"]
    assert [row["replacement_value"] for row in names] == [
        "Café für Ältere",
        "Café für Jung und Alt",
        "Café der Generationen",
    ]
    confirmed = next(row for row in found[0]["metadata"] if row["last_action_type"] == "confirm")
    assert confirmed["updated_by"] == "link"


def valid(document) -> None:
    """Check a document by the rules of HSDS 3."""
    for key, kind in (("services", "service"), ("organizations", "organization")):
        checker = jsonschema.Draft202012Validator(json_schema(kind, depth=4))
        assert document[key]
        assert [fault.message for one in document[key] for fault in checker.iter_errors(one)] == []
