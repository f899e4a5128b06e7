"""Saving a form: a new entry once, a changed one only if nobody else changed it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import entry_draft, entry_together, storage, ui

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Actor, Entry, Store
    from store.transaction import Target
    from views.entry_draft import Draft
    from views.texts import Texts

    More = Callable[[Target, Actor | None, Entry], None]

_NOTICE = "entry_notice"


def attempt(draft: Draft) -> None:
    """Note before the page is written that somebody wants to save: from now on empty fields are named too."""
    draft.tried = True


def button(t: Texts, draft: Draft, *, name: str) -> bool:
    """Write the button that saves a form (key ``<name>_save_create`` or ``_update``); tell whether there is something to save.

    Choosing between two versions of an entry saves too. Where nothing was changed the page says so.
    """
    mode = "create" if draft.entry is None else "update"
    pressed = st.button(
        t(f"entry.save.{mode}"), type="primary", key=f"{name}_save_{mode}", on_click=attempt, args=(draft,)
    )
    if not (st.session_state.pop("entry_save_now", False) or pressed):
        return False
    if draft.entry is not None and not draft.changes:
        st.info(t("entry.nothing_changed"))
        return False
    return True


def save(t: Texts, draft: Draft, *, actor: Actor | None = None, more: More | None = None) -> Entry | None:
    """Store a form and return the entry; None with a sentence on the page if it was not stored.

    ``more`` adds what belongs to a new entry, in the same transaction: everything is stored or nothing.
    A conflict stays with the form: the page then shows both versions.
    """
    from store import StoreError
    from store.errors import ConflictError, RequestReusedError, ValidationError

    is_place = draft.entry is None and draft.resource == "locations"
    problems = draft.problems() + (entry_together.problems(draft) if is_place else [])
    if problems:
        st.error(t.plural("entry.not_saved", len(problems)))
        return None
    try:
        entry = storage.write(t, lambda store: _store(store, draft, actor or storage.actor(), more))
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
        if is_place:
            entry_together.drop(draft)
        entry_draft.drop(draft)
    return entry


def _store(store: Store, draft: Draft, actor: Actor | None, more: More | None) -> Entry:
    from store import create, together, update

    if draft.entry is None:
        with together(store, actor) as target:
            made = create(target, actor, draft.resource, draft.changes, key=draft.key)
            if draft.resource == "locations":
                entry_together.store(target, actor, draft, made)
            if more is not None:
                more(target, actor, made)
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
