"""Geometry for the browser: degrees in steps of 1e-5 (about 1 m), written as differences.

A line or ring is ``[x0, y0, dx1, dy1, …]`` in whole steps, a third of the size of GeoJSON. static/map/
geometry.js reads it. Neighbours that share a border still share it: equal coordinates round equally.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import shapely

from geo.crs import to_lonlat
from geo.errors import GeometryError

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

Steps: TypeAlias = list[int]
Polygons: TypeAlias = list[list[Steps]]

STEPS_PER_DEGREE: Final = 100_000
_POLYGON: Final = 3
_MULTIPOLYGON: Final = 6


def steps(coordinates: npt.NDArray[np.float64]) -> Steps:
    """Return longitude/latitude pairs (shape n × 2, degrees) as ``[x0, y0, dx1, dy1, …]`` in steps."""
    whole = np.rint(coordinates * STEPS_PER_DEGREE).astype(np.int64)
    kept = np.ones(len(whole), dtype=bool)
    kept[1:] = (np.diff(whole, axis=0) != 0).any(axis=1)
    whole = whole[kept]
    whole[1:] = np.diff(whole, axis=0)
    found: Steps = whole.ravel().tolist()
    return found


def polygon_steps(geometry: BaseGeometry) -> Polygons:
    """Return a (multi)polygon in degrees as its polygons, each a list of rings (outer ring first)."""
    return [
        [steps(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(geometry)
    ]


def area_polygons(areas: gpd.GeoDataFrame, *, id_column: str, name: str) -> gpd.GeoSeries:
    """Return the polygons of `areas` (EPSG:25832) in degrees.

    Raises
    ------
    CrsError
        `areas` is not in EPSG:25832.
    GeometryError
        A geometry is no (multi)polygon, empty, missing or crosses itself.
    """
    polygons = to_lonlat(areas.geometry)
    kinds = shapely.get_type_id(polygons.to_numpy())
    for area, kind, geometry in zip(areas[id_column], kinds, polygons, strict=True):
        if kind not in {_POLYGON, _MULTIPOLYGON} or geometry.is_empty:
            found = "none" if geometry is None else geometry.geom_type
            raise GeometryError("geometry.not_polygons", area=area, name=name, found=found)
        if not geometry.is_valid:
            reason = shapely.is_valid_reason(geometry)
            raise GeometryError("geometry.invalid_area", area=area, name=name, reason=reason)
    return polygons


def label_points(areas: gpd.GeoDataFrame) -> list[tuple[float, float, float]]:
    """Return for each area (EPSG:25832) where its name fits best: longitude, latitude, free radius in m.

    The centre of the largest circle inside the largest part of the area.
    """
    found = []
    for geometry in areas.geometry:
        parts = shapely.get_parts(geometry)
        largest = parts[int(np.argmax(shapely.area(parts)))]
        found.append(shapely.maximum_inscribed_circle(largest, tolerance=20.0))
    radius = shapely.length(found)
    centres = areas.geometry.set_axis(range(len(areas))).copy()
    centres[:] = shapely.get_point(found, 0)
    degrees = to_lonlat(centres)
    return [
        (round(float(point.x), 5), round(float(point.y), 5), round(float(each)))
        for point, each in zip(degrees, radius, strict=True)
    ]
