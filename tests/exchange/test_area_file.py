"""The outline of an area from an uploaded file: only geometry comes out, anything else is refused."""

import json

import pytest

from exchange.area_file import FILE_BYTES, area_text
from exchange.errors import UploadError
from geo.errors import GeometryError, QuartierError
from geo.quarter import polygon_of
from tests.factories import square

pytestmark = pytest.mark.slow


def collection(geometry):
    feature = {"type": "Feature", "properties": {"name": "{{7*7}}", "x": {"y": "<b>"}}, "geometry": geometry}
    return {"type": "FeatureCollection", "crs": {"type": "name"}, "features": [feature]}


def test_only_geometry_comes_out():
    text = area_text(json.dumps(collection(square(0, 0))).encode(), "gebiet.geojson")
    assert "{{" not in text
    assert "<b>" not in text
    assert polygon_of(text).area == pytest.approx(1e6, rel=0.01)


def test_a_table_is_no_area():
    with pytest.raises(GeometryError) as error:
        area_text(b"name,lon,lat\nOrt,9.7,52.4\n", "gebiet.csv")
    assert error.value.key == "quarter.not_geojson"


@pytest.mark.parametrize("content", [b"", b'{"type": ', b"[" * 5_000, b" " * (FILE_BYTES + 1), b'{"a": NaN}'])
def test_a_broken_or_too_large_file_is_refused(content):
    with pytest.raises(UploadError):
        area_text(content, "gebiet.geojson")


def test_words_where_numbers_belong_are_refused():
    with pytest.raises(QuartierError):
        polygon_of(area_text(b'{"type": "Polygon", "coordinates": [[["a", "b"]]]}', "gebiet.geojson"))
