"""An evening with phones in short, in a real browser: from opening a session to the protocol; and barriers of the pages.

Phones talk to the server as their page does; the host and the second host click.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, expect

from scripts.serve import ROOT, serve
from store import LOCAL
from store.workshop import open_group
from tests.e2e.hostile import HOSTILE
from tests.e2e.mapframe import map_frame
from tests.e2e.test_inventory_pages import ready
from tests.e2e.waiting import settled
from tests.factories import write_package
from tests.views.store_steps import beside
from tests.views.workshop_steps import begin, phone, to_phase

SHORT = {name: text for name, text in HOSTILE.items() if len(text) <= 500 and "\x00" not in text}


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


class Phone:
    """One phone: cookies of its own, and what its page sends."""

    def __init__(self, browser: Browser, url: str, code: str) -> None:
        self.asks = browser.new_context().request
        self.base = f"{url}/w/{code}/api"
        self.sends("join", {"consent": True, "language": "tr"})

    def sends(self, path: str, data: dict[str, object]) -> APIResponse:
        answer = self.asks.post(f"{self.base}/{path}", data=data)
        assert answer.ok, answer.text()
        return answer

    def writes(self, text: str) -> str:
        key = str(uuid.uuid4())
        self.sends("notes", {"id": key, "category": "need", "text": text, "lon": None, "lat": None})
        return key

    def gives(self, target: str, dots: int) -> None:
        self.sends("votes", {"target": target, "dots": dots})


def opened(host: Page, url: str) -> str:
    """Open a session with the page's defaults, begin to collect, and return its code."""
    ready(host, f"{url}/runde")
    host.get_by_role("combobox").first.click()
    host.get_by_role("option").nth(1).click()
    settled(host)
    host.get_by_role("button", name="Runde öffnen").click()
    code = host.locator(".qk-join b").inner_text().replace("-", "")
    assert re.fullmatch(r"[2-9A-Z]{8}", code)
    host.get_by_role("button", name="Sammeln beginnen").click()
    host.get_by_role("heading", name="Zettel eintragen").wait_for()
    return code


def works_on(host: Page, part: str) -> None:
    """Go to one of the parts of the host's page."""
    choice = host.locator("[class*='st-key-session_part_']")
    choice.get_by_text(part, exact=True).click()
    settled(host)


def agrees(host: Page, title: str) -> None:
    """Make a step of what has most dots; the words are typed before the kind is chosen, and stay."""
    host.get_by_role("button", name="Etwas daraus machen").first.click()
    box = host.get_by_role("textbox", name="In wenigen Worten")
    box.fill(title)
    host.locator("[class*='st-key-agree_kind_']").get_by_text("Schritt", exact=True).click()
    host.get_by_text("Bis wann").wait_for()
    expect(box).to_have_value(title)
    host.get_by_role("button", name="Vereinbaren", exact=True).click()
    host.get_by_text("Vereinbart und im Plan gespeichert.").wait_for()


def test_an_evening_with_phones_ends_in_a_step_and_a_protocol(page_factory, browser, url):
    host = page_factory().page
    code = opened(host, url)
    typing = host.get_by_role("textbox", name="Text")
    typing.fill("Was ich gerade tippe")
    one, two = Phone(browser, url, code), Phone(browser, url, code)
    one.writes("Mehr Bänke im Park")
    two.writes("Es fehlen Bänke")
    two.writes("Frau Yılmaz: 0511 1234567")
    host.get_by_text("Es fehlen Bänke").wait_for()  # by itself
    host.get_by_text("Nennt vielleicht eine Person").wait_for()
    expect(typing).to_have_value("Was ich gerade tippe")
    host.get_by_role("button", name="Alle 2 ohne Namenshinweis zeigen").click()
    host.get_by_text("Gezeigt (2)").wait_for()
    host.get_by_role("button", name="Projektor vorbereiten").click()
    wall = page_factory().page
    wall.goto(f"{url}/{host.get_by_role('link', name='Projektor öffnen').get_attribute('href').lstrip('/')}")
    wall.get_by_text("Mehr Bänke im Park").first.wait_for(state="attached")
    expect(typing).to_have_value("Was ich gerade tippe")

    works_on(host, "Einladen")
    host.get_by_text("Zweite Moderation").click()
    host.get_by_role("button", name="Link machen").click()
    link = host.get_by_test_id("stCode").filter(has_text="host=").inner_text().strip()
    second = page_factory(width=390).page
    ready(second, f"{url}/{link.split('/')[-1]}&work=groups")
    second.get_by_role("button", name="Zusammenlegen").first.click()
    second.get_by_role("heading", name="Gruppen (1)").wait_for()

    ready(host, host.url)
    host.get_by_role("button", name="Weiter zu den Punkten").click()
    host.get_by_role("button", name="Runde abschließen").wait_for()
    (group,) = one.asks.get(f"{one.base}/feed?since=0").json()["groups"]
    one.gives(group["id"], 3)
    two.gives(group["id"], 2)
    host.get_by_text(re.compile(r"2 von 2 haben Punkte vergeben, zusammen 5")).wait_for()
    host.get_by_role("button", name="Liste neu sortieren").click()
    host.get_by_text("5 Punkte").wait_for()
    agrees(host, "Zwei Bänke aufstellen")
    host.get_by_role("button", name="Runde abschließen").click()
    host.get_by_role("button", name="Zum Protokoll").click()
    host.get_by_role("heading", name="Wer nicht erreicht wurde").wait_for()
    for name, start in (("Protokoll (PDF)", b"%PDF"), ("Zettel als Tabelle (CSV)", b"\xef\xbb\xbfnumber")):
        with host.expect_download() as download:
            host.get_by_role("button", name=name).click()
        assert Path(download.value.path()).read_bytes().startswith(start)
    host.get_by_role("link", name=re.compile("Zwei Bänke aufstellen")).click()
    host.get_by_text(re.compile("Herkunft: Workshop")).wait_for()


