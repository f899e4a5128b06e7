"""Boundaries of Stadtteile and Stadtbezirke: sent to the browser once, used by every area layer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.errors import ParameterError
from layers.assets import publish
from layers.geometry import area_polygons, label_points, polygon_steps

if TYPE_CHECKING:
    import geopandas as gpd

LEVELS: Final = ("district", "borough")


@dataclass(frozen=True)
class Boundaries:
    """The published geometry of a city's areas.

    Attributes
    ----------
    url
        Address of the geometry for the map's frame.
    district_ids, borough_ids
        Ids in the order of the published file.
    bounds
        (south, west, north, east) in degrees.
    """

    url: str
    district_ids: tuple[int, ...]
    borough_ids: tuple[int, ...]
    bounds: tuple[float, float, float, float]

    def ids(self, level: str) -> tuple[int, ...]:
        """Return the ids of ``"district"`` or ``"borough"``; ParameterError for another level."""
        if level not in LEVELS:
            raise ParameterError("parameter.unknown_value", name="level", value=level, allowed=", ".join(LEVELS))
        return self.district_ids if level == "district" else self.borough_ids


def publish_boundaries(districts: gpd.GeoDataFrame, boroughs: gpd.GeoDataFrame) -> Boundaries:
    """Publish the boundaries and return what the layers need to know of them.

    Parameters
    ----------
    districts
        ``district_id``, ``name``; polygons in EPSG:25832 that tile the city.
    boroughs
        ``borough_id``, ``name``; polygons in EPSG:25832.

    Raises
    ------
    CrsError, GeometryError
        Not in EPSG:25832; a geometry that is no polygon.
    """
    text, bounds = _document(districts, boroughs)
    return Boundaries(
        url=publish("boundaries", text),
        district_ids=tuple(int(each) for each in districts["district_id"]),
        borough_ids=tuple(int(each) for each in boroughs["borough_id"]),
        bounds=bounds,
    )


def _document(districts: gpd.GeoDataFrame, boroughs: gpd.GeoDataFrame) -> tuple[str, tuple[float, float, float, float]]:
    polygons = area_polygons(districts, id_column="district_id", name="districts")
    outer = area_polygons(boroughs, id_column="borough_id", name="boroughs")
    city = shapely.union_all(polygons.to_numpy())
    west, south, east, north = (round(float(each), 5) for each in city.bounds)
    document = {
        "district": _areas(districts, polygons, id_column="district_id"),
        "borough": _areas(boroughs, outer, id_column="borough_id"),
        "city": polygon_steps(city),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")), (south, west, north, east)


def _areas(areas: gpd.GeoDataFrame, polygons: gpd.GeoSeries, *, id_column: str) -> dict[str, Any]:
    return {
        "id": [int(each) for each in areas[id_column]],
        "name": [str(each) for each in areas["name"]],
        "rings": [polygon_steps(geometry) for geometry in polygons],
        "label": label_points(areas),
    }
