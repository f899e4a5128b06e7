"""The finder and the accessibility statement, run without a browser on the tiny city."""

import logging
import re
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from pypdf import PdfReader

from exchange.finder_pdf import Entry, Sheet, card_pdf, route_svg, sheet_pdf
from exchange.wording import FINDER_LANGUAGES
from tests.factories import base_tables, write_package
from views import ui
from views.finder_cards import phones_html
from views.finder_take import share_link
from views.texts import Texts

CANARY = "Geheimweg 4711, Südwest"


@pytest.fixture
def city(tmp_path):
    return write_package(tmp_path / "city")


def html(page):
    return unescape(" ".join(str(part.proto.body) for part in page.get("html")))


def test_three_questions_end_in_a_phone_number(open_page, city):
    page = open_page("finder", package=city)
    assert Texts("de")("finder.start") in html(page)
    page.selectbox(key="widget_need").select("ageing").run()
    page.selectbox(key="widget_district").select(4).run()
    assert not page.exception
    assert not page.error
    assert "tel:+4951112345" in html(page)
    assert "Treff Nord" in html(page)
    assert dict(page.query_params) == {"need": "ageing", "district": "4"}


def test_a_wish_that_nothing_meets_is_named_and_dropped(open_page, city):
    page = open_page("finder", package=city, need="advice", district="4")
    page.selectbox(key="finder_wish_group").select("children").run()
    assert "Kein bekannter Ort erfüllt" not in html(page)  # everyone is welcome there
    page.selectbox(key="finder_wish_open").select("saturday").run()
    assert "Kein bekannter Ort erfüllt: Geöffnet: Samstag" in html(page)
    assert "Treff Nord" in html(page)


def minutes(page):
    """The walks named on the cards, in minutes."""
    return [int(found) for found in re.findall(r"(\d+)\s+Min", html(page))]


def test_whoever_names_an_own_walking_speed_is_told_their_own_minutes(open_page, city):
    page = open_page("finder", package=city, need="ageing")
    page.text_input(key="finder_typed").set_value("Umland").run()
    usual = minutes(page)
    page.radio(key="finder_pace").set_value("own").run()
    page.number_input(key="finder_own_kmh_field").set_value(1.2).run()
    assert not page.exception
    assert len(usual) == 1
    assert minutes(page)[0] == pytest.approx(4 * usual[0], abs=2)
    assert usual[0] > 4
    page.radio(key="finder_pace").set_value("standard").run()
    assert minutes(page) == usual
    page.radio(key="finder_pace").set_value("own").run()
    assert page.number_input(key="finder_own_kmh_field").value == 1.2  # kept while it was not shown


def test_every_language_answers_without_a_missing_word(open_page, city):
    for language in ("de-simple", "en", "ar", "uk"):
        page = open_page("finder", package=city, need="ageing", district="4", lang=language)
        assert not page.error
        assert page.title[0].value == Texts(language)("finder.title")
        assert "⟦" not in html(page)
        drafts = [caption.value for caption in page.caption if caption.value == Texts(language)("finder.draft")]
        assert len(drafts) == (language in {"ar", "uk"})


def test_other_pages_are_german_for_a_language_that_only_the_finder_speaks(open_page, city):
    page = open_page("home", package=city, lang="tr")
    assert page.title[0].value == Texts("de")("home.title")
    assert ui.literal(Texts("tr")("finder.german_only")) in [caption.value for caption in page.caption]


def test_what_was_typed_stays_in_the_session(open_page, city, caplog):
    caplog.set_level(logging.DEBUG)
    page = open_page("finder", package=city, need="ageing")
    for number in range(50):
        page.text_input(key="finder_typed").set_value(f"{CANARY} {number}")
    page.run()
    assert not page.exception
    assert not page.error
    assert "4711" not in str(page.query_params)
    assert "4711" not in caplog.text
    assert "4711" not in html(page)
    link = next(code.value for code in page.code)
    assert parse_qs(urlsplit(link).query) == {"need": ["ageing"], "district": ["1"], "lang": ["de"]}


