"""Below a map: save what it shows as a step of the storyline, with one sentence.

What part of the map is shown only the browser knows: the sentence waits until the map has answered.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from geo.storyline import MAX_SENTENCE, ZOOMS, View
from layers.view_request import KEY, view_request
from views import navigation, story_model

if TYPE_CHECKING:
    from geo.storyline import Step
    from layers.clicks import Click
    from layers.maplayer import MapLayer
    from views.texts import Texts

_SAID, _WAITING = "story_saved", "story_waiting"


def asking() -> list[MapLayer]:
    """Return the layer that asks the map for its view, while a sentence waits for it; for `views.mapview.show_map`."""
    waiting = st.session_state.get(_WAITING)
    return [] if waiting is None else [view_request(waiting[0])]


def show(t: Texts, click: Click | None, make: Callable[[str, View], Step]) -> None:
    """Write the form; ``make`` turns the sentence and the view into a step of what is shown.

    ``click`` is what the map has reported in this run.
    """
    _take(t, click, make)
    steps = len(story_model.current(t).steps)
    said = st.session_state.pop(_SAID, None)
    with st.expander(t("storyline.save"), expanded=said is not None, key="story_save"):
        with st.form("story_form", border=False, clear_on_submit=True):
            st.text_input(
                t("storyline.save.sentence"), max_chars=MAX_SENTENCE, key="story_sentence",
                placeholder=t("storyline.save.placeholder"),
            )  # fmt: skip
            st.form_submit_button(t("storyline.save.now"), type="primary", on_click=_ask)
        if said == "saved":
            st.success(t("storyline.saved", number=steps))
        elif said:
            st.warning(t(f"storyline.{said}"))
        if steps and st.button(t.plural("storyline.save.open", steps), key="story_open"):
            st.switch_page(navigation.pages()["storyline"])
    story_model.publish()


def _ask() -> None:
    sentence = str(st.session_state["story_sentence"]).strip()
    if sentence:
        st.session_state[_WAITING] = (uuid.uuid4().hex, sentence)
    else:
        st.session_state[_SAID] = "save.missing"


def _take(t: Texts, click: Click | None, make: Callable[[str, View], Step]) -> None:
    """Save the step whose view the map has told."""
    waiting = st.session_state.get(_WAITING)
    if waiting is None or click is None or (click.layer, click.id) != (KEY, waiting[0]):
        return
    del st.session_state[_WAITING]
    zoom = min(max(click.view.zoom, ZOOMS[0]), ZOOMS[1])
    step = make(waiting[1], View(click.view.lat, click.view.lon, zoom))
    st.session_state[_SAID] = "saved" if story_model.add(t, step) else "save.full"
