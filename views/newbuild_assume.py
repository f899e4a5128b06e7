"""Every assumption of the requirement sheet: value, unit, where it comes from; each can be replaced by an own one."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.newbuild_assumptions import HOUSEHOLDS, VARIANTS
from views import data, newbuild_model, newbuild_words, ui

if TYPE_CHECKING:
    from geo.newbuild_assumptions import Assumption
    from views.newbuild_model import State
    from views.texts import Texts

GROUPS = (
    "demand", "persons", "household", *(f"profile_{name}" for name in HOUSEHOLDS), "ageing", "prevalence", "reach",
)  # fmt: skip


def show(t: Texts, now: State) -> None:
    """Write the assumptions of one group at a time, each with three fields."""
    rules = newbuild_model.assumptions()
    st.markdown(t("newbuild.assumptions.text"))
    own = [name for name in now.own_values if name in rules]
    if own:  # not in the expander's label: it closes when its label changes
        st.markdown(f"**{t.plural('newbuild.own_count', len(own))}**")
    key = f"nb_group_{now.turn}"
    group = st.selectbox(
        t("newbuild.assumptions.group"), GROUPS, format_func=lambda name: _group_name(t, now, rules, name), key=key,
        width=420,
    )  # fmt: skip
    for rule in rules.values():
        if _group(rule) == group:
            _rule(t, now, rule)
    if own:
        st.button(
            t.plural("newbuild.reset_all", len(own)),
            key="nb_reset_all",
            on_click=_reset,
            args=(now, list(now.own_values)),
        )


def _group_name(t: Texts, now: State, rules: dict[str, Assumption], name: str) -> str:
    own = sum(1 for each in now.own_values if each in rules and _group(rules[each]) == name)
    return t(f"newbuild.group.{name}") + (f" · {t.plural('newbuild.own_count', own)}" if own else "")


def _group(rule: Assumption) -> str:
    """Return the group an assumption is shown in: the ages at move-in are three."""
    if rule.group != "profile":
        return rule.group
    return next((f"profile_{name}" for name in HOUSEHOLDS if rule.name.startswith(f"profile_{name}_")), "profile")


def _rule(t: Texts, now: State, rule: Assumption) -> None:
    own = rule.name in now.own_values
    unit = t(f"newbuild.unit.{rule.unit}")
    with st.container(border=True, key=f"nb_rule_{rule.name}"):
        mark = f" · **{t('newbuild.own')}**" if own else ""
        st.markdown(f"{ui.literal(newbuild_words.label(t, rule))} ({ui.literal(unit)}){mark}")
        with st.container(horizontal=True, key=f"nb_values_{rule.name}"):
            for at, variant in enumerate(VARIANTS):
                _value(t, now, rule, at, t(f"newbuild.variant.{variant}"))
        catalogue = " / ".join(newbuild_words.plain(t, value) for value in rule.values)
        st.caption(ui.literal((t("newbuild.catalogue", values=catalogue) + " " if own else "") + source(t, rule)))
        if own:
            st.button(t("newbuild.reset"), key=f"nb_reset_{rule.name}", on_click=_reset, args=(now, [rule.name]))


def source(t: Texts, rule: Assumption) -> str:
    """Return how a value came about and where it comes from; what the program itself assumes is said to be that."""
    parts = [t(f"newbuild.basis.{rule.basis}") + "."]
    if rule.notes[t.language]:
        parts.append(rule.notes[t.language])
    if rule.basis != "own":
        parts.append(_source(t, rule.source))
    return " ".join(parts)


def _source(t: Texts, text: str) -> str:
    """Return where a value comes from; a standard or an indicator of the catalogue by its name, not by its code."""
    standard = re.fullmatch(r"Planning standard (\w+)", text)
    rows = data.gap_inputs().standard_rows
    if standard and standard[1] in rows:
        return newbuild_words.standard_name(rows[standard[1]])
    indicator = re.match(r"Indicator (\w+)", text)
    if indicator and indicator[1] in data.catalogue().indicators:
        name = data.catalogue().indicators[indicator[1]].label.of(t.language)
        return f"{name}{text[indicator.end() :]}"
    return text


def _value(t: Texts, now: State, rule: Assumption, at: int, label: str) -> None:
    values = now.own_values.get(rule.name, rule.values)
    key = f"nb_{now.turn}_{rule.name}_{at}"
    shown = float(values[at]) if math.isfinite(values[at]) else None

    def changed() -> None:
        _put(now, rule, at, st.session_state[key])

    st.number_input(
        label, value=shown, step=_step(rule), format="%g", key=key, on_change=changed, width=140,
        help=t("newbuild.range", low=newbuild_words.plain(t, rule.minimum), high=newbuild_words.plain(t, rule.maximum)),
    )  # fmt: skip


def _step(rule: Assumption) -> float:
    return {"persons": 0.05, "factor": 0.05, "m": 50.0, "persons per place": 100.0}.get(rule.unit, 1.0)


def _put(now: State, rule: Assumption, at: int, value: Any) -> None:
    """Take over a value; one that is the catalogue's again is no own value any more, an empty field is the catalogue's."""
    values = list(now.own_values.get(rule.name, rule.values))
    values[at] = rule.values[at] if value is None else float(value)
    low, mid, high = values
    if (low, mid, high) == rule.values:
        now.own_values.pop(rule.name, None)
        if value is None:
            now.turn += 1
    else:
        now.own_values[rule.name] = (low, mid, high)


def _reset(now: State, names: list[str]) -> None:
    for name in names:
        now.own_values.pop(name, None)
    now.turn += 1
