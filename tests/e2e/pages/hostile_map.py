"""Every layer of the map, with a hostile text in each place where text can stand."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import streamlit as st
from streamlit_folium import st_folium

from layers import assets
from layers.actors import ORGANIZATION_TYPES, actor_symbols, actors_layer
from layers.attribution import Attribution
from layers.basemap import MapTexts, base_map
from layers.boundaries import publish_boundaries
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.escape import html_text
from layers.highlight import highlight_layer
from layers.legend import symbol_legend
from layers.maplayer import groups
from layers.offers import offers_layer
from layers.places import places_layer
from layers.population import population_layer
from layers.quarters import quarters_layer
from layers.stops import MODES, stop_symbols, stops_layer
from layers.symbols import Symbol
from tests.e2e.hostile import HOSTILE

assets.STATIC = Path(__file__).parent / "static"
TEXTS = list(HOSTILE.values())
COUNT = len(TEXTS)
X, Y, SIDE, ROW = 548_000, 5_800_000, 1_000, 5
CORNERS = [(X + SIDE * (i % ROW), Y + SIDE * (i // ROW)) for i in range(COUNT)]


def frame(columns, geometry):
    """Return a frame in metres."""
    return gpd.GeoDataFrame(columns, geometry=geometry, crs="EPSG:25832")


def points(dx, dy):
    """One point per square, so far from its corner."""
    return [shapely.Point(x + dx, y + dy) for x, y in CORNERS]


def things(dx, dy, **columns):
    """One thing per square: its title is the square's text, and so is everything else."""
    same = dict.fromkeys(("name", "kind", "lines", "web", TEXTS[0]), TEXTS)
    ids = [f"{dx}-{i}" for i in range(COUNT)]
    return frame({"id": ids, "coordinate_quality": "approximate", **same, **columns}, points(dx, dy))


squares = [shapely.box(x, y, x + SIDE, y + SIDE) for x, y in CORNERS]
boundaries = publish_boundaries(
    frame({"district_id": range(1, COUNT + 1), "name": TEXTS}, squares),
    frame({"borough_id": [1], "name": [TEXTS[0]]}, [shapely.union_all(squares)]),
)
# Three columns: one for the label, one for a link, one whose own name is hostile.
fields = [Field(text, "lines") for text in TEXTS[1:3]] + [Field("Netz", "web", link=True), Field("x", TEXTS[0])]
symbols = {text: Symbol(text, "circle", text[:2], "#0072b2") for text in TEXTS}
types = [ORGANIZATION_TYPES[i % len(ORGANIZATION_TYPES)] for i in range(COUNT)]
known = classes(pd.Series(np.arange(COUNT), index=range(1, COUNT + 1)), k=2)
cells = pd.DataFrame({"x": [X + 50.0, X + 150.0], "y": [Y + 50.0, Y + 50.0]})
credit = [Attribution(text, text) for text in TEXTS[:-1]] + [Attribution(TEXTS[-1][:50], "https://example.org/")]
layers = [
    choropleth_layer(
        boundaries, known, ["#ffffcc", "#41b6c4"], fields=fields[:2],
        details=pd.DataFrame({"lines": TEXTS}, index=range(1, COUNT + 1)),
    ),
    highlight_layer(boundaries, 1),
    population_layer(cells, classes([1.0, np.nan]), ["#225ea8"]),
    places_layer(things(200, 200), symbols=symbols, fields=fields, cluster_above=None, attributions=credit),
    offers_layer(things(800, 200), symbols=symbols, fields=fields),
    actors_layer(
        things(200, 800, organization_type=types), fields=fields,
        symbols=actor_symbols({kind: TEXTS[i] for i, kind in enumerate(ORGANIZATION_TYPES)}),
    ),
    stops_layer(things(800, 800, modes=TEXTS), symbols=stop_symbols(dict.fromkeys(MODES, TEXTS[0])), fields=fields),
    quarters_layer(
        {text: (text, shapely.box(x + 450, y + 450, x + 550, y + 550)) for text, (x, y) in zip(TEXTS, CORNERS, strict=True)},
        selectable=False,
    ),
]  # fmt: skip
words = [TEXTS[i] for i in range(7)]
base = base_map(boundaries, texts=MapTexts("de", TEXTS[0], *words), base="none", attributions=credit[:2])
st_folium(
    base, key="map", height=780, use_container_width=True, returned_objects=[], feature_group_to_add=groups(layers)
)
items = symbol_legend(symbols.values(), [1] * COUNT)
st.html("".join(f'<p class="item"><span>{html_text(item.label)}</span></p>' for item in items))
