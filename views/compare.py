"""Compare: some districts side by side, all of them by one measure, several kinds at once, two ways of measuring."""

from __future__ import annotations

import streamlit as st

from views import (
    compare_controls,
    compare_difference,
    compare_panels,
    compare_places,
    compare_ranking,
    compare_side,
    ui,
)
from views.state import Selection

PARTS = {
    "side": compare_side,
    "ranking": compare_ranking,
    "panels": compare_panels,
    "difference": compare_difference,
}


def page() -> None:
    """Show the compare page."""
    t = ui.texts()
    selection = Selection(compare_controls.choices())
    ui.header(t, selection, title=t("compare.title"), lead=t("compare.lead"))
    st.segmented_control(
        t("compare.part"),
        list(PARTS),
        format_func=lambda name: t(f"compare.part.{name}"),
        required=True,
        label_visibility="collapsed",
        **selection.bind("compare"),
    )
    compare_controls.show(t, selection)
    if len(compare_places.chosen(selection)) < compare_controls.FEWEST and selection["compare"] == "side":
        ui.empty(t, "compare.too_few")
    else:
        ui.sources(t, PARTS[selection["compare"]].show(t, selection))
    selection.publish()
