"""Goals and steps of an area: by goal, as a board, on a timeline, what is overdue, the path, examples, the change log."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import streamlit as st

from views import areas, entry_save, plan_item, plan_milestones, plan_model, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.texts import Texts

_OPEN = "plan_open_item"
VIEWS = ("goals", "board", "timeline", "overdue", "path", "library", "log")


def page() -> None:
    """Show the page of goals and steps."""
    t = ui.texts()
    names = plan_model.names(t)
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE,
            Choice("area", tuple(names)),
            areas.district_choice(),
            areas.quarter_choice(),
            Choice("plan", VIEWS, VIEWS[0]),
            Choice("item", (*plan_model.by_id(), *(plan_model.NEW + kind for kind in plan_model.KINDS))),
        ]
    )
    _settle(selection)
    ui.header(t, selection, title=t("plan.title"), lead=t("plan.lead"))
    storage.banner(t)
    entry_save.show_notice(t)
    areas.box(t, selection, city=True)
    _sidebar(t, selection)
    area = selection["area"]
    if area is None:
        _overview(t, names)
    else:
        areas.keep_for_others(selection)
        st.header(ui.literal(names[area]), anchor=False)
        if selection["item"] is not None:
            plan_item.show(t, selection, area)
        else:
            _add_buttons(t, selection, area)
            plan_milestones.show(t, area)
            import_module(f"views.plan_{selection['plan']}").show(t, selection, area)
    selection.publish()


def _settle(selection: Selection) -> None:
    """Let an entry decide its area, unless another area was chosen while it was open; then the entry is closed."""
    item = selection["item"]
    known = plan_model.by_id().get(item)
    if known is not None:
        own = plan_model.key_of(known[1]["area_level"], known[1]["area_id"])
        if st.session_state.get(_OPEN) == item and selection["area"] != own:
            selection["item"] = None
        else:
            selection["area"] = own
    if areas.chosen(selection) is None:
        selection["item"] = None
    st.session_state[_OPEN] = selection["item"]


def _sidebar(t: Texts, selection: Selection) -> None:
    with st.sidebar:
        st.radio(
            t("choice.plan"), VIEWS, format_func=lambda view: _view_name(t, selection, view),
            **_leaving_item(selection, "plan"),
        )  # fmt: skip


def _view_name(t: Texts, selection: Selection, view: str) -> str:
    if view == "overdue" and selection["area"] is not None:
        return t("plan.view.overdue.count", count=len(plan_model.late(selection["area"])))
    return t(f"plan.view.{view}")


def _leaving_item(selection: Selection, name: str) -> dict[str, object]:
    bound = selection.bind(name)
    copy = bound["on_change"]

    def changed() -> None:
        copy()
        selection["item"] = None

    return bound | {"on_change": changed}


def _add_buttons(t: Texts, selection: Selection, area: str) -> None:
    """Write one button for each kind of entry that can be added."""
    if not plan_model.may("create"):
        return
    with st.container(horizontal=True, key="plan_add"):
        for kind in ("goals", "steps", "needs", "ideas", plan_model.MILESTONES):
            st.button(
                t(f"plan.add.{kind}"),
                key=f"plan_add_{kind}",
                on_click=plan_item.begin,
                args=(selection, kind, area, {}),
            )


def _overview(t: Texts, names: dict[str, str]) -> None:
    """Name the areas that have a plan, each as a link; say how to begin where there is none."""
    planned = [area for area in names if any(plan_model.rows(kind, area) for kind in plan_model.KINDS)]
    st.info(t("plan.choose"))
    if planned:
        st.header(t("plan.overview"), anchor=False)
    for area in planned:
        goals, steps = (len(plan_model.rows(kind, area)) for kind in ("goals", "steps"))
        counts = ", ".join((t.plural("plan.count.goals", goals), t.plural("plan.count.steps", steps)))
        plan_model.area_link(t, area, t("plan.overview.one", name=names[area], counts=counts))
