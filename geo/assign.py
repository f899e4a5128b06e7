"""Points to districts: each point in exactly one district or in a visible rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.crs import point_xy, require_metric
from geo.errors import GeometryError, ParameterError

if TYPE_CHECKING:
    import geopandas as gpd

BoolArray = npt.NDArray[np.bool_]


def assign_district(
    points: gpd.GeoSeries | gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    *,
    id_column: str = "district_id",
) -> pd.Series[int]:
    """Return for each point the id of the district it lies in.

    A border belongs to both neighbours; a point on it goes to the smallest id, whatever the order
    of the rows. Works for any areas with whole-number ids (``id_column="borough_id"``).

    Parameters
    ----------
    points
        Points in EPSG:25832. Missing, empty and NaN points are allowed.
    districts
        Polygons or multi-polygons in EPSG:25832 with a whole-number id. Rows without a geometry
        are skipped.
    id_column
        Column of `districts` that holds the id.

    Returns
    -------
    pandas.Series
        ``Int64``, index of `points`, named `id_column`; NA = in no district or without a place:
        the rest, which callers must show.

    Raises
    ------
    CrsError
        One of both is not in EPSG:25832.
    GeometryError
        `points` holds something else than points, or a district is no valid polygon.
    ParameterError
        `id_column` is missing or has empty or fractional values.
    """
    x, y = point_xy(points, name="points").T
    require_metric(districts, name="districts")
    ids, areas = _sorted_areas(districts, id_column=id_column)
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    order = rows[np.argsort(x[rows], kind="stable")]
    found = _positions(x[order], y[order], areas)
    values = np.zeros(len(x), dtype="int64")
    missing = np.ones(len(x), dtype=bool)
    hit = found >= 0
    values[order[hit]] = ids[found[hit]]
    missing[order[hit]] = False
    array = pd.arrays.IntegerArray(values, missing)
    return pd.Series(array, index=points.index, name=id_column)


def _positions(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], areas: npt.NDArray[np.object_]
) -> npt.NDArray[np.int64]:
    """Return for each point (sorted by x) the position of the first area it touches, or -1."""
    found = np.full(len(x), -1, dtype="int64")
    shapely.prepare(areas)
    for position, (area, bounds) in enumerate(zip(areas, shapely.bounds(areas), strict=True)):
        min_x, min_y, max_x, max_y = bounds
        first = int(np.searchsorted(x, min_x, side="left"))
        last = int(np.searchsorted(x, max_x, side="right"))
        strip = y[first:last]
        near = (strip >= min_y) & (strip <= max_y) & (found[first:last] < 0)
        candidates = first + np.flatnonzero(near)
        inside = shapely.intersects_xy(area, x[candidates], y[candidates])
        found[candidates[inside]] = position
    return found


def _sorted_areas(
    districts: gpd.GeoDataFrame, *, id_column: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.object_]]:
    ids = _whole_ids(districts, id_column=id_column)
    areas = np.asarray(districts.geometry.array, dtype=object)
    present = ~(shapely.is_missing(areas) | shapely.is_empty(areas))
    ids, areas = ids[present], areas[present]
    _require_valid_polygons(areas, ids)
    order = np.argsort(ids, kind="stable")
    return ids[order], areas[order]


def _whole_ids(districts: gpd.GeoDataFrame, *, id_column: str) -> npt.NDArray[np.int64]:
    if id_column not in districts.columns:
        available = ", ".join(map(str, districts.columns))
        raise ParameterError("parameter.missing_column", name="districts", column=id_column, available=available)
    column = districts[id_column]
    empty = int(column.isna().sum())
    if empty:
        raise ParameterError("parameter.missing_value", name="districts", column=id_column, count=empty)
    try:
        ids: npt.NDArray[np.int64] = column.astype("Int64").to_numpy(dtype="int64")
    except (TypeError, ValueError) as error:
        raise ParameterError(
            "parameter.wrong_type",
            name=id_column,
            found=str(column.dtype),
            expected="whole numbers",
        ) from error
    return ids


def _require_valid_polygons(areas: npt.NDArray[np.object_], ids: npt.NDArray[np.int64]) -> None:
    polygonal = np.isin(shapely.get_type_id(areas), (3, 6))
    if not polygonal.all():
        at = int(np.flatnonzero(~polygonal)[0])
        raise GeometryError(
            "geometry.not_polygons",
            name="districts",
            area=int(ids[at]),
            found=areas[at].geom_type,
        )
    valid: BoolArray = shapely.is_valid(areas)
    if not valid.all():
        at = int(np.flatnonzero(~valid)[0])
        raise GeometryError(
            "geometry.invalid_area",
            name="districts",
            area=int(ids[at]),
            reason=shapely.is_valid_reason(areas[at]),
        )
