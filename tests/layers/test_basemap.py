"""The base map: the same bytes for the same city, no foreign address, nothing that outside text could break."""

import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit_folium import generate_js_hash

from geo.errors import ParameterError
from layers.assets import ADDRESS
from layers.attribution import Attribution
from layers.basemap import MAX_ZOOM, Start, base_map
from layers.bases import BASE_NAMES, TILE_BASES
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.highlight import highlight_layer
from layers.maplayer import groups
from layers.places import places_layer
from layers.symbols import Symbol
from tests.layers.reading import literals, map_scripts, value_of

HOSTILE = "{{7*7}}{% if %}{# a #}`${alert(1)}\\</script><img src=x onerror=alert(1)>'\" alert(coords); drawnItems _a"


@pytest.fixture
def make(boundaries, streets, texts):
    return lambda **changed: base_map(boundaries, **({"texts": texts, "streets": streets} | changed))


@pytest.mark.parametrize("base", BASE_NAMES)
def test_same_arguments_same_bytes(make, base):
    one, other = (map_scripts(make(base=base), []) for _ in range(2))
    assert one == other


def test_another_view_or_language_is_another_map(make, texts):
    scripts = [
        map_scripts(each, [])[0]
        for each in (
            make(),
            make(start=Start(52.4, 9.7, 13)),
            make(attributions=[Attribution("x")]),
            make(base="none"),
        )
    ]
    assert len({generate_js_hash(script, "map") for script in scripts}) == 4


def test_names_that_differ_only_behind_an_underscore_are_another_map(make):
    # streamlit-folium strips "_…" before it compares; the browser would keep the old map.
    one, other = (map_scripts(make(attributions=[Attribution(text)]), [])[0] for text in ("a_b", "a_c"))
    assert generate_js_hash(one) != generate_js_hash(other)


@pytest.mark.parametrize("base", ["none", "streets"])
def test_no_foreign_address(make, base):
    result = make(base=base)
    script, header, _ = map_scripts(result, [])
    assert "http" not in script
    assert "http" not in header.replace("http-equiv", "")
    for child in (result, *result._children.values()):
        for _, address in (*child.default_js, *child.default_css):
            assert address.startswith(ADDRESS)


@pytest.mark.parametrize("base", TILE_BASES)
def test_tiles_name_their_host_and_their_source(make, base):
    spec = value_of(literals(map_scripts(make(base=base), [])[0])[0])
    assert spec["tiles"]["url"] == TILE_BASES[base].url
    assert spec["tiles"]["attribution"][0]
    assert spec["streets"] is None


def test_zoom_has_limits(make):
    assert f'"maxZoom": {MAX_ZOOM}' in map_scripts(make(), [])[0]


def test_unknown_base_and_missing_streets(make):
    with pytest.raises(ParameterError, match=r"'google'.*none, streets, basemap_de, osm, topplus"):
        make(base="google")
    with pytest.raises(ParameterError, match="'streets'"):
        make(streets=None)


def test_each_layer_once(boundaries):
    with pytest.raises(ParameterError, match="each key once"):
        groups([highlight_layer(boundaries, 1), highlight_layer(boundaries, 2)])


def hostile_layers(boundaries, places, text):
    """Two layers in which every text is `text`."""
    symbols = {text: Symbol(text, "circle", text[:2], "#0072b2")}
    fields = [Field(text, "phone"), Field(text, "website", link=True)]
    frame = places.assign(id=text, name=text, kind=text, phone=text, website=text)
    credit = [Attribution(text, text)]
    details = frame.set_axis([1, 2, 3])
    known = classes(pd.Series([7, 7, 7], index=[1, 2, 3]))
    return [
        places_layer(frame, symbols=symbols, fields=fields, attributions=credit),
        choropleth_layer(boundaries, known, ["#ffffff"], details=details, fields=fields, attributions=credit),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # `city` is only read
@given(text=st.text(min_size=1, max_size=30) | st.just(HOSTILE))
def test_outside_text_leaves_no_sign_behind(city, text):
    boundaries, places, texts = city
    base = base_map(boundaries, texts=texts, base="none", attributions=[Attribution(text, text)])
    script, header, added = map_scripts(base, groups(hostile_layers(boundaries, places, text)))
    plain = map_scripts(base_map(boundaries, texts=texts, base="none", attributions=[Attribution("x", "x")]), [])
    assert header == plain[1]
    for source in (script, *added):
        found = literals(source)
        assert found
        for inner in found:
            assert not set(inner) & set("<>&'{}$`%#_(")
    # Outside the literals everything is our own: the same code whatever the text.
    code = [re.sub(r"'[^']*'", "", source) for source in added]
    other = map_scripts(base_map(boundaries, texts=texts, base="none"), groups(hostile_layers(boundaries, places, "x")))
    assert code == [re.sub(r"'[^']*'", "", source) for source in other[2]]
    assert value_of(literals(script)[0])["attributions"] == [[text, text]]
    assert value_of(literals(added[0])[-1])["title"] == [text, text]


@pytest.fixture
def city(boundaries, places, texts):
    return boundaries, places, texts
