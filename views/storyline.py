"""The storyline: order and edit the steps, take it along as a file, start the stage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.storyline import LANGUAGES, MAX_TITLE, one_line
from views import areas, story_files, story_model, story_steps, ui
from views.state import Selection

if TYPE_CHECKING:
    from geo.storyline import Storyline
    from views.texts import Texts


def page() -> None:
    """Show the page."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE, areas.district_choice()])
    ui.header(t, selection, title=t("storyline.title"), lead=t("storyline.lead"))
    storyline = story_model.current(t)
    if storyline.steps:
        story_files.start(t, storyline)
        _head(t, storyline)
        story_steps.show(t, storyline)
    else:
        ui.empty(t, "storyline.empty")
        story_files.begin(t, selection)
    story_files.show(t, storyline)
    selection.publish()
    story_model.publish()


def _head(t: Texts, storyline: Storyline) -> None:
    """Write title and language of the stage."""
    st.session_state["story_title"] = storyline.title
    st.session_state["story_language"] = storyline.language
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.text_input(t("storyline.name"), max_chars=MAX_TITLE, key="story_title", on_change=_named, args=(t,))
    right.segmented_control(
        t("storyline.language"), LANGUAGES, format_func=lambda code: t(f"storyline.language.{code}"),
        key="story_language", on_change=_spoken, args=(t,), required=True,
    )  # fmt: skip


def _named(t: Texts) -> None:
    title = one_line(str(st.session_state["story_title"]))
    if title:
        story_model.keep(replace(story_model.current(t), title=title))


def _spoken(t: Texts) -> None:
    story_model.keep(replace(story_model.current(t), language=st.session_state["story_language"]))
