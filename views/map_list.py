"""The same places as a list, and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from views import data, fresh
from views.texts import is_unknown

if TYPE_CHECKING:
    import geopandas as gpd

    from views.texts import Texts

ROW_HEIGHT, MOST_ROWS = 35, 12


def words(t: Texts, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the places as people read them: one column per thing, named in the language of the page."""
    known = data.catalogue()
    kinds = {kind: entry.label.of(t.language) for kind, entry in known.kinds.items()}
    groups = {group: entry.label.of(t.language) for group, entry in known.target_groups.items()}
    columns = {
        "name": places["name"],
        "kind": _joined(places["kinds"], kinds),
        "address": places["address"],
        "district": places["district"],
        "operator": places["operator"],
        "targets": _joined(places["target_groups"], groups),
        "phone": places["phones"].str.replace(";", ", "),
        "hours": places["opening_hours_text"],
        "wheelchair": places["wheelchair"].map({value: t(f"wheelchair.{value}") for value in ("yes", "limited", "no")}),
        "quality": _quality(t, places),
        "date": fresh.texts(t, places["id"]),
        "source": places["source"],
    }
    return pd.DataFrame({t(f"map.list.{name}"): column for name, column in columns.items()}).reset_index(drop=True)


def show(t: Texts, places: gpd.GeoDataFrame) -> None:
    """Write count, list and download buttons."""
    located = int(places.geometry.notna().sum())
    st.header(t("map.list"), anchor=False)
    st.markdown(
        f"**{t.plural('map.shown', len(places))}**, "
        + t("map.shown.located", located=located, rest=len(places) - located)
    )
    if places.empty:
        return
    note = fresh.note(t, places["id"])
    if note:
        st.caption(note)
    table = words(t, places)
    height = ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3
    st.dataframe(table, hide_index=True, height=height, placeholder=t("common.unknown"), alt=t("map.list"))
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        st.markdown(t("map.downloads"))
        st.download_button(
            t("common.download_csv"),
            lambda: data.as_csv(table),
            "quartierskarte-orte.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            t("common.download_geojson"),
            lambda: data.as_geojson(places),
            "quartierskarte-orte.geojson",
            "application/geo+json",
            on_click="ignore",
        )


def _joined(column: pd.Series[Any], names: dict[str, str]) -> pd.Series[Any]:
    """Translate ";"-joined ids."""
    return column.map(
        lambda text: None if is_blank(text) else ", ".join(names.get(part, part) for part in text.split(";"))
    )


def _quality(t: Texts, places: gpd.GeoDataFrame) -> list[str]:
    return [
        t(f"quality.{quality}")
        if quality != "approximate" or is_unknown(error)
        else t("quality.approximate_by", error=int(error))
        for quality, error in zip(places["coordinate_quality"], places["coordinate_error_m"], strict=True)
    ]


def is_blank(text: Any) -> bool:
    """Tell whether a cell of a text column is empty or unknown."""
    return not isinstance(text, str) or not text
