"""Offers (services at a place): the symbol of their kind as outline, to tell them from the places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.places import APPROXIMATE
from layers.points import PointStyle, point_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.attribution import Attribution
    from layers.columns import Field
    from layers.maplayer import MapLayer
    from layers.symbols import Symbol

KEY: Final = "offers"


def offers_layer(
    services: gpd.GeoDataFrame,
    *,
    symbols: Mapping[str, Symbol],
    fields: Sequence[Field] = (),
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return the layer of offers.

    Parameters
    ----------
    services
        One row per service at a location: ``id``, ``name``, ``kind``, ``coordinate_quality``; points in
        EPSG:25832. Offers at the same place are grouped and spread out on a click.
    symbols
        `layers.symbols.catalogue_symbols`, keyed by kind.
    """
    frame = services.assign(is_approximate=services["coordinate_quality"] == APPROXIMATE)
    return point_layer(
        KEY,
        frame,
        symbols=symbols,
        columns={"id": "id", "title": "name", "symbol": "kind", "approximate": "is_approximate"},
        fields=fields,
        style=PointStyle(outlined=True, cluster_above=0),
        attributions=attributions,
    )
