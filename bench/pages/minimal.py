"""The page to compare with: what a first streamlit-folium page for the same map would be.

A Streamlit script: the 51 districts on a folium map, all located places in one feature group. Map files come
from our own host, since a content delivery network would be timed otherwise.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from layers.assets import use_local_assets

_DATA = Path(os.environ["QK_BENCH_DATA"])


@st.cache_data
def _districts() -> dict[str, Any]:
    return json.loads((_DATA / "stadtteile" / "stadtteile.geojson").read_text(encoding="utf-8"))


@st.cache_data
def _places() -> dict[str, Any]:
    with (_DATA / "orte" / "locations.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["lon"]]
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: dict[str, str]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
    return {"type": "Feature", "geometry": point, "properties": {"name": row["name"]}}


use_local_assets()
st.title("Hannover")
base = folium.Map(location=[52.375, 9.735], zoom_start=11, tiles=None, max_zoom=19)
folium.GeoJson(_districts(), name="districts").add_to(base)
group = folium.FeatureGroup(name="places")
folium.GeoJson(
    _places(),
    point_to_layer=folium.JsCode(
        "(feature, at) => L.circleMarker(at, {radius: 5}).bindTooltip(feature.properties.name)"
    ),
).add_to(group)
st_folium(base, key="map", height=620, use_container_width=True, returned_objects=[], feature_group_to_add=group)
