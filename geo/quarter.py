"""Own Quartiere: areas that planners join from districts or draw, checked and made comparable with districts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.area import Area, area_of_districts
from geo.crs import lonlat_to_xy
from geo.errors import GeometryError, ParameterError
from geo.inventory import Inventory, combined, inventory_of_districts
from geo.profile import AREA_IN_GAPS
from geo.working_areas import items

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.catalogue import Load
    from geo.inputs import GapInputs

MINIMUM_POPULATION: Final = 200
"""Fewer people than that are not told apart: figures of a handful of people would be figures of persons."""

_MOST_POINTS: Final = 5_000
_INSIDE_SHARE: Final = 0.98
"""Part of an area that has to lie in the city: borders that follow a map are never exactly on it."""
_POLYGONS: Final = frozenset({"Polygon", "MultiPolygon"})
_TOUCHED_SHARE: Final = 0.01
_HALF: Final = 0.5
"""A district counts with a hundredth of the area in it, or with half of itself: a line drawn along a border is never exact."""

_STEP_DEGREES: Final = 1e-6


def polygon_of(text: str) -> Any:
    """Return the polygon of a GeoJSON text (degrees, WGS 84) in EPSG:25832.

    Takes a geometry, a feature or a collection with one or more polygons, which are put together.

    Raises
    ------
    GeometryError
        No GeoJSON, not a polygon, crossing itself (a bow-tie), or too many points.
    """
    return _to_metres(_degrees_of(text))


def text_of(text: str) -> str:
    """Return GeoJSON as it is kept: one polygon in degrees without properties; errors as `polygon_of`."""
    return geojson_of(_degrees_of(text))


def _degrees_of(text: str) -> Any:
    found = []
    for member in _members(text):
        geometry = _shape(member)
        if geometry.geom_type not in _POLYGONS:
            raise GeometryError("quarter.not_polygon", value=geometry.geom_type)
        found.append(geometry)
    if not found:
        raise GeometryError("quarter.not_geojson", reason="no geometry")
    return found[0] if len(found) == 1 else shapely.union_all(found)


def polygon_of_points(points: Sequence[tuple[float, float]]) -> Any:
    """Return the polygon with these corners (longitude, latitude) in EPSG:25832; errors as `polygon_of`."""
    return _to_metres(_drawn(points))


def text_of_points(points: Sequence[tuple[float, float]]) -> str:
    """Return the polygon with these corners (longitude, latitude) as it is kept; errors as `polygon_of`."""
    return geojson_of(_drawn(points))


def _drawn(points: Sequence[tuple[float, float]]) -> Any:
    distinct = list(dict.fromkeys(points))
    if len(distinct) < 3:  # noqa: PLR2004 -- a polygon has three corners
        raise GeometryError("quarter.few_points", value=len(distinct))
    drawn = shapely.Polygon(distinct)
    _require_simple(drawn)
    return drawn


def quarter_of_districts(load: Load, quarter_id: str, name: str, district_ids: Sequence[int]) -> Area:
    """Return a Quartier joined from whole districts; ParameterError for none or unknown ones."""
    return area_of_districts(load, "quarter", quarter_id, name, tuple(sorted(set(district_ids))))


def quarter_of_polygon(load: Load, quarter_id: str, name: str, polygon: Any) -> Area:
    """Return a drawn Quartier (polygon in EPSG:25832) with the districts it lies in, slivers along a border left out.

    Raises
    ------
    GeometryError
        It lies (partly) outside the city.
    """
    districts = load("districts")
    shapes = districts.geometry.to_numpy()
    covered = shapely.area(shapely.intersection(shapes, polygon))
    if covered.sum() < _INSIDE_SHARE * shapely.area(polygon):
        raise GeometryError("quarter.outside", share=round(float(covered.sum() / shapely.area(polygon)), 2))
    counts = (covered >= _TOUCHED_SHARE * covered.sum()) | (covered >= _HALF * shapely.area(shapes))
    touched = districts[counts]
    boroughs = touched.drop_duplicates("borough_id")
    return Area(
        "quarter",
        quarter_id,
        name,
        tuple(sorted(int(number) for number in touched["district_id"])),
        tuple(sorted(int(number) for number in boroughs["borough_id"])),
        str(boroughs["borough"].iloc[0]) if len(boroughs) == 1 else "",
        False,
        polygon,
    )


def quarter_of(load: Load, cells: pd.DataFrame, row: Mapping[str, Any]) -> Area:
    """Return the own Quartier of a row of the store's ``quarters``: its polygon counts, else its joined districts.

    With fewer than `MINIMUM_POPULATION` people (an area to be built, mostly) figures about people are withheld.

    Raises
    ------
    GeometryError, ParameterError
        The polygon lies outside the city or is none; the city has no such districts.
    """
    key, name = str(row["id"]), str(row["name"])
    if row["polygon"]:
        area = quarter_of_polygon(load, key, name, polygon_of(str(row["polygon"])))
    else:
        area = quarter_of_districts(load, key, name, [int(number) for number in items(row["district_ids"])])
    return replace(area, withheld=people_of(cells, area) < MINIMUM_POPULATION)


def people_of(cells: pd.DataFrame, area: Area) -> float:
    """Return the estimated number of people of an area, from its population cells."""
    values = cells["population"].to_numpy("float64", na_value=np.nan)
    return float(np.nansum(values * area.cell_weights(cells)))


def require_people(cells: pd.DataFrame, area: Area, *, minimum: int = MINIMUM_POPULATION) -> None:
    """Refuse an area with fewer people than `minimum`: ParameterError."""
    if people_of(cells, area) < minimum:
        raise ParameterError("quarter.few_people", minimum=minimum)


def inputs_with(inputs: GapInputs, area: Area) -> GapInputs:
    """Return the inputs of a gap analysis in which an own Quartier stands as a district of its own.

    Its cells (those it covers by half at least) and places are taken out of their districts; its id is
    `geo.profile.AREA_IN_GAPS`. Only its own row of a result means anything; those of districts lack what it took.
    """
    mine = area.cell_weights(inputs.cells) >= 0.5  # noqa: PLR2004 -- a cell belongs to one area: by half or more
    cells = inputs.cells.assign(district_id=inputs.cells["district_id"].mask(mine, AREA_IN_GAPS))
    points = shapely.points(inputs.place_xy)
    inside = area.holds(points, inputs.places["district_id"])
    places = inputs.places.assign(district_id=inputs.places["district_id"].mask(inside, AREA_IN_GAPS))
    row = {"district_id": AREA_IN_GAPS, "name": area.name, "borough_id": 0, "borough": area.borough}
    districts = pd.concat([inputs.districts, pd.DataFrame([row])], ignore_index=True)
    statements = pd.concat([inputs.statements, _statements(inputs, area)], ignore_index=True)
    return replace(inputs, cells=cells, places=places, districts=districts, statements=statements)


def _statements(inputs: GapInputs, area: Area) -> pd.DataFrame:
    """Return what the inventories of its districts come to for an own Quartier, one row per kind.

    Of a drawn one a complete inventory is only partial where a place of the kind, of unknown position, may be inside.
    """
    pairs = [pair for pair in inputs.district_ids if pair[0] in area.district_ids]
    near = inputs.places["district_id"].isin(list(area.district_ids)).to_numpy() & ~inputs.located & (not area.whole)
    maybe = set(inputs.offers.loc[inputs.offers["place"].isin(np.flatnonzero(near)), "kind"])
    rows = []
    for kind in inputs.kind_names:
        said = combined(inventory_of_districts(inputs.statements_of(kind), pairs))
        partly = kind in maybe and said.state is Inventory.COMPLETE
        state = Inventory.PARTIAL if partly else said.state
        rows.append((kind, "district", str(AREA_IN_GAPS), str(state), said.date))
    return pd.DataFrame(rows, columns=["facility_kind", "area_level", "area_id", "state", "reference_date"])


def geojson_of(polygon: Any) -> str:
    """Return a polygon in degrees as GeoJSON text to keep; coordinates rounded to about 10 cm."""
    rounded = shapely.set_precision(polygon, _STEP_DEGREES)
    text: str = shapely.to_geojson(shapely.orient_polygons(rounded))
    return text


def _members(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise GeometryError("quarter.not_geojson", reason=str(error)) from error
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "FeatureCollection":
        features = found.get("features")
        return [each.get("geometry") if isinstance(each, dict) else None for each in features or ()]
    return [found.get("geometry")] if kind == "Feature" else [found]


def _shape(member: Any) -> Any:
    from shapely.geometry import shape

    try:
        geometry = shapely.force_2d(shape(member))
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise GeometryError("quarter.not_geojson", reason=f"{type(error).__name__} {error}") from error
    if geometry.is_empty:
        raise GeometryError("quarter.not_geojson", reason="empty geometry")
    _require_simple(geometry)
    return geometry


def _require_simple(geometry: Any) -> None:
    count = int(shapely.get_num_coordinates(geometry))
    if count > _MOST_POINTS:
        raise GeometryError("quarter.many_points", value=count, most=_MOST_POINTS)
    flat = shapely.get_coordinates(geometry)
    if not (np.isfinite(flat).all() and (np.abs(flat) <= [180.0, 90.0]).all()):
        raise GeometryError("quarter.not_degrees")
    if geometry.geom_type in _POLYGONS and not shapely.is_valid(geometry):
        raise GeometryError("quarter.crossing", reason=shapely.is_valid_reason(geometry))


def _to_metres(degrees: Any) -> Any:
    flat = shapely.get_coordinates(degrees)
    x, y = lonlat_to_xy(flat[:, 0], flat[:, 1])
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise GeometryError("quarter.outside", share=0.0)
    return shapely.set_coordinates(degrees, np.column_stack([x, y]))
