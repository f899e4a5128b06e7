"""Own Quartiere: which there are, and the form in which planners join districts or draw an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import QuartierError
from views import areas, entry_save, mapview, plan_model, quarters_edit, quarters_model, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.quarters_model import Row
    from views.texts import Texts

NEW = "new"
HEIGHT = 420


def page() -> None:
    """Show the page of own Quartiere."""
    t = ui.texts()
    known = quarters_model.rows()
    selection = Selection([ui.LANGUAGE_CHOICE, Choice("edit", (NEW, *known)), areas.quarter_choice()])
    ui.header(t, selection, title=t("quarters.title"), lead=t("quarters.lead"))
    storage.banner(t)
    entry_save.show_notice(t)
    if selection["edit"] is not None:
        quarters_edit.show(t, selection)
    else:
        _list(t, selection, known)
    selection.publish()


def _list(t: Texts, selection: Selection, known: dict[str, Row]) -> None:
    if plan_model.may("create"):
        st.button(
            t("quarters.new"), key="quarter_new", type="primary", on_click=quarters_edit.begin, args=(selection, NEW)
        )
    if not known:
        ui.empty(t, "quarters.none")
        return
    layer = quarters_model.layer(move_view=True)
    if layer is not None:
        click = mapview.show_map(t, [layer], key="quarters", height=HEIGHT)
        if click is not None and click.layer == "quarter" and click.id in known:
            quarters_edit.begin(selection, click.id)
            selection.publish()
            st.rerun()
    for key, row in known.items():
        _one(t, selection, key, row)


def _one(t: Texts, selection: Selection, key: str, row: Row) -> None:
    with st.container(border=True, key=f"quarter_{key}"):
        st.subheader(ui.literal(plan_model.short(row["name"], 200)), anchor=False)
        try:
            st.caption(ui.literal(" · ".join(quarters_edit.facts_line(t, row, quarters_model.area(key)))))
        except QuartierError as problem:
            ui.error(t, problem)
        if row["note"]:
            st.markdown(ui.literal(row["note"]))
        with st.container(horizontal=True, key=f"quarter_ways_{key}"):
            quarters_edit.ways(t, key)
            st.button(
                t("quarters.edit" if plan_model.may("update") else "quarters.look"),
                key=f"quarter_edit_{key}",
                on_click=quarters_edit.begin,
                args=(selection, key),
            )
