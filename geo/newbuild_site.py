"""Where a new-build area lies, and which existing places its people can walk to."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.area import named_area
from geo.crs import lonlat_to_xy
from geo.errors import GeometryError, ParameterError
from geo.network import FloatArray, IntArray, snap
from geo.quarter import polygon_of
from geo.reach import Method
from geo.routing import line_costs, street_costs

if TYPE_CHECKING:
    from geo.catalogue import Load
    from geo.costs import CostTable
    from geo.inputs import GapInputs
    from geo.newbuild import Sheet
    from geo.reach import Walk

MOST_POINTS: Final = 49
"""Points that stand for a site: walks are measured from each of them."""
SPACING_M: Final = 50.0
_LEVELS: Final = ("district", "borough", "city")
_LONGEST: Final = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """A place or an area in which is built.

    Attributes
    ----------
    geometry
        Point or polygon in EPSG:25832.
    points
        Coordinates in metres of the points that stand for it, shape (n, 2), n from 1 to `MOST_POINTS`.
    step_m
        Distance of neighbouring points; 0 for a single place.
    """

    geometry: Any
    points: FloatArray
    step_m: float


def site_of(sheet: Sheet, load: Load) -> Site:
    """Return the site of a sheet: its own geometry, else that of the area it belongs to.

    Raises
    ------
    QuartierError
        The geometry is no point or polygon in degrees or lies outside the city, or the area is not in the
        data package and the sheet has no geometry.
    """
    if sheet.site is not None:
        geometry = geometry_of(sheet.site)
        districts = load("districts").geometry.to_numpy()
        if not shapely.intersects(districts, geometry).any():
            raise GeometryError("newbuild.outside")
        return _site(geometry)
    if sheet.area_level not in _LEVELS or not sheet.area_id.isdecimal():
        raise ParameterError("newbuild.no_site", area=sheet.area_id)
    level: Any = sheet.area_level
    return _site(named_area(load, level, int(sheet.area_id)).geometry)


def geometry_of(text: str) -> Any:
    """Return a GeoJSON point or polygon (degrees, WGS 84) in EPSG:25832.

    Raises
    ------
    GeometryError
        It is neither, crosses itself or has coordinates that are no degrees.
    """
    try:
        found: Any = json.loads(text) if len(text) <= _LONGEST else None
        kind = found.get("type")
        if kind == "Feature":
            found = found["geometry"]
            kind = found.get("type")
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise GeometryError("newbuild.bad_site", reason=type(error).__name__) from error
    return polygon_of(text) if kind != "Point" else _point(found.get("coordinates"))


def _site(geometry: Any) -> Site:
    points, step_m = points_of(geometry)
    return Site(geometry, points, step_m)


def points_of(geometry: Any) -> tuple[FloatArray, float]:
    """Return points that stand for a geometry, and their step: itself if it is a point, else a grid over a polygon.

    The step of the grid is `SPACING_M` or more, so that there are at most `MOST_POINTS`; a polygon too narrow
    for the grid is its inner point.
    """
    if geometry.geom_type == "Point":
        return np.array([[geometry.x, geometry.y]]), 0.0
    step = max(SPACING_M, math.sqrt(float(shapely.area(geometry)) / MOST_POINTS))
    found = _grid(geometry, step)
    while len(found) > MOST_POINTS:
        step *= 1.1
        found = _grid(geometry, step)
    if len(found):
        return found, step
    inner = geometry.representative_point()
    return np.array([[inner.x, inner.y]]), step


def walks_m(
    site: Site, inputs: GapInputs, places: IntArray, walk: Walk, *, limit_m: float
) -> tuple[FloatArray, FloatArray]:
    """Return the walk from the site to each place: the median and the shortest over the points of the site.

    Parameters
    ----------
    site
        From `site_of`.
    inputs
        Places and street graph.
    places
        Rows of ``inputs.places``.
    walk
        How to measure.
    limit_m
        Longest walk that is looked for.

    Returns
    -------
    tuple of numpy.ndarray
        Metres per place; ``inf`` = farther than the limit, NaN = the place has no coordinate, or hangs on no street.
    """
    costs = _costs(site.points, inputs, places, walk, limit_m)
    table = np.full((costs.n_origins, len(places)), np.inf)
    table[costs.origin, costs.target] = costs.distance_m
    ordered = np.sort(table, axis=0)
    middle, nearest = (ordered[at].copy() for at in ((costs.n_origins - 1) // 2, 0))
    for each in (middle, nearest):
        each[~costs.target_known] = np.nan
    return middle, nearest


def districts_near(site: Site, load: Load, *, within_m: float) -> set[int]:
    """Return the districts that reach into the surroundings of a site, as the crow flies."""
    districts = load("districts")
    near = shapely.dwithin(districts.geometry.to_numpy(), site.geometry, within_m)
    return {int(number) for number in districts["district_id"][near]}


def _costs(points: FloatArray, inputs: GapInputs, places: IntArray, walk: Walk, limit_m: float) -> CostTable:
    xy = inputs.place_xy[places]
    if walk.method is Method.LINE or inputs.network is None:
        return line_costs(points, xy, cutoff_m=limit_m, detour=walk.detour)
    # the search starts at the fewer points: the way is the same in both directions
    start = snap(inputs.network, points[:, 0], points[:, 1], limit_m=np.inf)
    ends = snap(inputs.network, xy[:, 0], xy[:, 1], limit_m=walk.snap_limit_m)
    return street_costs(inputs.network, start, ends, cutoff_m=limit_m)


def _grid(geometry: Any, step: float) -> FloatArray:
    west, south, east, north = geometry.bounds
    x = np.arange(west + step / 2.0, east, step)
    y = np.arange(south + step / 2.0, north, step)
    if len(x) * len(y) == 0:
        return np.zeros((0, 2))
    xy = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    found: FloatArray = xy[shapely.contains_xy(geometry, xy[:, 0], xy[:, 1])]
    return found


def _point(coordinates: Any) -> Any:
    try:
        lon, lat = (float(value) for value in coordinates[:2])
    except (TypeError, ValueError) as error:
        raise GeometryError("newbuild.bad_site", reason="coordinates") from error
    x, y = lonlat_to_xy(np.array([lon]), np.array([lat]))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise GeometryError("newbuild.bad_site", reason=f"{lon!r}, {lat!r}")
    return shapely.Point(float(x[0]), float(y[0]))
