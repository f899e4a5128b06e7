"""The state of an entry above its form: how fresh it is, one click to confirm it, out of use and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import entry_draft, entry_save, storage, ui

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Entry, Store
    from views.entry_draft import Draft
    from views.texts import Texts


def show(t: Texts, entry: Entry) -> None:
    """Say where the entry comes from, its version and when somebody last confirmed it."""
    parts = [t(f"entry.origin.{entry.origin}"), t("entry.version", version=entry.version)]
    if entry.last_confirmed:
        parts.append(t("entry.confirmed", date=t.date(entry.last_confirmed)))
    else:
        stated = next((entry.values[name] for name in ("source_date", "date") if entry.values.get(name)), None)
        parts.append(t("entry.source_date", date=t.date(stated)))
    st.caption(" · ".join(parts))
    if entry.is_retired:
        reason = f" ({entry.retired_reason})" if entry.retired_reason else ""
        st.warning(t("entry.is_retired", reason=ui.literal(reason)))


def actions(t: Texts, draft: Draft) -> None:
    """Write the buttons that change the state: confirm, retire, take back into use."""
    from store import Operation, confirm, reinstate

    entry = draft.entry
    if entry is None:
        return
    if entry.is_retired:
        if storage.may(Operation.REINSTATE) and st.button(t("entry.reinstate"), key=f"reinstate_{draft.key}"):
            act = lambda store: reinstate(store, storage.actor(), draft.resource, entry.id, version=entry.version)  # noqa: E731
            _do(t, draft, act, "entry.reinstated")
        return
    may_confirm = entry.resource.confirmable and storage.may(Operation.CONFIRM)
    if may_confirm and st.button(t("entry.confirm"), key=f"confirm_{draft.key}", help=t("entry.confirm.help")):
        act = lambda store: confirm(store, storage.actor(), draft.resource, [entry.id]) or entry  # noqa: E731
        _do(t, draft, act, "entry.confirmed_now")
    if storage.may(Operation.RETIRE):
        _retire(t, draft, entry)


def _retire(t: Texts, draft: Draft, entry: Entry) -> None:
    from store import retire

    with st.expander(t("entry.retire")):
        st.markdown(t("entry.retire.text"))
        reason = st.text_input(t("entry.retire.reason"), key=f"reason_{draft.key}")
        every = st.checkbox(t("entry.retire.dependents"), key=f"dependents_{draft.key}")
        if st.button(t("entry.retire.now"), key=f"retire_{draft.key}"):
            _do(
                t,
                draft,
                lambda store: retire(
                    store, storage.actor(), draft.resource, entry.id, version=entry.version, reason=reason.strip() or None,
                    with_dependents=every,
                ),
                "entry.retired_now",
            )  # fmt: skip


def _do(t: Texts, draft: Draft, act: Callable[[Store], Entry], done: str) -> None:
    from store.errors import ConflictError, StateError, ValidationError

    try:
        stored = storage.write(t, act)
    except (ConflictError, StateError, ValidationError) as problem:
        ui.error(t, problem)
        return
    if stored is not None:
        entry_draft.drop(draft)
        entry_save.notice(done)
        st.rerun()
