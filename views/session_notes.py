"""The notes of a session as they come: hold, show, hide, correct; and typing one for somebody without a phone.

The list looks for news every two seconds in a fragment of its own. What the host types stands outside of it.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import streamlit as st

from geo import workshop as rules
from geo.name_hint import name_hints
from views import session_model, session_place, ui

if TYPE_CHECKING:
    from store.workshop import Feed, Note, Session
    from views.texts import Texts

EVERY_S = 2.0
AT_ONCE = 25
"""Notes on a page of the list: more would make the page slow while they come."""
FILTERS = ("held", "shown", "hidden")
_EDITED, _TURN, _IDENTIFIER = "session_edited", "session_note_turn", "session_note_id"


def show(t: Texts, found: Feed) -> None:
    """Write what is being corrected, the form for a new note, and the list that renews itself."""
    session = found.session
    edited = st.session_state.get(_EDITED)
    note = next((one for one in found.notes if one.id == edited), None)
    left, right = st.columns([2, 1], gap="large")
    with right, st.container(key="session_typing"):
        if note is not None:
            _edit(t, session, note)
        else:
            _enter(t, session)
    with left:
        _live(t, session.id, session.version)


@st.fragment(run_every=EVERY_S)
def _live(t: Texts, session_id: str, version: int) -> None:
    """Write counts and notes; begins the whole page anew when the other host went on to another phase."""
    from store import StoreError

    session_model.said_now()
    try:
        found = session_model.feed(session_id)
    except StoreError as problem:
        ui.error(t, problem)
        return
    if found.session.version != version:
        st.rerun()
    notes = [note for note in found.notes if session_model.said(note)]
    notes.sort(key=lambda note: (note.created_at, note.id), reverse=True)
    count = {state: sum(note.state == state for note in notes) for state in rules.STATES}
    st.markdown(_counted(t, found, count))
    _all_at_once(t, session_id, [note for note in notes if note.state == "held"])
    state = _filter(t, found.session, count)
    listed = [note for note in notes if note.state == state]
    if not listed:
        st.info(t(f"session.notes.none.{state}"))
    first = _paged(t, len(listed), state)
    for note in listed[first : first + AT_ONCE]:
        _note(t, session_id, note)


def _counted(t: Texts, found: Feed, count: dict[str, int]) -> str:
    return " · ".join(
        (
            t.plural("session.count.notes", sum(count.values())),
            f"**{t.plural('session.count.held', count['held'])}**",
            t.plural("session.count.devices", found.participants or 0),
        )
    )


def _filter(t: Texts, session: Session, count: dict[str, int]) -> str:
    """Return which notes are listed: where new ones wait for the host, those that wait, until he chooses otherwise."""
    key = f"session_filter_{session.id}"
    if key not in st.session_state:
        st.session_state[key] = "held" if session.moderation == "hold" else "shown"
    return str(
        st.segmented_control(
            t("session.filter"), FILTERS, required=True, key=key, label_visibility="collapsed",
            format_func=lambda one: t(f"session.filter.{one}", count=count[one]),
        )
    )  # fmt: skip


def _paged(t: Texts, count: int, state: str) -> int:
    """Return the first note of the page that is looked at."""
    pages = max(1, -(-count // AT_ONCE))
    key = f"session_page_{state}"
    page = min(st.session_state.get(key, 0), pages - 1)
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", key=f"session_paging_{state}"):
            for label, step, off in (("newer", -1, page == 0), ("older", 1, page == pages - 1)):
                st.button(
                    t(f"session.notes.{label}"), key=f"session_{label}_{state}", disabled=off, on_click=_turn_page,
                    args=(key, page + step),
                )  # fmt: skip
            st.caption(t("session.notes.page", page=page + 1, pages=pages))
    return page * AT_ONCE


def _turn_page(key: str, page: int) -> None:
    st.session_state[key] = page


def _all_at_once(t: Texts, session_id: str, held: list[Note]) -> None:
    """Offer to show everything that waits and holds no hint at a name."""
    plain = [note.id for note in held if not name_hints(note.text)]
    if len(plain) > 1:
        st.button(
            t("session.show_all", count=len(plain)), key="session_show_all", on_click=_moderate,
            args=(t, session_id, plain, "shown"), help=t("session.show_all.help"),
        )  # fmt: skip


def _note(t: Texts, session_id: str, note: Note) -> None:
    """Write one note with what may be personal in it, and what can be done."""
    where = [t(f"session.channel.{note.channel}")] if note.channel != "phone" else []
    where += [text] if (text := session_model.place_text(t, note)) else []
    head = " · ".join((session_model.category(t, note.category), *where))
    text = "  \n".join(ui.literal(line) for line in note.text.splitlines())
    hints = [note.text[hint.start : hint.end] for hint in name_hints(note.text)]
    with st.container(border=True, key=f"note_{note.id}"):
        left, right = st.columns([5, 4], vertical_alignment="center")
        with left:
            st.markdown(f"{ui.literal(head)}  \n**{text}**")
        with right, st.container(horizontal=True, horizontal_alignment="right", key=f"note_buttons_{note.id}"):
            _buttons(t, session_id, note)
        if hints:
            st.warning(ui.literal(t("session.hint", parts=" · ".join(hints))))


def _buttons(t: Texts, session_id: str, note: Note) -> None:
    for state in ("shown", "held", "hidden"):
        if state == note.state or (state == "held" and note.state == "hidden"):
            continue
        st.button(
            t(f"session.make.{state}"), key=f"note_{state}_{note.id}", on_click=_moderate,
            type="primary" if state == "shown" else "secondary", args=(t, session_id, [note.id], state),
        )  # fmt: skip
    if st.button(t("session.correct"), key=f"note_edit_{note.id}", type="tertiary"):
        st.session_state[_EDITED] = note.id
        st.rerun()


def _moderate(t: Texts, session_id: str, note_ids: list[str], state: str) -> None:
    from store.workshop import moderate

    session_model.do(t, lambda store, who: moderate(store, who, session_id, note_ids, state))


def _enter(t: Texts, session: Session) -> None:
    """Write the form for somebody without a phone; what was typed stays until it is stored."""
    st.subheader(t("session.enter"), anchor=False)
    if session.phase == "draft":
        st.caption(t("session.enter.draft"))
    turn = st.session_state.setdefault(_TURN, 0)
    place = session_place.choose(t, session, turn)
    with st.form(f"session_enter_{turn}", border=False):
        words = session_model.categories(t, session)
        kind = st.pills(
            t("session.category"), list(words), default=next(iter(words)), format_func=words.__getitem__,
            key=f"session_kind_{turn}",
        )  # fmt: skip
        text = st.text_area(
            t("session.text"), max_chars=rules.MAX_NOTE, height=110, key=f"session_text_{turn}",
            help=t("session.text.help"),
        )  # fmt: skip
        pressed = st.form_submit_button(t("session.enter.now"), type="primary", key=f"session_enter_now_{turn}")
    if not pressed:
        return
    if not text.strip() or kind is None:
        st.warning(t("session.text.missing"))
        return
    values = {"category": kind, "text": text, "channel": "host", "lon": None, "lat": None} | (place or {})
    if _store_new(t, session.id, values):
        st.session_state[_TURN] = turn + 1
        st.rerun()
    session_model.said_now()


def _store_new(t: Texts, session_id: str, values: dict[str, object]) -> bool:
    """Store a note once: pressed again, it goes with the same identifier, until what is typed changes."""
    from store.workshop import enter_note

    kept = st.session_state.get(_IDENTIFIER)
    if kept is None or kept[0] != values:
        kept = st.session_state[_IDENTIFIER] = (values, str(uuid.uuid4()))
    made = session_model.do(
        t, lambda store, who: enter_note(store, who, session_id, kept[1], values), done="session.entered"
    )
    if made is not None:
        del st.session_state[_IDENTIFIER]
    return made is not None


def _edit(t: Texts, session: Session, note: Note) -> None:
    """Write the form in which a note is corrected, for example to take a name out."""
    st.subheader(t("session.correct.title"), anchor=False)
    with st.form(f"session_edit_{note.id}_{note.version}", border=False):
        words = session_model.categories(t, session) | {note.category: session_model.category(t, note.category)}
        kind = st.pills(
            t("session.category"), list(words), default=note.category, format_func=words.__getitem__,
            key=f"session_edit_kind_{note.id}",
        )  # fmt: skip
        text = st.text_area(
            t("session.text"), note.text, max_chars=rules.MAX_NOTE, height=150, key=f"session_edit_text_{note.id}"
        )
        saved = st.form_submit_button(t("session.correct.save"), type="primary", key="session_edit_save")
        left = st.form_submit_button(t("session.correct.leave"), key="session_edit_leave")
    if saved and text.strip() and kind and not _corrected(t, session.id, note, {"category": kind, "text": text}):
        session_model.said_now()
        return
    if saved or left:
        st.session_state.pop(_EDITED, None)
        st.rerun()


def _corrected(t: Texts, session_id: str, note: Note, changes: dict[str, str]) -> bool:
    from store.workshop import change_note

    made = session_model.do(
        t,
        lambda store, who: change_note(store, who, session_id, note.id, changes, version=note.version),
        done="session.corrected",
    )
    return made is not None