@pytest.mark.parametrize("typed", ["Atlantis", "😀😀😀😀", "x" * 10_000, "</script><script>alert(1)</script>"])
def test_anything_typed_gets_a_helpful_answer(open_page, city, typed):
    page = open_page("finder", package=city, need="ageing")
    page.text_input(key="finder_typed").set_value(typed).run()
    assert not page.exception
    assert not page.error
    assert [warning.value for warning in page.warning] == [Texts("de")("finder.where.nothing")]


def test_a_place_outside_is_answered_from_the_nearest_spot_inside(open_page, city):
    page = open_page("finder", package=city, need="ageing")
    page.text_input(key="finder_typed").set_value("Umland").run()
    assert any("500\u00a0m außerhalb von Hannover" in caption.value for caption in page.caption)


def test_the_statement_names_operator_and_contact(open_page, city, monkeypatch):
    monkeypatch.setenv("QK_OPERATOR", "Stadt *Test*")
    monkeypatch.setenv("QK_CONTACT", "a@example.org")
    page = open_page("statement", package=city)
    said = " ".join(part.value for part in page.markdown)
    assert "Stadt \\*Test\\*" in said
    assert "a@example\\.org" in said
    without = open_page("statement", package=city, lang="en")
    assert without.title[0].value == "Accessibility"


def test_a_city_without_situations_still_answers(open_page, tmp_path):
    tables = base_tables()
    tables["life_situations"] = []
    page = open_page("finder", package=write_package(tmp_path / "bare", tables), district="1")
    assert not page.exception
    assert not page.error


def test_the_link_to_share_holds_nothing_of_a_place():
    link = share_link("http://host:8501/x/finden?need=a&typed=Weg%204711", need="help", district=12, language="tr")
    assert link == "http://host:8501/x/finden?need=help&district=12&lang=tr"


def test_phone_numbers_dial_and_read_as_at_home():
    said = phones_html(Texts("de"), ["+49 511 16845069"])
    assert 'href="tel:+4951116845069"' in said
    assert "0511 16845069" in said
    assert phones_html(Texts("de"), []) == "<p>Telefon noch nicht bekannt</p>"


@pytest.mark.parametrize("language", FINDER_LANGUAGES)
def test_paper_in_every_language_is_one_page(language):
    entries = [Entry(f"Ort {at} <b>#x</b>", "Beratung", "0511 1", [("Weg", "10 Min. " * 20)]) for at in range(9)]
    t = Texts(language)
    sheet = Sheet(
        language, t("finder.title"), "Mitte", t("finder.ask_first"), entries, t("finder.answer"), ["Amt"],
        t("finder.emergency"), "http://example.org/finden?need=a", t("finder.take.scan"),
    )  # fmt: skip
    assert len(PdfReader(BytesIO(sheet_pdf(sheet))).pages) == 1
    route = np.array([[0.0, 0.0], [300.0, 400.0]])
    made = card_pdf(entries[0], language=language, link=sheet.link, route=route, route_alt=t("finder.take.route"))
    reader = PdfReader(BytesIO(made))
    assert len(reader.pages) == 1
    assert "Ort 0" in reader.pages[0].extract_text()


def test_the_sketch_has_the_way_and_a_scale():
    drawn = route_svg(np.array([[0.0, 0.0], [0.0, 500.0], [900.0, 500.0]]))
    assert drawn.count("<polyline") == 1
    assert "500 m" in drawn
    assert route_svg(np.zeros((0, 2))) == ""


@pytest.mark.parametrize("language", ["de", "de-simple", "en", "tr", "ar", "uk", "ru", "pl", "fa"])
def test_a_card_marks_what_nobody_has_confirmed_for_over_a_year(language):
    from datetime import date

    from views.finder_words import day, known_day

    t, today = Texts(language), date(2026, 11, 29)
    assert known_day(t, "2020-03", today) == t("finder.card.stale", date=day("2020-03", t)) != day("2020-03", t)
    assert known_day(t, "2026-05-01", today) == day("2026-05-01", t)
    assert known_day(t, "2025-11-29", today) == day("2025-11-29", t)  # a year to the day
    assert known_day(t, None, today) == t("finder.unknown")
