"""The facts of one district: people with bounds, indicators by level, places by kind, actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.actors import actors
from geo.catalogue import Load, loader
from geo.dates import age_key
from geo.errors import ParameterError
from geo.inventory import inventory_of_districts
from geo.joins import table_or_empty, with_item
from geo.places import places
from geo.schema import Column, load_schema

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.sources import Package

_LEVELS: Final = ("district", "stat_unit", "borough", "city")
_NOT_COUNTS: Final = frozenset({"x", "y"})


@dataclass(frozen=True, eq=False)
class DistrictFacts:
    """What the package says about one district.

    Attributes
    ----------
    district_id, name, borough_id, borough, area_m2
        The district and its area in square metres.
    population
        One row per count of ``population_cells`` (index: its column name): ``unit``; ``known`` (sum of
        the known cells); ``cells``; ``unknown_cells``; ``low`` and ``high``, between which the true
        sum lies: a secret census count is 0 to 2, an estimate that could not be made is anything up
        to the people of the cell. NaN = nothing to say.
    indicators
        Rows of ``indicators`` for the district, its merged statistical unit, its borough and the city,
        ordered by indicator, level and date (newest first); ``is_own`` = a true value of the district.
    kinds
        One row per kind of the catalogue: ``kind``, ``known`` (places known here), ``located`` (those
        with a coordinate), ``inventory_state`` and ``inventory_date``. 0 known means "none" only
        where the state is ``complete``.
    places, actors
        Rows of `geo.places.places` in the district, and of `geo.actors.actors` that are here or
        name it as their working area.
    """

    district_id: int
    name: str
    borough_id: int
    borough: str
    area_m2: float
    population: pd.DataFrame
    indicators: pd.DataFrame
    kinds: pd.DataFrame
    places: gpd.GeoDataFrame
    actors: gpd.GeoDataFrame


def district_facts(package: Package, district_id: int, *, load: Load | None = None) -> DistrictFacts:
    """Return the facts of the district with the official number `district_id`.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    district_id
        Number in ``districts``.
    load
        Gives the frames of resources instead of reading the files again.

    Raises
    ------
    ParameterError
        There is no such district.
    QuartierError
        ``districts``, ``locations`` or ``organizations`` is missing or broken.
    """
    load = load or loader(package)
    districts = load("districts")
    here = districts[districts["district_id"] == district_id]
    if here.empty:
        allowed = ", ".join(map(str, districts["district_id"]))
        raise ParameterError("parameter.unknown_value", name="district_id", value=district_id, allowed=allowed)
    area = here.iloc[0]
    located = places(package, load=load)
    mine = located[(located["district_id"] == district_id).fillna(value=False).astype(bool)]
    return DistrictFacts(
        district_id=district_id,
        name=str(area["name"]),
        borough_id=int(area["borough_id"]),
        borough=str(area["borough"]),
        area_m2=float(area["area_m2"]),
        population=_population(load, district_id),
        indicators=_indicators(load, district_id, int(area["borough_id"])),
        kinds=_kinds(load, mine, (district_id, int(area["borough_id"]))),
        places=mine,
        actors=_actors(package, load, district_id),
    )


def _population(load: Load, district_id: int) -> pd.DataFrame:
    cells = table_or_empty(load, "population_cells")
    mine = cells[cells["district_id"] == district_id]
    columns = [
        column
        for column in load_schema("population_cells").table_columns
        if column.unit and column.name not in _NOT_COUNTS
    ]
    people = _values(mine["population"])
    rows = [_count(_values(mine[column.name]), people, column, known=len(cells) > 0) for column in columns]
    return pd.DataFrame(rows, index=pd.Index([column.name for column in columns], name="column"))


def _count(
    values: np.ndarray[Any, Any], people: np.ndarray[Any, Any], column: Column, *, known: bool
) -> dict[str, Any]:
    unknown = np.isnan(values)
    total = float(np.nansum(values)) if known else np.nan
    if column.type == "integer" and column.minimum:
        most = float(unknown.sum()) * (column.minimum - 1)  # published from the minimum on
    elif column.unit == load_schema("population_cells").column("population").unit:
        most = float(people[unknown].sum())
    else:
        most = 0.0 if not unknown.any() else np.nan
    return {
        "unit": column.unit,
        "known": total,
        "cells": len(values),
        "unknown_cells": int(unknown.sum()),
        "low": total,
        "high": total + most,
    }


def _values(column: pd.Series[Any]) -> np.ndarray[Any, Any]:
    return column.to_numpy(dtype="float64", na_value=np.nan)


def _indicators(load: Load, district_id: int, borough_id: int) -> pd.DataFrame:
    table = table_or_empty(load, "indicators")
    levels, ids = table["area_level"], table["area_id"]
    in_unit = pd.Series([str(district_id) in str(text).split("/") for text in ids], index=ids.index, dtype="bool")
    mine = (
        ((levels == "district") & (ids == str(district_id)))
        | ((levels == "stat_unit") & in_unit)
        | ((levels == "borough") & (ids == str(borough_id)))
        | (levels == "city")
    )
    found = table[mine].assign(is_own=(levels == "district") & (table["value_level"] == "district"))
    keys = pd.DataFrame(
        {
            "indicator": found["indicator"],
            "level": found["area_level"].map(_LEVELS.index).astype("int64"),
            "age": [age_key(text) for text in found["reference_date"]],
        },
        index=found.index,
    )
    order = keys.sort_values(["indicator", "level", "age"], kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _kinds(load: Load, mine: gpd.GeoDataFrame, area: tuple[int, int]) -> pd.DataFrame:
    statements: list[Any] = table_or_empty(load, "inventory_statements").to_dict("records")
    rows = []
    for kind in table_or_empty(load, "facility_kinds")["kind"]:
        of_kind = mine[with_item(mine["kinds"], kind)]
        said = [row for row in statements if row["facility_kind"] == kind]
        statement = inventory_of_districts(said, [area])[0]
        rows.append((kind, len(of_kind), int(of_kind.geometry.notna().sum()), str(statement.state), statement.date))
    return pd.DataFrame(rows, columns=["kind", "known", "located", "inventory_state", "inventory_date"])


def _actors(package: Package, load: Load, district_id: int) -> gpd.GeoDataFrame:
    found = actors(package, load=load)
    is_here = (found["district_id"] == district_id).fillna(value=False).astype(bool)
    return found[is_here | with_item(found["district_ids"], str(district_id))]
