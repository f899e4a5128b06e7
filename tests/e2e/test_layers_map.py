"""The map in a real browser: clicks, reruns, what stays and what goes when layers change."""

import re
from pathlib import Path

import pytest

from scripts.serve import free_port, lay_out, serve, start, stop, wait_for
from tests.e2e.mapframe import map_frame, no_frame_without, point_of, wait_for_layers

EXAMPLE = (Path(__file__).parent / "pages" / "example_map.py").read_text(encoding="utf-8")
# Ten by ten cells of 100 m, all of one class, seen from so far that one is less than two pixels wide.
CELLS = """
from pathlib import Path
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import streamlit as st
from streamlit_folium import st_folium
from layers import assets
from layers.basemap import MapTexts, base_map
from layers.boundaries import publish_boundaries
from layers.classify import classes
from layers.maplayer import groups
from layers.population import population_layer

assets.STATIC = Path(__file__).parent / "static"
area = [shapely.box(540e3, 5.79e6, 560e3, 5.81e6)]
districts = gpd.GeoDataFrame({"district_id": [1], "name": ["Stadt"]}, geometry=area, crs="EPSG:25832")
boundaries = publish_boundaries(districts, districts.rename(columns={"district_id": "borough_id"}))
x, y = np.meshgrid(np.arange(10) * 100 + 550_050.0, np.arange(10) * 100 + 5_800_050.0)
cells = pd.DataFrame({"x": x.ravel(), "y": y.ravel()})
layer = population_layer(cells, classes(np.ones(100)), ["#ff0000"])
base = base_map(boundaries, texts=MapTexts("de", *["x"] * 8), base="none")
st_folium(base, height=500, use_container_width=True, returned_objects=[], feature_group_to_add=groups([layer]))
"""
SOUTH, EAST = (52.3515, 9.7415), (52.3515, 9.7560)  # inside the squares 1 and 2, away from places


@pytest.fixture(scope="module")
def example_url(browser, tmp_path_factory):
    with serve(lay_out(EXAMPLE, tmp_path_factory.mktemp("example"))) as url:
        yield url


@pytest.fixture
def shown(example_url, page):
    page.goto(example_url)
    return page, map_frame(page, places=3)


def said(page, text):
    page.get_by_text(re.compile(f"^{re.escape(text)}$")).wait_for()
    page.wait_for_timeout(600)  # a second rerun would come within streamlit-folium's 250 ms
    assert page.get_by_text(re.compile(f"^{re.escape(text)}$")).count() == 1


def test_drawing_the_map_costs_one_run(shown):
    page, _ = shown
    said(page, "1 Läufe")


def test_a_click_on_a_district_is_one_rerun_with_its_id_also_the_second_time(shown):
    page, frame = shown
    page.mouse.click(*point_of(page, frame, *EAST))
    said(page, "2 Läufe; district 2")
    page.mouse.click(*point_of(page, frame, *EAST))
    said(page, "3 Läufe; district 2")


def test_a_click_on_a_coloured_district_says_the_same(shown):
    page, frame = shown
    page.get_by_text("Kinder").click()
    wait_for_layers(frame, choropleth=3)
    page.mouse.click(*point_of(page, frame, *SOUTH))
    said(page, "3 Läufe; district 1")


def test_moving_the_view_is_no_rerun(shown):
    page, frame = shown
    x, y = point_of(page, frame, *EAST)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y - 40, steps=6)
    page.mouse.up()
    page.mouse.wheel(0, -400)
    frame.wait_for_function("() => !map._animatingZoom")
    page.wait_for_timeout(800)
    said(page, "1 Läufe")


def test_a_place_can_be_chosen_with_the_keyboard(shown):
    page, frame = shown
    frame.locator("[aria-label='Freibad, Bad, ungefähre Lage']").focus()
    page.keyboard.press("Enter")
    assert frame.locator(".qk-popup .qk-title").text_content() == "Freibad"
    said(page, "2 Läufe; places b")
    assert frame.evaluate("document.activeElement.className") == "qk-card"
    page.keyboard.press("Escape")
    frame.locator(".qk-popup").wait_for(state="detached")
    assert frame.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Freibad")


def test_places_at_the_same_spot_are_one_group_that_opens(shown):
    page, frame = shown
    group = frame.locator(".qk-group")
    assert group.get_attribute("aria-label") == "2 Orte"
    group.focus()
    page.keyboard.press("Enter")
    frame.locator("[aria-label='Leseraum, Bibliothek']").wait_for()


def test_what_does_not_change_is_left_alone_and_nothing_blinks(shown):
    page, frame = shown
    pool = frame.locator("[aria-label^='Freibad']")
    pool.evaluate("node => { node.mark = 1; }")
    view = frame.evaluate("[map.getZoom(), map.getCenter()]")
    with no_frame_without(frame, "[aria-label^='Freibad']") as seen:
        page.get_by_text("Kinder").click()
        wait_for_layers(frame, choropleth=3)
        page.get_by_text("Kinder").click()
        wait_for_layers(frame, choropleth=0)
    assert seen["frames"] > 3
    assert seen["blank"] == 0
    assert pool.evaluate("node => node.mark") == 1
    assert frame.evaluate("[map.getZoom(), map.getCenter()]") == view


def test_a_changed_layer_is_swapped_without_a_blank_and_popup_and_focus_stay(shown):
    page, frame = shown
    frame.locator("[aria-label^='Freibad']").focus()
    page.keyboard.press("Enter")
    said(page, "2 Läufe; places b")
    with no_frame_without(frame, "[aria-label^='Freibad']") as seen:
        page.get_by_text("Büchereien").click()
        wait_for_layers(frame, places=1)
    assert seen["blank"] == 0
    assert frame.locator(".qk-popup .qk-title").text_content() == "Freibad"


