"""Own Quartiere in a real browser: join by clicks, draw by mouse and keys, a bow-tie refused, a hostile name on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from geo.sources import open_package
from scripts.serve import ROOT, serve
from store import LOCAL, Ground, create, open_store, view
from tests.e2e.hostile import HOSTILE
from tests.e2e.mapframe import map_frame, point_of
from tests.e2e.test_app import MAP_EXCEPTIONS
from tests.e2e.test_inventory_pages import ready
from tests.e2e.waiting import settled
from tests.factories import degrees, square, write_package

NAME = " ".join(HOSTILE[key] for key in ("tag", "template", "backtick", "placeholder", "markdown", "direction"))[:480]
PAGES = (
    "profil?area=quartier:{id}", "profil?area=quartier:{id}&part=who", "ziele?area=quartier:{id}",
    "luecken?quarter={id}", "bedarf?quarter={id}", "ansprechstellen?quarter={id}",
    "vergleich?districts=1&quarters={id}", "bestand?quarter={id}", "karte?quarter={id}&show=quarters", "finden?quarter={id}",
    "quartiere", "quartiere?edit={id}",
)  # fmt: skip


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


def store_of(folder: Path, package: Path):
    return open_store(f"sqlite:///{folder / 'quartierskarte.sqlite'}", ground=Ground.of_package(open_package(package)))


def begin(page: Page, url: str, name: str) -> None:
    ready(page, f"{url}/quartiere")
    page.get_by_role("button", name="Neues Quartier").click()
    box = page.get_by_label("Name (nötig)").first
    box.fill(name)
    box.press("Tab")
    settled(page)


def click_at(page: Page, frame: Frame, *spot: float) -> None:
    lon, lat = degrees(*spot)
    page.mouse.click(*point_of(page, frame, lat, lon))


def tap_at(page: Page, frame: Frame, *spot: float) -> None:
    lon, lat = degrees(*spot)
    page.touchscreen.tap(*point_of(page, frame, lat, lon))


def drag_a_corner(page: Page, frame: Frame) -> None:
    """Drag the first corner with the mouse; it lies where the mouse let it go."""
    corner = frame.locator(".qk-corner").first
    corner.hover()  # waits until it rests and nothing lies above it
    box = corner.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.down()
    page.mouse.move(x + 15, y - 10, steps=5)
    page.mouse.move(x - 6, y + 4, steps=5)  # a little outwards: no smaller area, not out of the city
    page.mouse.up()
    moved = frame.locator(".qk-corner").first.bounding_box()
    assert abs(moved["x"] - box["x"] + 6) <= 1.5
    assert abs(moved["y"] - box["y"] - 4) <= 1.5


def corner_lines(page: Page) -> list[str]:
    return page.get_by_role("textbox", name="Ecken: je Zeile").input_value().splitlines()


def test_two_districts_are_joined_on_the_map(page_factory, url, folder, package):
    page = page_factory().page
    begin(page, url, "Unten")
    frame = map_frame(page)
    frame.frame_element().scroll_into_view_if_needed()
    click_at(page, frame, 0.5, 0.3)
    page.get_by_text("etwa 400 Menschen").wait_for()
    click_at(page, frame, 1.5, 0.3)
    page.get_by_text("etwa 700 Menschen").wait_for()
    settled(page)
    page.get_by_role("button", name="Anlegen").click()
    page.get_by_role("heading", name="Unten").wait_for()
    store = store_of(folder, package)
    try:
        assert list(view(store, "quarters")["district_ids"]) == ["1;2"]
    finally:
        store.close()


def test_an_uploaded_outline_is_an_area_and_a_table_is_none(page_factory, url):
    page = page_factory().page
    begin(page, url, "Aus QGIS")
    page.get_by_text("GeoJSON übernehmen", exact=True).click()
    table = {"name": "orte.geojson", "mimeType": "application/geo+json", "buffer": b"name;lon\nOrt;9,7\n"}
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_text(re.compile("orte.geojson|Inhalt|kein Polygon")).first.wait_for()
    settled(page)
    feature = {"type": "Feature", "properties": {"name": "{{7*7}}"}, "geometry": square(0, 0)}
    outline = {"name": "gebiet.geojson", "mimeType": "application/geo+json", "buffer": json.dumps(feature).encode()}
    page.locator("input[type=file]").set_input_files(outline)
    page.get_by_text("etwa 400 Menschen").wait_for()


def test_an_area_is_drawn_and_a_bow_tie_is_refused_until_it_is_none(page_factory, url, folder, package):
    page = page_factory(has_touch=True).page
    begin(page, url, "Südwest neu")
    page.get_by_text("Zeichnen", exact=True).click()
    # The frame of the other way may still be there: wait for the buttons, in whichever frame they come.
    page.frame_locator("iframe[title='streamlit_folium.st_folium'] >> nth=-1").locator(".qk-drawbar").wait_for()
    settled(page)
    frame = map_frame(page)
    frame.frame_element().scroll_into_view_if_needed()
    for spot in ((0.1, 0.1), (1.9, 0.9)):
        click_at(page, frame, *spot)
    for spot in ((1.9, 0.1), (0.1, 0.9)):
        tap_at(page, frame, *spot)
    page.get_by_text(re.compile("kreuzt sich selbst")).first.wait_for()
    assert len(corner_lines(page)) == 4
    page.get_by_role("button", name="Anlegen").click()
    page.get_by_text("Nicht gespeichert: Das Gebiet fehlt").wait_for()
    # Without a mouse: the second corner is chosen and taken away, the triangle that is left does not cross itself.
    frame.get_by_role("button", name="Ecke 2 von 4").focus()
    page.keyboard.press("Delete")
    page.get_by_text(re.compile("etwa .* Menschen")).first.wait_for()
    before = corner_lines(page)
    assert len(before) == 3
    frame.get_by_role("button", name="Ecke 1 von 3").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_role("textbox", name="Ecken: je Zeile")).not_to_have_value("\n".join(before))
    frame.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_role("textbox", name="Ecken: je Zeile")).to_have_value("\n".join(before))
    settled(page)
    drag_a_corner(page, frame)
    expect(page.get_by_role("textbox", name="Ecken: je Zeile")).not_to_have_value("\n".join(before))
    settled(page)
    page.get_by_role("button", name="Anlegen").click()
    page.get_by_role("heading", name="Südwest neu").wait_for()
    store = store_of(folder, package)
    try:
        assert "Polygon" in view(store, "quarters").set_index("name").loc["Südwest neu", "polygon"]
    finally:
        store.close()


def test_a_hostile_name_stays_text_on_every_page(page_factory, url, folder, package, check_axe):
    store = store_of(folder, package)
    try:
        key = create(store, LOCAL, "quarters", {"name": NAME, "district_ids": "1;2"}).id
    finally:
        store.close()
    page = page_factory(width=390).page
    for path in PAGES:
        ready(page, f"{url}/{path.format(id=key)}")
        settled(page)
        assert not any(frame.evaluate("() => window.hacked") for frame in page.frames), path
        said = page.locator("body").inner_text()
        assert "Fehler aufgetreten" not in said, path
        assert "⟦" not in said, path
        assert "49 " not in said or "{{ 7*7 }}" in said, path
        wide = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
        assert page.evaluate(wide) <= 1, path
        if path.startswith("quartiere"):
            check_axe(page, ignore=MAP_EXCEPTIONS)
    frame = map_frame(page)
    assert frame.locator("img[src*='example.org']").count() == 0
