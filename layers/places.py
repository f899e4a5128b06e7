"""Places (Einrichtungen): a filled symbol per kind of facility, a dashed ring where the spot is approximate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.points import PointStyle, point_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.attribution import Attribution
    from layers.columns import Field
    from layers.maplayer import MapLayer
    from layers.symbols import Symbol

KEY: Final = "places"
APPROXIMATE: Final = "approximate"


def places_layer(
    locations: gpd.GeoDataFrame,
    *,
    symbols: Mapping[str, Symbol],
    fields: Sequence[Field] = (),
    cluster_above: int | None = 150,
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return the layer of places.

    Parameters
    ----------
    locations
        ``id``, ``name``, ``kind``, ``coordinate_quality``; points in EPSG:25832, None = not on the map.
    symbols
        `layers.symbols.catalogue_symbols`, keyed by kind.
    fields
        Lines of the popup.
    cluster_above
        Group symbols that would touch when there are more places than this.
    """
    frame = locations.assign(is_approximate=locations["coordinate_quality"] == APPROXIMATE)
    return point_layer(
        KEY,
        frame,
        symbols=symbols,
        columns={"id": "id", "title": "name", "symbol": "kind", "approximate": "is_approximate"},
        fields=fields,
        style=PointStyle(cluster_above=cluster_above),
        attributions=attributions,
    )
