"""People per 100 m cell: census totals of the 1 km squares spread by floor area, scaled to 2024.

1. Each square's people of 9 May 2011 go to its 100 m cells in proportion to living space; no cell
   gets fewer people than its published groups need (`_least_people`).
2. Cells with their centre in the city stay. Each Stadtteil is scaled to its figure of 31 December
   2024; first these figures are made to sum to the units of the forecast they were split from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scripts.datapackage.raw import RawDataError, read_table, required_number
from scripts.datapackage.spread import spread

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

BASE_FILE, UNITS_FILE = "stadtteile_base.csv", "prognosebezirke_2024_2034.csv"


def population_2011(cells: gpd.GeoDataFrame, squares: pd.DataFrame) -> pd.Series[float]:
    """Return people of 2011 per cell (index of `cells`), 0 where the square's total is unknown."""
    weights = cells["floor_area_m2"].fillna(0).to_numpy()
    least = _least_people(cells)
    unbounded = np.full(len(cells), np.inf)
    return _by_square(cells, squares["population"], weights, least, unbounded)


def _by_square(
    cells: gpd.GeoDataFrame,
    totals: pd.Series[float],
    weights: np.ndarray,
    lower: np.ndarray,
    upper: np.ndarray,
) -> pd.Series[float]:
    values = np.zeros(len(cells))
    for square, rows in cells.groupby("square").indices.items():
        total = totals.get(square, np.nan)
        if total > 0:
            values[rows] = spread(float(total), weights[rows], lower[rows], upper[rows])
    return pd.Series(values, index=cells.index)


spread_by_square = _by_square


def _least_people(cells: gpd.GeoDataFrame) -> np.ndarray:
    """Return the people a cell must hold for its published groups; unknown groups count 0."""
    known = cells.drop(columns="geometry").select_dtypes("number").fillna(0)
    bounds = [
        known["under_10"] + known["age_80_plus"],
        known["foreigners"],
        known["born_eu27"] + known["born_other_europe"] + known["born_other_world"],
        known["widowed"],
        known["households_seniors_only"] + 2 * known["households_seniors_and_younger"],
        2 * known["households_single_parent"],
        2 * known["families_single_parent_under_18"] + 3 * known["families_couple_under_18"],
    ]
    least: np.ndarray = np.maximum.reduce([bound.to_numpy() for bound in bounds])
    return least


def population_2024(people_2011: pd.Series[float], district: pd.Series[int], raw: Path) -> pd.Series[float]:
    """Return people of 31 December 2024 per cell; NaN outside the city."""
    targets = district_targets(raw)
    modelled = people_2011.groupby(district).sum()
    empty = sorted(set(targets.index) - set(modelled.index[modelled > 0]))
    if empty:
        raise RawDataError(f"No census people in the Stadtteile {empty}: cannot scale them to 2024.")
    factor = targets / modelled
    return people_2011 * district.map(factor).astype("float64")


def district_targets(raw: Path) -> pd.Series[float]:
    """Return people per Stadtteil on 31 December 2024, index = number, sum = the city's total.

    The figures of the Stadtteile are scaled to the total of the forecast unit they were split from
    (column `forecast_unit`): they differ from it by rounding only.
    """
    columns = ["stadtteil_nr", "stadtteil", "forecast_unit", "pop_2024_12_31"]
    rows = {row["stadtteil"]: row for row in read_table(raw, BASE_FILE, columns)}
    totals = _unit_totals(raw, {name: row["forecast_unit"] for name, row in rows.items()})
    stated = pd.Series({name: required_number(row, "pop_2024_12_31", name=BASE_FILE) for name, row in rows.items()})
    unit = pd.Series({name: row["forecast_unit"] for name, row in rows.items()})
    targets = stated * unit.map(totals) / stated.groupby(unit).transform("sum")
    if targets.isna().any():
        raise RawDataError(f"Raw file {UNITS_FILE!r} has no people for {sorted(targets.index[targets.isna()])}.")
    targets.index = pd.Index([int(rows[name]["stadtteil_nr"]) for name in targets.index])
    return targets.sort_index()


def _unit_totals(raw: Path, unit_of: dict[str, str]) -> dict[str, float]:
    """Return people per unit of `unit_of` (Stadtteil → unit): sums of the forecast's own units in it."""
    totals: dict[str, float] = {}
    for row in read_table(raw, UNITS_FILE, ["unit", "pop_2024", "stadtteile"]):
        members = row["stadtteile"].split("|")
        units = {unit_of.get(member, "") for member in members}
        if "" in units or len(units) > 1:
            raise RawDataError(
                f"Raw file {UNITS_FILE!r}, unit {row['unit']}: {members} are not Stadtteile of one unit of "
                f"{BASE_FILE!r}. Correct the names or the column 'forecast_unit'."
            )
        unit = units.pop()
        totals[unit] = totals.get(unit, 0.0) + required_number(row, "pop_2024", name=UNITS_FILE)
    return totals
