"""The map on a participant's phone as a small file: the area, the districts around it, streets. No other host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import shapely

from geo.crs import METRIC_CRS, require_metric, to_lonlat
from layers.geometry import polygon_steps
from layers.streets import street_lines

if TYPE_CHECKING:
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

MARGIN_M: Final = 400.0
"""How far around the area streets and districts are drawn: notes are stuck across its border too."""
TOLERANCE_M: Final = 4.0
MOST_EDGES: Final = 6_000
"""Above that the streets are left out: a whole city is too much for a phone in a bad Wi-Fi."""


def phone_map(
    area: BaseGeometry, districts: gpd.GeoDataFrame, nodes: pd.DataFrame, edges: pd.DataFrame
) -> dict[str, Any]:
    """Return what a phone draws, in degrees; lines and rings as in `layers.geometry`.

    Parameters
    ----------
    area
        Polygon in EPSG:25832.
    districts
        ``district_id``, ``name`` and polygons in EPSG:25832; those that lie in the picture are drawn.
    nodes, edges
        The street graph, as in `layers.streets.publish_streets`.

    Returns
    -------
    dict
        ``area`` (polygons), ``bounds`` ([[south, west], [north, east]]), ``districts`` (``id``, ``name``, ``shape``
        and ``at``, a point inside as [lat, lon]), ``streets`` (lines; none if there would be too many).

    Raises
    ------
    CrsError
        `districts` is not in EPSG:25832.
    """
    require_metric(districts, name="districts")
    view = shapely.box(*shapely.bounds(shapely.buffer(area, MARGIN_M)))
    near = districts[shapely.intersects(districts.geometry.to_numpy(), view)]
    outline, frame = to_lonlat(gpd.GeoSeries([shapely.simplify(area, TOLERANCE_M), view], crs=METRIC_CRS))
    west, south, east, north = (round(float(edge), 5) for edge in shapely.bounds(frame))
    return {
        "area": polygon_steps(outline),
        "bounds": [[south, west], [north, east]],
        "districts": _districts(near),
        "streets": _streets(view, nodes, edges),
    }


def _districts(near: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    shapes = shapely.coverage_simplify(near.geometry.to_numpy(), TOLERANCE_M)
    polygons = to_lonlat(gpd.GeoSeries(shapes, crs=METRIC_CRS))
    inside = to_lonlat(gpd.GeoSeries(shapely.point_on_surface(shapes), crs=METRIC_CRS))
    rows = zip(near["district_id"], near["name"], polygons, inside, strict=True)
    return [
        {
            "id": str(number),
            "name": str(name),
            "shape": polygon_steps(shape),
            "at": [round(point.y, 5), round(point.x, 5)],
        }
        for number, name, shape, point in rows
    ]


def _streets(view: BaseGeometry, nodes: pd.DataFrame, edges: pd.DataFrame) -> list[list[int]]:
    west, south, east, north = shapely.bounds(view)
    seen = nodes[nodes["x"].between(west, east) & nodes["y"].between(south, north)]
    ids = seen["node"]
    drawn = edges[edges["u"].isin(ids) & edges["v"].isin(ids)]
    return street_lines(seen, drawn) if len(drawn) <= MOST_EDGES else []
