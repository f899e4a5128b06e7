"""The inventory form: the council's checklist for one district, stored as one goes, with progress."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from views import (
    areas,
    data,
    inventory_facilities,
    inventory_gaps,
    inventory_model,
    inventory_points,
    inventory_quarter,
    navigation,
    storage,
    tables,
    ui,
)  # fmt: skip
from views.entry_draft import typed_value
from views.inventory_model import FACILITIES, OFFERS, POINTS
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.texts import Texts


def page() -> None:
    """Show the inventory form."""
    t = ui.texts()
    selection = Selection(
        [ui.LANGUAGE_CHOICE, areas.district_choice(), areas.quarter_choice(), Choice("step", POINTS, POINTS[0])]
    )
    ui.header(t, selection, title=t("inventory.title"), lead=t("inventory.lead"))
    storage.banner(t)
    inventory_points.saved(t)
    district = selection["district"]
    with st.sidebar:
        areas.place_box(t, selection)
        if district is not None:
            done = inventory_model.progress(district).answered
            st.radio(
                t("choice.step"), POINTS, format_func=lambda point: ("✓ " if point in done else "") + t(f"inventory.{point}"),
                **selection.bind("step"),
            )  # fmt: skip
    if selection["quarter"] is not None:
        inventory_quarter.show(t, selection)
    elif district is None:
        _overview(t)
    else:
        _form(t, selection, district)
    selection.publish()


def _form(t: Texts, selection: Selection, district: int) -> None:
    """Write progress and the chosen point of one district."""
    found = inventory_model.progress(district)
    name = data.district_names()[district]
    text = t(
        "inventory.progress",
        name=name,
        done=len(found.answered),
        total=len(POINTS),
        kinds=found.kinds_stated,
        all=found.kinds,
    )
    st.progress(found.share, text=text)
    if found.latest:
        st.caption(t("inventory.latest", date=t.date(found.latest)))
    point = selection["step"]
    number = POINTS.index(point) + 1
    st.header(t("inventory.step", number=number, total=len(POINTS), name=t(f"inventory.{point}")), anchor=False)
    day = _day(t)
    if point == FACILITIES:
        inventory_facilities.show(t, district, day)
    elif point == OFFERS:
        inventory_gaps.show(t, district, day)
    else:
        inventory_points.show(t, district, point, day, _open)
    _steps(t, selection, number)
    if st.session_state.pop("inventory_open", False):
        st.switch_page(navigation.pages()["entry"])


def _day(t: Texts) -> str:
    """Write the date that the answers get: today, or as precise as it is known."""
    from store import resource
    from store.validation import clean_changes

    today = date.today()  # noqa: DTZ011 -- the day on the visitor's calendar
    field = resource("observations").fields["reference_date"]
    st.session_state.setdefault("inventory_day", f"{today:%d.%m.%Y}" if t.language != "en" else today.isoformat())
    text = typed_value(
        field, st.text_input(t("inventory.day"), key="inventory_day", help=t("inventory.day.help"), width=220)
    )
    if (
        text is not None
        and clean_changes(resource("observations"), {"reference_date": text}, {"reference_date": None})[1]
    ):
        st.warning(t("inventory.day.wrong"))
        return today.isoformat()
    return text or today.isoformat()


def _steps(t: Texts, selection: Selection, number: int) -> None:
    with st.container(horizontal=True, key="inventory_steps"):
        if number > 1:
            st.button(
                t("inventory.back"), key="inventory_back", on_click=_set_step, args=(selection, POINTS[number - 2])
            )
        if number < len(POINTS):
            st.button(
                t("inventory.next"),
                key="inventory_next",
                on_click=_set_step,
                args=(selection, POINTS[number]),
                type="primary",
            )


def _set_step(selection: Selection, point: str) -> None:
    selection["step"] = point


def _open(name: str, key: str) -> None:
    """Choose an entry for the page that edits entries."""
    st.session_state["selection"] |= {"resource": name, "entry": key}
    st.session_state["inventory_open"] = True


def _overview(t: Texts) -> None:
    """Write how far every district is."""
    ui.empty(t, "inventory.choose")
    found = {name: inventory_model.progress(number) for number, name in data.district_names().items()}
    table = pd.DataFrame(
        {
            t("field.district_id"): list(found),
            t("inventory.table.points"): [len(each.answered) for each in found.values()],
            t("inventory.table.kinds"): [each.kinds_stated for each in found.values()],
            t("inventory.table.latest"): [
                t.date(each.latest) if each.latest else t("inventory.table.never") for each in found.values()
            ],
        }
    )
    st.header(t("inventory.table"), anchor=False)
    st.markdown(t("inventory.table.text", points=len(POINTS), kinds=len(data.catalogue().kinds)))
    tables.show(t, table.sort_values(t("field.district_id"), ignore_index=True), alt=t("inventory.table"))
