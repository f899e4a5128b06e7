"""Question 2: where. A district stands in the address line; anything finer stays in this visit's memory."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v1 import declare_component

from geo.finder_where import Start, at_district, at_entry, at_lonlat, at_point, suggestions
from views import data, finder_data, quarters_model, ui
from views.texts import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from layers.clicks import Click
    from views.state import Selection
    from views.texts import Texts

_POINT, _TYPED, _MEANT, _DEVICE, _REFUSED = (
    f"finder_{name}" for name in ("point", "typed", "meant", "device", "refused")
)
_FOLDER = Path(__file__).parent / "locate"


@cache
def _component() -> Callable[..., Any]:
    return declare_component("finder_locate", path=str(_FOLDER))


def start(selection: Selection) -> Start | None:
    """Return where the way begins: the finer place of this visit, else the chosen district; None = not said yet."""
    point: Start | None = st.session_state.get(_POINT)
    if point is not None:
        return point
    if selection["quarter"] in quarters_model.shapes():
        return at_point(finder_data.places(), *quarters_model.middle(selection["quarter"]), "district")
    district = selection["district"]
    return None if district is None else at_district(finder_data.places(), district)


def ask(t: Texts, selection: Selection) -> None:
    """Write the question with its four ways to answer it."""
    _district(t, selection)
    with st.expander(t("finder.where.more"), expanded=st.session_state.get(_POINT) is not None):
        st.text_input(t("finder.where.typed"), key=_TYPED, on_change=_typed_changed, autocomplete="off", max_chars=None)
        st.caption(t("finder.where.help"))
        _choose_meant(t)
        _device(t)
        if st.session_state.get(_POINT) is not None:
            st.button(t("finder.where.forget"), on_click=forget, key="finder_forget")


def _district(t: Texts, selection: Selection) -> None:
    """Write the box of districts, with own Quartiere below them where there are any."""
    districts, own = data.district_names(), quarters_model.names()
    names: dict[int | str, str] = {number: districts[number] for number in sorted(districts, key=districts.__getitem__)}
    names |= own
    key = "widget_district"
    st.session_state[key] = selection["district"] if selection["quarter"] is None else selection["quarter"]

    def changed() -> None:
        value = st.session_state[key]
        selection["district"] = value if isinstance(value, int) else None
        selection["quarter"] = value if isinstance(value, str) else None
        forget()

    st.selectbox(
        t("finder.where"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        placeholder=t("finder.where.district"),
        key=key,
        on_change=changed,
    )


def _typed_changed() -> None:
    st.session_state[_POINT] = None
    hits = _hits()
    st.session_state.pop(_MEANT, None)
    if len(hits):
        _take(hits, 0)


def _hits() -> gpd.GeoDataFrame:
    return suggestions(finder_data.entries(), str(st.session_state.get(_TYPED) or ""))


def _take(hits: gpd.GeoDataFrame, at: int) -> None:
    row = hits.iloc[at]
    st.session_state[_POINT] = at_entry(finder_data.places(), row["geometry"], str(row["type"]), str(row["id"]))


def _choose_meant(t: Texts) -> None:
    """Offer what the typed text may mean; the best is taken already."""
    if not st.session_state.get(_TYPED):
        return
    hits = _hits()
    if hits.empty:
        st.warning(t("finder.where.nothing"))
        return
    details = hits["detail"].fillna(hits["district_id"].map(data.district_names()))
    labels = [
        f"{ui.literal(name)} ({ui.literal(detail)})" if isinstance(detail, str) else ui.literal(name)
        for name, detail in zip(hits["name"], details, strict=True)
    ]
    if len(labels) == 1:
        st.markdown(f"{t('finder.where.meant')}: {labels[0]}")
        return
    st.radio(
        t("finder.where.meant"),
        range(len(labels)),
        format_func=labels.__getitem__,
        key=_MEANT,
        on_change=lambda: _take(_hits(), int(st.session_state[_MEANT])),
    )


def _device(t: Texts) -> None:
    """Offer the device's position; its answer is taken once."""
    direction = "rtl" if t.language in RIGHT_TO_LEFT else "ltr"
    found = _component()(
        label=t("finder.where.device"), language=t.language[:2], direction=direction, key="finder_locate", default=None
    )
    if isinstance(found, dict) and found != st.session_state.get(_DEVICE):
        st.session_state[_DEVICE] = found
        point = _position(found)
        st.session_state[_REFUSED] = point is None
        if point is not None:
            st.session_state[_POINT] = point
            st.rerun()
    if st.session_state.get(_REFUSED):
        st.warning(t("finder.where.refused"))


def _position(found: dict[str, Any]) -> Start | None:
    lat, lon = found.get("lat"), found.get("lon")
    if not (isinstance(lat, int | float) and isinstance(lon, int | float) and math.isfinite(lat + lon)):
        return None
    return at_lonlat(finder_data.places(), float(lon), float(lat), "device")


def take_tap(click: Click | None) -> None:
    """Begin where the visitor tapped on the map."""
    if click is None or click.layer == "places":
        return
    point = at_lonlat(finder_data.places(), click.lon, click.lat, "tap")
    if point is not None:
        st.session_state[_POINT] = point
        st.rerun()


def forget() -> None:
    """Forget the finer place."""
    for name in (_POINT, _MEANT, _REFUSED):
        st.session_state.pop(name, None)
    st.session_state[_TYPED] = ""
