"""A phone in the hall: join by code, write, lose the Wi-Fi, vote; in a real browser, 390 pixels wide."""

from __future__ import annotations

from functools import partial
from unicodedata import normalize

import pytest
from playwright.sync_api import expect

from exchange.wording import Texts
from geo.area import named_area
from geo.sources import open_package
from geo.storyline import Step, Storyline
from geo.workshop import spaced_code
from scripts.serve import ROOT, serve
from store import LOCAL, Ground, open_store, workshop
from tests.e2e.hostile import HOSTILE
from tests.store.workshop.sessions import go, opened_session, phone, write
from workshop.stage.material import material_of
from workshop.stage.page import Extras, stage_page
from workshop.stage.plain_story import plain_storyline
from workshop.stage.shelf import Shelf

DE = Texts("de")
PATIENCE_MS = 60_000
HTTP_ERRORS_OF_THE_WIFI = False
"""Pages whose Wi-Fi is cut complain about that in the console: these visits are not strict."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the data folder of the server."""
    return tmp_path_factory.mktemp("workshop")


@pytest.fixture(scope="module")
def store(folder):
    """Return the store that the server works with."""
    opened = open_store(
        f"sqlite:///{folder / 'quartierskarte.sqlite'}", ground=Ground.of_package(open_package(ROOT / "data"))
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def url(browser, store, folder):
    """Serve the real app on that store."""
    with serve(ROOT / "server.py", env={"QK_STORE": str(folder)}) as address:
        yield address


@pytest.fixture
def small(page_factory):
    """Return a function that opens a phone's browser."""
    return partial(page_factory, width=390, height=844)


def join(page, url, session):
    """Type the code, agree, and wait for the form."""
    page.goto(f"{url}/w/")
    page.fill("#code", f"{session.code[:4]}-{session.code[4:].lower()}")
    page.click("button[type=submit]")
    page.click("#agree")
    page.wait_for_selector("#text:visible")
    return page


def send(page, text, category="need"):
    """Write a note and send it."""
    page.check(f"input[value={category}]")
    page.fill("#text", text)
    page.click("#note button.main")


def says(page, key, **params):
    """Wait until the status line says something."""
    expect(page.locator("#status")).to_have_text(DE(key, **params), timeout=PATIENCE_MS)


def texts_of(store, session):
    """Return the texts that are stored, in the order they came."""
    return [note.text for note in workshop.notes(store, LOCAL, session.id)]


def test_a_note_reaches_the_others_and_the_text_being_written_stays(url, store, small):
    session = opened_session(store, area_id="32")
    page = join(small().page, url, session)
    send(page, "Eine Bank am Platz")
    says(page, "live.status.saved")
    page.wait_for_selector("#shown_list li:has-text('Eine Bank am Platz')")
    assert texts_of(store, session) == ["Eine Bank am Platz"]
    page.fill("#text", "Noch nicht fertig")
    says(page, "live.status.draft_kept")
    page.reload()
    page.wait_for_selector("#text:visible")
    assert page.input_value("#text") == "Noch nicht fertig"
    assert page.locator("#own_list li").count() == 1
    page.check("input[name=place][value=yes]")
    page.wait_for_selector("#map.leaflet-container")
    page.wait_for_selector("#jump option >> nth=1", state="attached")
    page.select_option("#jump", "32")
    page.check("input[value=idea]")
    page.click("#note button.main")
    expect(page.locator("#shown_list li")).to_have_count(2, timeout=PATIENCE_MS)
    placed = workshop.notes(store, LOCAL, session.id)[1]
    assert placed.lon is not None
    assert 52.2 < placed.lat < 52.5


def test_while_the_wifi_is_away_nothing_is_lost_and_nothing_is_sent_twice(url, store, small):
    session = opened_session(store, area_id="32")
    page = join(small(strict=HTTP_ERRORS_OF_THE_WIFI).page, url, session)
    page.fill("#text", "Mitten im Satz")
    page.context.set_offline(True)
    says(page, "live.status.offline")
    send(page, "Mitten im Satz und weiter")
    says(page, "live.status.waiting", count=1)
    send(page, "Ein zweiter Zettel", "idea")
    says(page, "live.status.waiting", count=2)
    page.fill("#text", "Der dritte ist noch nicht fertig")
    assert texts_of(store, session) == []
    page.context.set_offline(False)
    expect(page.locator("#shown_list li")).to_have_count(2, timeout=PATIENCE_MS)
    assert texts_of(store, session) == ["Mitten im Satz und weiter", "Ein zweiter Zettel"]
    assert page.input_value("#text") == "Der dritte ist noch nicht fertig"
    says(page, "live.status.draft_kept")


def test_an_answer_that_is_lost_on_its_way_stores_the_note_once(url, store, small):
    session = opened_session(store, area_id="32")
    page = join(small(strict=HTTP_ERRORS_OF_THE_WIFI).page, url, session)
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/api/notes", lose)
    send(page, "Einmal")
    page.wait_for_selector("#own_list li:has-text('Einmal') .state.good")
    assert lost == [200, 200]
    assert texts_of(store, session) == ["Einmal"]


def test_what_is_refused_is_kept_and_says_why(url, store, small):
    session = opened_session(store, area_id="32")
    page = join(small(strict=HTTP_ERRORS_OF_THE_WIFI).page, url, session)
    page.context.set_offline(True)
    send(page, "Zu spät")
    says(page, "live.status.waiting", count=1)
    go(store, session, "vote")
    page.context.set_offline(False)
    reason = DE("live.own.refused", reason=DE("live.reason.phase"))
    expect(page.locator("#own_list .state")).to_have_text(reason, timeout=PATIENCE_MS)
    says(page, "live.status.refused", count=1)
    go(store, session, "collect")
    page.wait_for_selector("#text:visible")
    page.click("#own_list .actions button >> nth=0")
    assert page.input_value("#text") == "Zu spät"
    page.click("#note button.main")
    page.wait_for_selector("#shown_list li:has-text('Zu spät')")
    assert texts_of(store, session) == ["Zu spät"]


def test_a_second_tab_gives_no_more_dots(url, store, small):
    session = opened_session(store, area_id="32", dots=3)
    other = phone(store, session)
    notes = [write(store, other, session, text).id for text in ("Eins", "Zwei")]
    page = join(small(strict=HTTP_ERRORS_OF_THE_WIFI).page, url, session)
    go(store, session, "vote")
    page.wait_for_selector("#ballot li")
    second = page.context.new_page()
    second.goto(f"{url}/w/{session.code}")
    second.wait_for_selector("#ballot li")
    for tab, at in ((page, 0), (second, 1)):
        for _ in range(5):
            tab.locator("#ballot li").nth(at).locator("button").last.dispatch_event("click")
    for tab in (page, second):
        expect(tab.locator("#dots_left")).to_contain_text(DE("live.vote.left", left=0, all=3), timeout=PATIENCE_MS)
    page.reload()
    page.wait_for_selector("#ballot li")
    page.locator("#ballot li").nth(0).locator("button").last.dispatch_event("click")
    given = workshop.vote_totals(store, LOCAL, session.id)
    assert set(given) == set(notes)
    assert sum(given.values()) == 3
    assert page.locator("#own").is_hidden()


def test_hostile_notes_stay_text_on_every_phone(url, store, small):
    session = opened_session(
        store, area_id="32", title=HOSTILE["tag"], question=HOSTILE["template"], consent_text=HOSTILE["script"]
    )
    other = phone(store, session)
    wanted = [text for text in HOSTILE.values() if "\x00" not in text and len(text) <= 500]
    for text in wanted:
        write(store, other, session, text, lon=9.72, lat=52.37)
    page = join(small().page, url, session)
    expect(page.locator("#shown_list li")).to_have_count(len(wanted), timeout=PATIENCE_MS)
    shown = page.locator("#shown_list .said").all_text_contents()
    assert sorted(shown) == sorted(normalize("NFC", text).strip() for text in wanted)
    page.check("input[name=place][value=yes]")
    page.wait_for_selector("#map.leaflet-container canvas")
    go(store, session, "vote")
    page.wait_for_selector("#ballot li")
    page.goto(f"{url}/w/{session.code}/stand")
    assert page.locator(".said").count() == len(wanted)
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize("language", ["de", "ar"])
def test_there_are_no_barriers_in_any_phase(url, store, small, check_axe, language):
    session = opened_session(store, area_id="32")
    words = Texts(language)
    other = phone(store, session)
    first = write(store, other, session, "Eine Bank", lon=9.8, lat=52.35)
    page = small().page
    page.goto(f"{url}/w/?lang={language}")
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert check_axe(page) == []
    page.goto(f"{url}/w/{session.code}")
    page.wait_for_selector("#agree:visible")
    assert check_axe(page) == []
    page.click("#agree")
    page.wait_for_selector("#shown_list li")
    send(page, "Zettel")
    page.wait_for_selector("#own_list .state.good")
    page.check("input[name=place][value=yes]")
    page.wait_for_selector("#jump option >> nth=1", state="attached")
    page.locator("summary", has_text=words("live.facts.title")).click()
    page.locator("summary", has_text=words("live.leave.title")).click()
    assert check_axe(page) == []
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    go(store, session, "vote")
    page.wait_for_selector("#ballot li")
    page.locator("#ballot li button").last.click()
    assert check_axe(page) == []
    workshop.agree(store, LOCAL, session.id, "steps", {"title": "Bank aufstellen"}, note_id=first.id)
    go(store, session, "closed")
    page.wait_for_selector("#over:visible")
    assert check_axe(page) == []
    page.click("#over a")
    page.wait_for_selector("dl")
    assert check_axe(page) == []


def test_everything_works_with_the_keyboard_alone(url, store, small):
    session = opened_session(store, area_id="32")
    page = small().page
    page.goto(f"{url}/w/{session.code}")
    page.wait_for_selector("#agree:visible")
    page.focus("#agree")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused(timeout=PATIENCE_MS)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Mit der Tastatur")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # a place on the map
    page.wait_for_selector("#jump option >> nth=1", state="attached")
    page.focus("#map")
    page.keyboard.press("ArrowLeft")
    page.focus("#centre")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_contain_text(":", timeout=PATIENCE_MS)
    page.focus("#note button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector("#own_list .state.good")
    (note,) = workshop.notes(store, LOCAL, session.id)
    assert note.text == "Mit der Tastatur"
    assert note.lat is not None


def test_forgetting_leaves_nothing_on_the_phone(url, store, small):
    session = opened_session(store, area_id="32")
    page = join(small().page, url, session)
    send(page, "Bleibt in der Runde")
    page.wait_for_selector("#own_list .state.good")
    page.locator("summary", has_text=DE("live.leave.title")).click()
    page.click("#leave")
    page.click("#leave")
    page.wait_for_selector("#agree:visible")
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.includes('note') || key.includes('draft'))") == []
    )
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] == "qk_device"] == []
    assert texts_of(store, session) == ["Bleibt in der Runde"]


