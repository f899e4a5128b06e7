"""The storyline page and saving views, without a browser."""

import json
import re

import pytest

from geo.storyline import GapFill, IndicatorFill, storyline_text
from geo.storyline_read import read_storyline
from layers import clicks
from layers.clicks import Click
from layers.view_request import KEY
from tests.factories import base_tables, write_package
from views import map as map_page
from views import mapview, story_model


@pytest.fixture
def tiny(tmp_path):
    """A data package of four districts."""
    return write_package(tmp_path / "tiny", base_tables())


def button(page, key):
    return next(each for each in page.button if each.key == key)


def story(page):
    return page.session_state["storyline"]


@pytest.fixture
def shown(monkeypatch):
    """Let the map answer like the browser: what it is asked for, it tells in the next run."""
    asked = []

    def show_map(_t, layers, **_options):
        turn = next(
            (re.search(r"turn.{1,16}?([0-9a-f]{32})", each.source)[1] for each in layers if each.key == KEY), None
        )
        before, asked[:] = list(asked), [turn] if turn else []
        return Click(KEY, before[0], 52.37, 9.73, clicks.View(52.37, 9.73, 12.5), len(before)) if before else None

    monkeypatch.setattr(mapview, "show_map", show_map)


def save(page, sentence):
    page.text_input(key="story_sentence").set_value(sentence)
    next(each for each in page.button if each.key.startswith("FormSubmitter:story_form")).click().run()
    page.run()


@pytest.mark.parametrize(("language", "words"), [("de", "Noch kein Schritt"), ("en", "No step yet")])
def test_without_steps_it_says_what_to_do(open_page, tiny, language, words):
    page = open_page("storyline", package=tiny, lang=language)
    assert not page.exception
    assert words in page.info[0].value


def test_a_view_of_the_map_becomes_a_step(open_page, tiny, shown):
    page = open_page("map", package=tiny, kinds="library", show="stops", wheelchair="yes", district="1")
    save(page, "  Eine Bücherei\nim Westen. ")
    assert not page.exception
    (step,) = story(page).steps
    assert step.sentence == "Eine Bücherei im Westen."
    assert (step.kinds, step.show, step.district, step.second) == (("library",), ("stops",), 1, None)
    assert step.filters.wheelchair == ("yes",)
    assert (step.view.lat, step.view.lon, step.view.zoom) == (52.37, 9.73, 12.5)
    assert page.success[0].value == "Gespeichert als Schritt 1."


def test_the_colour_of_the_districts_belongs_to_the_step():
    assert map_page._fill({"fill": "population", "scheme": "equal"}) == IndicatorFill("population", "equal")
    assert map_page._fill({"fill": ""}) is None


def test_without_a_sentence_nothing_is_saved(open_page, tiny, shown):
    page = open_page("map", package=tiny)
    save(page, "   ")
    assert story(page).steps == ()


def test_a_gap_with_its_settings_becomes_a_step(open_page, tiny, shown):
    page = open_page("gaps", package=tiny, kind="library", measure="mean_nearest_m", own_kmh="3")
    save(page, "Wie weit?")
    assert not page.exception
    (step,) = story(page).steps
    assert isinstance(step.fill, GapFill)
    assert (step.fill.kind, step.fill.measure, step.kinds) == ("library", "mean_nearest_m", ("library",))
    assert read_storyline(storyline_text(story(page)).encode()).storyline == story(page)


def test_steps_are_ordered_changed_and_removed(open_page, tiny):
    page = open_page("storyline", package=tiny, district="1")
    button(page, "story_example").click().run()
    first = [step.sentence for step in story(page).steps]
    assert len(first) >= 3
    button(page, "story_down_0").click().run()
    assert [step.sentence for step in story(page).steps][:2] == [first[1], first[0]]
    assert button(page, "story_up_0").disabled
    page.text_area(key="story_sentence_1").set_value("Ganz anders.").run()
    assert story(page).steps[1].sentence == "Ganz anders."
    page.text_area(key="story_sentence_1").set_value("").run()
    assert story(page).steps[1].sentence == "Ganz anders."
    page.selectbox(key="story_second_1").set_value(3).run()
    assert story(page).steps[1].second == 3
    button(page, "story_remove_0").click().run()
    assert len(story(page).steps) == len(first) - 1
    assert not page.exception


def test_a_reload_finds_the_storyline_by_the_address(open_page, tiny):
    page = open_page("storyline", package=tiny)
    button(page, "story_example").click().run()
    name = page.query_params["story"]
    name = name if isinstance(name, str) else name[0]
    again = open_page("storyline", package=tiny, story=name)
    assert story(again) == story(page)
    nothing = open_page("storyline", package=tiny, story="../../etc/passwd")
    assert story(nothing).steps == ()
    assert not nothing.exception


def test_a_file_with_mistakes_changes_nothing_and_says_all_of_them(open_page, tiny):
    page = open_page("storyline", package=tiny)
    button(page, "story_example").click().run()
    before = story(page)
    bad = {
        "format": "quartierskarte-storyline",
        "version": 1,
        "title": "",
        "steps": [{"sentence": "x", "kinds": ["burg"]}],
    }
    page.file_uploader(key="story_upload").set_value(("s.json", json.dumps(bad).encode(), "application/json")).run()
    assert story(page) == before
    assert "2" in page.error[0].value
    assert "burg" in "".join(each.value for each in page.markdown)


def test_a_good_file_is_opened(open_page, tiny):
    page = open_page("storyline", package=tiny)
    good = {
        "format": "quartierskarte-storyline",
        "version": 1,
        "title": "Neu",
        "steps": [{"sentence": "<b>x</b> {{7*7}}"}],
    }
    page.file_uploader(key="story_upload").set_value(("s.json", json.dumps(good).encode(), "application/json")).run()
    assert not page.exception
    assert story(page).title == "Neu"
    assert page.text_area(key="story_sentence_0").value == "<b>x</b> {{7*7}}"


def test_the_stage_is_made_and_kept_on_the_server(open_page, tiny, store_folder):
    page = open_page("storyline", package=tiny, district="1")
    button(page, "story_example").click().run()
    button(page, "story_make").click().run()
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert len(list((store_folder / "stage").glob("*.html.gz"))) == 1


def test_a_full_storyline_takes_no_more():
    import streamlit as st

    from geo.storyline import MAX_STEPS, Step, Storyline
    from views.texts import Texts

    st.session_state["storyline"] = Storyline("x", "de", (Step("y"),) * MAX_STEPS)
    assert not story_model.add(Texts("de"), Step("z"))
