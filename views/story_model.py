"""The storyline under way: kept in the session, and on the server under a name in the address line, so that a reload keeps it."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.folders import data_folder
from geo.storyline import FILTERS, LANGUAGES, MAX_SENTENCE, MAX_STEPS, SHOWN, Filters, Step, Storyline, View, one_line
from geo.storyline import storyline_text as text_of
from geo.storyline_read import read_storyline
from views.state import STORY
from workshop.stage.shelf import STORIES, Shelf

if TYPE_CHECKING:
    from geo.storyline import GapFill, IndicatorFill
    from views.state import Selection
    from views.texts import Texts

_STORY = "storyline"


def current(t: Texts) -> Storyline:
    """Return the storyline under way; a new one without steps where there is none."""
    if _STORY not in st.session_state:
        st.session_state[_STORY] = _linked() or Storyline(t("storyline.new"), _language(t))
    found: Storyline = st.session_state[_STORY]
    return found


def _language(t: Texts) -> str:
    return t.language if t.language in LANGUAGES else LANGUAGES[0]


def _linked() -> Storyline | None:
    """Return the storyline that the address line names, None where there is none (any more)."""
    packed = _shelf().get(str(st.query_params.get(STORY, "")))
    return None if packed is None else read_storyline(gzip.decompress(packed)).storyline


def _shelf() -> Shelf:
    return Shelf(data_folder(), STORIES)


def keep(storyline: Storyline) -> None:
    """Go on with another state of the storyline."""
    st.session_state[_STORY] = storyline


def publish() -> None:
    """Write the storyline's name into the address line; a page calls it after it has published its selection."""
    storyline: Storyline | None = st.session_state.get(_STORY)
    if storyline is None or not storyline.steps:
        return
    try:
        name = _shelf().put(text_of(storyline))
    except OSError:  # nowhere to keep it: the session has it, the page offers it as a file
        return
    if st.query_params.get(STORY) != name:
        st.query_params[STORY] = name


def add(t: Texts, step: Step) -> bool:
    """Add a step at the end; False where the storyline is full."""
    storyline = current(t)
    if len(storyline.steps) >= MAX_STEPS:
        return False
    keep(replace(storyline, steps=(*storyline.steps, step)))
    return True


def change(t: Texts, number: int, step: Step) -> None:
    """Put another step in the place of the one with this number (from 0)."""
    storyline = current(t)
    keep(replace(storyline, steps=(*storyline.steps[:number], step, *storyline.steps[number + 1 :])))


def remove(t: Texts, number: int) -> None:
    """Take a step away."""
    storyline = current(t)
    keep(replace(storyline, steps=(*storyline.steps[:number], *storyline.steps[number + 1 :])))


def move(t: Texts, number: int, by: int) -> None:
    """Move a step up (-1) or down (1); at the ends it stays."""
    steps = list(current(t).steps)
    target = number + by
    if 0 <= target < len(steps):
        steps.insert(target, steps.pop(number))
    keep(replace(current(t), steps=tuple(steps)))


def step_of_map(selection: Selection, sentence: str, view: View, fill: IndicatorFill | GapFill | None) -> Step:
    """Return what the map page shows as a step."""
    return Step(
        sentence=one_line(sentence)[:MAX_SENTENCE],
        kinds=tuple(selection["kinds"]),
        show=tuple(name for name in SHOWN if name in selection["show"]),
        fill=fill,
        filters=Filters(**{name: tuple(selection[name]) for name in FILTERS}),
        district=selection["district"],
        view=view,
    )