@pytest.mark.parametrize(("language", "width"), [("de", 390), ("en", 1280)])
def test_no_barriers_and_hostile_notes_stay_text(page_factory, check_axe, url, folder, package, language, width):
    with beside(folder, package) as store:
        made = begin(
            store, title=SHORT["script"], question=SHORT["template"], area_id="1", area_name=SHORT["tag"],
            consent_text=SHORT["backtick"],
        )  # fmt: skip
        _, notes = phone(store, made, list(SHORT.values()))
        phone(store, made, list(SHORT.values()), shown=False)
        open_group(store, LOCAL, made.id, SHORT["markdown"], [note.id for note in notes[:3]])
        to_phase(store, made, "vote")
    visit = page_factory(width=width, locale=f"{language}-DE")
    pages = ["werkstatt", "runde", f"ergebnis?session={made.id}"]
    pages += [f"runde?session={made.id}&work={work}" for work in ("invite", "notes", "groups", "agree", "settings")]
    for path in pages:
        ready(visit.page, f"{url}/{path}{'&' if '?' in path else '?'}lang={language}")
        expect(visit.page.get_by_text("⟦")).to_have_count(0)
        check_axe(visit.page)
        assert visit.page.evaluate("window.hacked") is None
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("language", "width"), [("de", 1280), ("en", 390)])
def test_a_view_saved_on_the_map_is_shown_on_the_stage(page_factory, check_axe, url, language, width):
    page = page_factory(width=width, locale=f"{language}-DE").page
    ready(page, f"{url}/karte?district=1&lang={language}")
    frame = map_frame(page)
    settled(page)  # on its way to the district the map says where it is just now
    frame.wait_for_function("() => !map._animatingZoom && !(map._panAnim && map._panAnim._inProgress)")
    lat, lon = frame.evaluate("() => { const at = map.getCenter(); return [at.lat, at.lng]; }")
    page.locator(".st-key-story_save summary").click()
    page.locator(".st-key-story_save input").fill(SHORT["tag"])
    page.locator(".st-key-story_save button[kind=primaryFormSubmit]").click()
    page.locator(".st-key-story_open button").click()
    expect(page.locator(".st-key-story_step_0 textarea")).to_have_value(SHORT["tag"])
    settled(page)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".st-key-story_make button").click()
    link = page.locator(".st-key-story_start a")
    link.wait_for()
    page.reload()  # the address line brings the storyline back
    expect(page.locator(".st-key-story_step_0 textarea")).to_have_value(SHORT["tag"])
    page.locator(".st-key-story_make button").click()
    page.goto(f"{url}/{page.locator('.st-key-story_start a').get_attribute('href')}")
    page.wait_for_selector("body[data-ready]")
    assert page.text_content("#sentence") == SHORT["tag"]
    assert page.get_attribute("#map_a", "data-districts") == "4"
    shown = page.evaluate("() => { const at = Stage.maps.a.getCenter(); return [at.lat, at.lng]; }")
    assert shown == pytest.approx([lat, lon], abs=0.002)
    assert page.evaluate("window.hacked") is None
