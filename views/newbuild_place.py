"""Where is built: the whole area, or a point in it that is clicked on the map or typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import QuartierError
from layers.highlight import highlight_layer
from views import areas, data, mapview, quarters_model

if TYPE_CHECKING:
    from layers.maplayer import MapLayer
    from views.newbuild_model import State
    from views.texts import Texts

HEIGHT = 360
WAYS = ("area", "point")


def show(t: Texts, now: State, area: str) -> None:
    """Write the choice of the site."""
    point = _point(now)
    polygon = now.site is not None and point is None
    key = f"nb_way_{now.turn}"
    ways = (*WAYS, "polygon") if polygon else WAYS
    st.session_state.setdefault(key, "polygon" if polygon else "point" if now.site else "area")
    if st.session_state[key] not in ways:
        st.session_state[key] = "area"
    st.segmented_control(
        t("newbuild.site"), ways, format_func=lambda way: t(f"newbuild.site.{way}"), key=key, required=True,
        on_change=_chosen, args=(now, key),
    )  # fmt: skip
    if st.session_state[key] == "area":
        st.caption(t("newbuild.site.quarter" if area.startswith("quartier:") else "newbuild.site.rough"))
    if st.session_state[key] == "point":
        _pick(t, now, point, area)


def _chosen(now: State, key: str) -> None:
    if st.session_state[key] != "polygon":
        now.site = None


def _pick(t: Texts, now: State, point: tuple[float, float] | None, area: str) -> None:
    st.markdown(t("newbuild.site.click"))
    layers = [_outline(area, move_view=point is None)]
    if point is not None and _usable(now):
        layers.append(_pin(t, *point))
    click = mapview.show_map(t, layers, key="newbuild", height=HEIGHT, addressed=False)
    if click is not None:
        _put(now, round(click.lon, 6), round(click.lat, 6))
        st.rerun()
    lon, lat = point or (None, None)
    with st.container(horizontal=True, key="nb_point"):
        _number(t, now, "lat", lat, other=lon)
        _number(t, now, "lon", lon, other=lat)
    if point is None:
        st.info(t("newbuild.site.none"))


def _number(t: Texts, now: State, name: str, value: float | None, *, other: float | None) -> None:
    key = f"nb_{name}_{now.turn}_{value}"

    def changed() -> None:
        typed = st.session_state[key]
        waiting = st.session_state.setdefault(f"nb_half_{now.turn}", {})
        waiting[name] = typed
        pair = (
            {"lat": other if name == "lon" else typed, "lon": other if name == "lat" else typed}
            if other is not None
            else waiting
        )
        if pair.get("lat") is not None and pair.get("lon") is not None:
            _put(now, float(pair["lon"]), float(pair["lat"]))
        elif typed is None:
            now.site = None

    half = st.session_state.get(f"nb_half_{now.turn}", {}).get(name) if value is None else value
    st.number_input(
        t(f"newbuild.site.{name}"), value=half, step=0.001, format="%.6f", key=key, on_change=changed, width=200
    )


def _put(now: State, lon: float, lat: float) -> None:
    st.session_state.pop(f"nb_half_{now.turn}", None)
    now.site = json.dumps({"type": "Point", "coordinates": [lon, lat]}, separators=(",", ":"))


def _point(now: State) -> tuple[float, float] | None:
    """Return longitude and latitude of the site if it is a point."""
    if now.site is None:
        return None
    try:
        found: Any = json.loads(now.site)
        lon, lat = (float(value) for value in found["coordinates"][:2])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (lon, lat) if found.get("type") == "Point" else None


def _outline(area: str, *, move_view: bool) -> MapLayer:
    """Return the border of the area; the view moves there until a point is chosen."""
    prefix, _, number = area.partition(":")
    level = areas.LEVELS[prefix]
    if level == "quarter":
        return quarters_model.outline(number, move_view=move_view)
    return highlight_layer(data.boundaries(), int(number), level=str(level), move_view=move_view)


def _usable(now: State) -> bool:
    """Tell whether the site is somewhere; what is wrong with one that is nowhere stands beside the result."""
    from geo.newbuild_site import geometry_of

    try:
        geometry_of(str(now.site))
    except QuartierError:
        return False
    return True


def _pin(t: Texts, lon: float, lat: float) -> MapLayer:
    import geopandas as gpd

    from geo.crs import METRIC_CRS, from_lonlat
    from layers.points import PointStyle, point_layer
    from layers.symbols import Symbol

    def make() -> MapLayer:
        title = t("newbuild.site.point")
        frame = gpd.GeoDataFrame(
            {"id": ["site"], "name": [title], "mark": ["site"]}, geometry=from_lonlat([lon], [lat]), crs=METRIC_CRS
        )
        return point_layer(
            "newbuild_site",
            frame,
            symbols={"site": Symbol(title, "star", "", "#d55e00")},
            columns={"id": "id", "title": "name", "symbol": "mark"},
            style=PointStyle(size=38),
        )

    return data.shipped("newbuild_pin", t.language, lon, lat, make=make)
