"""Figures of an area with date, level and source: reported ones, and rates made from the population cells.

A reported figure is the one of the area itself where there is one; else that of the next larger area,
and its level says so. A mean of rates is never made: rates of joined areas come from sums alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.access import UNKNOWN_MAX
from geo.dates import age_key
from geo.district_rates import RATES, WIDEST_RANGE, Rate
from geo.indicator_values import Indicators, indicators_of
from geo.network import FloatArray

if TYPE_CHECKING:
    from geo.area import Area
    from geo.catalogue import Load

REPORTED: Final = (
    "under_18_share", "age_60_plus_share", "mean_age", "migration_background_share", "foreigners_share",
    "one_person_households_share", "household_size", "living_space_per_person", "transfer_share", "child_poverty_share",
    "unemployed_share",
)  # fmt: skip
"""Reported figures of a profile, in their order; the package may know none of them."""

GROUPS: Final = {
    "age": ("rate_under_18", "rate_age_65_plus", "rate_under_10", "rate_age_80_plus", "mean_age"),
    "household": (
        "rate_seniors_only", "rate_single_parent", "one_person_households_share", "household_size", "rate_floor_area",
        "living_space_per_person", "rate_municipal",
    ),
    "origin": ("migration_background_share", "foreigners_share", "rate_foreigners"),
    "situation": ("transfer_share", "child_poverty_share", "unemployed_share"),
}  # fmt: skip

_OWN: Final = frozenset({"district", "estimate", "stat_unit"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an area.

    Attributes
    ----------
    code, unit
        What; the unit of the package or of `geo.district_rates.RATES`.
    value, low, high
        NaN = unknown; `low` and `high` are the bounds that secrecy leaves open.
    date, source
        As the package states them; None = not stated.
    level
        Level of the value: ``district``, ``stat_unit``, ``residual_of_borough``, ``borough``, ``city``,
        or ``estimate`` for what is computed from cells.
    level_name
        Name of the area the value is of.
    own
        Whether it is a value of the area itself.
    """

    code: str
    unit: str
    value: float
    low: float
    high: float
    date: str | None
    level: str
    level_name: str
    source: str | None
    own: bool


def population(load: Load, cells: pd.DataFrame, area: Area, *, known: Indicators | None = None) -> Figure:
    """Return the newest number of people: reported for the area, else the sum of its cells (estimate)."""
    known = known or indicators_of(load)
    found = reported(load, "population", area, known=known)
    if found is not None and found.own:
        return found
    return cell_count(load, cells, area, "population", "persons", known=known)


def cell_count(
    load: Load, cells: pd.DataFrame, area: Area, column: str, unit: str, *, known: Indicators | None = None
) -> Figure:
    """Return the sum of a column of the cells over an area; secret cells leave a range of 0 to 2 each.

    NaN where figures of the area are withheld.
    """
    weights = area.cell_weights(cells)
    values = cells[column].to_numpy("float64", na_value=np.nan)
    low = np.nan if area.withheld else float(np.nansum(values * weights))
    high = low + UNKNOWN_MAX * float(weights[np.isnan(values)].sum())
    resource = (known or indicators_of(load)).population_date
    return Figure(
        column, unit, (low + high) / 2.0, low, high, resource, "estimate", area.name, "population_cells", own=True
    )


def cell_rate(load: Load, cells: pd.DataFrame, area: Area, name: str, *, known: Indicators | None = None) -> Figure:
    """Return one of `geo.district_rates.RATES` for an area: weighted sums over weighted sums of its cells."""
    rate = RATES[name]
    weights = area.cell_weights(cells)
    low, high = _bounds(rate, cells, weights)
    if not high <= WIDEST_RANGE * low:
        low = high = np.nan
    date, source = _dated(known or indicators_of(load), rate)
    return Figure(name, rate.unit, (low + high) / 2.0, low, high, date, "estimate", area.name, source, own=True)


