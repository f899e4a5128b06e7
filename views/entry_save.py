"""Saving a form: a new entry once, a changed one only if nobody else changed it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import entry_draft, inventory_write, storage, ui

if TYPE_CHECKING:
    from store import Actor, Entry, Store
    from views.entry_draft import Draft
    from views.texts import Texts

_NOTICE = "entry_notice"


def attempt(draft: Draft) -> None:
    """Note before the page is written that somebody wants to save: from now on empty fields are named too."""
    draft.tried = True


def save(t: Texts, draft: Draft, *, actor: Actor | None = None) -> Entry | None:
    """Store a form and return the entry; None with a sentence on the page if it was not stored.

    A conflict stays with the form: the page then shows both versions.
    """
    from store import StoreError
    from store.errors import ConflictError, RequestReusedError, ValidationError

    if draft.problems():
        st.error(t.plural("entry.not_saved", len(draft.problems())))
        return None
    try:
        entry = storage.write(t, lambda store: _store(store, draft, actor or storage.actor()))
    except ConflictError as problem:
        draft.conflict = problem
        st.rerun()
    except ValidationError as problem:
        lines = "\n".join(f"- {ui.literal(ui.message(t, each.key, each.params))}" for each in problem.problems)
        st.error(f"{t.plural('entry.not_saved', len(problem.problems))}\n{lines}")
        return None
    except (RequestReusedError, StoreError) as problem:
        ui.error(t, problem)
        return None
    if entry is not None:
        entry_draft.drop(draft)
    return entry


def _store(store: Store, draft: Draft, actor: Actor | None) -> Entry:
    from store import create, update

    if draft.entry is None:
        made = create(store, actor, draft.resource, draft.changes, key=draft.key)
        if draft.resource == "locations":
            inventory_write.with_offer(store, actor, draft, made)
        return made
    return update(store, actor, draft.resource, draft.entry.id, draft.changes, version=draft.entry.version)


def notice(key: str) -> None:
    """Keep a sentence for the next run: what was done."""
    st.session_state[_NOTICE] = key


def show_notice(t: Texts) -> None:
    """Say once what was done."""
    key = st.session_state.pop(_NOTICE, None)
    if key:
        st.success(t(key))
