"""The map of a session's area for phones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.area import named_area
from geo.errors import QuartierError
from layers.phone_map import phone_map

if TYPE_CHECKING:
    from geo.area import AreaLevel
    from workshop.live.source import Source

_WHOLE: Final[AreaLevel] = "city"


def area_map(source: Source, level: str, area_id: str) -> dict[str, Any]:
    """Return what `layers.phone_map` makes of an area; of the whole city where the area is not known any more.

    An own Quartier may be drawn anew, the official areas stay as they are.
    """
    return _drawn(source, level, area_id) if level == "quartier" else _kept(source, level, area_id)


def _drawn(source: Source, level: str, area_id: str) -> dict[str, Any]:
    streets = source.load("street_nodes"), source.load("street_edges")
    return phone_map(_shape(source, level, area_id), source.load("districts"), *streets)


_kept = lru_cache(maxsize=64)(_drawn)


def _shape(source: Source, level: str, area_id: str) -> Any:
    if level == "quartier":
        shape = source.area(area_id)
        if shape is not None:
            return shape
    elif level in ("district", "borough") and area_id.isdigit():
        try:
            return named_area(source.load, level, int(area_id)).geometry
        except QuartierError:
            pass
    return named_area(source.load, _WHOLE, 0).geometry
