"""The milestones of the concept as one line: done, planned, overdue or not planned yet; each one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.plan import MILESTONES, last_day, milestone_states
from views import plan_model

if TYPE_CHECKING:
    from views.plan_model import Row
    from views.texts import Texts


def show(t: Texts, area: str) -> None:
    """Write the five milestones and their state, then others that somebody added."""
    rows = plan_model.rows(plan_model.MILESTONES, area)
    states = milestone_states(rows)
    with st.expander(t("plan.milestones", done=_done(rows), total=len(MILESTONES)), expanded=bool(rows)):
        for column, kind in zip(st.columns(len(MILESTONES)), MILESTONES, strict=True):
            with column:
                _one(t, area, kind, states[kind])
        for row in rows:
            if row["kind"] not in MILESTONES:
                label = f"{plan_model.short(plan_model.name(t, plan_model.MILESTONES, row))}: {state(t, row)}"
                plan_model.link(t, row["id"], label, area=area)


def state(t: Texts, row: Row | None) -> str:
    """Return the state of a milestone in words."""
    if row is None:
        return t("plan.milestone.open")
    if row["done_date"]:
        return t("plan.milestone.done", date=t.day(row["done_date"]))
    if not row["planned_date"]:
        return t("plan.milestone.undated")
    until = last_day(row["planned_date"])
    key = "late" if until is not None and until < plan_model.today() else "planned"
    return t(f"plan.milestone.{key}", date=t.day(row["planned_date"]))


def _done(rows: list[Row]) -> int:
    return len({row["kind"] for row in rows if row["done_date"] and row["kind"] in MILESTONES})


def _one(t: Texts, area: str, kind: str, row: Row | None) -> None:
    label = t(f"value.milestones.kind.{kind}")
    if row is None:
        st.markdown(f"**{label}**")
    else:
        plan_model.link(t, row["id"], label, area=area)
    st.caption(state(t, row))