def test_the_projector_shows_what_the_moderation_shows(url, store, folder, page_factory):
    package = open_package(ROOT / "data")
    material = material_of(package, "de")
    story = plain_storyline(material, named_area(material.load, "district", 32), question="Was fehlt hier?")
    name = Shelf(folder).put(stage_page(material, story, Extras(live=True)).html)
    session = opened_session(store, area_id="32", question="Was fehlt hier?")
    device = phone(store, session)
    wanted = [text[:400] for text in HOSTILE.values() if "\x00" not in text]
    for number, text in enumerate(wanted):
        write(store, device, session, text, lon=9.73, lat=52.37 + number / 1000)
    token = workshop.issue_host_link(store, LOCAL, session.id)
    page = page_factory(1280, 720).page
    page.goto(f"{url}/w/stage/{name}#{session.code}/{token}")
    page.wait_for_selector(f"body[data-notes='{len(wanted)}']", timeout=PATIENCE_MS)
    assert page.url.endswith(f"#{session.code}")  # the token is nowhere to be read
    shown = page.locator("#feed .latest p").all_text_contents()
    assert sorted(shown) == sorted(note.text for note in workshop.notes(store, LOCAL, session.id))
    assert page.locator("#feed .latest p *").count() == 0
    last = write(store, device, session, "Zuletzt", category="idea")
    page.wait_for_selector("#feed .latest p:has-text('Zuletzt')", timeout=PATIENCE_MS)
    workshop.moderate(store, LOCAL, session.id, [last.id], "hidden")
    page.wait_for_selector(f"body[data-notes='{len(wanted)}']", timeout=PATIENCE_MS)
    assert page.text_content("#join").endswith(spaced_code(session.code))
    go(store, session, "vote")
    liked = workshop.notes(store, LOCAL, session.id)[3]
    workshop.vote(store, device, session.id, liked.id, 2)
    expect(page.locator("#feed .latest li").first).to_contain_text("2 ●", timeout=PATIENCE_MS)
    assert page.locator("#feed .latest p").first.text_content() == liked.text
    assert page.locator("#map_a canvas").count() >= 1
    assert page.evaluate("window.hacked") is None
    page.reload()
    page.wait_for_selector(f"body[data-notes='{len(wanted)}']", timeout=PATIENCE_MS)


