"""The area that a profile is about: a district, a borough, the city, or an own Quartier."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import shapely

from geo.catalogue import Load
from geo.crs import require_metric
from geo.errors import ParameterError
from geo.levels import CITY_ID
from geo.network import FloatArray

if TYPE_CHECKING:
    import pandas as pd

AreaLevel = Literal["district", "borough", "city", "quarter"]

CELL_SIDE_M: Final = 100.0
"""Side of a population cell. The grid of EPSG:3035 is turned against EPSG:25832 by less than a degree here."""


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """An area with the districts it is made of or touches.

    Attributes
    ----------
    level, id, name
        What it is; the id of a district or borough is its official number as text, of the city ``"0"``.
    district_ids
        The districts of it; of a drawn Quartier those in which it lies, with however small a part.
    borough_ids
        The boroughs of these districts.
    borough
        Name of the borough where there is only one, else empty.
    whole
        Whether it consists of whole districts.
    geometry
        Polygon in EPSG:25832.
    withheld
        Whether too few people live in it for figures about them: then no cell counts (`geo.quarter.MINIMUM_POPULATION`).
    """

    level: AreaLevel
    id: str
    name: str
    district_ids: tuple[int, ...]
    borough_ids: tuple[int, ...]
    borough: str
    whole: bool
    geometry: Any
    withheld: bool = False

    @property
    def area_m2(self) -> float:
        """Size in square metres."""
        return float(shapely.area(self.geometry))

    def cell_weights(self, cells: pd.DataFrame) -> FloatArray:
        """Return which part of each population cell (columns ``x``, ``y``, ``district_id``) belongs to the area.

        Whole districts: 1 for their own cells, as on every other page. A drawn area: the part of the
        cell's square that it covers. Nothing where figures are withheld.
        """
        if self.withheld:
            return np.zeros(len(cells))
        if self.whole:
            ids = cells["district_id"].to_numpy("float64", na_value=np.nan)
            return np.isin(ids, self.district_ids).astype("float64")
        return _covered(self, _Same(cells))

    def holds(self, points: Any, district_id: pd.Series[Any]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Return which places lie in the area; `points` may be None, then only whole districts can hold them."""
        ids = district_id.to_numpy("float64", na_value=np.nan)
        if self.whole:
            return np.isin(ids, self.district_ids)
        inside: np.ndarray[Any, np.dtype[np.bool_]] = shapely.intersects(
            self.geometry, np.asarray(points, dtype=object)
        )
        return inside


class _Same:
    """A frame as a key: the same object is the same key."""

    __slots__ = ("frame",)

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __hash__(self) -> int:
        return id(self.frame)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.frame is self.frame


@lru_cache(maxsize=16)
def _covered(area: Area, cells: _Same) -> FloatArray:
    """Return the part of each cell's square that a drawn area covers; only squares on its border are cut. Read-only."""
    x, y = cells.frame["x"].to_numpy("float64"), cells.frame["y"].to_numpy("float64")
    half = CELL_SIDE_M / 2.0
    squares = shapely.box(x - half, y - half, x + half, y + half)
    shapely.prepare(area.geometry)
    weights: FloatArray = shapely.covers(area.geometry, squares).astype("float64")
    border = shapely.intersects(area.geometry, squares) & (weights == 0.0)
    cut = shapely.intersection(squares[border], area.geometry)
    weights[border] = np.clip(shapely.area(cut) / CELL_SIDE_M**2, 0.0, 1.0)
    weights.setflags(write=False)
    return weights


def area_of_districts(load: Load, level: AreaLevel, area_id: str, name: str, district_ids: tuple[int, ...]) -> Area:
    """Return the area made of whole districts; ParameterError for none or unknown ones."""
    districts = load("districts")
    require_metric(districts, name="districts")
    mine = districts[districts["district_id"].isin(list(district_ids))]
    if mine.empty or len(mine) != len(set(district_ids)):
        allowed = ", ".join(map(str, districts["district_id"]))
        raise ParameterError("parameter.unknown_value", name="district_id", value=list(district_ids), allowed=allowed)
    boroughs = mine.drop_duplicates("borough_id")
    return Area(
        level,
        area_id,
        name,
        tuple(sorted(int(number) for number in mine["district_id"])),
        tuple(sorted(int(number) for number in boroughs["borough_id"])),
        str(boroughs["borough"].iloc[0]) if len(boroughs) == 1 else "",
        True,
        shapely.union_all(mine["geometry"].to_numpy()),
    )


def named_area(load: Load, level: AreaLevel, area_id: int) -> Area:
    """Return a district, a borough or the city (any id) by its official number.

    Raises
    ------
    ParameterError
        There is no such area.
    """
    districts = load("districts")
    if level == "city":
        everywhere = tuple(int(number) for number in districts["district_id"])
        return area_of_districts(load, level, str(CITY_ID), city_name(load), everywhere)
    column = "borough_id" if level == "borough" else "district_id"
    mine = districts[districts[column] == area_id]
    if mine.empty:
        allowed = ", ".join(map(str, sorted(set(districts[column]))))
        raise ParameterError("parameter.unknown_value", name=column, value=area_id, allowed=allowed)
    name = str(mine["borough" if level == "borough" else "name"].iloc[0])
    return area_of_districts(load, level, str(area_id), name, tuple(int(number) for number in mine["district_id"]))


def city_name(load: Load) -> str:
    """Return the city's name as the indicators write it."""
    rows = load("indicators")
    named = rows.loc[rows["area_level"] == "city", "area_name"].dropna()
    return str(named.iloc[0]) if len(named) else "Hannover"