def test_the_popup_of_a_place_that_goes_is_closed(shown):
    page, frame = shown
    frame.locator("[aria-label^='Freibad']").click()
    frame.locator(".qk-popup").wait_for()
    page.get_by_text("Bäder").click()
    wait_for_layers(frame, places=2)
    frame.locator(".qk-popup").wait_for(state="detached")


def test_nothing_is_kept_of_layers_that_are_gone(shown):
    page, frame = shown
    for _ in range(3):
        page.get_by_text("Kinder").click()
        wait_for_layers(frame, choropleth=3)
        page.get_by_text("Kinder").click()
        wait_for_layers(frame, choropleth=0)
    assert frame.evaluate("window.feature_group.length") == 1
    assert frame.evaluate("map.qk.live.size") == 1


def test_unknown_is_hatched_and_the_chosen_district_outlined(shown):
    page, frame = shown
    page.get_by_text("Kinder").click()
    wait_for_layers(frame, choropleth=3)
    fills = frame.eval_on_selector_all("path.qk-area", "paths => paths.map(path => path.getAttribute('fill'))")
    assert sum(fill.startswith("url(#qk-hatch") for fill in fills) == 1
    assert frame.locator("pattern[id^=qk-hatch] path").count() == 1
    assert frame.locator("path.qk-chosen-ink").count() == 0
    page.get_by_role("combobox", name="Stadtteil").click()
    page.get_by_role("option", name="3").click()
    wait_for_layers(frame, highlight=1)
    assert frame.locator("path.qk-chosen-ink").count() == 1


def test_cells_leave_no_gaps(run_app, page):
    page.goto(run_app(CELLS))
    frame = map_frame(page, population=100)
    found = frame.evaluate("""() => {
        const canvas = document.querySelector("canvas.qk-grid");
        const { width, height } = canvas;
        const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        const red = [];
        for (let i = 0; i < width * height; i++) {
            if (pixels[4 * i] === 255) red.push([i % width, Math.floor(i / width)]);
        }
        const side = k => Math.max(...red.map(p => p[k])) - Math.min(...red.map(p => p[k])) + 1;
        return { red: red.length, wide: side(0), high: side(1) };
    }""")
    assert 10 < found["wide"] < 40  # far away: the gaps of rounded places would show here
    assert found["red"] >= 0.97 * found["wide"] * found["high"]  # the square is turned a little, its corners are free


def test_names_never_overlap(shown):
    _, frame = shown
    overlaps = """() => {
        const boxes = [...document.querySelectorAll(".qk-label.qk-shown")].map(node => node.getBoundingClientRect());
        const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        return [boxes.length, boxes.filter((a, i) => boxes.some((b, j) => i < j && meet(a, b))).length];
    }"""
    assert frame.evaluate(overlaps) == [4, 0]
    frame.evaluate("void map.setZoom(9, {animate: false})")
    shown_names, overlapping = frame.evaluate(overlaps)
    assert shown_names < 4
    assert overlapping == 0


def test_scale_in_metres_credits_without_advertising(shown):
    _, frame = shown
    scale = frame.locator(".leaflet-control-scale").inner_text()
    assert re.fullmatch(r"\d+ k?m", scale)
    assert "Leaflet" not in frame.locator(".leaflet-control-container").inner_text()


def test_no_barriers(shown, check_axe):
    page, frame = shown
    frame.locator("[aria-label^='Freibad']").click()
    frame.locator(".qk-popup").wait_for()
    check_axe(page)


def test_in_a_tab_that_opens_later_the_whole_city_is_shown(run_app, page):
    hidden = EXAMPLE.replace(
        "value = st_folium(", "_, second = st.tabs(['eins', 'zwei'])\nwith second:\n  value = st_folium("
    )
    page.goto(run_app(hidden))
    page.wait_for_timeout(2_000)
    page.get_by_role("tab", name="zwei").click()
    frame = map_frame(page, places=3)
    frame.wait_for_function("() => map.getSize().x > 0 && map.getZoom() > 12")
    assert frame.evaluate("map.getBounds().contains(L.latLng(52.357, 9.748))")


def test_tiles_come_from_the_chosen_host_only(run_app, page_factory):
    visit = page_factory(strict=False)
    tile = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    visit.page.route(
        "https://sgx.geodatenzentrum.de/**", lambda route: route.fulfill(body=tile, content_type="image/svg+xml")
    )
    visit.page.goto(run_app(EXAMPLE.replace('base="none"', 'base="basemap_de"')))
    frame = map_frame(visit.page, places=3)
    frame.wait_for_selector("img.leaflet-tile-loaded", state="attached")
    assert visit.console_errors == []
    hosts = {address.split("/")[2] for address in visit.foreign_requests}
    assert hosts == {"sgx.geodatenzentrum.de"}
    assert re.search(r"© basemap\.de / BKG, CC BY 4\.0 \(\d+/20\d\d\)", frame.locator(".qk-credits").inner_text())


def test_everything_is_found_below_a_base_path(page, browser, tmp_path):
    port = free_port()
    env = {"STREAMLIT_SERVER_BASE_URL_PATH": "stadt/karte"}
    process = start(lay_out(EXAMPLE, tmp_path), port, env=env)
    try:
        url = f"http://127.0.0.1:{port}/stadt/karte"
        wait_for(url, process)
        page.goto(url + "/")
        map_frame(page, places=3)
        page.goto("about:blank")  # else it complains that its server has gone
    finally:
        stop(process)