def _bounds(rate: Rate, cells: pd.DataFrame, weights: FloatArray) -> tuple[float, float]:
    count = cells[rate.count].to_numpy("float64", na_value=np.nan)
    base = cells[rate.base].to_numpy("float64", na_value=np.nan)
    used = weights * ~np.isnan(base)
    if not rate.secret:
        used = used * ~np.isnan(count)
    total = float(np.nansum(base * used))
    if total <= 0.0:
        return np.nan, np.nan
    published = float(np.nansum(count * used))
    hidden = UNKNOWN_MAX * float(used[np.isnan(count)].sum()) if rate.secret else 0.0
    return rate.per * published / total, rate.per * (published + hidden) / total


def reported(load: Load, code: str, area: Area, *, known: Indicators | None = None) -> Figure | None:
    """Return the reported figure of an area, or of the smallest area around it that has one; None = nobody has.

    `known` are the indicators of `load`, where the caller has them already; likewise in the other functions here.
    """
    rows = (known or indicators_of(load)).values(code)
    for level, level_id in _around(area):
        mine = [row for row in rows if row["area_level"] == level and _is_of(row, level, level_id)]
        if mine:
            return _figure(mine, code, area)
    return None


def _is_of(row: dict[str, Any], level: str, level_id: str) -> bool:
    if level == "stat_unit":
        return level_id in str(row["area_id"]).split("/")
    if level == "district" and row["value_level"] not in _OWN | {"residual_of_borough"}:
        return False
    return level == "city" or row["area_id"] == level_id


def _around(area: Area) -> list[tuple[str, str]]:
    """Return the areas whose figure can stand for this one, the smallest first."""
    own: list[tuple[str, str]] = []
    if area.level == "district" or (area.whole and len(area.district_ids) == 1):
        number = str(area.district_ids[0])
        own = [("district", number), ("stat_unit", number)]
    if area.level != "city" and len(area.borough_ids) == 1:
        own.append(("borough", str(area.borough_ids[0])))
    return [*own, ("city", "")]


def _figure(rows: list[dict[str, Any]], code: str, area: Area) -> Figure:
    row = min(rows, key=lambda row: (row["value_level"] == "residual_of_borough", age_key(row["reference_date"])))
    value, level = float(row["value"]), str(row["value_level"])
    own = row["area_level"] == area.level and level in {area.level, "estimate"}
    name = _name(row, level, area)
    date = row["reference_date"] if isinstance(row["reference_date"], str) else None
    source = row["source"] if isinstance(row["source"], str) else None
    return Figure(code, str(row["unit"]), value, np.nan, np.nan, date, level, name, source, own=bool(own))


def _name(row: dict[str, Any], level: str, area: Area) -> str:
    return area.borough if level == "borough" and area.borough else str(row["area_name"])


def figures(load: Load, cells: pd.DataFrame, area: Area, *, known: Indicators | None = None) -> list[Figure]:
    """Return the figures of `GROUPS` that somebody knows, in their order; a missing one is not in the list."""
    known = known or indicators_of(load)
    defined = set(load("indicator_definitions")["indicator"])
    found: list[Figure | None] = []
    for code in (code for codes in GROUPS.values() for code in codes):
        if code in RATES:
            found.append(cell_rate(load, cells, area, code, known=known))
        elif code in defined:
            found.append(reported(load, code, area, known=known))
    return [one for one in found if one is not None and not np.isnan(one.value)]


def missing(load: Load, found: Sequence[Figure]) -> list[str]:
    """Return the codes of `GROUPS` that the package defines and of which nobody knows a value of the area itself."""
    defined = set(load("indicator_definitions")["indicator"]) | set(RATES)
    own = {figure.code for figure in found if figure.own}
    return [code for codes in GROUPS.values() for code in codes if code in defined and code not in own]


def _dated(known: Indicators, rate: Rate) -> tuple[str | None, str | None]:
    if rate.dated_by is None:
        return known.population_date, "population_cells"
    return known.dated(rate.dated_by)
