"""The finder on the real server: both stories by keyboard alone, no barriers in any language, nothing leaks."""

from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from exchange.wording import FINDER_LANGUAGES, RIGHT_TO_LEFT, Texts
from scripts.serve import ROOT, free_port, start, stop, wait_for
from tests.e2e.mapframe import map_frame
from tests.e2e.test_app import ready
from tests.e2e.waiting import settled

GERMAN = Texts("de")
PHONE = re.compile(r"^tel:\+49\d+$")
FOCUS = "document.activeElement"


@contextmanager
def own_server(log, env):
    """Serve the app with what it prints in a file."""
    port = free_port()
    with log.open("wb") as out:
        process = start(ROOT / "server.py", port, env=env, log=out)
        try:
            wait_for(f"http://127.0.0.1:{port}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)


def tab_to(page, script, most=60):
    """Press Tab until `script`, asked about the focused element, is true."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const it = {FOCUS}; return Boolean({script}); }})()"):
            return
    raise AssertionError(f"never reached by keyboard: {script}")


def choose(page, label, text):
    """Choose from a box by keyboard: Tab to it, type, Enter."""
    tab_to(page, f"(it.getAttribute('aria-label') ?? '').includes({label!r})")
    page.keyboard.insert_text(text)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    settled(page)


def answers(page):
    return page.locator(".qk-answers > li")


def ends_in_a_phone_number(page):
    tab_to(page, "(it.href ?? '').startsWith('tel:')", most=90)
    assert PHONE.match(page.evaluate(f"{FOCUS}.href"))


def test_care_in_muehlenberg_in_turkish_step_free_by_keyboard_alone(page_factory, app_url):
    page = page_factory(width=390, height=844).page
    ready(page, f"{app_url}/finden")
    choose(page, GERMAN("finder.need"), "Ich pflege")
    choose(page, GERMAN("finder.where"), "Mühlenberg")
    tab_to(page, f"it.textContent.includes({GERMAN('finder.more')!r})")
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    tab_to(page, "it.type === 'checkbox'")
    page.keyboard.press("Space")
    settled(page)
    choose(page, GERMAN("finder.more.language"), "Türkçe")
    expect(page.get_by_role("status")).to_contain_text("Hier stehen die nächsten")
    assert answers(page).count() == 5
    expect(answers(page).first).to_contain_text(GERMAN("finder.card.step_free"))
    ends_in_a_phone_number(page)
    assert page.url.split("?")[1] == "need=caring&district=42"  # wishes stay in the session


def test_new_in_vahrenheide_and_want_to_help_by_keyboard_alone(page_factory, app_url):
    page = page_factory(width=390, height=844).page
    ready(page, f"{app_url}/finden")
    choose(page, GERMAN("finder.need"), "Ich möchte helfen")
    choose(page, GERMAN("finder.where"), "Vahrenheide")
    expect(answers(page)).to_have_count(5)
    expect(answers(page).first).to_contain_text(GERMAN("finder.card.no_phone"))  # honest; the office has one
    ends_in_a_phone_number(page)
    title = page.get_by_role("heading", name=GERMAN("finder.office", district="Vahrenheide"))
    assert title.count() == 1


@pytest.mark.parametrize("language", FINDER_LANGUAGES)
def test_no_barriers_in_any_language(page_factory, app_url, check_axe, language):
    page = page_factory(width=320 if language == "de" else 390).page
    ready(page, f"{app_url}/finden?need=caring&district=42&lang={language}")
    expect(answers(page)).to_have_count(5)
    expect(page.locator("html")).to_have_attribute("lang", language[:2])
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language in RIGHT_TO_LEFT else "ltr")
    expect(page.get_by_role("status")).to_have_count(1)
    sideways = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
    assert page.evaluate(sideways) <= 1
    check_axe(page)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_statement_has_no_barriers_and_every_page_leads_to_it(page_factory, app_url, check_axe, language):
    page = page_factory(width=390).page
    ready(page, f"{app_url}/daten?lang={language}")
    page.locator(".qk-footer a").click()
    page.wait_for_url(re.compile("barrierefreiheit"))
    page.get_by_role("heading", level=1, name=Texts(language)("statement.title")).wait_for()
    settled(page)
    check_axe(page)


@pytest.mark.slow
def test_position_and_typed_text_leave_no_trace(browser, page_factory, tmp_path):
    log, store = tmp_path / "server.log", tmp_path / "store"
    with own_server(log, {"QK_STORE": str(store), "TMPDIR": str(tmp_path)}) as url:
        berlin = {"latitude": 52.520008, "longitude": 13.404954}
        page = page_factory(strict=False, permissions=["geolocation"], geolocation=berlin).page
        requests: list[str] = []
        page.on("request", lambda request: requests.append(f"{request.url} {request.post_data}"))
        ready(page, f"{url}/finden?need=caring")
        page.get_by_text(GERMAN("finder.where.more")).click()
        box = page.get_by_label(GERMAN("finder.where.typed"))
        for number in range(50):
            box.fill(f"Kanarienweg 47{number:02d}, Mühlenberg")
            box.press("Enter")
            settled(page, quiet=50)
        page.frame_locator("iframe[title*='finder_locate']").get_by_role("button").click()
        page.get_by_text("außerhalb von Hannover").wait_for()
        page.locator("label", has_text=GERMAN("finder.map")).click()
        map_frame(page)
        link = page.locator("code", has_text="need=caring")
        written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        everything = b"".join(written) + " ".join([*requests, page.url, link.first.text_content() or ""]).encode()
    for trace in (b"Kanarienweg", b"52.52", b"13.40"):
        assert trace not in everything, trace
    assert set(re.findall(r"[?&](\w+)=", page.url)) <= {"need", "district", "lang"}
