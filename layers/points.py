"""Points on the map: one table per layer, symbols drawn and grouped by the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.crs import require_metric, to_lonlat
from geo.errors import GeometryError, ParameterError
from layers.columns import Field, field_table, require_columns, texts
from layers.maplayer import MapLayer, make_layer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from layers.attribution import Attribution
    from layers.symbols import Symbol

_POINT: Final = 0
_DECIMALS: Final = 6  # 0.1 m


@dataclass(frozen=True)
class PointStyle:
    """How a layer of points behaves.

    Attributes
    ----------
    outlined
        Paper inside and colour as outline, to tell two layers of the same kinds apart.
    size
        Side of the symbol in pixels.
    cluster_above
        Symbols that would touch are grouped when there are more points than this; with fewer points only
        those that would cover each other. None = never group (for many small, unimportant points).
    focusable
        Can be reached with the keyboard.
    dots_below
        Below this zoom level a point is only a dot; None = always a symbol.
    """

    outlined: bool = False
    size: int = 28
    cluster_above: int | None = 150
    focusable: bool = True
    dots_below: int | None = None


def point_layer(
    key: str,
    frame: gpd.GeoDataFrame,
    *,
    symbols: Mapping[str, Symbol],
    columns: Mapping[str, str],
    fields: Sequence[Field] = (),
    style: PointStyle | None = None,
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return a layer of points.

    Parameters
    ----------
    key
        Name of the layer; a click carries it and the point's id.
    frame
        Points in EPSG:25832. Rows without a geometry are not on the map (``layer.count`` says how many are).
    symbols
        Symbol of each value of the symbol column.
    columns
        Names of the columns for "id", "title", "symbol" and, optional, "approximate" (true = dashed ring).
    fields
        Lines of the popup, in order; unknown values are left out.

    Raises
    ------
    CrsError, GeometryError, ParameterError
        Not in EPSG:25832; no points; a missing column; a kind without a symbol.
    """
    require_metric(frame, name=key)
    require_columns(frame, list(columns.values()), name=key)
    shown = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    lon, lat = _degrees(shown, name=key)
    style = style or PointStyle()
    data: dict[str, Any] = {
        "lon": lon,
        "lat": lat,
        "id": texts(shown[columns["id"]]),
        "title": texts(shown[columns["title"]]),
        **_symbol_table(shown, symbols, columns["symbol"]),
        "approximate": _flags(shown, columns.get("approximate")),
        "fields": field_table(shown, fields, name=key),
        "outlined": style.outlined,
        "size": style.size,
        "radius": _cluster_mode(style, len(shown)),
        "focusable": style.focusable,
        "dotsBelow": style.dots_below,
    }
    return make_layer(key, "points", data, count=len(shown), attributions=attributions)


def _degrees(shown: gpd.GeoDataFrame, *, name: str) -> tuple[list[float], list[float]]:
    kinds = np.unique(shapely.get_type_id(shown.geometry.to_numpy()))
    if any(kind != _POINT for kind in kinds):
        found = ", ".join(sorted(set(shown.geometry.geom_type)))
        raise GeometryError("geometry.not_points", name=name, found=found)
    coordinates = shapely.get_coordinates(to_lonlat(shown.geometry).to_numpy()).round(_DECIMALS)
    return coordinates[:, 0].tolist(), coordinates[:, 1].tolist()


def _symbol_table(shown: gpd.GeoDataFrame, symbols: Mapping[str, Symbol], column: str) -> dict[str, Any]:
    kinds = [kind or "" for kind in texts(shown[column])]
    used = sorted(set(kinds))
    for kind in used:
        if kind not in symbols:
            raise ParameterError("parameter.unknown_value", name=column, value=kind, allowed=", ".join(symbols))
    number = {kind: i for i, kind in enumerate(used)}
    return {"symbols": [symbols[kind].spec() for kind in used], "symbol": [number[kind] for kind in kinds]}


def _flags(shown: gpd.GeoDataFrame, column: str | None) -> list[int]:
    """Return the positions of the rows whose flag is set."""
    if column is None:
        return []
    flags = shown[column].to_numpy(dtype=bool, na_value=False)
    return [int(i) for i in np.flatnonzero(flags)]


def _cluster_mode(style: PointStyle, count: int) -> str:
    if style.cluster_above is None:
        return "never"
    return "touching" if count > style.cluster_above else "covering"
