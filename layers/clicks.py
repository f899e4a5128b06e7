"""What the map reports back: exactly one value per click, none while the view moves.

streamlit-folium returns it when it is called with ``returned_objects=[]``; see docs/map-component.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_MAX_LENGTH: Final = 200


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


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _MAX_LENGTH else None


def _number(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return None
    return float(value)
