"""Groups of similar notes: suggestions to accept or leave, groups that are there, and what stands alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from geo import workshop as rules
from geo.note_groups import NoteText, Suggestion, suggestions
from views import plan_model, session_model, ui

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.workshop import Feed, Group, Note
    from views.texts import Texts

MOST_SUGGESTED = 6
MOST_TITLE = 80
_LEFT = "session_left_apart"


def show(t: Texts, found: Feed) -> None:
    """Write suggestions, groups, and the way to make one by hand; only shown notes are grouped."""
    shown = [note for note in found.notes if note.state == "shown"]
    if not shown:
        st.info(t("session.groups.none_shown"))
        return
    st.markdown(t("session.groups.text"))
    _suggested(t, found, shown)
    st.subheader(t("session.groups.there", count=len(found.groups)), anchor=False)
    if not found.groups:
        st.caption(t("session.groups.none"))
    for group in found.groups:
        _group(t, group, [note for note in shown if note.group_id == group.id])
    _by_hand(t, found, shown)


def _suggested(t: Texts, found: Feed, shown: Sequence[Note]) -> None:
    texts = [NoteText(note.id, note.text, note.group_id) for note in shown]
    left = st.session_state.get(_LEFT, set())
    fresh = [one for one in suggestions(texts) if (one.group_id, one.note_ids) not in left]
    if not fresh:
        return
    st.subheader(t("session.groups.suggested"), anchor=False)
    by_id = {note.id: note for note in shown}
    names = {group.id: group.title for group in found.groups}
    for at in range(0, min(len(fresh), MOST_SUGGESTED), 2):
        for column, one in zip(st.columns(2, gap="medium"), fresh[at : at + 2], strict=False):
            with column:
                _suggestion(t, found.session.id, one, by_id, names)
    if len(fresh) > MOST_SUGGESTED:
        st.caption(t("entry.related.more", count=len(fresh) - MOST_SUGGESTED))


def _suggestion(t: Texts, session_id: str, one: Suggestion, by_id: dict[str, Note], names: dict[str, str]) -> None:
    key = hashlib.sha256("_".join((one.group_id or "", *one.note_ids)).encode()).hexdigest()[:16]
    with st.form(f"suggested_{key}"):
        title = None
        if one.group_id is None:
            preset = plan_model.short(" ".join(by_id[one.central].text.split()), MOST_TITLE)
            title = st.text_input(t("session.group.title"), preset, max_chars=rules.MAX_TITLE, key=f"title_{key}")
        else:
            st.markdown(t("session.groups.joins", name=ui.literal(names.get(one.group_id, ""))))
        taken = [
            note_id
            for note_id in one.note_ids
            if st.checkbox(
                ui.literal(plan_model.short(by_id[note_id].text, 300)), value=True, key=f"in_{key}_{note_id}"
            )
        ]
        with st.container(horizontal=True, key=f"suggested_buttons_{key}"):
            label = "session.groups.make" if one.group_id is None else "session.groups.join"
            made = st.form_submit_button(t(label), type="primary", key=f"make_{key}")
            left = st.form_submit_button(t("session.groups.leave"), key=f"leave_{key}")
    if left:
        st.session_state.setdefault(_LEFT, set()).add((one.group_id, one.note_ids))
        st.rerun()
    if made and taken:
        _store(t, session_id, taken, title=title, group_id=one.group_id)


def _store(
    t: Texts, session_id: str, note_ids: Sequence[str], *, title: str | None = None, group_id: str | None = None
) -> None:
    """Make a group, or put notes into one that is there; then begin anew."""
    from store.workshop import open_group, put_into_group

    if group_id is None:
        made = session_model.do(t, lambda store, who: bool(open_group(store, who, session_id, title or "", note_ids)))
    else:
        made = session_model.do(t, lambda store, who: bool(put_into_group(store, who, session_id, note_ids, group_id)))
    if made:
        st.rerun()
    session_model.said_now()


def _group(t: Texts, group: Group, notes: Sequence[Note]) -> None:
    """Write a group with its notes; rename, take out, dissolve."""
    with st.container(border=True, key=f"group_{group.id}"):
        st.markdown(f"**{ui.literal(group.title)}**")
        for note in notes:
            with st.container(horizontal=True, vertical_alignment="center", key=f"grouped_{note.id}"):
                st.markdown("– " + ui.literal(plan_model.short(" ".join(note.text.split()), 300)), width="content")
                st.button(
                    t("session.group.take_out"), key=f"take_out_{note.id}", type="tertiary", on_click=_take_out,
                    args=(t, group.session_id, note.id),
                )  # fmt: skip
        with st.container(horizontal=True, key=f"group_buttons_{group.id}"):
            with st.popover(t("session.group.rename")):
                _rename(t, group)
            st.button(t("session.group.dissolve"), key=f"dissolve_{group.id}", on_click=_dissolve, args=(t, group))


def _rename(t: Texts, group: Group) -> None:
    """Write the form for the heading, and for dots that were stuck on the group on paper."""
    from store.workshop import change_group

    at = f"{group.id}_{group.version}"
    with st.form(f"rename_{at}", border=False):
        title = st.text_input(t("session.group.title"), group.title, max_chars=rules.MAX_TITLE, key=f"rename_to_{at}")
        dots = st.number_input(
            t("session.group.paper_dots"), 0, rules.MAX_PAPER_DOTS, group.paper_dots, key=f"group_dots_{at}"
        )
        pressed = st.form_submit_button(t("session.group.rename.now"), key=f"rename_now_{group.id}")
    if pressed and title.strip():
        changes = {"title": title, "paper_dots": int(dots)}
        made = session_model.do(
            t,
            lambda store, who: change_group(store, who, group.session_id, group.id, changes, version=group.version),
        )
        if made is not None:
            st.rerun()
        session_model.said_now()


def _take_out(t: Texts, session_id: str, note_id: str) -> None:
    from store.workshop import put_into_group

    session_model.do(t, lambda store, who: put_into_group(store, who, session_id, [note_id], None))


def _dissolve(t: Texts, group: Group) -> None:
    from store.workshop import dissolve_group

    session_model.do(t, lambda store, who: dissolve_group(store, who, group.session_id, group.id) or True)


def _by_hand(t: Texts, found: Feed, shown: Sequence[Note]) -> None:
    """Let the host put notes together that no suggestion did."""
    free = {note.id: plan_model.short(" ".join(note.text.split()), 120) for note in shown if note.group_id is None}
    if not free:
        return
    with st.expander(t("session.groups.by_hand")), st.form("session_by_hand", border=False):
        chosen = st.multiselect(
            t("session.groups.notes"), list(free), format_func=free.__getitem__, key="session_hand_notes",
            placeholder=t("entry.choose_many"),
        )  # fmt: skip
        targets = {group.id: group.title for group in found.groups}
        target = st.selectbox(
            t("session.groups.into"), list(targets), format_func=targets.__getitem__, index=None,
            placeholder=t("session.groups.new"), key="session_hand_group",
        )  # fmt: skip
        title = st.text_input(
            t("session.group.title"), max_chars=rules.MAX_TITLE, key="session_hand_title",
            help=t("session.groups.title_help"),
        )  # fmt: skip
        pressed = st.form_submit_button(t("session.groups.make"), type="primary", key="session_hand_now")
    if not pressed:
        return
    if not chosen or (target is None and not title.strip()):
        st.warning(t("session.groups.missing"))
        return
    _store(t, found.session.id, chosen, title=title, group_id=target)
