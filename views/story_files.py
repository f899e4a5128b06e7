"""Start the stage; take the storyline or the stage along as a file; open a storyline from a file; begin with an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import QuartierError
from geo.storyline import MAX_BYTES
from geo.storyline import storyline_text as text_of
from geo.storyline_read import read_storyline
from views import areas, navigation, stage_build, story_model, ui, upload

if TYPE_CHECKING:
    from geo.storyline import Storyline
    from views.state import Selection
    from views.texts import Texts

_MADE, _TAKEN, _WRONG = "story_stage", "story_file", "story_problems"
_MOST_PROBLEMS = 30


def start(t: Texts, storyline: Storyline) -> None:
    """Write the button that makes the stage, and then the one that opens it in a window of its own."""
    from workshop.stage.page import Extras

    with st.container(horizontal=True, vertical_alignment="center", key="story_start"):
        made = st.session_state.get(_MADE)
        ready = made is not None and made[0] == text_of(storyline)
        if st.button(t("storyline.start"), type="secondary" if ready else "primary", key="story_make"):
            try:
                with st.spinner(t("storyline.making"), show_time=False):
                    address = stage_build.put_on_server(storyline, Extras(live=True))
                st.session_state[_MADE] = (text_of(storyline), address)
            except QuartierError as problem:
                ui.error(t, problem)
            except OSError:
                st.error(t("storyline.no_room"))
            ready = _MADE in st.session_state and st.session_state[_MADE][0] == text_of(storyline)
        if ready:
            st.link_button(t("storyline.open"), st.session_state[_MADE][1], type="primary")
            st.caption(t("storyline.keys"))


def show(t: Texts, storyline: Storyline) -> None:
    """Write the files: storyline and stage to take along, a storyline to open."""
    st.header(t("storyline.files"), anchor=False)
    if storyline.steps:
        with st.container(horizontal=True, key="story_downloads"):
            st.download_button(
                t("storyline.download"), lambda: text_of(storyline).encode(), "quartierskarte-vorfuehrung.json",
                "application/json", on_click="ignore", key="story_download",
            )  # fmt: skip
            st.download_button(
                t("storyline.download_html"), lambda: _html(storyline), "quartierskarte-vorfuehrung.html",
                "text/html", on_click="ignore", key="story_download_html", help=t("storyline.download_html.help"),
            )  # fmt: skip
    _upload(t)
    if st.button(t("storyline.to_map"), type="tertiary", key="story_to_map"):
        st.switch_page(navigation.pages()["map"])


def _html(storyline: Storyline) -> bytes:
    from workshop.stage.page import Extras

    return stage_build.page(storyline, Extras()).html.encode("utf-8")


def _upload(t: Texts) -> None:
    given = upload.field(t, t("storyline.upload"), ["json"], megabytes=1, key="story_upload")
    if given is None:
        st.session_state.pop(_WRONG, None)
    elif st.session_state.get(_TAKEN) != given.file_id:
        st.session_state[_TAKEN] = given.file_id
        known = stage_build.material(t.language).known
        reading = read_storyline(given.getvalue()[: MAX_BYTES + 1], known, name=given.name)
        st.session_state[_WRONG] = [ui.message(t, problem.key, problem.params) for problem in reading.problems]
        if reading.storyline is not None:
            story_model.keep(reading.storyline)
            st.rerun()
    wrong = st.session_state.get(_WRONG)
    if wrong:
        st.error(t.plural("storyline.wrong", len(wrong)))
        st.markdown("\n".join(f"- {ui.literal(line)}" for line in wrong[:_MOST_PROBLEMS]))


def begin(t: Texts, selection: Selection) -> None:
    """Offer a storyline for a district to begin with, and the way to the map."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="story_begin"):
        ui.district_box(t, selection)
        st.button(
            t("storyline.example"), key="story_example", type="primary", on_click=_example, args=(t, selection["district"]),
        )  # fmt: skip


def _example(t: Texts, district: int | None) -> None:
    from workshop.stage.plain_story import plain_storyline

    value = areas.CITY if district is None else areas.value_of("district", district)
    story_model.keep(plain_storyline(stage_build.material(t.language), areas.area(value)))
