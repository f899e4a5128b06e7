"""What is overdue in an area, the longest first; and what nothing has come of yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.plan_path import STAGES, loose_ends
from views import entry_words, plan_model, ui

if TYPE_CHECKING:
    from views.state import Selection
    from views.texts import Texts

CLOSED = {"met", "dropped", "done", "reached"}


def show(t: Texts, selection: Selection, area: str) -> None:  # noqa: ARG001 - every view is called alike
    """Write both lists."""
    found = plan_model.late(area)
    if not found:
        st.success(t("plan.overdue.none"))
    for one in found:
        _, row = plan_model.by_id()[one.id]
        with st.container(border=True, key=f"late_{one.id}"):
            plan_model.link(t, one.id, plan_model.short(plan_model.name(t, one.kind, row)), area=area)
            owner = plan_model.organization(row.get("organization_id"))
            when = t(f"plan.reason.{one.reason}", date=t.day(one.since.isoformat()))
            st.caption(ui.literal(" · ".join(filter(None, (when, t.plural("plan.late", one.days), owner)))))
    _loose(t, area)


def _loose(t: Texts, area: str) -> None:
    nodes = [
        (kind, row["id"]) for kind in STAGES for row in plan_model.rows(kind, area) if row.get("status") not in CLOSED
    ]
    loose = loose_ends(plan_model.found_paths(), nodes)
    if any(loose.values()):
        st.header(t("plan.loose"), anchor=False)
        st.markdown(t("plan.loose.text"))
    for stage, found in loose.items():
        if found:
            st.markdown(f"**{entry_words.kind_label(t, stage, many=True)}**")
        for node in found:
            plan_model.link(t, node[1], plan_model.short(plan_model.by_id()[node[1]][1]["title"]), area=area)
