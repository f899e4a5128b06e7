"""The map of an area on its profile: its border and the places known in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.highlight import highlight_layer
from views import data, map_layers, mapview, profile_model, quarters_model

if TYPE_CHECKING:
    from geo.area import Area
    from layers.clicks import Click
    from layers.maplayer import MapLayer
    from views.texts import Texts

HEIGHT = 460


def show(t: Texts, area: Area) -> Click | None:
    """Draw the map, with the view on the area; return a click."""
    return mapview.show_map(t, _layers(t, area), key="profile", height=HEIGHT)


def _layers(t: Texts, area: Area) -> list[MapLayer]:
    found: list[MapLayer] = []
    if area.level in {"district", "borough"}:
        found.append(highlight_layer(data.boundaries(), int(area.id), level=area.level, move_view=True))
    if area.level == "quarter":
        found.append(quarters_model.outline(area.id, move_view=True))
    places = profile_model.maker(t).profile(area).places
    key = ("profile_places", t.language, area.level, area.id)
    found.append(data.kept(*key, make=lambda: map_layers.place_layer(t, places)))
    return found
