"""Results of a session and what became of each note: for its hosts, and for everybody with the code what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.workshop import join_code, spaced_code
from views import data, protocol_files, protocol_people, session_became, session_invite, session_model, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.workshop.evening import Item
    from store.workshop import Session
    from views.texts import Texts

CODE = "code"
MOST = 200
_LONGEST = 20


def page() -> None:
    """Show the results of the chosen session, or the ways to one."""
    from store import StoreError

    t = ui.texts()
    selection = _selection()
    ui.header(t, selection, title=t("protocol.title"), lead="" if _is_chosen(selection) else t("protocol.lead"))
    try:
        if session_model.token() and selection["session"] is None:
            _one_of_link(selection)
        if selection["session"] is not None:
            _for_host(t, selection["session"])
        elif selection[CODE] is not None:
            _for_everybody(t, selection[CODE])
    except StoreError as problem:
        ui.error(t, problem)
    _choose(t, selection)
    selection.publish()


def _selection() -> Selection:
    typed = st.query_params.get(CODE) or st.session_state.get("selection", {}).get(CODE) or ""
    code = join_code(typed[:_LONGEST])
    return Selection(
        [
            ui.LANGUAGE_CHOICE,
            session_model.session_choice(),
            Choice(CODE, (typed,) if code else ()),
            session_model.link_choice(),
        ]
    )


def _is_chosen(selection: Selection) -> bool:
    return selection["session"] is not None or selection[CODE] is not None


def _one_of_link(selection: Selection) -> None:
    from store.workshop import host_session

    who = session_model.actor()
    if who is not None:
        selection["session"] = host_session(storage.reading(), who)


def _choose(t: Texts, selection: Selection) -> None:
    """Write the ways to another session: a list for hosts, the code for everybody."""
    known = {one.id: one for one in session_model.known()}
    with st.container(border=True, key="protocol_choose"):
        if len(known) > 1 or (known and not _is_chosen(selection)):
            st.selectbox(
                t("choice.session"), list(known), index=None, placeholder=t("entry.choose"),
                format_func=lambda one: f"{known[one].title} ({t.day(known[one].created_at[:10])})",
                **selection.bind("session"),
            )  # fmt: skip
        if not session_model.token():
            with st.form("protocol_code", border=False):
                typed = st.text_input(t("protocol.code"), max_chars=_LONGEST, key="protocol_code_typed")
                pressed = st.form_submit_button(t("protocol.code.open"), key="protocol_code_open")
            if pressed:
                _typed(t, selection, typed)


def _typed(t: Texts, selection: Selection, typed: str) -> None:
    if join_code(typed) is None:
        st.warning(t("protocol.code.bad"))
        return
    st.session_state["selection"][CODE], st.session_state["selection"]["session"] = typed, None
    st.query_params.from_dict({CODE: typed} | ({"lang": selection["lang"]} if selection["lang"] != "de" else {}))
    st.rerun()


def _for_host(t: Texts, session_id: str) -> None:
    from exchange.workshop.evening import evening_of
    from workshop.command_material import material_for

    session = _session(session_id)
    area = session_model.area_of(session)
    material = None if area is None else material_for(data.package(), data.frame, area, t.language)
    evening = evening_of(
        storage.reading(), session_model.actor(), session_id, people=protocol_people.dimensions,
        grid=None if material is None else material.grid,
    )  # fmt: skip
    _head(t, evening.session)
    voters = t.plural("protocol.file.voters", evening.voters) if evening.voters else ""
    ui.facts(
        [
            (t("protocol.fact.notes"), t.number(len(evening.notes)), ""),
            (t("protocol.fact.groups"), t.number(sum(item.is_group for item in evening.items)), ""),
            (t("protocol.fact.devices"), t.number(evening.participants), ""),
            (t("protocol.fact.dots"), t.number(sum(item.dots for item in evening.items)), voters),
        ]
    )
    protocol_files.show(t, evening, material)
    session_model.link(t, "session", t("protocol.to_session"), {"session": session.id})
    st.caption(ui.literal(t("protocol.for_everybody", address=f"{session_invite.join_link(session)}/stand")))
    _results(t, evening.session, evening.items)
    protocol_people.show(t, evening)


def _session(session_id: str) -> Session:
    from store.workshop import session

    return session(storage.reading(), session_model.actor(), session_id)


def _for_everybody(t: Texts, code: str) -> None:
    """Write what everybody with the code may read; wrong codes are counted by address, in memory only."""
    from exchange.workshop.evening import items_of
    from store.workshop import stand

    found = stand(storage.reading(), code, asker=str(st.context.ip_address or ""))
    _head(t, found.session)
    if found.session.phase != "closed":
        st.info(t("protocol.still_open"))
    _results(t, found.session, items_of(found.notes, found.groups, found.totals, found.became))


def _head(t: Texts, session: Session) -> None:
    st.header(ui.literal(session.title), anchor=False)
    st.markdown(f"**{ui.literal(session.question)}**  \n{ui.literal(session.area_name)}")
    st.caption(
        ui.literal(
            t(
                "protocol.about", date=t.day(session.created_at[:10]), code=spaced_code(session.code),
                day=t.day(session.deletion_date), phase=t(f"session.phase.{session.phase}"),
            )
        )
    )  # fmt: skip


def _results(t: Texts, session: Session, items: Sequence[Item]) -> None:
    """Write every group and note by dots, with what became of it; what nobody took up stands below, in short."""
    st.subheader(t("protocol.results"), anchor=False)
    if not items:
        st.info(t("protocol.results.none"))
        return
    first = [item for item in items if item.dots or item.is_group or item.became][:MOST]
    for item in first:
        with st.container(border=True, key=f"result_{item.id}"):
            dots = f" · {t.plural('session.dots.count', item.dots)}" if item.dots else ""
            st.markdown(f"**{item.number}. {ui.literal(' '.join(item.title.split()))}**{ui.literal(dots)}")
            if item.is_group:
                st.caption("  \n".join(ui.literal("– " + " ".join(note.text.split())) for note in item.notes))
            session_became.show(t, session, item.became)
            if not item.became:
                st.caption(t("protocol.nothing_yet"))
    shown = {item.id for item in first}
    rest = [item for item in items if item.id not in shown]
    if rest:
        st.markdown(f"**{t('protocol.rest' if first else 'protocol.all')}**")
        st.markdown("\n".join(f"- {ui.literal(' '.join(item.title.split()))}" for item in rest[:MOST]))
    if len(rest) > MOST:
        st.caption(t("entry.related.more", count=len(rest) - MOST))
