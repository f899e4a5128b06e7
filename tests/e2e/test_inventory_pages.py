"""The pages of the living inventory in a real browser: no barriers, nothing from elsewhere, nothing lost, nothing twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.sources import open_package
from scripts.serve import ROOT, serve
from store import LOCAL, Ground, create, issue_link, open_store, view
from tests.e2e.mapframe import map_frame
from tests.e2e.waiting import settled

PAGES = (
    "pflegen",
    "bestand?district=11",
    "bestand?district=11&step=offers",
    "eintrag?entry=new",
    "import",
    "aktuell",
    "weitergeben",
    "verbindungen",
    "abgleich",
    "konten",
)


MAP = "iframe[title='streamlit_folium.st_folium']"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def url(browser, folder) -> Iterator[str]:
    """The real app with a data folder of its own."""
    with serve(ROOT / "server.py", env={"QK_STORE": str(folder)}) as address:
        yield address


@pytest.fixture(scope="module")
def beside(folder):
    """The app's store, opened by somebody else."""
    store = open_store(
        f"sqlite:///{folder / 'quartierskarte.sqlite'}", ground=Ground.of_package(open_package(ROOT / "data"))
    )
    yield store
    store.close()


def ready(page, address):
    """Open an address and wait until the script has run."""
    page.goto(address)
    page.wait_for_selector("h1")
    settled(page)


def with_language(path, language):
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


@pytest.mark.parametrize(("language", "width"), [("de", 390), ("en", 1280)])
def test_no_barriers_no_errors_nothing_from_other_hosts(page_factory, url, check_axe, language, width):
    visit = page_factory(width=width, locale=f"{language}-DE")
    for path in PAGES:
        ready(visit.page, f"{url}/{with_language(path, language)}")
        expect(visit.page.locator("html")).to_have_attribute("lang", language)
        assert "⟦" not in visit.page.locator("body").inner_text()
        sideways = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
        assert visit.page.evaluate(sideways) <= 1, path
        if visit.page.query_selector(MAP):
            map_frame(visit.page)  # buttons have their size once the map's own style is there
        check_axe(visit.page)


def test_three_clicks_on_save_make_one_place(page, url, beside):
    ready(page, f"{url}/eintrag?resource=networks&entry=new")
    page.get_by_label("Name (nötig)").fill("Runder Tisch Probe")
    page.get_by_label("Art (nötig)").fill("Runder Tisch")
    page.get_by_role("button", name="Anlegen", exact=True).click(click_count=3, delay=20)
    page.get_by_text("Gespeichert. Vielen Dank.").wait_for()
    settled(page)
    assert view(beside, "networks")["name"].tolist().count("Runder Tisch Probe") == 1


def test_two_editors_at_once_and_the_second_one_chooses(page_factory, url, beside):
    entry = create(beside, LOCAL, "networks", {"name": "Netz am Kanal", "kind": "Quartiersnetz"})
    first, second = (page_factory().page for _ in range(2))
    for page in (first, second):
        ready(page, f"{url}/eintrag?resource=networks&entry={entry.id}")
    for page, name in ((second, "Netz der Zweiten"), (first, "Netz des Ersten")):
        page.get_by_label("Name (nötig)").fill(name)
        page.get_by_label("Name (nötig)").press("Tab")
        settled(page)
    first.get_by_role("button", name="Speichern", exact=True).click()
    first.get_by_text("Gespeichert. Vielen Dank.").wait_for()
    second.get_by_role("button", name="Speichern", exact=True).click()
    second.get_by_role("heading", name="Jemand war schneller").wait_for()
    expect(second.get_by_text("Gespeichert: Netz des Ersten")).to_be_visible()
    second.get_by_text("Ihre Eingabe: Netz der Zweiten").click()
    settled(second)
    second.get_by_role("button", name="So speichern").click()
    second.get_by_text("Gespeichert. Vielen Dank.").wait_for()
    rows = view(beside, "networks").set_index("id")
    assert rows.loc[entry.id, "name"] == "Netz der Zweiten"


def test_a_review_link_opens_own_entries(page_factory, url, beside, check_axe):
    own = create(beside, LOCAL, "organizations", {"name": "Verein am Kanal"})
    token = issue_link(beside, LOCAL, own.id)
    visit = page_factory(width=390)
    ready(visit.page, f"{url}/pruefen?link={token}")
    visit.page.get_by_role("heading", name="Verein am Kanal").first.wait_for()
    check_axe(visit.page)
    visit.page.get_by_role("button", name=re.compile("bestätigen")).click()
    visit.page.get_by_text("Der Eintrag gilt als heute geprüft").wait_for()
