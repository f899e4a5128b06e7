"""The points as the quickest plain streamlit-folium page shows them: one GeoJSON, dots on one canvas, no groups."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from bench.pages import points
from layers.assets import use_local_assets

use_local_assets()


@st.cache_resource
def features() -> list[dict[str, object]]:
    """Return the points as GeoJSON."""
    rows = zip(points.LON, points.LAT, points.IDS, points.NAMES, points.EVEN, strict=True)
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [float(lon), float(lat)]},
            "properties": {"id": number, "name": name, "kind": "a" if even else "b"},
        }
        for lon, lat, number, name, even in rows
    ]


shown = features()[::2] if st.checkbox("half") else features()
base = folium.Map(location=[52.375, 9.735], zoom_start=11, tiles=None, max_zoom=19, prefer_canvas=True)
group = folium.FeatureGroup()
folium.GeoJson(
    {"type": "FeatureCollection", "features": shown},
    point_to_layer=folium.JsCode("(feature, at) => L.circleMarker(at, {radius: 5})"),
).add_to(group)
st_folium(base, key="map", height=620, use_container_width=True, returned_objects=[], feature_group_to_add=group)
