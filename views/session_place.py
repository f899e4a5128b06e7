"""Where a note belongs, chosen by the host: a known place by name, or a point on the map; both may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, entry_pin, mapview, session_model

if TYPE_CHECKING:
    from layers.basemap import Start
    from store.workshop import Session
    from views.texts import Texts

MOST = 400
NEAR = 14.0
_POINT = "session_point"


def choose(t: Texts, session: Session, turn: int) -> dict[str, float] | None:
    """Write the choice and return longitude and latitude in degrees; None = a note without a place."""
    point = st.session_state.get(_POINT, {}).get(turn)
    with st.expander(t("session.place"), expanded=point is not None):
        named = named_places(t, session)
        chosen = st.selectbox(
            t("session.place.known"), list(named), format_func=named.__getitem__, index=None, filter_mode="contains",
            placeholder=t("session.place.none"), key=f"session_named_{turn}",
        )  # fmt: skip
        if chosen is not None:
            return dict(zip(("lon", "lat"), chosen, strict=True))
        if st.toggle(t("session.place.tap"), key=f"session_tap_{turn}"):
            layers = [entry_pin.pin(t, *point)] if point else []
            click = mapview.show_map(
                t, layers, key=f"session_map_{session.id}_{turn}", height=320, start=_start(session), addressed=False
            )
            if click is not None:
                st.session_state[_POINT] = {turn: (round(click.lon, 6), round(click.lat, 6))}
                st.rerun()
        if point:
            st.markdown(t("session.place.chosen"))
            st.button(t("session.place.remove"), key=f"session_unpin_{turn}", on_click=_remove)
    return dict(zip(("lon", "lat"), point, strict=True)) if point else None


def _remove() -> None:
    st.session_state.pop(_POINT, None)


def named_places(t: Texts, session: Session) -> dict[tuple[float, float], str]:
    """Return the known places of a session's area by their coordinates in degrees, in alphabetical order."""
    return data.kept("session_places", session.area_level, session.area_id, t.language, make=lambda: _places(session))


def _places(session: Session) -> dict[tuple[float, float], str]:
    area = session_model.area_of(session)
    rows = data.frame("locations")
    if area is not None:
        rows = rows[area.holds(rows.geometry.to_numpy(), rows["district_id"])]
    rows = rows.dropna(subset=["name", "lon", "lat"]).sort_values("name").head(MOST)
    return {
        (round(float(lon), 6), round(float(lat), 6)): str(name)
        for lon, lat, name in zip(rows["lon"], rows["lat"], rows["name"], strict=True)
    }


def _start(session: Session) -> Start | None:
    """Return the middle of the area, where the map begins; None where the area is not known any more."""
    import geopandas as gpd

    from geo.crs import METRIC_CRS
    from layers.basemap import Start
    from layers.geometry import label_points

    area = session_model.area_of(session)
    if area is None:
        return None
    lon, lat, _ = label_points(gpd.GeoDataFrame(geometry=[area.geometry], crs=METRIC_CRS))[0]
    return Start(lat, lon, NEAR)
