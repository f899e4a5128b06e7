"""The finder's map: the places of the answer, the start, and a tap that says where somebody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
import streamlit as st

from geo.crs import METRIC_CRS
from geo.finder import fitting_rows
from layers.columns import Field
from layers.places import places_layer
from layers.points import PointStyle, point_layer
from layers.symbols import Symbol, catalogue_symbols
from views import data, finder_data, finder_words, mapview, ui

if TYPE_CHECKING:
    from geo.finder_where import Start
    from layers.clicks import Click
    from layers.maplayer import MapLayer
    from views.state import Selection
    from views.texts import Texts

_HEIGHT = 420


def show(t: Texts, selection: Selection, start: Start | None) -> Click | None:
    """Offer the map; return a tap on it that no earlier rerun has handled."""
    if not st.toggle(t("finder.map"), key="finder_map_shown"):
        return None
    st.caption(t("finder.where.tap"))
    layers = [_places(t, selection["need"])] if selection["need"] is not None else []
    if start is not None and start.kind != "district":
        layers.append(_start(t, start))
    return mapview.show_map(ui.texts(), layers, key="finder_map", height=_HEIGHT, addressed=False)


def _places(t: Texts, need: str) -> MapLayer:
    """Return every place that answers the question; nothing of where somebody is goes into the key."""
    return data.kept("finder_map", t.language, need, make=lambda: _layer(t, need))


def _layer(t: Texts, need: str) -> MapLayer:
    places = finder_data.places()
    rows = fitting_rows(places, finder_data.situations()[need])
    known = gpd.GeoDataFrame(places.table.iloc[rows], geometry="geometry", crs=METRIC_CRS)
    names = {kind: finder_words.kind_name(t, kind) for kind in data.catalogue().kinds}
    phones = known["phones"].str.replace(";", ", ")
    kinds = data.frame("facility_kinds")
    symbols = catalogue_symbols(kinds.assign(own=kinds["kind"].map(names)), label="own")
    frame = known.assign(kind_name=known["kind"].map(names), phones=phones)
    fields = [
        Field(t("finder.need"), "kind_name"),
        Field(t("finder.card.address"), "address"),
        Field(t("finder.card.call", number="").strip(" :"), "phones"),
    ]
    return places_layer(frame, symbols=symbols, fields=fields)


def _start(t: Texts, start: Start) -> MapLayer:
    mark = {"start": Symbol(t("finder.map.you"), "star", "", "#d55e00")}
    frame = gpd.GeoDataFrame(
        {"id": ["start"], "name": [t("finder.map.you")], "mark": ["start"]},
        geometry=[shapely.Point(start.x, start.y)],
        crs=METRIC_CRS,
    )
    columns = {"id": "id", "title": "name", "symbol": "mark"}
    return point_layer("start", frame, symbols=mark, columns=columns, style=PointStyle(size=34))
