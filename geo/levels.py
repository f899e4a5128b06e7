"""Districts, boroughs and the city: one list of areas, each a group of districts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.aggregate import group_sum
from geo.network import FloatArray, IntArray

LevelName = Literal["district", "borough", "city"]

CITY_ID: Final = 0
"""Id of the whole city in result tables."""

Columns = dict[str, npt.NDArray[np.generic]]
"""Columns of a table under construction: name → one value per area."""


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """All areas a result speaks about: districts by id, then boroughs by id, then the city.

    Attributes
    ----------
    level, ids, names
        Level, official number (the city has `CITY_ID`) and name of each area.
    district, area
        Membership: district number (0 … in order of id) and area number, pair by pair.
    n_districts
        Number of districts.
    """

    level: list[LevelName]
    ids: list[int]
    names: list[str]
    district: IntArray
    area: IntArray
    n_districts: int

    def __len__(self) -> int:
        return len(self.ids)

    def from_districts(self, values: FloatArray) -> FloatArray:
        """Return the sum over the districts of each area."""
        return group_sum(values[self.district], self.area, len(self))

    def members(self, district: IntArray) -> tuple[IntArray, IntArray]:
        """Return every membership of items that lie in districts.

        Parameters
        ----------
        district
            District number of each item, -1 = in none (then it is in no area at all).

        Returns
        -------
        tuple
            Item number and area number of each membership: three for each item inside.
        """
        inside = np.flatnonzero(district >= 0)
        order = np.argsort(self.district, kind="stable")
        areas = self.area[order].reshape(self.n_districts, -1) if self.n_districts else self.area[:0, None]
        width = areas.shape[1] if self.n_districts else 0
        return np.repeat(inside, width), areas[district[inside]].ravel()


def areas_of(districts: pd.DataFrame) -> Areas:
    """Return the areas of a district table (ordered by ``district_id``)."""
    ids = [int(number) for number in districts["district_id"]]
    boroughs = districts.drop_duplicates("borough_id").sort_values("borough_id")
    borough_ids = boroughs["borough_id"].to_numpy("int64")
    n, m = len(ids), len(borough_ids)
    own = np.arange(n)
    borough = n + np.searchsorted(borough_ids, districts["borough_id"].to_numpy("int64"))
    levels: list[LevelName] = ["district"] * n
    levels += ["borough"] * m
    levels += ["city"]
    return Areas(
        levels,
        [*ids, *(int(number) for number in borough_ids), CITY_ID],
        [*map(str, districts["name"]), *map(str, boroughs["borough"]), "Hannover"],
        np.tile(own, 3),
        np.concatenate([own, borough, np.full(n, n + m)]),
        n,
    )


def district_number(districts: pd.DataFrame, district_id: pd.Series[int]) -> IntArray:
    """Return the number (0 …) of each district id, -1 for NA and for ids that are no district."""
    ids = districts["district_id"].to_numpy("int64")
    wanted = district_id.to_numpy("float64", na_value=np.nan)
    if len(ids) == 0:
        return np.full(len(wanted), -1, dtype=np.int64)
    at = np.clip(np.searchsorted(ids, np.nan_to_num(wanted, nan=-1.0)), 0, len(ids) - 1)
    number: IntArray = np.where(ids[at] == wanted, at, -1)
    return number
