"""The inventory of an own Quartier: it is asked per district, so this names its districts and what they come to together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, inventory_model, profile_blocks, profile_model, quarters_model, ui

if TYPE_CHECKING:
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection) -> None:
    """Write how far each district is, with the way to its form, and how complete the knowledge of the Quartier is."""
    area = quarters_model.area(selection["quarter"])
    st.header(ui.literal(area.name), anchor=False)
    st.markdown(t("inventory.quarter.text"))
    names = data.district_names()
    for number in sorted(area.district_ids, key=names.__getitem__):
        found = inventory_model.progress(number)
        done = t(
            "inventory.progress", name=names[number], done=len(found.answered), total=len(inventory_model.POINTS),
            kinds=found.kinds_stated, all=found.kinds,
        )  # fmt: skip
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.progress(found.share, text=ui.literal(done))
        right.button(
            t("inventory.quarter.open"), key=f"inventory_to_{number}", on_click=_choose, args=(selection, number),
            help=names[number], width="stretch",
        )  # fmt: skip
    section = profile_model.maker(t).section(area, "knowledge")
    st.header(ui.literal(section.title), anchor=False)
    profile_blocks.show(t, section.blocks, key="inventory_quarter")


def _choose(selection: Selection, number: int) -> None:
    selection["district"] = number
