"""The pin of a place: a click on the map sets it; longitude and latitude stand below for those who type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, entry_address, entry_fields, mapview

if TYPE_CHECKING:
    from layers.maplayer import MapLayer
    from views.entry_draft import Draft
    from views.texts import Texts

FIELDS = ("lon", "lat", "coordinate_quality", "coordinate_error_m")
NEAR = 16.0


def show(t: Texts, draft: Draft, *, disabled: bool) -> None:
    """Write the map with the pin and the two numbers."""
    from layers.basemap import Start

    st.subheader(t("entry.pin"), anchor=False)
    looked_at = None if disabled else entry_address.show(t, draft)
    st.markdown(t("entry.pin.text"))
    lon, lat = draft.values["lon"], draft.values["lat"]
    known = lon is not None and lat is not None
    layers = [pin(t, lon, lat)] if known else []
    turn = f"pin_{draft.key}_{st.session_state.get(f'pin_turn_{draft.key}', 0)}"
    start = Start(lat, lon, NEAR) if known and (draft.entry is not None or not turn.endswith("_0")) else None
    if looked_at is not None:  # a map of its own, which begins there
        layers.append(pin(t, looked_at.lon, looked_at.lat, key="suggestion"))
        turn, start = f"{turn}_{looked_at.lon}_{looked_at.lat}", Start(looked_at.lat, looked_at.lon, NEAR)
    click = mapview.show_map(t, layers, key=turn, height=380, start=start)
    if click is not None and not disabled:
        draft.put("lon", round(click.lon, 6))
        draft.put("lat", round(click.lat, 6))
        draft.put("coordinate_quality", "exact")
        draft.put("coordinate_error_m", None)
        st.rerun()
    st.caption(t("entry.pin.quality", quality=t(f"quality.{draft.values['coordinate_quality']}")))
    problems = entry_fields.visible_problems(draft)
    left, right = st.columns(2, gap="medium")
    with left:
        entry_fields.one(t, draft, "lat", problems, disabled=disabled)
    with right:
        entry_fields.one(t, draft, "lon", problems, disabled=disabled)
    if known and not disabled and st.button(t("entry.pin.remove"), key=f"unpin_{draft.key}"):
        for name in ("lon", "lat", "coordinate_error_m"):
            draft.put(name, None)
        draft.put("coordinate_quality", "none")
        st.rerun()


def pin(t: Texts, lon: float, lat: float, *, key: str = "pin") -> MapLayer:
    """Return a layer with one pin at a point in degrees."""
    import geopandas as gpd

    from geo.crs import METRIC_CRS, from_lonlat
    from layers.points import PointStyle, point_layer
    from layers.symbols import Symbol

    def make() -> MapLayer:
        title = t("entry.pin" if key == "pin" else "address.suggestion")
        frame = gpd.GeoDataFrame(
            {"id": [key], "name": [title], "mark": [key]}, geometry=from_lonlat([lon], [lat]), crs=METRIC_CRS
        )
        look = ("star", "", "#d55e00") if key == "pin" else ("circle", "?", "#0072b2")
        return point_layer(
            key,
            frame,
            symbols={key: Symbol(title, *look)},
            columns={"id": "id", "title": "name", "symbol": "mark"},
            style=PointStyle(size=38),
        )

    return data.shipped("pin", t.language, key, lon, lat, make=make)
