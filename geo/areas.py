"""Areas from GeoJSON (RFC 7946): json and shapely, never GDAL, with every problem named by feature."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final, NoReturn

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from shapely.geometry import shape

from geo.crs import METRIC_CRS, lonlat_to_xy
from geo.problems import Problem
from geo.schema import TableSchema
from geo.tables import column_problems, column_values, decode

_LONLAT_NAMES: Final = frozenset(
    {
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:OGC::CRS84",
        "urn:ogc:def:crs:EPSG::4326",
        "OGC:CRS84",
        "EPSG:4326",
    }
)
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_POLYGONS: Final = ("Polygon", "MultiPolygon")

Feature = dict[str, Any]


def read_areas(data: bytes, schema: TableSchema, *, file: str) -> tuple[gpd.GeoDataFrame | None, list[Problem]]:
    """Return the areas in the bytes of a GeoJSON file, and what is wrong with them.

    Returns
    -------
    tuple
        Frame in EPSG:25832 with the columns of `schema`; a geometry that cannot be used is None.
        None instead of a frame = no feature collection, or one in another reference system.
    """
    features = _features(data, file=file)
    if isinstance(features, Problem):
        return None, [features]
    frame, problems = _properties(features, schema, file=file)
    geometries = np.full(len(features), None, dtype=object)
    for at, feature in enumerate(features):
        found = _geometry(feature.get("geometry"), file=file, row=at + 1)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            geometries[at] = found
    present = ~shapely.is_missing(geometries)
    geometries[present] = shapely.transform(geometries[present], _to_metres)
    return gpd.GeoDataFrame(frame, geometry=geometries, crs=METRIC_CRS), problems


def _features(data: bytes, *, file: str) -> list[Feature] | Problem:
    text = decode(data, file=file)
    if isinstance(text, Problem):
        return text
    try:
        content = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        return Problem("data.not_geojson", file, details={"reason": str(error)})
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        return Problem("data.not_geojson", file, details={"reason": "it has no type FeatureCollection"})
    if "crs" in content and _crs_name(content["crs"]) not in _LONLAT_NAMES:
        return Problem("crs.file_not_lonlat", file, value=_crs_name(content["crs"]))
    features = content.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        return Problem("data.not_geojson", file, details={"reason": "it has no list of features"})
    return features


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _crs_name(member: object) -> str:
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return str(member if name is None else name)


def _properties(features: list[Feature], schema: TableSchema, *, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    rows = [feature.get("properties") or {} for feature in features]
    present = list(dict.fromkeys(name for row in rows for name in row))
    problems = column_problems(present, schema, file=file) if rows else []
    series = {}
    for column in schema.table_columns:
        values = [row.get(column.name) for row in rows]
        fits = [value is not None and _fits(value, column.type) for value in values]
        for at, value in enumerate(values):
            if value is not None and not fits[at]:
                details = {"expected": column.type}
                problems.append(Problem("cell.wrong_type", file, at + 1, column.name, str(value), details))
            elif value is None and column.required and column.type != "string":
                problems.append(Problem("cell.required", file, at + 1, column.name))
        series[column.name] = column_values(*_arrays(values, fits, column.type), column)
    return pd.DataFrame(series, index=pd.RangeIndex(len(rows))), problems


def _fits(value: object, kind: str) -> bool:
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _arrays(values: list[Any], fits: list[bool], kind: str) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
    known = np.array(fits, dtype=bool)
    dtype, filler = {"string": ("object", None), "integer": ("int64", 0), "boolean": ("bool", False)}.get(
        kind, ("float64", np.nan)
    )
    kept = [value if fit else filler for value, fit in zip(values, fits, strict=True)]
    return np.array(kept, dtype=dtype), known


def _geometry(member: object, *, file: str, row: int) -> shapely.Geometry | Problem:
    """Return a valid polygon or multi-polygon in degrees, or what is wrong with it."""
    if member is None:
        return Problem("geometry.file_missing", file, row)
    try:
        geometry = shape(member)
        flat = shapely.get_coordinates(geometry)
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        return Problem("geometry.file_broken", file, row, details={"reason": f"{type(error).__name__} {error}"})
    if not len(flat):
        return Problem("geometry.file_missing", file, row)
    if geometry.geom_type not in _POLYGONS:
        return Problem("geometry.file_not_polygon", file, row, value=geometry.geom_type)
    return (
        _degree_problem(flat, file=file, row=row)
        or _shape_problem(geometry, file=file, row=row)
        or shapely.force_2d(geometry)
    )


def _degree_problem(flat: npt.NDArray[np.float64], *, file: str, row: int) -> Problem | None:
    lon, lat = flat[:, 0], flat[:, 1]
    degrees = np.isfinite(flat).all(axis=1) & (np.abs(lon) <= 180) & (np.abs(lat) <= 180)  # noqa: PLR2004
    if not degrees.all():
        return Problem("crs.not_degrees", file, row, value=_shown(flat[~degrees][0]))
    swapped = looks_swapped(lon, lat)
    if swapped.any():
        return Problem("crs.swapped", file, row, value=_shown(flat[swapped][0]))
    x, _ = lonlat_to_xy(lon, lat)
    if np.isnan(x).any():
        return Problem("crs.not_degrees", file, row, value=_shown(flat[np.isnan(x)][0]))
    return None


def _shape_problem(geometry: shapely.Geometry, *, file: str, row: int) -> Problem | None:
    if shapely.is_valid(geometry):
        return None
    reason = shapely.is_valid_reason(geometry)
    return Problem("geometry.file_invalid", file, row, details={"reason": reason})


def looks_swapped(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return where (lon, lat) is outside the area EPSG:25832 is made for, but (lat, lon) is inside it."""
    west, south, east, north = _area_of_use()

    def usable(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        return (x >= west) & (x <= east) & (y >= south) & (y <= north)

    return ~usable(lon, lat) & usable(lat, lon)


@lru_cache(maxsize=1)
def _area_of_use() -> tuple[float, float, float, float]:
    area = pyproj.CRS.from_user_input(METRIC_CRS).area_of_use
    if area is None:
        raise RuntimeError(f"the projection database has no area of use of {METRIC_CRS}")
    return area.bounds


def _to_metres(flat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.column_stack(lonlat_to_xy(flat[:, 0], flat[:, 1]))


def _shown(coordinate: npt.NDArray[np.float64]) -> str:
    return f"{coordinate[0]}, {coordinate[1]}"
