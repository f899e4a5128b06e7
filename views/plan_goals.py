"""The goals of an area under the seven of the field, with progress and the steps that serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.plan import missing_for_measuring, progress
from views import data, plan_model, ui

if TYPE_CHECKING:
    from views.plan_model import Row
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection, area: str) -> None:  # noqa: ARG001 - every view is called alike
    """Write all goals by topic; topics without a goal are named at the end."""
    topics = data.catalogue().topics
    goals = plan_model.rows("goals", area)
    if not goals:
        ui.empty(t, "plan.goals.none")
    for topic, entry in topics.items():
        mine = [row for row in goals if row["topic"] == topic]
        if mine:
            st.header(ui.literal(entry.label.of(t.language)), anchor=False)
        for row in mine:
            _goal(t, area, row)
    open_ones = [
        entry.label.of(t.language) for topic, entry in topics.items() if topic not in {g["topic"] for g in goals}
    ]
    if open_ones:
        st.caption(ui.literal(t("plan.goals.open_topics", topics="; ".join(open_ones))))


def _goal(t: Texts, area: str, row: Row) -> None:
    with st.container(border=True, key=f"goal_{row['id']}"):
        plan_model.link(t, row["id"], plan_model.short(row["title"], 200), area=area)
        st.caption(ui.literal(" · ".join((t(f"value.goals.status.{row['status']}"), aim(t, row)))))
        measured(t, row)
        followers = [plan_model.by_id()[key] for kind, key in plan_model.found_paths().results(("goals", row["id"]))]
        for kind, step in followers:
            label = t(
                "plan.goal.step",
                status=t(f"value.{kind}.status.{step['status']}"),
                name=plan_model.short(step["title"]),
            )
            plan_model.link(t, step["id"], label, area=plan_model.key_of(step["area_level"], step["area_id"]))
        if not followers:
            st.caption(t("plan.goal.no_step"))


def indicator(t: Texts, row: Row) -> str:
    """Return the name of what a goal is measured by; empty if nothing is named."""
    known = data.catalogue().indicators
    if row["indicator"] in known:
        return known[row["indicator"]].label.of(t.language)
    return str(row["indicator_text"] or row["indicator"] or "")


def aim(t: Texts, row: Row) -> str:
    """Return indicator, target value and date of a goal as one line."""
    name = indicator(t, row) or t("plan.goal.no_indicator")
    until = t("plan.until", end=t.day(row["target_date"])) if row["target_date"] else ""
    target = t("plan.goal.target", value=value(t, row, "target_value")) if row["target_value"] is not None else ""
    return " ".join(part for part in (f"{name}:" if target or until else name, target, until) if part)


def value(t: Texts, row: Row, field: str) -> str:
    """Return a value of a goal with its unit."""
    number = row[field]
    written = t.number(number, digits=0 if number is None or float(number).is_integer() else 2)
    return f"{written} {row['unit']}" if number is not None and row["unit"] else written


def measured(t: Texts, row: Row) -> None:
    """Write how far a goal is, or what keeps it from being measured."""
    lacks = missing_for_measuring(row)
    if lacks:
        words = ", ".join(t(f"plan.lacks.{name}") for name in lacks)
        st.markdown(t("plan.goal.not_measurable", lacks=words))
        return
    found = progress(row)
    if found is None:
        st.caption(t("plan.goal.no_value"))
        return
    text = t(
        "plan.goal.away" if found.away else "plan.goal.progress",
        share=t.percent(found.share), now=value(t, row, "current_value"), start=value(t, row, "baseline"),
        date=t.date(row["current_date"]),
    )  # fmt: skip
    st.progress(found.share, text=ui.literal(text))
