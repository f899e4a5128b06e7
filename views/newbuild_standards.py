"""By which planning standard each demand is worked out, how far people may walk, and which free places somebody knows of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.newbuild_demand import PERSONS_PER_PLACE, PLACES_PER_100, fitting_standards, fitting_walks
from views import data, newbuild_model, newbuild_words, ui

if TYPE_CHECKING:
    from geo.newbuild_assumptions import Assumption
    from views.newbuild_model import State
    from views.texts import Texts

_NONE = ""


def show(t: Texts, now: State) -> None:
    """Write one block for each demand."""
    st.markdown(t("newbuild.standards.text"))
    own = len(now.standards) + len(now.walk_standards) + len(now.own_free)
    if own:  # not in the expander's label: it closes when its label changes
        st.markdown(f"**{t.plural('newbuild.own_count', own)}**")
    for rule in newbuild_model.assumptions().values():
        if rule.unit in {PLACES_PER_100, PERSONS_PER_PLACE}:
            _demand(t, now, rule)


def _demand(t: Texts, now: State, rule: Assumption) -> None:
    standards = data.gap_inputs().standard_rows
    with st.container(border=True, key=f"nb_demand_{rule.name}"):
        st.markdown(f"**{ui.literal(newbuild_words.label(t, rule))}**")
        with st.container(horizontal=True, key=f"nb_choices_{rule.name}"):
            values = [each for each in fitting_standards(rule, standards) if each != rule.standard_id]
            if values:
                default = t("newbuild.standards.own") if rule.standard_id is None else _option(t, rule.standard_id)
                _choose(t, now, rule, "standards", values, default)
            walks = fitting_walks(rule, standards)
            if walks:
                _choose(t, now, rule, "walk_standards", walks, t("newbuild.standards.walk"))
            _free(t, now, rule)
        if rule.name in now.own_values and rule.name in now.standards:
            st.caption(t("newbuild.standards.own_first"))


def _option(t: Texts, standard_id: str) -> str:
    return newbuild_words.standard_option(t, standard_id)


def _choose(t: Texts, now: State, rule: Assumption, field: str, options: list[str], default: str) -> None:
    chosen: dict[str, str] = getattr(now, field)
    key = f"nb_{now.turn}_{field}_{rule.name}"
    listed = [_NONE, *options]
    current = chosen.get(rule.name, _NONE)

    def changed() -> None:
        value = st.session_state[key]
        chosen.pop(rule.name, None)
        if value:
            chosen[rule.name] = value

    st.selectbox(
        t("newbuild.standard" if field == "standards" else "newbuild.walk_standards"), listed,
        index=listed.index(current) if current in listed else 0,
        format_func=lambda value: _option(t, value) if value else default, key=key, on_change=changed, width=420,
    )  # fmt: skip


def _free(t: Texts, now: State, rule: Assumption) -> None:
    key = f"nb_{now.turn}_free_{rule.name}"
    value = now.own_free.get(rule.name)
    fits = isinstance(value, int | float) and math.isfinite(value)

    def changed() -> None:
        typed: Any = st.session_state[key]
        now.own_free.pop(rule.name, None)
        if typed is not None:
            now.own_free[rule.name] = typed

    st.number_input(
        t("newbuild.free"), value=float(value) if fits and value is not None else None, step=1.0, format="%g", key=key,
        on_change=changed, placeholder=t("newbuild.free.unknown"), help=t("newbuild.free.help"), width=220,
    )  # fmt: skip
