"""The pages: nine languages, strict headers, text that stays text, addresses below an operator's path."""

from __future__ import annotations

import re
from html import unescape

import pytest

from exchange.wording import FINDER_LANGUAGES, RIGHT_TO_LEFT, Texts, is_draft
from store import LOCAL, workshop
from tests.store.workshop.sessions import go, opened_session
from workshop.live import join_address, qr_svg
from workshop.live.pages import FOLDER, keys

HOSTILE = "</script><img src=x onerror=alert(1)>{{7*7}}`${1}` @live.skip@ \u202e"


@pytest.mark.parametrize("language", FINDER_LANGUAGES)
def test_every_page_speaks_every_language(phone, session, language):
    one = phone()
    for path in ("", session.code, f"{session.code}/stand"):
        text = unescape(one.get(path, params={"lang": language}).text)
        assert f'<html lang="{language[:2]}" dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}">' in text
        assert "⟦" not in text
        assert "[Deutsch]" not in text
        assert not re.search(r"@[A-Za-z_.]{2,}@", text)
        assert (Texts(language)("live.draft") in text) == is_draft(language)


def test_the_language_stays_chosen_and_begins_with_the_browsers(phone, session):
    one = phone()
    assert '<html lang="tr"' in one.get(session.code, headers={"Accept-Language": "xx, tr-TR;q=0.9, de"}).text
    assert '<html lang="de"' in one.get(session.code, headers={"Accept-Language": "xx"}).text
    one.get("", params={"lang": "fa"})
    assert '<html lang="fa"' in one.get(session.code, headers={"Accept-Language": "tr"}).text
    assert '<html lang="fa"' in one.get(session.code, params={"lang": "klingon"}).text


def test_every_answer_keeps_to_its_own_host_and_runs_no_inline_script(phone, session):
    one = phone()
    for path in (
        "",
        session.code,
        f"{session.code}/stand",
        f"{session.code}/api/feed",
        "assets/page.js",
        "AAAAAAAA",
        "x/y/z",
    ):
        headers = one.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    for path in ("", session.code, f"{session.code}/stand"):
        text = one.get(path).text
        assert not re.search(r"<script(?![^>]*(?: src=|application/json))", text)
        assert not re.search(r"\son\w+=|style=", text)
        assert "//" not in "".join(re.findall(r'(?:src|href)="([^"]*)"', text))


def test_the_scripts_need_no_new_browser_and_no_secure_address():
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js"))
    for word in (
        "randomUUID",
        "?.",
        "??",
        "replaceChildren",
        "innerHTML",
        "eval(",
        "import ",
        "serviceWorker",
        "structuredClone",
    ):
        assert word not in text


def test_scripts_and_styles_are_the_only_files(phone):
    one = phone()
    assert one.get("assets/page.js").headers["content-type"].startswith("text/javascript")
    for name in ("page.html", "..%2fpages.py", "%2e%2e/pages.py", "x.js", "/etc/passwd"):
        assert one.get(f"assets/{name}").status_code == 404


def test_hostile_words_of_a_host_and_of_notes_stay_text(phone, store):
    session = opened_session(store, title=HOSTILE, question=HOSTILE, consent_text=HOSTILE, area_name=HOSTILE)
    one = phone().join(session)
    note = one.write(session, HOSTILE).json()["id"]
    workshop.agree(store, LOCAL, session.id, "needs", {"title": HOSTILE}, note_id=note)
    for path in (session.code, f"{session.code}/stand"):
        text = one.get(path).text
        assert "<img" not in text
        assert text.count("</script>") == text.count("<script")
        assert unescape(text).count(Texts("de")("live.skip")) == 1
    assert one.feed(session)["notes"][0]["text"] == HOSTILE


def test_a_typed_code_leads_to_its_session_however_it_is_typed(phone, session):
    one = phone()
    for typed in (session.code, session.code.lower(), f" {session.code[:4]}-{session.code[4:]} "):
        answer = one.call("POST", "", data={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/city/w/{session.code}")
    wrong = one.call("POST", "", data={"code": "22222222"})
    assert wrong.status_code == 404
    assert 'role="alert"' in wrong.text
    assert one.call("POST", "", data={"x": "y"}).status_code == 404
    assert one.call("POST", "", content=b"x" * 5_000).status_code == 413
    lower = one.get(f"{session.code.lower()}", follow_redirects=False)
    assert (lower.status_code, lower.headers["location"]) == (307, f"/city/w/{session.code}")


@pytest.mark.parametrize("path", ["", "/stand", "/qr.svg"])
def test_drafts_and_wrong_codes_show_the_page_for_codes(phone, store, path):
    draft = opened_session(store, "draft")
    for code in (draft.code, "22222222", "x", "%00", "a" * 500):
        assert phone(f"{path} {code[:9]}").get(f"{code}{path}").status_code == 404


def test_the_stand_says_what_became_of_each_note(phone, store, session):
    one = phone().join(session)
    first, second = one.write(session, "Bank").json()["id"], one.write(session, "Café").json()["id"]
    group = workshop.open_group(store, LOCAL, session.id, "Treffen", [second])
    workshop.agree(
        store, LOCAL, session.id, "steps", {"title": "Bank aufstellen", "end_date": "2027-05"}, note_id=first
    )
    workshop.moderate(store, LOCAL, session.id, [second], "hidden")
    go(store, session, "closed")
    text = unescape(one.get(f"{session.code}/stand", params={"lang": "de"}).text)
    assert "Bank aufstellen" in text
    assert "Mai 2027" in text
    assert "geplant" in text
    assert "noch offen" in text
    assert "Café" not in text
    assert group.title not in text


def test_the_map_is_small_and_knows_the_districts_around(phone, session):
    found = phone().get(f"{session.code}/api/map").json()
    assert [one["name"] for one in found["districts"]]
    (south, west), (north, east) = found["bounds"]
    assert 52 < south < north < 53
    assert 9 < west < east < 11
    assert all(south - 0.1 < one["at"][0] < north + 0.1 for one in found["districts"])


def test_the_qr_code_leads_phones_to_the_address_they_can_reach(phone, session):
    assert phone().get(f"{session.code}/qr.svg").text.startswith("<svg")
    seen = join_address(session.code, seen="https://karte.example/stadt/", environment={})
    assert seen == f"https://karte.example/stadt/w/{session.code}"
    chosen = join_address(session.code, seen="http://localhost:8501", environment={"QK_ADDRESS": "https://x.example/"})
    assert chosen == f"https://x.example/w/{session.code}"
    here = join_address(session.code, seen="http://localhost:8501", environment={})
    assert re.fullmatch(rf"http://[\d.]+:8501/w/{session.code}|http://localhost:8501/w/{session.code}", here)
    assert "onload" not in qr_svg("https://x.example/w/22222222")


def _fields(text):
    return set(re.findall(r"\{(\w+)", text))


@pytest.mark.parametrize("language", FINDER_LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_fields(language):
    german, own = Texts("de"), Texts(language)
    assert len(keys()) > 100
    for key in keys():
        assert own.has(key)
        assert _fields(own(key)) == _fields(german(key)), key
        assert "[Deutsch]" not in own(key)


def test_every_key_that_the_pages_use_has_a_sentence():
    used = set()
    for path in (*FOLDER.iterdir(), *FOLDER.parent.glob("*.py")):
        used |= set(re.findall(r"live\.[a-z_]+(?:\.[a-z_0-9]+)+", path.read_text(encoding="utf-8")))
    assert len(used) > 60
    assert used - set(keys()) - {"live.sqlite"} == set()
