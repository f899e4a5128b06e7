"""Points reach the browser with everything that is known of them and nothing else."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import METRIC_CRS, to_lonlat
from geo.errors import CrsError, GeometryError, ParameterError
from layers.actors import ORGANIZATION_TYPES, actor_symbols, actors_layer
from layers.attribution import Attribution
from layers.columns import Field
from layers.offers import offers_layer
from layers.places import places_layer
from layers.points import point_layer
from layers.stops import MODES, stop_symbols, stops_layer
from layers.symbols import catalogue_symbols
from tests.layers.reading import data_of

FIELDS = [Field("Telefon", "phone"), Field("Netz", "website", link=True)]
COLUMNS = {"id": "id", "title": "name", "symbol": "kind"}


def test_places_with_a_spot_are_drawn(places, symbols):
    layer = places_layer(places, symbols=symbols, fields=FIELDS)
    data = data_of(layer)
    assert layer.count == data["count"] == 2
    assert data["title"] == ["Stadtbibliothek", "Freibad"]
    assert [data["symbols"][i]["label"] for i in data["symbol"]] == ["Bibliothek", "Bad"]
    assert data["approximate"] == [1]
    first = to_lonlat(places.geometry)[0]
    assert (data["lon"][0], data["lat"][0]) == pytest.approx((first.x, first.y), abs=1e-6)


def test_unknown_lines_are_none(places, symbols):
    fields = data_of(places_layer(places, symbols=symbols, fields=FIELDS))["fields"]
    assert fields["labels"] == ["Telefon", "Netz"]
    assert fields["links"] == [False, True]
    assert fields["values"] == [["+49 511 1", None], ["https://example.org/a", "javascript:alert(1)"]]


@given(order=st.permutations([0, 1, 2]))
def test_any_order_draws_the_same_places(order):
    points = [shapely.Point(550_000 + i, 5_800_000) for i in range(3)]
    frame = gpd.GeoDataFrame(
        {"id": list("abc"), "name": list("ABC"), "kind": "library"}, geometry=points, crs=METRIC_CRS
    ).iloc[list(order)]
    data = data_of(point_layer("x", frame, symbols=_symbols(), columns=COLUMNS))
    assert dict(zip(data["id"], data["title"], strict=True)) == {"a": "A", "b": "B", "c": "C"}


def _symbols():
    return actor_symbols(dict.fromkeys(ORGANIZATION_TYPES, "x")) | {
        "library": stop_symbols(dict.fromkeys(MODES, "x"))["bus"]
    }


def test_groups_only_above_the_limit(places, symbols):
    assert data_of(places_layer(places, symbols=symbols, cluster_above=2))["radius"] == "covering"
    assert data_of(places_layer(places, symbols=symbols, cluster_above=1))["radius"] == "touching"
    assert data_of(places_layer(places, symbols=symbols, cluster_above=None))["radius"] == "never"


def test_an_empty_layer_is_a_layer(places, symbols):
    layer = places_layer(places.iloc[:0], symbols=symbols, fields=FIELDS)
    assert (layer.count, data_of(layer)["id"]) == (0, [])
    assert places_layer(places.iloc[2:], symbols=symbols).count == 0


def test_equal_content_has_an_equal_digest(places, symbols):
    one, other = (places_layer(places.copy(), symbols=symbols) for _ in range(2))
    assert one == other
    changed = places_layer(places.assign(name="anders"), symbols=symbols)
    assert changed.digest != one.digest


def test_offers_are_outlined_and_actors_known_by_type(places, symbols):
    offers = data_of(offers_layer(places, symbols=symbols))
    assert offers["outlined"]
    assert offers["radius"] == "touching"
    labels = {name: name.upper() for name in ORGANIZATION_TYPES}
    frame = places.assign(organization_type=["city", None, "church"])
    actors = data_of(actors_layer(frame, symbols=actor_symbols(labels)))
    assert [actors["symbols"][i]["label"] for i in actors["symbol"]] == ["CITY", "UNKNOWN"]


def test_stops_are_drawn_by_their_main_mode(places):
    frame = places.assign(modes=["bus;tram", "ferry", None])
    data = data_of(stops_layer(frame, symbols=stop_symbols({mode: mode for mode in MODES})))
    assert [data["symbols"][i]["label"] for i in data["symbol"]] == ["tram", "bus"]
    assert not data["focusable"]


def test_credits_travel_with_the_layer(places, symbols):
    credit = Attribution("© Leute", "https://example.org")
    assert data_of(places_layer(places, symbols=symbols, attributions=[credit]))["attributions"] == [
        ["© Leute", "https://example.org"]
    ]


def test_catalogue_of_kinds_becomes_symbols():
    kinds = gpd.pd.DataFrame(
        {"kind": ["pool"], "label_de": ["Bad"], "shape": ["circle"], "letter": ["S"], "colour": ["#e69f00"]}
    )
    assert catalogue_symbols(kinds, label="label_de")["pool"].spec()["ink"] == "#000000"


def test_degrees_are_refused(places, symbols):
    with pytest.raises(CrsError, match="'places'"):
        places_layer(to_lonlat(places), symbols=symbols)


def test_areas_are_no_points(districts, symbols):
    frame = districts.assign(id="a", kind="pool", coordinate_quality="exact")
    with pytest.raises(GeometryError, match="'places' holds geometries of type 'Polygon'"):
        places_layer(frame, symbols=symbols)


def test_a_kind_without_symbol_is_named(places, symbols):
    with pytest.raises(ParameterError, match="'kind' has the unknown value 'zoo'"):
        places_layer(places.assign(kind="zoo"), symbols=symbols)


def test_a_missing_column_is_named(places, symbols):
    with pytest.raises(ParameterError, match="no column 'fax'"):
        places_layer(places, symbols=symbols, fields=[Field("Fax", "fax")])


def test_fifty_thousand_points_stay_small(symbols):
    count = 50_000
    x = 545_000 + np.arange(count) % 10_000
    frame = gpd.GeoDataFrame(
        {"id": np.arange(count).astype(str), "name": "Ort", "kind": "pool"},
        geometry=gpd.points_from_xy(x, 5_795_000 + np.arange(count) // 5),
        crs=METRIC_CRS,
    )
    layer = point_layer("x", frame, symbols=symbols, columns=COLUMNS)
    assert len(layer.source) < 60 * count  # as GeoJSON: about 150 per point
