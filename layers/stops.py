"""Stops of bus and train: small and quiet, a dot from afar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from layers.points import PointStyle, point_layer
from layers.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from layers.attribution import Attribution
    from layers.columns import Field
    from layers.maplayer import MapLayer

KEY: Final = "stops"
MODES: Final = ("rail", "tram", "bus")
_LETTERS: Final = {"rail": "B", "tram": "U", "bus": "H"}
_SHAPES: Final = {"rail": "diamond", "tram": "square", "bus": "circle"}
_COLOUR: Final = "#4a5a63"


def stop_symbols(labels: Mapping[str, str]) -> dict[str, Symbol]:
    """Return the symbol of each mode ("rail", "tram", "bus"), named by `labels`."""
    return {mode: Symbol(labels[mode], _SHAPES[mode], _LETTERS[mode], _COLOUR) for mode in MODES}


def main_modes(modes: pd.Series[Any]) -> pd.Series[Any]:
    """Return the mode that decides each stop's symbol from its ";"-joined modes: the first of `MODES`, else bus."""
    lists = modes.fillna("").str.split(";")
    return lists.map(lambda each: next((mode for mode in MODES if mode in each), "bus"))


def stops_layer(
    stops: gpd.GeoDataFrame,
    *,
    symbols: Mapping[str, Symbol],
    fields: Sequence[Field] = (),
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return the layer of stops.

    Parameters
    ----------
    stops
        ``id``, ``name``, ``modes`` (joined with ";"; the first of rail, tram, bus decides the symbol, a
        stop without a known mode counts as bus); points in EPSG:25832.
    symbols
        From `stop_symbols`.
    """
    return point_layer(
        KEY,
        stops.assign(main_mode=main_modes(stops["modes"])),
        symbols=symbols,
        columns={"id": "id", "title": "name", "symbol": "main_mode"},
        fields=fields,
        style=PointStyle(size=18, cluster_above=None, focusable=False, dots_below=14),
        attributions=attributions,
    )
