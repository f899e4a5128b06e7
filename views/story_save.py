"""Below a map: save what it shows as a step of the storyline, with one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from geo.storyline import MAX_SENTENCE
from views import navigation, story_model

if TYPE_CHECKING:
    from geo.storyline import Step
    from views.texts import Texts

_SAID = "story_saved"


def show(t: Texts, make: Callable[[str], Step]) -> None:
    """Write the form; ``make`` turns the sentence into a step of what is shown."""
    steps = len(story_model.current(t).steps)
    with st.expander(t("storyline.save"), expanded=bool(st.session_state.get(_SAID)), key="story_save"):
        with st.form("story_form", border=False, clear_on_submit=True):
            st.text_input(
                t("storyline.save.sentence"), max_chars=MAX_SENTENCE, key="story_sentence",
                placeholder=t("storyline.save.placeholder"),
            )  # fmt: skip
            st.form_submit_button(t("storyline.save.now"), type="primary", on_click=_save, args=(t, make))
        said = st.session_state.pop(_SAID, None)
        if said:
            st.success(t("storyline.saved", number=steps)) if said == "saved" else st.warning(t(f"storyline.{said}"))
        if steps and st.button(t.plural("storyline.save.open", steps), key="story_open"):
            st.switch_page(navigation.pages()["storyline"])
    story_model.publish()


def _save(t: Texts, make: Callable[[str], Step]) -> None:
    sentence = str(st.session_state["story_sentence"]).strip()
    if not sentence:
        st.session_state[_SAID] = "save.missing"
        return
    st.session_state[_SAID] = "saved" if story_model.add(t, make(sentence)) else "save.full"
