"""The change log of an area's plan, from the store's history: who did what when, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, entry_history, entry_words, plan_model, storage, ui

if TYPE_CHECKING:
    from store import Entry, Step
    from views.state import Selection
    from views.texts import Texts

MOST = 60


def show(t: Texts, selection: Selection, area: str) -> None:  # noqa: ARG001 - every view is called alike
    """Write the log, also of what is no longer in use."""
    if not plan_model.may("read_history"):
        st.info(t("plan.log.forbidden"))
        return
    found = data.kept("plan_log", area, make=lambda: _log(area))
    if not found:
        ui.empty(t, "plan.log.none")
    for entry, step in found[:MOST]:
        kind = entry.resource.name
        name = plan_model.short(plan_model.name(t, kind, dict(entry.values)))
        head = t("plan.linked", kind=entry_words.kind_label(t, kind), name=name)
        mark = f" ({t('plan.log.retired')})" if entry.is_retired else ""
        st.markdown(f"**{ui.literal(head)}**{mark}\n- {entry_history.step_text(t, entry.resource, entry.values, step)}")
    if len(found) > MOST:
        st.caption(t("entry.related.more", count=len(found) - MOST))


def _log(area: str) -> list[tuple[Entry, Step]]:
    from store import get, history

    store, actor = storage.reading(), storage.actor()
    found = []
    for kind in plan_model.KINDS:
        entries = [get(store, kind, row["id"], actor=actor) for row in plan_model.rows(kind, area)]
        entries += [
            one
            for one in storage.retired(kind)
            if plan_model.key_of(one.values["area_level"], one.values["area_id"]) == area
        ]
        found += [(one, step) for one in entries for step in history(store, actor, kind, one.id)]
    return sorted(found, key=lambda pair: pair[1].at, reverse=True)
