"""The map page: layers, filters, one district in detail, and the same content as a list."""

from __future__ import annotations

import streamlit as st

from geo.storyline import IndicatorFill
from views import (
    map_controls,
    map_layers,
    map_legend,
    map_list,
    mapview,
    panel,
    panel_quarter,
    place_filter,
    story_model,
    story_save,
    ui,
)
from views.state import Selection


def page() -> None:
    """Show the map page."""
    t = ui.texts()
    selection = Selection(map_controls.choices())
    ui.header(t, selection, title=t("map.title"), lead=t("map.lead"))
    map_controls.follow_search(selection)
    side = st.sidebar.container()  # at once: a column that comes later would push the map aside
    places = place_filter.filtered_places(**{name: selection[name] for name in ("kinds", *map_layers.FILTERS)})
    left, right = st.columns([7, 3], gap="medium")
    with left:
        click = mapview.show_map(
            t, [*map_layers.layers(t, selection, places), *story_save.asking()], key="map", first=True
        )
        map_controls.show(t, selection, side)
        map_legend.show(t, selection, places)
        if places.empty and selection["kinds"]:
            ui.empty(t, "map.empty")
        story_save.show(
            t, click, lambda sentence, view: story_model.step_of_map(selection, sentence, view, _fill(selection))
        )
    with right:
        if selection["quarter"] is not None:
            panel_quarter.show(t, selection["quarter"])
        else:
            panel.show(t, selection["district"])
    map_list.show(t, places)
    ui.sources(t, map_layers.source_notes(t, selection, places))
    selection.publish()
    mapview.choose_area(selection, click, key="map")


def _fill(selection: Selection) -> IndicatorFill | None:
    return IndicatorFill(selection["fill"], selection["scheme"]) if selection["fill"] else None
