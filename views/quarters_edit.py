"""One own Quartier: its name and kind, its area in one of three ways, what it comes to, saving, state and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import QuartierError
from views import (
    areas,
    data,
    entry_conflict,
    entry_draft,
    entry_fields,
    entry_history,
    entry_save,
    entry_state,
    plan_model,
    profile_blocks,
    quarters_model,
    quarters_shape,
    ui,
)

if TYPE_CHECKING:
    from geo.area import Area
    from views.entry_draft import Draft
    from views.quarters_model import Row
    from views.state import Selection
    from views.texts import Texts

NEW = "new"
SHAPE = ("district_ids", "polygon")
WAYS = (("profile", "profile.nav"), ("plan", "plan.nav"), ("newbuild", "newbuild.from_area"))


def begin(selection: Selection, key: str) -> None:
    """Open the form of a Quartier or of a new one."""
    if key == NEW:
        entry_draft.start_new(quarters_model.RESOURCE, {}, quarters_model.RESOURCE)
    selection["edit"] = key


def _close(selection: Selection) -> None:
    selection["edit"] = None


def show(t: Texts, selection: Selection) -> None:
    """Write the form."""
    st.button(t("quarters.back"), key="quarter_back", type="tertiary", on_click=_close, args=(selection,))
    key = selection["edit"]
    draft = (
        entry_draft.open_new(quarters_model.RESOURCE, quarters_model.RESOURCE)
        if key == NEW
        else entry_draft.open_entry(quarters_model.RESOURCE, key)
    )
    locked = not plan_model.may("create" if key == NEW else "update")
    title = t("quarters.new") if key == NEW else ui.literal(plan_model.short(quarters_model.names()[key], 200))
    st.header(title, anchor=False)
    if key != NEW:
        with st.container(horizontal=True, key="quarter_ways"):
            ways(t, key)
    if draft.conflict is not None:
        entry_conflict.show(t, draft)
        return
    entry_fields.show(t, draft, disabled=locked, hidden=SHAPE)
    quarters_shape.show(t, draft, locked=locked)
    found = _verdict(t, draft)
    _save(t, selection, draft, found, locked=locked)
    if draft.entry is not None:
        _state(t, draft)


def _state(t: Texts, draft: Draft) -> None:
    """Write the buttons that take it out of use, with a warning where a plan belongs to it, and the history."""
    planned = plan_model.count_of(areas.value_of("quarter", draft.entry.id)) if draft.entry is not None else 0
    if planned:
        st.caption(t.plural("quarters.planned", planned))
    entry_state.actions(t, draft)
    entry_history.show(t, draft)


def ways(t: Texts, key: str) -> None:
    """Write the buttons that open other pages for a Quartier."""
    for page, label in WAYS:
        if st.button(t(label), key=f"quarter_to_{page}_{key}"):
            profile_blocks.go(page, {"area": areas.value_of("quarter", key)})
    if st.button(t("gaps.nav"), key=f"quarter_to_gaps_{key}"):
        profile_blocks.go("gaps", {"quarter": key})


def facts_line(t: Texts, row: Row, area: Area) -> list[str]:
    """Return kind, size, people and districts of a Quartier in words."""
    count = quarters_model.people(area)
    names = data.district_names()
    touched = ", ".join(sorted(names[number] for number in area.district_ids))
    return [
        t(f"value.quarters.kind.{row['kind']}"),
        t("profile.hectares", number=t.number(area.area_m2 / 10_000)),
        t("quarters.withheld") if count is None else t("quarters.people", count=t.number(round(count))),
        t("quarters.joined" if area.whole else "quarters.drawn", districts=touched),
    ]


def _verdict(t: Texts, draft: Draft) -> Area | None:
    """Say what the area comes to, or why it cannot be stored; None = it cannot."""
    values = draft.values
    if not values["district_ids"] and not values["polygon"]:
        st.info(t("quarters.no_area"))
        return None
    try:
        found = quarters_model.checked(values)
    except QuartierError as problem:
        ui.error(t, problem)
        return None
    st.success(ui.literal(" · ".join(facts_line(t, values, found))))
    st.caption(t("quarters.method.joined" if found.whole else "quarters.method.drawn"))
    return found


def _save(t: Texts, selection: Selection, draft: Draft, found: Area | None, *, locked: bool) -> None:
    if locked or not entry_save.button(t, draft, name="quarter"):
        return
    if found is None:
        st.error(t("quarters.not_saved"))
    else:
        stored = entry_save.save(t, draft)
        if stored is not None:
            entry_save.notice("entry.saved")
            selection["edit"], selection["quarter"] = None, stored.id
            st.rerun()
