"""Questions 1 and 3: what it is about, and what else matters. Only the first stands in the address line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.finder import Wishes
from geo.finder_times import OPEN_WHEN
from geo.speeds import WALKING_KMH, Pace
from views import areas, finder_data, finder_words, ui, walking
from views.state import Choice
from views.texts import FINDER_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from views.state import Selection
    from views.texts import Texts

_WISHES = {name: f"finder_wish_{name}" for name in ("step_free", "language", "open", "group", "free")}
_PACE, _OWN_KMH = "finder_pace", "finder_own_kmh"


def choices() -> list[Choice]:
    """Return what the address line may say: language, need, district."""
    return [
        ui.LANGUAGE_CHOICE,
        Choice("need", tuple(finder_data.situations())),
        areas.district_choice(),
        areas.quarter_choice(),
    ]


def language(t: Texts, selection: Selection) -> None:
    """Offer the languages, each called in itself."""
    with st.container(key="finder_language"):
        st.pills(
            t("finder.language"),
            list(FINDER_LANGUAGES),
            format_func=FINDER_LANGUAGES.__getitem__,
            label_visibility="collapsed",
            required=True,
            **selection.bind("lang"),
        )


def need(t: Texts, selection: Selection) -> None:
    """Ask what it is about."""
    known = finder_data.situations()
    st.selectbox(
        t("finder.need"),
        list(known),
        format_func=lambda name: need_name(t, name),
        index=None,
        placeholder=t("finder.placeholder"),
        **selection.bind("need"),
    )


def need_name(t: Texts, name: str) -> str:
    """Return a life situation in the visitor's language."""
    return finder_words.label(t, "situation", name, finder_data.situations()[name].label.of(t.language))


def wishes(t: Texts) -> Wishes:
    """Ask what else matters and return it."""
    count = len(current().active)
    with st.expander(t("finder.more") + (f" ({count})" if count else ""), expanded=bool(count)):
        st.checkbox(t("finder.more.step_free"), key=_WISHES["step_free"])
        _one_of(t, "language", finder_data.languages(), lambda code: finder_words.language_name(t, code))
        _one_of(t, "open", OPEN_WHEN, lambda name: t(f"finder.open.{name}"))
        _one_of(t, "group", finder_data.groups(), lambda name: finder_words.group_name(t, name))
        st.checkbox(t("finder.more.free"), key=_WISHES["free"])
        paces = (*map(str, Pace), walking.OWN)
        st.radio(t("finder.more.pace"), paces, format_func=lambda pace: t(f"finder.pace.{pace}"), key=_PACE)
        if st.session_state[_PACE] == walking.OWN:
            field = f"{_OWN_KMH}_field"  # a field that is not drawn forgets its value
            st.session_state[field] = kmh()
            walking.own_kmh(t("finder.more.kmh"), key=field, on_change=_keep_own_kmh, args=(field,))
    return current()


def _one_of(t: Texts, name: str, options: tuple[str, ...], label: Callable[[str], str]) -> None:
    any_of_them = t("finder.more.any")
    st.selectbox(
        t(f"finder.more.{name}"),
        [None, *options],
        format_func=lambda value: any_of_them if value is None else label(value),
        key=_WISHES[name],
    )


def current() -> Wishes:
    """Return the wishes of this visit."""
    values: dict[str, Any] = {name: st.session_state.get(key) for name, key in _WISHES.items()}
    return Wishes(**(values | {"step_free": bool(values["step_free"]), "free": bool(values["free"])}))


def _keep_own_kmh(field: str) -> None:
    st.session_state[_OWN_KMH] = st.session_state[field]


def kmh() -> float:
    """Return the visitor's own walking speed."""
    pace = st.session_state.get(_PACE) or Pace.STANDARD
    if pace == walking.OWN:
        return float(st.session_state.get(_OWN_KMH) or WALKING_KMH[Pace.OLDER])
    return WALKING_KMH[Pace(pace)]


def wish_name(t: Texts, wish: str, wanted: Wishes) -> str:
    """Return a wish in words, with what was wished for."""
    if wish == "language" and wanted.language:
        return f"{t('finder.more.language')}: {finder_words.language_name(t, wanted.language)}"
    if wish == "open" and wanted.open:
        return f"{t('finder.more.open')}: {t(f'finder.open.{wanted.open}')}"
    if wish == "group" and wanted.group:
        return f"{t('finder.more.group')} {finder_words.group_name(t, wanted.group)}"
    return t(f"finder.more.{wish}")
