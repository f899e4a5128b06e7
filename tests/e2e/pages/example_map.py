"""A whole page with a map, as docs/map-component.md explains it: the city is four squares of 1 km."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
import streamlit as st

from layers import assets, palette
from layers.basemap import MapTexts, base_map
from layers.boundaries import publish_boundaries
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.clicks import read_click
from layers.columns import Field
from layers.highlight import highlight_layer
from layers.maplayer import groups
from layers.places import places_layer
from layers.symbols import Symbol

assets.STATIC = Path(__file__).parent / "static"  # the real app has its static/ where layers/ expects it
WORDS = ("Vergrößern", "Verkleinern", "Ganze Stadt", "Schließen", "{count} Orte", "ungefähre Lage", "neues Fenster")
SQUARES = [shapely.box(x, y, x + 1000, y + 1000) for y in (5.8e6, 5.801e6) for x in (550e3, 551e3)]


def frame(columns, geometry):
    """Return a frame in metres."""
    return gpd.GeoDataFrame(columns, geometry=geometry, crs="EPSG:25832")


@st.cache_resource
def boundaries():
    """Publish the geometry once."""
    districts = frame({"district_id": [1, 2, 3, 4], "name": ["Süd", "Ost", "West", "Nord"]}, SQUARES)
    boroughs = frame({"borough_id": [1], "name": ["Mitte"]}, [shapely.union_all(SQUARES)])
    return publish_boundaries(districts, boroughs)


kinds = [kind for kind, name in (("library", "Büchereien"), ("pool", "Bäder")) if st.checkbox(name, value=True)]
places = frame(
    {"id": ["a", "b", "c"], "name": ["Bücherei", "Freibad", "Leseraum"], "kind": ["library", "pool", "library"],
     "coordinate_quality": ["exact", "approximate", "exact"], "phone": ["+49 511 1", None, "+49 511 3"]},
    gpd.points_from_xy([550_300, 551_500, 550_300], [5_800_300, 5_801_500, 5_800_300]),
)  # fmt: skip
symbols = {"library": Symbol("Bibliothek", "square", "B", "#0072b2"), "pool": Symbol("Bad", "circle", "S", "#e69f00")}
layers = [places_layer(places[places["kind"].isin(kinds)], symbols=symbols, fields=[Field("Telefon", "phone")])]
if st.checkbox("Kinder"):
    found = classes(pd.Series([12.0, 30.0, 7.0], index=[1, 2, 3]), k=3)
    layers.append(choropleth_layer(boundaries(), found, palette.sequential("YlGnBu", len(found))))
chosen = st.selectbox("Stadtteil", [None, 1, 2, 3, 4])
if chosen:
    layers.append(highlight_layer(boundaries(), chosen))

from streamlit_folium import st_folium  # noqa: E402  # late: its component wants a running script

base = base_map(boundaries(), texts=MapTexts("de", "Karte", *WORDS), base="none")
value = st_folium(
    base, key="map", height=500, use_container_width=True, returned_objects=[], feature_group_to_add=groups(layers)
)
click = read_click(value)
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.text(f"{st.session_state['runs']} Läufe; {click.layer} {click.id}" if click else f"{st.session_state['runs']} Läufe")
