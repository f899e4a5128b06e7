"""What can be wrong between areas: overlaps. Single areas are checked when they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.problems import Problem

if TYPE_CHECKING:
    from geo.schema import TableSchema
    from geo.sources import Loaded

OVERLAP_M2: Final = 1.0
"""Smaller overlaps come from rounded coordinates."""


def area_problems(own: Loaded, schema: TableSchema) -> list[Problem]:
    """Return every pair of areas that overlap by more than 1 m², told at the later one."""
    if not schema.has_geometry or not isinstance(own.frame, gpd.GeoDataFrame):
        return []
    areas = own.frame.geometry.to_numpy()
    first, second = shapely.STRtree(areas).query(areas, predicate="intersects")
    pairs = sorted(zip(first[first < second].tolist(), second[first < second].tolist(), strict=True))
    names = own.frame["name"].tolist() if "name" in own.frame.columns else own.rows.tolist()
    problems = []
    for one, other in pairs:
        shared = float(np.nan_to_num(shapely.area(shapely.intersection(areas[one], areas[other]))))
        if shared > OVERLAP_M2:
            details = {"other": str(names[one]), "area_m2": round(shared)}
            problems.append(
                Problem("geometry.overlap", own.file, int(own.rows[other]), None, str(names[other]), details)
            )
    return problems
