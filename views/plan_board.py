"""The steps of an area as a board: one column for each state; the state is changed on the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.plan import STEP_STATES
from views import entry_save, plan_model, storage, ui

if TYPE_CHECKING:
    from views.plan_model import Row
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection, area: str) -> None:  # noqa: ARG001 - every view is called alike
    """Write the board."""
    steps = plan_model.rows("steps", area)
    if not steps:
        ui.empty(t, "plan.steps.none")
        return
    late = {one.id: one.days for one in plan_model.late(area)}
    for column, status in zip(st.columns(len(STEP_STATES), gap="small"), STEP_STATES, strict=True):
        mine = [row for row in steps if row["status"] == status]
        with column:
            st.header(t("plan.board.column", status=t(f"value.steps.status.{status}"), count=len(mine)), anchor=False)
            for row in sorted(mine, key=lambda row: (row["end_date"] or "9999", row["title"].casefold())):
                _card(t, area, row, late.get(row["id"]))


def _card(t: Texts, area: str, row: Row, late: int | None) -> None:
    with st.container(border=True, key=f"board_{row['id']}"):
        plan_model.link(t, row["id"], plan_model.short(row["title"]), area=area)
        facts = [plan_model.organization(row["organization_id"]) or t("plan.nobody")]
        facts.append(plan_model.span(t, row["start_date"], row["end_date"]) or t("plan.undated"))
        st.caption(ui.literal(" · ".join(facts)))
        if late is not None:
            st.markdown(f"**{t.plural('plan.late', late)}**")
        if plan_model.may("update"):
            key = f"state_{row['id']}_{row['version']}"
            st.session_state.setdefault(key, row["status"])
            st.selectbox(
                t("plan.board.state", name=plan_model.short(row["title"])), STEP_STATES,
                format_func=lambda status: t(f"value.steps.status.{status}"), key=key, label_visibility="collapsed",
                on_change=_move, args=(t, row, key),
            )  # fmt: skip


def _move(t: Texts, row: Row, key: str) -> None:
    """Store the new state of a step, if nobody else changed it meanwhile."""
    from store import update
    from store.errors import ConflictError, StateError, ValidationError

    status = st.session_state.pop(key)
    try:
        done = storage.write(
            t,
            lambda store: update(
                store, storage.actor(), "steps", row["id"], {"status": status}, version=int(row["version"])
            ),
        )
    except (ConflictError, StateError, ValidationError) as problem:
        ui.error(t, problem)
        return
    if done is not None:
        entry_save.notice("plan.moved")
