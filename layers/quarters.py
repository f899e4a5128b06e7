"""Own Quartiere on the map: dashed outlines with names; one of them may be the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd

from geo.crs import METRIC_CRS
from layers.geometry import area_polygons, label_points, polygon_steps
from layers.maplayer import MapLayer, make_layer

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY: Final = "quarters"


def quarters_layer(
    areas: Mapping[str, tuple[str, Any]],
    *,
    key: str = KEY,
    chosen: str | None = None,
    move_view: bool = False,
    selectable: bool = True,
    named: bool = True,
    filled: bool = True,
) -> MapLayer:
    """Return areas by their id: a click on one is reported as layer ``quarter`` with it.

    Parameters
    ----------
    areas
        Name and polygon (EPSG:25832) by id.
    key
        Name of the layer.
    chosen
        Id of the one that stands out; None = none does.
    move_view
        Move the view to the chosen one, or to all.
    selectable, named, filled
        Whether clicks are reported, the names are written on the map, the areas are tinted: not over colours that say
        something.

    Raises
    ------
    GeometryError
        A geometry that is no valid polygon.
    """
    frame = gpd.GeoDataFrame({"id": list(areas)}, geometry=[polygon for _, polygon in areas.values()], crs=METRIC_CRS)
    data = {
        "ids": list(areas),
        "names": [name for name, _ in areas.values()],
        "rings": [polygon_steps(each) for each in area_polygons(frame, id_column="id", name=key)],
        "labels": [[lon, lat] for lon, lat, _ in label_points(frame)],
        "chosen": chosen,
        "moveView": move_view,
        "selectable": selectable,
        "named": named,
        "filled": filled,
    }
    return make_layer(key, "quarters", data, count=len(areas))
