"""The map on a page: one base map per language, layers that come and go without a blank, clicks as ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from layers.basemap import MAX_ZOOM, MIN_ZOOM, MapTexts, Start, base_map
from layers.clicks import Click, Drawing, read_click, read_drawing
from layers.maplayer import groups
from views import attributions, data, first_sight, quarters_model
from views.state import VIEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.maplayer import MapLayer
    from views.state import Selection
    from views.texts import Texts

POLE, DATE_LINE = 90, 180


def show_map(
    t: Texts,
    layers: Iterable[MapLayer],
    *,
    key: str,
    height: int = 620,
    start: Start | None = None,
    addressed: bool = True,
    first: bool = False,
) -> Click | None:
    """Draw the map and return a click that no earlier rerun has handled, else None.

    With ``first`` the rest of the page is sent when the map has been seen, see `views.first_sight`.

    ``start`` counts only when the map is first drawn on this visit of the page: a later value would be another base map, and
    the browser would draw everything anew. Without ``addressed`` the address line never learns what part is shown.
    """
    drawn = _drawn(t, layers, key, height=height, start=start, addressed=addressed, first=first)
    if first:
        first_sight.wait(key)
    return _new_click(read_click(drawn), key)


def show_drawing(t: Texts, layers: Iterable[MapLayer], *, key: str, height: int = 620) -> Drawing | None:
    """Draw the map with `layers.draw` among its layers and return a drawing that no earlier rerun has handled."""
    found = read_drawing(_drawn(t, layers, key, height=height, start=None, addressed=False, first=False))
    if found is None or found.number == st.session_state.get(f"{key}_drawing"):
        return None
    st.session_state[f"{key}_drawing"] = found.number
    return found


def _drawn(
    t: Texts, layers: Iterable[MapLayer], key: str, *, height: int, start: Start | None, addressed: bool, first: bool
) -> object:
    """Draw the map and return what the browser last reported."""
    from streamlit_folium import st_folium  # here, so that its component is registered in a visitor's run

    settings = data.current_settings()
    opening = st.session_state.setdefault(f"{key}_start", start or linked_view())
    base = base_map(
        data.boundaries(),
        texts=_map_texts(t),
        base=settings.basemap,
        streets=data.streets() if settings.basemap == "streets" else None,
        start=opening,
        addressed=addressed,
        seen=first_sight.address() if first else None,
        attributions=attributions.base(t),
    )
    return st_folium(
        base,
        key=f"{key}_{t.language}",
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=groups(layers),
    )


def linked_view() -> Start | None:
    """Return the view that a link asks for (``?view=lat,lon,zoom``); None where there is none or it is no view."""
    try:
        lat, lon, zoom = (float(part) for part in st.query_params.get(VIEW, "").split(","))
    except ValueError:
        return None
    within = abs(lat) <= POLE and abs(lon) <= DATE_LINE and MIN_ZOOM <= zoom <= MAX_ZOOM
    return Start(lat, lon, zoom) if within else None


def moves_to(key: str, district: int | str | None) -> bool:
    """Tell whether the map shall move to the chosen area: not after a click on it, nor where a link says the view."""
    kept = st.session_state.setdefault(f"{key}_kept", district if linked_view() else None)
    return district is not None and district not in (kept, st.session_state.get(f"{key}_clicked"))


def choose_area(selection: Selection, click: Click | None, *, key: str) -> None:
    """Let a click on a district or an own Quartier choose it, and show the page again."""
    if click is not None and click.layer == "quarter" and click.id in quarters_model.names():
        st.session_state[f"{key}_clicked"] = click.id
        if selection["quarter"] != click.id:
            selection["quarter"] = click.id
            selection.publish()
            st.rerun()
        return
    if click is None or click.layer != "district" or click.id not in map(str, data.district_names()):
        return
    st.session_state[f"{key}_clicked"] = int(click.id)
    if selection["district"] != int(click.id):
        selection["district"] = int(click.id)
        selection.publish()
        st.rerun()


def _new_click(click: Click | None, key: str) -> Click | None:
    if click is None or click.number == st.session_state.get(f"{key}_click"):
        return None
    st.session_state[f"{key}_click"] = click.number
    return click


def _map_texts(t: Texts) -> MapTexts:
    names = ("map", "zoom_in", "zoom_out", "whole_city", "close", "group", "approximate", "new_window")
    return MapTexts(language=t.language, **{name: t(f"mapview.{name}") for name in names})
