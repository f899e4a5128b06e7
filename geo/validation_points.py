"""What can be wrong with the coordinates of points: missing, half, swapped, far away, in another district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import geopandas as gpd
import numpy as np
import shapely

from geo.areas import looks_swapped
from geo.assign import assign_district
from geo.crs import point_xy
from geo.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.schema import TableSchema
    from geo.sources import Loaded

SURROUNDINGS_M: Final = 20_000.0
"""A point farther than this from the city's bounding box is a mistake."""

BORDER_M: Final = 150.0
"""Nearer than this to its district a point is not told of: districts are simplified, coordinates rounded."""

_WITH_POINT: Final = frozenset({"exact", "approximate"})

Array: TypeAlias = "np.ndarray[Any, Any]"


@dataclass(frozen=True)
class _Points:
    """A table with coordinates: where it stands, its columns, their values and the points in metres."""

    file: str
    rows: Array
    pair: tuple[str, str]
    values: Array
    frame: gpd.GeoDataFrame

    def at(self, positions: Array) -> list[tuple[int, int]]:
        """Return position and row in the file of the positions that are True."""
        return [(at, int(self.rows[at])) for at in np.flatnonzero(positions).tolist()]

    def shown(self, at: int) -> str:
        """Return the coordinate as it stands in the file."""
        return f"{self.values[at, 0]}, {self.values[at, 1]}"


def point_problems(own: Loaded, schema: TableSchema, loaded: Mapping[str, Loaded]) -> list[Problem]:
    """Return what is wrong with the coordinates of a table; nothing for a table without."""
    pair = schema.coordinates
    if pair is None or not isinstance(own.frame, gpd.GeoDataFrame):
        return []
    values = own.frame[list(pair)].to_numpy(dtype="float64", na_value=np.nan)
    points = _Points(own.file, own.rows, pair, values, own.frame)
    swapped = _swapped(values) if pair == ("lon", "lat") else np.zeros(len(values), dtype=bool)
    problems = _half(points) + _quality(points)
    problems += [
        Problem("coordinate.swapped", own.file, row, ", ".join(pair), points.shown(at))
        for at, row in points.at(swapped)
    ]
    districts = _districts(loaded)
    if districts is not None:
        problems += _far(points, districts, ~swapped) + _misplaced(points, districts, ~swapped)
    return problems


def _swapped(values: Array) -> Array:
    known = np.isfinite(values).all(axis=1)
    return known & looks_swapped(np.where(known, values[:, 0], 0.0), np.where(known, values[:, 1], 0.0))


def _half(points: _Points) -> list[Problem]:
    missing = np.isnan(points.values)
    return [
        Problem("coordinate.incomplete", points.file, row, points.pair[0 if missing[at, 0] else 1])
        for at, row in points.at(missing.sum(axis=1) == 1)
    ]


def _quality(points: _Points) -> list[Problem]:
    """Compare the stated quality with whether there is a coordinate."""
    if "coordinate_quality" not in points.frame.columns:
        return []
    qualities = points.frame["coordinate_quality"]
    bare = np.isnan(points.values).all(axis=1)
    with_point = qualities.isin(_WITH_POINT).to_numpy()
    without = qualities.notna().to_numpy() & ~with_point
    missing = [
        Problem("coordinate.missing", points.file, row, "coordinate_quality", qualities.iloc[at])
        for at, row in points.at(bare & with_point)
    ]
    unexpected = [
        Problem("coordinate.unexpected", points.file, row, "coordinate_quality", qualities.iloc[at], severity="warning")
        for at, row in points.at(~bare & without)
    ]
    return missing + unexpected


def _districts(loaded: Mapping[str, Loaded]) -> gpd.GeoDataFrame | None:
    """Return the districts as far as they can be used; None = not at all, which is told elsewhere."""
    found = loaded.get("districts")
    if found is None or not isinstance(found.frame, gpd.GeoDataFrame):
        return None
    usable = found.frame[found.frame.geometry.notna() & found.frame["district_id"].notna()]
    return None if usable.empty else usable


def _far(points: _Points, districts: gpd.GeoDataFrame, looked_at: Array) -> list[Problem]:
    xy = point_xy(points.frame, name=points.file)
    low, high = np.split(districts.total_bounds, 2)
    distance = np.nan_to_num(np.hypot(*np.maximum(np.maximum(low - xy, xy - high), 0.0).T))
    return [
        Problem(
            "coordinate.outside_surroundings",
            points.file,
            row,
            ", ".join(points.pair),
            points.shown(at),
            {"distance_km": round(distance[at] / 1000)},
        )
        for at, row in points.at(looked_at & (distance > SURROUNDINGS_M))
    ]


def _misplaced(points: _Points, districts: gpd.GeoDataFrame, looked_at: Array) -> list[Problem]:
    """Compare the district that a row with an exact point states with the one its point lies in."""
    frame = points.frame
    if not {"coordinate_quality", "district_id"} <= set(frame.columns):
        return []
    looked_at = looked_at & (frame["coordinate_quality"] == "exact").to_numpy() & frame.geometry.notna().to_numpy()
    areas = dict(zip(districts["district_id"].tolist(), districts.geometry.tolist(), strict=True))
    names = dict(zip(districts["district_id"].tolist(), districts["name"].tolist(), strict=True))
    city = shapely.union_all(districts.geometry.to_numpy())
    found = assign_district(frame, districts)
    problems = []
    for at, row in points.at(looked_at):
        point, stated, true = frame.geometry.iloc[at], frame["district_id"].iloc[at], found.iloc[at]
        away = shapely.distance(point, areas.get(stated, city) if true in areas else city)
        if away <= BORDER_M or away > SURROUNDINGS_M:
            continue
        details: dict[str, object] = {"distance_m": round(away)}
        key, column, value = "coordinate.outside_city", None, None
        if true in areas:
            key, column, value = "coordinate.other_district", "district_id", names[stated]
            details["found"] = names[true]
        problems.append(Problem(key, points.file, row, column, value, details, severity="warning"))
    return problems
