"""The host's page of a workshop session: open one, invite, look through notes, group, give dots, agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.workshop import PHASES
from layers.escape import html_text
from views import (
    navigation,
    session_agree,
    session_groups,
    session_invite,
    session_model,
    session_notes,
    session_open,
    session_projector,
    storage,
    ui,
)

if TYPE_CHECKING:
    from store.workshop import Feed, Session
    from views.state import Selection
    from views.texts import Texts

PARTS = ("invite", "notes", "groups", "agree", "settings")
PART_OF_PHASE = {"draft": "invite", "collect": "notes", "vote": "agree", "closed": "agree"}
_FORWARD = {"draft": "collect", "collect": "vote", "vote": "closed"}
_BACK = {"vote": "collect", "closed": "vote"}


def page() -> None:
    """Show the chosen session, else the list of sessions and the form for a new one."""
    from store import StoreError

    t = ui.texts()
    selection = session_model.choices(PARTS)
    problem, found = None, None
    try:
        chosen = _chosen(selection)
        found = session_model.feed(chosen) if chosen is not None else None
    except StoreError as refused:
        problem = refused
    title = ui.literal(found.session.title) if found else t("session.title")
    ui.header(t, selection, title=title, lead="" if found else t("session.lead"))
    if not session_model.token():
        storage.banner(t)
    session_model.said_now()
    if problem is not None:
        ui.error(t, problem)
    elif found is not None:
        _one(t, selection, found)
    else:
        _list(t, selection)
    selection.publish()


def _chosen(selection: Selection) -> str | None:
    """Return the chosen session; a host link is for one only, which then is chosen; LinkError for a bad link."""
    from store.workshop import host_session

    if session_model.token():
        who = session_model.actor()
        if who is not None:
            selection["session"] = host_session(storage.reading(), who)
    return selection["session"]


def _list(t: Texts, selection: Selection) -> None:
    from store import Operation

    found = session_model.known()
    if not storage.may(Operation.HOST_WORKSHOP):
        st.info(t("session.not_allowed"))
        return
    for one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"session_{one.id}"):
            about = " · ".join((t(f"session.phase.{one.phase}"), one.area_name, t.day(one.created_at[:10])))
            st.markdown(f"**{ui.literal(one.title)}**  \n{ui.literal(about)}")
            st.button(t("session.go_on"), key=f"session_go_{one.id}", on_click=_choose, args=(selection, one.id))
    with st.container(key="session_new"):
        st.header(t("session.new"), anchor=False)
        if storage.may(Operation.OPEN_WORKSHOP):
            session_open.show_new(t, selection)


def _choose(selection: Selection, session_id: str | None) -> None:
    selection["session"], selection["work"] = session_id, None


def _one(t: Texts, selection: Selection, found: Feed) -> None:
    """Write one session: where it is, the next step, and the part that is worked on."""
    session = found.session
    st.markdown(f"{ui.literal(session.area_name)} · **{ui.literal(session.question)}**")
    _phases(t, session)
    _steps(t, selection, session)
    part = selection["work"] or PART_OF_PHASE[session.phase]
    selection["work"] = st.segmented_control(
        t("session.parts"), PARTS, format_func=lambda one: t(f"session.part.{one}"), default=part, required=True,
        label_visibility="collapsed", key=f"session_part_{session.id}_{part}", on_change=_part,
        args=(selection, f"session_part_{session.id}_{part}"),
    )  # fmt: skip
    shows = {
        "invite": session_invite.show,
        "notes": session_notes.show,
        "groups": session_groups.show,
        "agree": session_agree.show,
        "settings": lambda t, found: session_open.show_settings(t, found.session),
    }
    shows[selection["work"]](t, found)


def _part(selection: Selection, key: str) -> None:
    selection["work"] = st.session_state[key]


def _phases(t: Texts, session: Session) -> None:
    """Write the four phases as a list; the present one is marked by more than its colour."""
    items = "".join(
        f"<li{' aria-current=step' if one == session.phase else ''}>{number}. {html_text(t(f'session.phase.{one}'))}</li>"
        for number, one in enumerate(PHASES, start=1)
    )
    st.html(f'<ol class="qk-phases" aria-label="{html_text(t("session.phases"))}">{items}</ol>')


def _steps(t: Texts, selection: Selection, session: Session) -> None:
    """Write the button of the next phase, the way back, and the ways to projector and protocol."""
    with st.container(horizontal=True, vertical_alignment="center", key="session_steps"):
        forward, back = _FORWARD.get(session.phase), _BACK.get(session.phase)
        if forward:
            st.button(
                t(f"session.to.{forward}"), type="primary", key="session_forward", on_click=_go,
                args=(t, selection, session, forward), help=t(f"session.to.{forward}.help"),
            )  # fmt: skip
        if back:
            st.button(t(f"session.back.{back}"), key="session_back", on_click=_go, args=(t, selection, session, back))
        if session.phase == "closed" and st.button(t("session.protocol"), type="primary", key="session_protocol"):
            selection["work"] = None
            st.switch_page(navigation.pages()["protocol"])
        if session.phase != "closed":
            session_projector.button(t, session)
        if not session_model.token():
            st.button(t("session.all"), key="session_all", type="tertiary", on_click=_choose, args=(selection, None))


def _go(t: Texts, selection: Selection, session: Session, phase: str) -> None:
    from store.workshop import set_phase

    made = session_model.do(t, lambda store, who: set_phase(store, who, session.id, phase, version=session.version))
    if made is not None:
        selection["work"] = PART_OF_PHASE[phase]
