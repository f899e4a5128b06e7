"""The steps of the storyline as a list: what each shows, its sentence, a second district, order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.storyline import FILTERS, MAX_SENTENCE, GapFill, one_line
from views import data, facts, story_model, ui

if TYPE_CHECKING:
    from geo.storyline import Step, Storyline
    from views.texts import Texts

_MOST_KINDS = 4


def show(t: Texts, storyline: Storyline) -> None:
    """Write one box for each step."""
    st.header(t.plural("storyline.steps", len(storyline.steps)), anchor=False)
    for number, step in enumerate(storyline.steps):
        with st.container(border=True, key=f"story_step_{number}"):
            _step(t, storyline, number, step)


def _step(t: Texts, storyline: Storyline, number: int, step: Step) -> None:
    left, right = st.columns([5, 2], gap="medium", vertical_alignment="top")
    with left:
        key = f"story_sentence_{number}"
        st.session_state[key] = step.sentence
        st.text_area(
            t("storyline.sentence", number=number + 1), max_chars=MAX_SENTENCE, height=80, key=key,
            on_change=_said, args=(t, number),
        )  # fmt: skip
        st.caption(ui.literal(summary(t, step)))
        if step.district is not None:
            _second(t, number, step)
    with right, st.container(horizontal=True, horizontal_alignment="right", key=f"story_order_{number}"):
        last = len(storyline.steps) - 1
        for name, by, off in (("up", -1, number == 0), ("down", 1, number == last)):
            st.button(
                t(f"storyline.{name}"), key=f"story_{name}_{number}", disabled=off, on_click=story_model.move,
                args=(t, number, by), help=t(f"storyline.{name}.help", number=number + 1),
            )  # fmt: skip
        st.button(
            t("storyline.remove"), key=f"story_remove_{number}", on_click=story_model.remove, args=(t, number),
            help=t("storyline.remove.help", number=number + 1),
        )  # fmt: skip


def _said(t: Texts, number: int) -> None:
    sentence = one_line(str(st.session_state[f"story_sentence_{number}"]))
    if sentence:  # an empty sentence is none: the old one stays
        story_model.change(t, number, replace(story_model.current(t).steps[number], sentence=sentence))


def _second(t: Texts, number: int, step: Step) -> None:
    """Write the box for the district beside the first one."""
    names = data.district_names()
    key = f"story_second_{number}"
    st.session_state[key] = step.second if step.second in names else None
    st.selectbox(
        t("storyline.second", name=names.get(step.district, "")),
        sorted((one for one in names if one != step.district), key=names.__getitem__),
        format_func=names.__getitem__,
        index=None,
        placeholder=t("storyline.second.none"),
        key=key,
        on_change=_paired,
        args=(t, number),
        width=420,
    )


def _paired(t: Texts, number: int) -> None:
    second = st.session_state[f"story_second_{number}"]
    story_model.change(t, number, replace(story_model.current(t).steps[number], second=second))


def summary(t: Texts, step: Step) -> str:
    """Return in one line what a step shows."""
    parts = []
    names = data.district_names()
    if step.district is not None:
        parts.append(names.get(step.district, str(step.district)))
    if isinstance(step.fill, GapFill):
        parts.append(f"{_kind(t, step.fill.kind)}: {t(f'gaps.measure.{step.fill.measure}')}")
    elif step.fill is not None:
        parts.append(facts.name(t, step.fill.code) if step.fill.code in data.catalogue().indicators else step.fill.code)
    if step.kinds:
        shown = ", ".join(_kind(t, kind) for kind in step.kinds[:_MOST_KINDS])
        rest = len(step.kinds) - _MOST_KINDS
        parts.append(shown + (t.plural("storyline.more_kinds", rest) if rest > 0 else ""))
    parts += [t(f"map.show.{name}") for name in step.show]
    filters = sum(bool(getattr(step.filters, name)) for name in FILTERS)
    if filters:
        parts.append(t.plural("storyline.filters", filters))
    return " · ".join(parts) or t("storyline.only_borders")


def _kind(t: Texts, kind: str) -> str:
    entry = data.catalogue().kinds.get(kind)
    return kind if entry is None else entry.plural.of(t.language)
