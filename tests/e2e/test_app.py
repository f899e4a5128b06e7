"""The real app in a real browser: what people see, click and read on every page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geo.crs import to_lonlat
from geo.sources import open_package, read
from tests.e2e.mapframe import map_frame, no_frame_without, point_of, wait_for_layers

PAGES = ("", "karte", "luecken", "daten")
# WCAG 2.5.8 excepts targets whose place is essential and names pins on maps: two places may lie close together.
# Zooming in parts them, and the list below the map has the same places.
MAP_EXCEPTIONS = ("target-size",)


def ready(page, url):
    """Open an address and wait until the script has run and nothing is greyed out."""
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")


def shown_places(page):
    """Read the count above the list: all, on the map."""
    text = page.locator("p").filter(has_text=re.compile(r"Orte? gezeigt")).inner_text()
    return int(re.search(r"([\d.]+) Orte? gezeigt", text)[1]), int(re.search(r"([\d.]+) auf der Karte", text)[1])


def district_point(root, number):
    """Return name and a point inside a district in degrees."""
    areas = read(open_package(root / "data"), "districts").set_index("district_id")
    spot = to_lonlat(areas.loc[[number]].representative_point()).iloc[0]
    return areas.loc[number, "name"], spot.y, spot.x


def test_the_map_has_all_districts_and_says_so(page, app_url):
    ready(page, f"{app_url}/karte")
    frame = map_frame(page)
    assert frame.locator("#map_div").get_attribute("data-districts") == "51"
    assert frame.locator("#map_div").get_attribute("aria-label") == "Karte von Hannover"


def test_the_map_comes_before_the_rest_of_its_page_and_stays_where_it_is(page, app_url):
    seen = []
    page.on("requestfinished", lambda request: seen.append(request) if request.url.endswith("/map-seen") else None)
    page.goto(f"{app_url}/karte")
    frame = page.locator("iframe[title='streamlit_folium.st_folium']")
    frame.wait_for()
    early = frame.bounding_box()
    page.wait_for_selector("[data-testid='stDataFrame']")
    page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")
    assert [(request.method, request.response().status) for request in seen] == [("POST", 204)]
    assert frame.bounding_box() == early


def test_the_rest_of_the_page_comes_although_nobody_says_that_the_map_was_seen(page_factory, app_url):
    page = page_factory(strict=False).page
    page.route("**/map-seen", lambda route: route.abort())
    ready(page, f"{app_url}/karte")
    assert shown_places(page)[0] > 0


def test_a_click_shows_the_right_district(page, app_url, root):
    ready(page, f"{app_url}/karte?kinds=-")
    frame = map_frame(page)
    name, lat, lon = district_point(root, 10)
    page.mouse.click(*point_of(page, frame, lat, lon))
    page.get_by_role("heading", name=name).wait_for()
    page.wait_for_url(re.compile("district=10"))


def test_list_and_map_have_the_same_places_and_a_filter_changes_both(page, app_url):
    ready(page, f"{app_url}/karte?kinds=library,swimming_pool")
    total, located = shown_places(page)
    map_frame(page, places=located)
    ready(page, f"{app_url}/karte?kinds=library,swimming_pool&quality=exact")
    fewer, exact = shown_places(page)
    frame = map_frame(page, places=exact)
    assert 0 < fewer < total
    assert exact == fewer
    assert frame.locator("#map_div").get_attribute("data-districts") == "51"


def test_changing_a_layer_keeps_the_view_and_never_blanks(page, app_url):
    ready(page, f"{app_url}/karte?kinds=library")
    frame = map_frame(page)
    frame.evaluate("void map.setView([52.40, 9.75], 13, {animate: false})")
    page.wait_for_timeout(500)
    with no_frame_without(frame, ".qk-symbol") as seen:
        page.get_by_role("button", name="Haltestellen").click()
        wait_for_layers(frame, stops=521)
    assert seen["blank"] == 0
    assert seen["frames"] > 3
    assert frame.evaluate("[map.getZoom(), Math.round(map.getCenter().lat * 100)]") == [13, 5240]


def test_a_link_shows_the_same_thing(page_factory, app_url):
    first = page_factory().page
    ready(first, f"{app_url}/karte?kinds=library")
    map_frame(first)
    first.get_by_role("button", name="Haltestellen").click()
    first.wait_for_url(re.compile("show=stops"))
    second = page_factory().page
    ready(second, first.url)
    map_frame(second, stops=521)
    assert shown_places(second) == shown_places(first)


def test_an_unknown_district_in_the_address_is_a_sentence(page, app_url):
    ready(page, f"{app_url}/karte?district=<img src=x onerror=alert(1)>")
    assert page.get_by_text("den es hier nicht gibt").count() == 1
    assert page.locator("img[src='x']").count() == 0


@pytest.mark.parametrize(("language", "width"), [("de", 390), ("en", 1280)])
@pytest.mark.parametrize("path", PAGES)
def test_no_barriers_no_errors_nothing_from_other_hosts(page_factory, app_url, check_axe, path, language, width):
    visit = page_factory(width=width, locale=f"{language}-DE")
    ready(visit.page, f"{app_url}/{path}?lang={language}")
    if path in {"karte", "luecken"}:
        map_frame(visit.page)
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    assert "⟦" not in visit.page.locator("body").inner_text()
    sideways = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
    assert visit.page.evaluate(sideways) <= 1
    check_axe(visit.page, ignore=MAP_EXCEPTIONS if path in {"karte", "luecken"} else ())


def test_a_link_shows_the_same_part_of_the_map(page_factory, app_url):
    first = page_factory().page
    ready(first, f"{app_url}/karte?kinds=library&district=12")
    frame = map_frame(first)
    # The map has moved to the district: its movement is animated, and would take the view back at its end.
    first.wait_for_url(re.compile(r"view=52\.41\d\d,9\.74\d\d,14"))
    frame.evaluate("void map.setView([52.41, 9.76], 14, {animate: false})")
    first.wait_for_url(re.compile(r"view=52\.4100,9\.7600,14"))
    first.get_by_role("button", name="Haltestellen").click()
    wait_for_layers(frame, stops=521)
    first.wait_for_url(re.compile(r"show=stops.*view=52\.4100,9\.7600,14"))
    second = page_factory().page
    ready(second, first.url)
    shown = map_frame(second, stops=521).evaluate(
        "[map.getZoom(), map.getCenter().lat.toFixed(3), map.getCenter().lng.toFixed(3)]"
    )
    assert shown == [14, "52.410", "9.760"]


def test_the_map_writes_into_its_own_address_only(page, app_url):
    ready(page, f"{app_url}/karte?kinds=library")
    frame = map_frame(page)
    page.wait_for_url(re.compile(r"view="))
    # As after "back": the address is another page's, while the frame lives until the server has answered.
    page.evaluate("history.pushState({}, '', '/daten')")
    frame.evaluate("void map.setView([52.41, 9.76], 14, {animate: false})")
    page.wait_for_timeout(1200)
    assert page.url == f"{app_url}/daten"


@pytest.mark.parametrize("view", ["x", "1,2", "nan,nan,nan", "52.4,9.7,99", "<script>", "52.4,9.7,12,1"])
def test_a_broken_view_in_the_address_shows_the_whole_city(page, app_url, view):
    ready(page, f"{app_url}/karte?kinds=library&view={view}")
    assert map_frame(page).evaluate("map.getZoom()") < 12


def test_no_barriers_in_the_dark(page_factory, app_url, check_axe):
    """The accent colour is light there: what stands on it has to be dark."""
    page = page_factory(color_scheme="dark").page
    for path in ("", "karte", "vergleich"):
        ready(page, f"{app_url}/{path}")
        check_axe(page, ignore=MAP_EXCEPTIONS)
