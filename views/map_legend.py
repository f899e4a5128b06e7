"""The legend below the map: classes and symbols of every shown layer, made from what the map itself is made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from layers.actors import ORGANIZATION_TYPES, actor_symbols
from layers.classify import classes
from layers.legend import class_legend, symbol_legend
from layers.palette import sequential
from layers.stops import MODES, main_modes, stop_symbols
from views import data, indicators, map_layers

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from layers.symbols import Symbol
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection, places: gpd.GeoDataFrame) -> None:
    """Write the legend."""
    if selection["fill"]:
        _fill(t, selection)
    if "population" in selection["show"]:
        found = map_layers.population_classes()
        items = class_legend(found, sequential(map_layers.POPULATION_SCALE, len(found)))
        map_layers.show_legend(t, items, title=t("map.show.population"), counted=False)
    located = places[places.geometry.notna()]
    _symbols(t, map_layers.symbols(t), located["kind"])
    for name, kinds, symbols in _others(t, selection):
        _symbols(t, symbols, kinds, title=t(f"map.show.{name}"), outlined=name != "stops")
    if (located["coordinate_quality"] == "approximate").any():
        st.caption(t("map.legend.approximate"))


def _fill(t: Texts, selection: Selection) -> None:
    code = selection["fill"]
    values = indicators.indicator_values(code)["value"]
    found = classes(values.reindex(list(data.boundaries().district_ids)), scheme=selection["scheme"])
    items = class_legend(found, sequential(map_layers.SCALE, len(found)))
    title = map_layers.indicator_name(t, code)
    map_layers.show_legend(t, items, title=title, digits=map_layers.indicator_digits(code))


def _others(t: Texts, selection: Selection) -> list[tuple[str, pd.Series[str], Mapping[str, Symbol]]]:
    """Return name, kind of each drawn symbol and the symbols of the layers beside the places."""
    found: list[tuple[str, pd.Series[str], Mapping[str, Symbol]]] = []
    if "actors" in selection["show"]:
        actors = data.actors()
        types = actors.loc[actors.geometry.notna(), "organization_type"].fillna("unknown")
        labels = {kind: t(f"organization_type.{kind}") for kind in ORGANIZATION_TYPES}
        found.append(("actors", types, actor_symbols(labels)))
    if "offers" in selection["show"]:
        offers = data.offers()
        found.append(("offers", offers.loc[offers.geometry.notna(), "kind"], map_layers.symbols(t)))
    if "stops" in selection["show"]:
        stops = data.frame("stops")
        labels = {mode: t(f"mode.{mode}") for mode in MODES}
        found.append(("stops", main_modes(stops.loc[stops["in_city"], "modes"]), stop_symbols(labels)))
    return found


def _symbols(
    t: Texts, symbols: Mapping[str, Symbol], kinds: pd.Series[str], *, title: str = "", outlined: bool = False
) -> None:
    counts = kinds.value_counts()
    used = [kind for kind in symbols if kind in counts]
    items = symbol_legend([symbols[kind] for kind in used], [int(counts[kind]) for kind in used])
    map_layers.show_legend(t, [replace(item, outlined=outlined) for item in items], title=title)
