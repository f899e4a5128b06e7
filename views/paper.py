"""The evening on paper: the kit to print and carry, and the way back from cards to the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import areas, paper_back, paper_kit, session_model, storage, ui

if TYPE_CHECKING:
    from store.workshop import Session
    from views.state import Selection
    from views.texts import Texts

PARTS = ("kit", "back")


def page() -> None:
    """Show the part that is worked on, for the chosen session or an area alone."""
    from store import StoreError

    t = ui.texts()
    selection = session_model.choices(PARTS, [areas.choice(city=True), areas.district_choice(), areas.quarter_choice()])
    ui.header(t, selection, title=t("paper.title"), lead=t("paper.lead"))
    if not session_model.token():
        storage.banner(t)
    session_model.said_now()
    try:
        session = _session(t, selection)
        part = _part(t, selection)
        if part == "kit":
            paper_kit.show(t, selection, session)
        else:
            paper_back.show(t, session)
    except StoreError as problem:
        ui.error(t, problem)
    selection.publish()


def _session(t: Texts, selection: Selection) -> Session | None:
    """Write the box in which a session is chosen, and return it; a host link is for one only."""
    known = {one.id: one for one in session_model.known()}
    if session_model.token() and selection["session"] is None and known:
        selection["session"] = next(iter(known))
    if known:
        st.selectbox(
            t("paper.session"), list(known), index=None, placeholder=t("paper.session.none"),
            format_func=lambda one: f"{known[one].title} ({known[one].area_name})", width=560, **selection.bind("session"),
        )  # fmt: skip
    return known.get(selection["session"])


def _part(t: Texts, selection: Selection) -> str:
    part = selection["work"] or PARTS[0]
    key = f"paper_part_{part}"
    chosen = st.segmented_control(
        t("paper.parts"), PARTS, format_func=lambda one: t(f"paper.part.{one}"), default=part, required=True,
        label_visibility="collapsed", key=key, on_change=_turn, args=(selection, key),
    )  # fmt: skip
    return str(chosen)


def _turn(selection: Selection, key: str) -> None:
    selection["work"] = st.session_state[key]
