"""The static edition in a real browser: the same answers as the server, offline, without barriers, by keyboard alone."""

from __future__ import annotations

import functools
import http.server
import threading
from datetime import datetime

import numpy as np
import pytest

from exchange.site.pages import folder_of
from exchange.site.write import answering, write_site
from exchange.wording import FINDER_LANGUAGES
from geo.catalogue import loader
from geo.finder import Wishes, find
from geo.finder_places import prepare_places
from geo.finder_walks import walks
from geo.finder_where import Start, at_district, at_point, suggestions, where_entries
from geo.opening import ZONE
from geo.situations import situations
from geo.sources import open_package

MOMENT = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)
QUESTIONS = [
    ("caring", 42, {"language": "tr", "step_free": True}),
    ("help", 12, {}),
    ("money", 42, {"open": "saturday"}),
    ("learning", 1, {"open": "now"}),
    ("new_in_germany", 20, {"open": "evening", "language": "ar"}),
    ("disability", 5, {"group": "women", "free": True, "step_free": True, "open": "now", "language": "fa"}),
]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def package(root):
    return open_package(root / "data")


@pytest.fixture(scope="module")
def site_url(browser, package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, package, load=loader(package), first=MOMENT.date(), contact="karte@example.org")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def answered(page, url):
    page.goto(url)
    page.wait_for_selector("html[data-answered]")


def test_the_same_answers_as_the_server(page, site_url, package):
    load = loader(package)
    places, known = prepare_places(package, load=load), situations(load)
    answered(page, f"{site_url}?need=help&district=12")
    for need, district, wanted in QUESTIONS:
        start = at_district(places, district)
        assert start is not None
        expected = find(places, known[need], start, Wishes(**wanted), moment=MOMENT)
        found = page.evaluate(
            """async ([need, district, wishes, now]) => {
                const ways = await loadOnce(`ways/${district}`);
                const found = find(kept.core, need, { m: ways.m, how: Array.from(ways.how, Number) }, wishes, now);
                return [found.rows.slice(0, 30).map((row) => kept.core.places[row].id), found.total, found.dropped];
            }""",
            [need, district, wanted, int(MOMENT.timestamp() // 60)],
        )
        assert found == [
            [places.table["id"].iloc[match.row] for match in expected.matches],
            expected.total,
            list(expected.dropped),
        ], need


def test_the_same_ways_and_names_as_the_server(page, site_url, package):
    load = loader(package)
    entries = where_entries(package, load=load)
    places = answering(prepare_places(package, load=load), situations(load))
    west, south = (int(each) for each in places.districts.total_bounds[:2])
    answered(page, f"{site_url}?need=help&district=12")
    page.evaluate("async () => { kept.streets = await loadOnce('streets'); kept.where = await loadOnce('where'); }")
    for x, y in ((550_300.0, 5_803_100.0), (546_900.0, 5_799_000.0)):
        way = walks(places, at_point(places, x, y, "tap"))
        m, how = page.evaluate(
            "([x, y]) => { const way = waysFrom(kept.core, kept.streets, { x, y }); return [way.m, way.how]; }",
            [x - west, y - south],
        )
        assert how == way.method.tolist()
        near = np.isfinite(way.distance_m)
        assert np.abs(np.array(m)[near] - way.distance_m[near]).max() < 60  # whole metres over many crossings
    for typed in ("Mühlenberg", "Vahrnheide", "Kroepke", "ich wohne in Linden-Nord", "Atlantis", "😀", "x" * 10_000):
        found = page.evaluate("(typed) => suggestions(kept.where, typed).map((row) => row[0])", typed)
        server = suggestions(entries, typed)["name"].to_list()
        assert found[:1] == server[:1], typed
    outside = page.evaluate("([x, y]) => districtAt(kept.where, x, y)", [600_000 - west, 5_803_000 - south])
    expected: Start = at_point(places, 600_000.0, 5_803_000.0, "device")
    assert outside["id"] == expected.district_id
    assert outside["outside"] == pytest.approx(expected.outside_m, abs=5)


@pytest.mark.parametrize("language", FINDER_LANGUAGES)
def test_no_barriers_in_any_language(page_factory, site_url, check_axe, language):
    visit = page_factory(width=320)
    answered(visit.page, f"{site_url}{folder_of(language)}?need=caring&district=42")
    for summary in visit.page.locator("summary").all():
        summary.click()
    check_axe(visit.page)
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_by_keyboard_alone_to_a_phone_number(page_factory, site_url):
    page = page_factory(width=390, height=844).page
    page.goto(site_url)
    keys = page.keyboard
    focus = "document.activeElement.id"
    for _ in range(20):
        keys.press("Tab")
        if page.evaluate(focus) == "need":
            break
    keys.type("Ich")  # the first that begins so: caring
    keys.press("Tab")
    assert page.evaluate(focus) == "district"
    assert page.evaluate("asked.need") == "caring"
    keys.type("M")
    for _ in range(20):
        if page.evaluate("asked.district") == "42":  # Mühlenberg
            break
        keys.press("ArrowDown")
    for _ in range(4):
        keys.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("3."):
            break
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.type("T")
    page.wait_for_selector("html[data-answered^='caring 42']")
    for _ in range(20):
        keys.press("Tab")
        if (page.evaluate("document.activeElement.href ?? ''")).startswith("tel:+49"):
            break
    assert page.evaluate("document.activeElement.href").startswith("tel:+49")
    assert page.evaluate("wishes()")["step_free"] is True
    assert page.evaluate("wishes()")["language"] == "tr"


def test_it_works_offline_and_keeps_what_was_typed_to_itself(page_factory, site_url):
    visit = page_factory(strict=False, permissions=["geolocation"], geolocation={"latitude": 52.52, "longitude": 13.4})
    page, seen = visit.page, []
    page.on("request", lambda request: seen.append(request.url + str(request.post_data)))
    answered(page, f"{site_url}?need=caring&district=42")
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.context.set_offline(True)
    answered(page, f"{site_url}tr/?need=help&district=12")
    page.locator("summary").first.click()
    page.fill("#typed", "Qwrtz 4711")
    page.keyboard.press("Tab")
    page.wait_for_selector("#notice:not(:empty)")
    page.click("#locate")
    page.locator("#from", has_text="km").wait_for()  # Berlin: far outside
    assert not [each for each in seen if "4711" in each or "52.5" in each]
    assert "4711" not in page.url
    assert visit.foreign_requests == []
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert stored == '[{},{},""]'
