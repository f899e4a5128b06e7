"""The library of example steps, to start from: by goal, with role, duration and the first things to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, plan_item, plan_model, ui

if TYPE_CHECKING:
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection, area: str) -> None:
    """Write the examples; each can be taken over as a planned step."""
    st.markdown(t("plan.library.text"))
    if "example_steps" not in data.package().names:
        ui.empty(t, "plan.library.none")
        return
    rows = data.frame("example_steps")
    taken = {row["example_step"] for row in plan_model.rows("steps", area)}
    for topic, entry in data.catalogue().topics.items():
        mine = rows[rows["topic"] == topic]
        if mine.empty:
            continue
        st.header(ui.literal(entry.label.of(t.language)), anchor=False)
        for row in mine.to_dict("records"):
            _example(t, selection, area, {str(name): value for name, value in row.items()}, taken)


def _example(t: Texts, selection: Selection, area: str, row: dict[str, Any], taken: set[str | None]) -> None:
    here = row["example_step"] in taken
    title = text_of(t, row, "title")
    with st.expander(ui.literal(t("plan.library.taken", name=title) if here else title)):
        st.markdown(ui.literal(text_of(t, row, "text")))
        role = data.catalogue().roles[row["responsible_role"]].label.of(t.language)
        ui.facts(
            [
                (t("plan.library.role"), role, ""),
                (
                    t("plan.library.duration"),
                    t.plural("plan.months", int(row["duration_months"])),
                    t("plan.library.typical"),
                ),
            ]
        )
        st.markdown(f"**{t('plan.library.first')}**")
        st.markdown("\n".join(f"1. {ui.literal(action)}" for action in text_of(t, row, "first_actions").split("|")))
        if plan_model.may("create"):
            st.button(
                t("plan.library.take"), key=f"take_{row['example_step']}", on_click=plan_item.begin,
                args=(selection, "steps", area, preset(t, row)),
            )  # fmt: skip


def text_of(t: Texts, row: dict[str, Any], name: str) -> str:
    """Return a text of an example in the page's language."""
    return str(row[f"{name}_{'en' if t.language == 'en' else 'de'}"])


def preset(t: Texts, row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a step that an example fills in."""
    actions = "\n".join(f"- {action}" for action in text_of(t, row, "first_actions").split("|"))
    return {
        "title": text_of(t, row, "title"),
        "description": f"{text_of(t, row, 'text')}\n\n{t('plan.library.first')}\n{actions}",
        "topic": row["topic"],
        "origin": "example",
        "example_step": row["example_step"],
    }
