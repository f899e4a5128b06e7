"""The steps of an area on a timeline with milestones, target dates and today; the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.plan import STEP_STATES, first_day, last_day
from views import charts, plan_model, tables, ui

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from views.plan_model import Row
    from views.state import Selection
    from views.texts import Texts

COLOURS = ("#8a9294", "#2a8792", "#1b5e3f", "#b8bfc0")  # planned, running, done, dropped
MARK = "#d55e00"


def show(t: Texts, selection: Selection, area: str) -> None:  # noqa: ARG001 - every view is called alike
    """Draw what has a date; list everything in a table, also what has none."""
    import pandas as pd

    rows = [_step(t, row) for row in plan_model.rows("steps", area)]
    marks = [_milestone(t, row) for row in plan_model.rows(plan_model.MILESTONES, area)]
    marks += [_goal(t, row) for row in plan_model.rows("goals", area) if row["target_date"]]
    if not rows and not marks:
        ui.empty(t, "plan.steps.none")
        return
    dated = [row for row in rows if row["start"] is not None]
    points = [row for row in marks if row["start"] is not None]
    if dated or points:
        describe = t(
            "plan.timeline.describe", steps=len(dated), marks=len(points), today=t.day(plan_model.today().isoformat())
        )
        charts.show(t, chart(t, pd.DataFrame(dated), pd.DataFrame(points)), describe=describe, key="plan_gantt")
        st.caption(t("plan.timeline.caption"))
    undated = len(rows) - len(dated)
    if undated:
        st.caption(t.plural("plan.timeline.undated", undated))
    _table(t, rows + marks)


def _step(t: Texts, row: Row) -> dict[str, Any]:
    start, end = first_day(row["start_date"]), last_day(row["end_date"])
    return {
        "name": plan_model.short(row["title"], 48), "full": row["title"], "kind": t("entry.kind.steps"),
        "state": t(f"value.steps.status.{row['status']}"), "order": STEP_STATES.index(row["status"]),
        "start": start or first_day(row["end_date"]), "end": end or last_day(row["start_date"]),
        "start_text": t.day(row["start_date"]) if row["start_date"] else t("common.unknown"),
        "end_text": t.day(row["end_date"]) if row["end_date"] else t("common.unknown"),
        "who": plan_model.organization(row["organization_id"]) or t("plan.nobody"),
    }  # fmt: skip


def _milestone(t: Texts, row: Row) -> dict[str, Any]:
    when = row["done_date"] or row["planned_date"]
    state = t("plan.timeline.milestone_done" if row["done_date"] else "plan.timeline.milestone_planned")
    return _mark(t, plan_model.name(t, plan_model.MILESTONES, row), t("entry.kind.milestones"), when, state, row)


def _goal(t: Texts, row: Row) -> dict[str, Any]:
    return _mark(
        t, row["title"], t("plan.timeline.target"), row["target_date"], t(f"value.goals.status.{row['status']}"), row
    )


def _mark(t: Texts, name: str, kind: str, when: str | None, state: str, row: Row) -> dict[str, Any]:
    day = last_day(when)
    return {
        "name": plan_model.short(name, 48), "full": name, "kind": kind, "state": state, "order": 9, "start": day, "end": day,
        "start_text": "", "end_text": t.day(when) if when else t("common.unknown"),
        "who": plan_model.organization(row.get("organization_id")),
    }  # fmt: skip


def chart(t: Texts, steps: pd.DataFrame, marks: pd.DataFrame) -> alt.LayerChart:
    """Return the timeline: bars for steps, diamonds for milestones and target dates, a line for today."""
    import altair as alt
    import pandas as pd

    together = pd.concat([frame for frame in (steps, marks) if len(frame)])
    together = together.assign(
        start=pd.to_datetime(together["start"]), end=pd.to_datetime(together["end"]) + pd.Timedelta(days=1)
    ).sort_values(["start", "name"])
    order = list(dict.fromkeys(together["name"]))
    axis = alt.Axis(format="%m/%Y", title=None, labelOverlap=True, tickCount=8)
    base = alt.Chart(together, height=90 + 30 * len(order)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelOverlap=False)),
        x=alt.X("start:T", axis=axis),
        tooltip=[
            alt.Tooltip(f"{column}:N", title=t(f"plan.column.{column}"))
            for column in ("full", "kind", "state", "start_text", "end_text", "who")
        ],
    )
    states = [t(f"value.steps.status.{state}") for state in STEP_STATES]
    colours = alt.Color(
        "state:N", title=None, scale=alt.Scale(domain=states, range=list(COLOURS)),
        legend=alt.Legend(orient="top", columns=2),
    )  # fmt: skip
    bars = base.transform_filter("datum.order < 9").mark_bar(height=16, cornerRadius=3)
    points = base.transform_filter("datum.order == 9").mark_point(
        shape="diamond", filled=True, size=140, color=MARK, opacity=1
    )
    line = alt.Chart(pd.DataFrame({"day": [pd.Timestamp(plan_model.today())]})).mark_rule(
        color=MARK, strokeWidth=2, strokeDash=[4, 3]
    )
    return alt.layer(bars.encode(x2="end:T", color=colours), points, line.encode(x="day:T"))


def _table(t: Texts, rows: list[dict[str, Any]]) -> None:
    import pandas as pd

    columns = ("full", "kind", "state", "start_text", "end_text", "who")
    shown = sorted(rows, key=lambda row: (str(row["start"] or "9999"), row["full"]))
    table = pd.DataFrame([[row[name] for name in columns] for row in shown], columns=list(columns))
    tables.show(
        t, table.rename(columns={name: t(f"plan.column.{name}") for name in columns}), alt=t("plan.timeline.table"),
        key="plan_table",
    )  # fmt: skip
