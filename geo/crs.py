"""The reference systems: metres inside (EPSG:25832), degrees only at the doors (EPSG:4326)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from geo.errors import CrsError, GeometryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

METRIC_CRS: Final = "EPSG:25832"
"""ETRS89 / UTM zone 32N, metres: the only system inside the program."""

LONLAT_CRS: Final = "EPSG:4326"
"""WGS 84, degrees, longitude first: the system of GeoJSON (RFC 7946) and of the browser."""

Frame = TypeVar("Frame", gpd.GeoDataFrame, gpd.GeoSeries)
FloatArray = npt.NDArray[np.float64]
Numbers: TypeAlias = "pd.Series[Any] | FloatArray | Sequence[float]"

_MAX_LON = 180.0
_MAX_LAT = 90.0


def require_metric(frame: gpd.GeoDataFrame | gpd.GeoSeries, *, name: str) -> None:
    """Raise unless `frame` is in EPSG:25832.

    Parameters
    ----------
    frame
        Any geometry frame or series; its rows are not looked at.
    name
        What the caller calls it, for the message.

    Raises
    ------
    CrsError
        No reference system, no geometry column, or another system than EPSG:25832.
    """
    found = _crs_of(frame)
    if found is None:
        raise CrsError("crs.missing", name=name, expected=METRIC_CRS)
    if not _is_metric(found):
        shown = found.to_string()
        raise CrsError("crs.not_metric", name=name, found=shown, expected=METRIC_CRS)


def from_lonlat(lon: Numbers, lat: Numbers) -> gpd.GeoSeries:
    """Return points in EPSG:25832 from degrees.

    Parameters
    ----------
    lon, lat
        Longitude and latitude in degrees (EPSG:4326), same length. A pandas Series keeps its index.

    Returns
    -------
    geopandas.GeoSeries
        Points in EPSG:25832; ``None`` where one of both is NaN, infinite, outside ±180 / ±90 or
        cannot be expressed in UTM zone 32.
    """
    index = lon.index if isinstance(lon, pd.Series) else None
    x, y = lonlat_to_xy(_floats(lon), _floats(lat))
    return points_from_xy(x, y, index=index)


def lonlat_to_xy(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return metres (x, y in EPSG:25832) of degrees; NaN where there is no such point."""
    usable = (np.abs(lon) <= _MAX_LON) & (np.abs(lat) <= _MAX_LAT)
    x = np.full(len(lon), np.nan)
    y = np.full(len(lat), np.nan)
    if usable.any():
        inward = _transformer(LONLAT_CRS, METRIC_CRS)
        x[usable], y[usable] = inward.transform(lon[usable], lat[usable])
    lost = ~(np.isfinite(x) & np.isfinite(y))
    x[lost] = np.nan
    y[lost] = np.nan
    return x, y


def points_from_xy(x: Numbers, y: Numbers, *, index: pd.Index[Any] | None = None) -> gpd.GeoSeries:
    """Return points in EPSG:25832 from metres; ``None`` where x or y is NaN or infinite."""
    xs, ys = _floats(x), _floats(y)
    known = np.isfinite(xs) & np.isfinite(ys)
    points = np.full(len(xs), None, dtype=object)
    points[known] = shapely.points(xs[known], ys[known])
    return gpd.GeoSeries(points, index=index, crs=METRIC_CRS)


def point_xy(points: gpd.GeoSeries | gpd.GeoDataFrame, *, name: str) -> FloatArray:
    """Return the coordinates of points in metres, shape (n, 2); NaN = missing or empty.

    Raises
    ------
    CrsError
        `points` is not in EPSG:25832.
    GeometryError
        It holds something else than points.
    """
    require_metric(points, name=name)
    geometries = np.asarray(points.geometry.array, dtype=object)
    present = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    other = present & (shapely.get_type_id(geometries) > 0)
    if other.any():
        found = geometries[int(np.flatnonzero(other)[0])].geom_type
        raise GeometryError("geometry.not_points", name=name, found=found)
    xy = np.full((len(geometries), 2), np.nan)
    xy[present, 0] = shapely.get_x(geometries[present])
    xy[present, 1] = shapely.get_y(geometries[present])
    return xy


def to_lonlat(frame: Frame) -> Frame:
    """Return `frame` in degrees (EPSG:4326), for layers and files that go out.

    Raises
    ------
    CrsError
        `frame` is not in EPSG:25832.
    """
    require_metric(frame, name="to_lonlat")
    return frame.to_crs(LONLAT_CRS)


def _floats(values: Numbers) -> FloatArray:
    if isinstance(values, pd.Series):
        return values.to_numpy(dtype="float64", na_value=np.nan)
    return np.asarray(values, dtype="float64")


def _crs_of(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> pyproj.CRS | None:
    try:
        found: pyproj.CRS | None = frame.crs
    except AttributeError:  # a frame without an active geometry column
        return None
    return found


def _is_metric(found: pyproj.CRS) -> bool:
    metric = _metric_crs()
    return bool(found is metric or found.to_epsg() == metric.to_epsg() or found == metric)


@lru_cache(maxsize=1)
def _metric_crs() -> pyproj.CRS:
    return pyproj.CRS.from_user_input(METRIC_CRS)


@lru_cache(maxsize=4)
def _transformer(source: str, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True)
