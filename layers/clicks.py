"""What the map reports back: exactly one value per click, none while the view moves.

streamlit-folium returns it when it is called with ``returned_objects=[]``; see docs/map-component.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_MAX_LENGTH: Final = 200
_MOST_CORNERS: Final = 5_000
_POLE: Final = 90.0
_DATE_LINE: Final = 180.0


@dataclass(frozen=True)
class View:
    """The part of the map that was visible: centre in degrees and zoom level."""

    lat: float
    lon: float
    zoom: float


@dataclass(frozen=True)
class Click:
    """A click on (or Enter at) something of the map.

    Attributes
    ----------
    layer
        Key of the layer: "district" and "borough" for areas of any layer, else the layer's own key.
    id
        Id as text, as the layer's frame had it. Comes from the browser: compare it with known ids.
    lat, lon
        Where, in degrees.
    view
        What was visible then.
    number
        Differs from click to click, also when the same thing is clicked again.
    """

    layer: str
    id: str
    lat: float
    lon: float
    view: View
    number: int


def read_click(value: object) -> Click | None:
    """Return the click in streamlit-folium's return value; None where there is none or it is malformed."""
    if not isinstance(value, dict) or not isinstance(value.get("click"), dict):
        return None
    raw = value["click"]
    layer, area = _text(raw.get("layer")), _text(raw.get("id"))
    numbers = [_number(raw.get(name)) for name in ("lat", "lon", "viewLat", "viewLon", "zoom", "number")]
    known = [each for each in numbers if each is not None]
    if layer is None or area is None or len(known) < len(numbers):
        return None
    lat, lon, view_lat, view_lon, zoom, number = known
    return Click(layer, area, lat, lon, View(view_lat, view_lon, zoom), int(number))


@dataclass(frozen=True)
class Drawing:
    """What was drawn with `layers.draw`: corners as (longitude, latitude) in degrees; `number` as in `Click`."""

    corners: tuple[tuple[float, float], ...]
    number: int


def read_drawing(value: object) -> Drawing | None:
    """Return the drawing in streamlit-folium's return value; None where there is none or it is malformed."""
    raw = value.get("drawing") if isinstance(value, dict) else None
    if not isinstance(raw, dict) or not isinstance(raw.get("corners"), list):
        return None
    number, corners = _number(raw.get("number")), [_corner(each) for each in raw["corners"][: _MOST_CORNERS + 1]]
    known = tuple(each for each in corners if each is not None)
    if number is None or len(known) < len(corners) or len(known) > _MOST_CORNERS:
        return None
    return Drawing(known, int(number))


def _corner(value: object) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 -- latitude and longitude
        return None
    lat, lon = (_number(each) for each in value)
    if lat is None or lon is None or abs(lat) > _POLE or abs(lon) > _DATE_LINE:
        return None
    return lon, lat


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _MAX_LENGTH else None


def _number(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return float(value)
