"""The last step of an import: one transaction with progress, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import entry_history, entry_words, storage, ui

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.apply import Applied
    from exchange.plan import ImportPlan
    from store import Store
    from views.texts import Texts

    Apply = Callable[[Store, Callable[[float], None]], Applied]

_DONE = "import_done"
_LINKS = ("services_at_location", "organizations_at_location")
"""Entries that only tie others together: nobody counts them."""


def show(t: Texts, plan: ImportPlan, apply: Apply, *, after: Callable[[], None]) -> None:
    """Say what would happen and carry it out; ``after`` tidies up once everything is stored."""
    from store import Operation

    st.header(t("import.apply"), anchor=False)
    ui.facts(
        [
            (
                t(f"import.count.{name}")
                if t.has(f"import.count.{name}")
                else t("import.count.new", kind=entry_words.kind_label(t, name, many=True)),
                t.number(count),
                "",
            )
            for name, count in plan.counts.items()
            if name not in _LINKS
        ]
    )
    allowed = storage.may(Operation.WRITE_BATCH)
    if not allowed:
        st.info(t("import.not_allowed"))
    nothing = not any(plan.creates.values()) and not plan.updates
    if st.button(t("import.apply.now"), type="primary", key="import_apply", disabled=nothing or not allowed):
        _apply(t, apply, after)


def _apply(t: Texts, apply: Apply, after: Callable[[], None]) -> None:
    from store.errors import ConflictError, StateError, ValidationError

    bar = st.progress(0.0, text=t("import.applying"))
    try:
        done = storage.write(
            t, lambda store: apply(store, lambda share: bar.progress(share, text=t("import.applying")))
        )
    except (ConflictError, StateError, ValidationError) as problem:
        ui.error(t, problem)
        return
    if done is not None:
        st.session_state[_DONE] = (done.created, done.updated)
        after()
        st.rerun()


def done(t: Texts) -> None:
    """Say once what an import or its undo did."""
    found = st.session_state.pop(_DONE, None)
    if found:
        st.success(t("import.done", created=found[0], updated=found[1]))
    undone = st.session_state.pop("import_undone", None)
    if undone:
        st.success(t("import.undone", count=undone[0], kept=undone[1]))


def earlier(t: Texts) -> None:
    """List the imports with a button to undo each as a whole."""
    from store import Operation, StoreError, batches

    if not storage.may(Operation.UNDO_BATCH):
        return
    try:
        found = batches(storage.reading(), storage.actor())
    except StoreError as problem:
        ui.error(t, problem)
        return
    if not found:
        return
    st.header(t("import.earlier"), anchor=False)
    for one in found:
        left, right = st.columns([5, 2], vertical_alignment="center")
        mark = f" ({t('import.was_undone')})" if one.undone_at else ""
        time = entry_history.moment(t, one.created_at)
        left.markdown(t("import.earlier.one", label=ui.literal(one.label), time=time, count=one.entries) + mark)
        if not one.undone_at:
            right.button(t("import.undo"), key=f"undo_{one.id}", on_click=_undo, args=(t, one.id), width="stretch")


def _undo(t: Texts, batch_id: str) -> None:
    from store import undo_batch
    from store.errors import StateError

    try:
        undone = storage.write(t, lambda store: undo_batch(store, storage.actor(), batch_id))
    except StateError as problem:
        ui.error(t, problem)
        return
    if undone is not None:
        st.session_state["import_undone"] = (undone.count, len(undone.kept))