def test_without_a_hosts_cookie_the_projector_shows_nothing(url, store, folder, page_factory):
    material = material_of(open_package(ROOT / "data"), "de")
    name = Shelf(folder).put(
        stage_page(material, Storyline("x", "de", (Step("Nur ein Satz."),)), Extras(live=True)).html
    )
    session = opened_session(store, area_id="32")
    write(store, phone(store, session), session, "Geheim")
    page = page_factory(1280, 720, strict=HTTP_ERRORS_OF_THE_WIFI).page
    page.goto(f"{url}/w/stage/{name}#{session.code}")
    expect(page.locator("#feed .away")).to_have_text(DE("stage.live_ended"), timeout=PATIENCE_MS)
    assert page.locator("#feed .latest p").count() == 0


def test_a_browser_that_keeps_nothing_says_so_and_works_as_long_as_it_is_open(url, store, small):
    session = opened_session(store, area_id="32")
    page = small(strict=HTTP_ERRORS_OF_THE_WIFI).page
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    join(page, url, session)
    says(page, "live.status.no_memory")
    page.context.set_offline(True)
    send(page, "Nur im Arbeitsspeicher")
    says(page, "live.status.waiting", count=1)
    page.context.set_offline(False)
    page.wait_for_selector("#shown_list li:has-text('Nur im Arbeitsspeicher')")
    assert texts_of(store, session) == ["Nur im Arbeitsspeicher"]
