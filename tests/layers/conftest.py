"""A city of four squares of 1 km, two boroughs, and the published form of both."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.crs import METRIC_CRS
from layers import assets
from layers.basemap import MapTexts
from layers.boundaries import publish_boundaries
from layers.streets import publish_streets
from layers.symbols import Symbol

X, Y, KM = 550_000, 5_800_000, 1_000


@pytest.fixture(autouse=True)
def static(tmp_path, monkeypatch):
    """Publish into a folder of the test's own."""
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    return tmp_path


@pytest.fixture
def districts():
    squares = [shapely.box(X + i * KM, Y + j * KM, X + (i + 1) * KM, Y + (j + 1) * KM) for j in (0, 1) for i in (0, 1)]
    names = ["Südwest", "Südost", "Nordwest", "Nordost"]
    return gpd.GeoDataFrame({"district_id": [1, 2, 3, 4], "name": names}, geometry=squares, crs=METRIC_CRS)


@pytest.fixture
def boroughs():
    halves = [shapely.box(X, Y, X + 2 * KM, Y + KM), shapely.box(X, Y + KM, X + 2 * KM, Y + 2 * KM)]
    return gpd.GeoDataFrame({"borough_id": [1, 2], "name": ["Süd", "Nord"]}, geometry=halves, crs=METRIC_CRS)


@pytest.fixture
def boundaries(districts, boroughs):
    return publish_boundaries(districts, boroughs)


@pytest.fixture
def streets():
    """A square of four streets."""
    nodes = pd.DataFrame({"node": [7, 3, 9, 5], "x": [X, X + KM, X + KM, X], "y": [Y, Y, Y + KM, Y + KM]})
    return publish_streets(nodes, pd.DataFrame({"u": [7, 3, 9, 5], "v": [3, 9, 5, 7]}))


@pytest.fixture
def texts():
    return MapTexts(
        language="de",
        map="Karte",
        zoom_in="Vergrößern",
        zoom_out="Verkleinern",
        whole_city="Ganze Stadt",
        close="Schließen",
        group="{count} Orte",
        approximate="ungefähre Lage",
        new_window="neues Fenster",
    )


@pytest.fixture
def symbols():
    return {
        "library": Symbol("Bibliothek", "square", "B", "#0072b2"),
        "pool": Symbol("Bad", "circle", "S", "#e69f00"),
    }


@pytest.fixture
def places():
    """A library, a pool of which only the neighbourhood is known, and a library without a spot."""
    points = gpd.GeoSeries.from_wkt([f"POINT ({X + 500} {Y + 500})", f"POINT ({X + 1500} {Y + 500})", None])
    columns = {
        "id": ["a", "b", "c"],
        "name": ["Stadtbibliothek", "Freibad", "Bücherei"],
        "kind": ["library", "pool", "library"],
        "coordinate_quality": ["exact", "approximate", "none"],
        "phone": ["+49 511 1", None, ""],
        "website": ["https://example.org/a", "javascript:alert(1)", None],
    }
    return gpd.GeoDataFrame(columns, geometry=points.set_crs(METRIC_CRS))
