"""Under 18 and 65 and older per cell: estimates from the shares of the 1 km squares.

A square's people of the group go to its cells half by population and half by the published age
group next to it (under 10 for under 18, 80 and older for 65 and older; a secret value counts 1). No
cell gets fewer than that published group and none more than its people. Then the estimate follows
the population of 2024; under 18 is scaled to the city's share, which is known (65 and older is not).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scripts.datapackage.census import neighbours
from scripts.datapackage.population import spread_by_square

if TYPE_CHECKING:
    import geopandas as gpd

SECRET_VALUE = 1.0
"""What a secret value (0 to 2) counts as a weight: its middle."""


@dataclass(frozen=True)
class AgeGroup:
    """An age group to estimate: the share of the square and the published group next to it."""

    share: str
    nearby: str


UNDER_18 = AgeGroup("under_18_share", "under_10")
AGE_65_PLUS = AgeGroup("age_65_plus_share", "age_80_plus")


def age_group_2011(
    cells: gpd.GeoDataFrame, people: pd.Series[float], squares: pd.DataFrame, group: AgeGroup
) -> tuple[pd.Series[float], pd.Series[str]]:
    """Return (people of the group in 2011, quality) per cell.

    quality: "square" (published share of the own square), "neighbours" (mean of the published squares
    around, weighted by people), "none" (then the people are NaN).
    """
    shares, quality = _filled_shares(squares, group.share)
    totals = shares * people.groupby(cells["square"]).sum()
    weights = _weights(cells, people, group.nearby)
    upper = people.to_numpy()
    lower = np.minimum(cells[group.nearby].fillna(0).to_numpy(), upper)
    values = spread_by_square(cells, totals, weights, lower, upper)
    cell_quality = cells["square"].map(quality).fillna("none")
    return values.where(cell_quality != "none"), cell_quality


def _filled_shares(squares: pd.DataFrame, column: str) -> tuple[pd.Series[float], pd.Series[str]]:
    known = squares[column].notna()
    filled = {square: _share_around(squares, str(square), column) for square in squares.index[~known]}
    shares = squares[column].fillna(pd.Series(filled, dtype="float64"))
    quality = np.where(known, "square", np.where(shares.notna(), "neighbours", "none"))
    return shares, pd.Series(quality, index=squares.index, dtype="str")


def _share_around(squares: pd.DataFrame, square: str, column: str) -> float:
    around = squares.loc[squares.index.intersection(neighbours(square))]
    around = around[around[column].notna() & around["population"].notna()]
    if around.empty:
        return float("nan")
    return float(np.average(around[column], weights=around["population"]))


def _weights(cells: gpd.GeoDataFrame, people: pd.Series[float], nearby: str) -> np.ndarray:
    inhabited = (people > 0).astype(float)
    published = cells[nearby].fillna(SECRET_VALUE) * inhabited
    return (_within_square(cells, people) + _within_square(cells, published)).to_numpy()


def _within_square(cells: gpd.GeoDataFrame, values: pd.Series[float]) -> pd.Series[float]:
    sums = values.groupby(cells["square"]).transform("sum")
    return (values / sums.where(sums > 0)).fillna(0.0)


def scaled_to_share(group: pd.Series[float], people: pd.Series[float], share: float) -> pd.Series[float]:
    """Return the group scaled so that it is `share` (0 to 1) of the people where it is known.

    No cell gets more than its people.
    """
    known = group.notna()
    factor = share * people[known].sum() / group.sum()
    return (group * factor).clip(upper=people)
