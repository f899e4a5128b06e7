"""Actors (organisations) at the places where they are found: a hexagon, its letters say the type."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layers.places import APPROXIMATE
from layers.points import PointStyle, point_layer
from layers.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.attribution import Attribution
    from layers.columns import Field
    from layers.maplayer import MapLayer

KEY: Final = "actors"

_BLUE: Final = "#0072b2"
_GREEN: Final = "#00694c"
_RED: Final = "#a84300"
_GREY: Final = "#595959"

# Type of organisation → letters and colour: public blue, free welfare and economy green, civil society red.
_STYLES: Final = MappingProxyType(
    {
        "city": ("St", _BLUE),
        "region": ("Re", _BLUE),
        "public": ("Ö", _BLUE),
        "welfare": ("W", _GREEN),
        "independent_provider": ("T", _GREEN),
        "housing": ("Wo", _GREEN),
        "cooperative": ("G", _GREEN),
        "foundation": ("Sf", _GREEN),
        "church": ("K", _RED),
        "religious_community": ("R", _RED),
        "association": ("V", _RED),
        "migrant_organization": ("M", _RED),
        "initiative": ("I", _RED),
        "unknown": ("?", _GREY),
    }
)
ORGANIZATION_TYPES: Final = tuple(_STYLES)


def actor_symbols(labels: Mapping[str, str]) -> dict[str, Symbol]:
    """Return the symbol of each type of organisation, named by `labels`; KeyError where one is missing."""
    return {kind: Symbol(labels[kind], "hexagon", letter, colour) for kind, (letter, colour) in _STYLES.items()}


def actors_layer(
    actors: gpd.GeoDataFrame,
    *,
    symbols: Mapping[str, Symbol],
    fields: Sequence[Field] = (),
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return the layer of actors.

    Parameters
    ----------
    actors
        One row per organisation at a location: ``id``, ``name``, ``organization_type``,
        ``coordinate_quality``; points in EPSG:25832. Actors without a place stay in the lists.
    symbols
        From `actor_symbols`.
    """
    frame = actors.assign(
        is_approximate=actors["coordinate_quality"] == APPROXIMATE,
        symbol=actors["organization_type"].fillna("unknown"),
    )
    return point_layer(
        KEY,
        frame,
        symbols=symbols,
        columns={"id": "id", "title": "name", "symbol": "symbol", "approximate": "is_approximate"},
        fields=fields,
        style=PointStyle(outlined=True, cluster_above=50),
        attributions=attributions,
    )
