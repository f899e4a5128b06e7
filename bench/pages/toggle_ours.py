"""The points through our layers, made anew in every run: nothing is kept but the frame."""

from pathlib import Path

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from bench.pages import points
from geo import sources
from geo.crs import from_lonlat
from layers import assets
from layers.basemap import MapTexts, base_map
from layers.boundaries import Boundaries, publish_boundaries
from layers.maplayer import groups
from layers.places import places_layer
from layers.streets import Streets, publish_streets
from layers.symbols import Symbol
from scripts.serve import ROOT

assets.STATIC = Path(__file__).parent / "static"
SYMBOLS = {"a": Symbol("Bibliothek", "square", "B", "#0072b2"), "b": Symbol("Bad", "circle", "S", "#e69f00")}


@st.cache_resource
def background() -> tuple[Boundaries, Streets]:
    """Publish boundaries and streets once, as the app does."""
    package = sources.open_package(ROOT / "data")
    areas = [sources.read(package, name) for name in ("districts", "boroughs")]
    return publish_boundaries(*areas), publish_streets(
        *(sources.read(package, name) for name in ("street_nodes", "street_edges"))
    )


@st.cache_resource
def frame() -> gpd.GeoDataFrame:
    """Return the points as a frame in metres."""
    kinds = ["a" if even else "b" for even in points.EVEN]
    columns = {"id": points.IDS, "name": points.NAMES, "kind": kinds, "coordinate_quality": "exact"}
    return gpd.GeoDataFrame(columns, geometry=from_lonlat(points.LON, points.LAT))


boundaries, streets = background()
shown = frame()[points.EVEN] if st.checkbox("half") else frame()
base = base_map(boundaries, texts=MapTexts("de", *["x"] * 8), streets=streets)
layer = places_layer(shown, symbols=SYMBOLS)
st_folium(
    base, key="map", height=620, use_container_width=True, returned_objects=[], feature_group_to_add=groups([layer])
)
