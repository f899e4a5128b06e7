"""Where an entry of a plan came from, if it was agreed in a session: the notes behind it, for hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import plan_model, session_model, storage, ui

if TYPE_CHECKING:
    from views.entry_draft import Draft
    from views.texts import Texts

MOST_NOTES = 5


def show(t: Texts, kind: str, draft: Draft) -> None:
    """Write the origin in words for everybody; a host also reads the notes, as long as their session is kept."""
    entry = draft.entry
    if entry is None:
        return
    if entry.values.get("origin_note"):
        origin = t(f"value.origin.{entry.values['origin']}")
        st.caption(ui.literal(t("plan.origin_in_words", origin=origin, note=entry.values["origin_note"])))
    if storage.exists():
        _notes(t, kind, entry.id)


def _notes(t: Texts, kind: str, entry_id: str) -> None:
    from store import Operation, StoreError
    from store.workshop import notes, outcomes

    if not storage.may(Operation.HOST_WORKSHOP):
        return
    store, who = storage.reading(), storage.actor()
    for session in session_model.known():
        try:
            found = [
                one for one in outcomes(store, who, session.id) if (one.resource, one.entry_id) == (kind, entry_id)
            ]
            written = notes(store, who, session.id) if found else []
        except StoreError:  # deleted meanwhile
            continue
        for one in found:
            behind = [
                note for note in written if one.note_id == note.id or (one.group_id and one.group_id == note.group_id)
            ]
            session_model.link(t, "protocol", t("plan.from_session", name=session.title), {"session": session.id})
            for note in behind[:MOST_NOTES]:
                st.caption("– " + ui.literal(plan_model.short(" ".join(note.text.split()), 200)))
            if len(behind) > MOST_NOTES:
                st.caption(t("entry.related.more", count=len(behind) - MOST_NOTES))
