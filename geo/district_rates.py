"""Rates of districts made from the population cells: sums over sums, with the range that secrecy leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from geo.access import UNKNOWN_MAX, ratio
from geo.aggregate import group_sum
from geo.errors import ParameterError

if TYPE_CHECKING:
    from geo.inputs import GapInputs
    from geo.network import FloatArray, IntArray

WIDEST_RANGE: Final = 2.0
"""A rate whose highest possible value is more than this times its lowest is unknown."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of a district: per × Σ count / Σ base over its cells.

    Attributes
    ----------
    count, base
        Columns of ``population_cells``.
    per
        100 for a share in per cent or a number per 100, 1 for a mean.
    unit
        ``%``, ``per 100 dwellings`` or ``m² per dwelling``.
    need_sign
        +1: a higher rate is read as more need, −1 as less. A proposal: users decide by the weights what counts.
    secret
        Whether an empty count means 0 to 2; else cells without a count are left out of both sums.
    dated_by
        Indicator of the package whose date and source are those of the count; None = the estimate of
        ``population_cells`` itself.
    """

    count: str
    base: str
    per: float
    unit: str
    need_sign: int
    secret: bool
    dated_by: str | None


def _per_dwelling(count: str, need_sign: int = 1) -> Rate:
    return Rate(count, "dwellings", 100.0, "per 100 dwellings", need_sign, secret=True, dated_by=f"census_2011_{count}")


RATES: Final = MappingProxyType(
    {
        "rate_under_18": Rate("under_18", "population", 100.0, "%", 1, secret=False, dated_by=None),
        "rate_age_65_plus": Rate("age_65_plus", "population", 100.0, "%", 1, secret=False, dated_by=None),
        "rate_floor_area": Rate(
            "floor_area_m2", "dwellings", 1.0, "m² per dwelling", -1, secret=False, dated_by="census_2011_dwellings"
        ),
        "rate_under_10": _per_dwelling("under_10"),
        "rate_age_80_plus": _per_dwelling("age_80_plus"),
        "rate_seniors_only": _per_dwelling("households_seniors_only"),
        "rate_single_parent": _per_dwelling("households_single_parent"),
        "rate_widowed": _per_dwelling("widowed"),
        "rate_foreigners": _per_dwelling("foreigners"),
        "rate_municipal": _per_dwelling("dwellings_municipal"),
    }
)
"""The rates every package with such cells allows, by their name."""


def district_rate(inputs: GapInputs, name: str) -> pd.DataFrame:
    """Return one rate of every district.

    Parameters
    ----------
    inputs
        From `geo.inputs.load_inputs`.
    name
        One of `RATES`.

    Returns
    -------
    pandas.DataFrame
        Index: district id, ascending. ``value`` (in the unit of the rate), ``low`` and ``high``: the
        rate with 0 and with 2 in every secret cell; the value is the middle of both, each secret
        cell counted as 1. NaN in all three: no base, or ``high`` is more than `WIDEST_RANGE` times ``low``.
        Without secret cells all three are the same.

    Raises
    ------
    ParameterError
        An unknown rate.
    """
    if name not in RATES:
        raise ParameterError("parameter.unknown_value", name="rate", value=name, allowed=", ".join(RATES))
    rate = RATES[name]
    ids = inputs.districts["district_id"].to_numpy("int64")
    district = inputs.cells["district_id"].to_numpy("float64", na_value=np.nan)
    group = np.where(np.isin(district, ids), np.searchsorted(ids, np.nan_to_num(district, nan=-1.0)), -1)
    count = inputs.cells[rate.count].to_numpy("float64", na_value=np.nan)
    base = inputs.cells[rate.base].to_numpy("float64", na_value=np.nan)
    low, high = _bounds(rate, count, base, group, len(ids))
    unknown = ~(high <= WIDEST_RANGE * low)
    columns = {"value": (low + high) / 2.0, "low": low, "high": high}
    frame = pd.DataFrame(columns, index=pd.Index(ids, name="district_id"))
    frame.loc[unknown] = np.nan
    return frame


def _bounds(rate: Rate, count: FloatArray, base: FloatArray, group: IntArray, n: int) -> tuple[FloatArray, FloatArray]:
    has_base = ~np.isnan(base)
    if not rate.secret:
        both = np.where(has_base & ~np.isnan(count), group, -1)
        found = rate.per * ratio(group_sum(count, both, n), group_sum(base, both, n))
        return found, found
    inside = np.where(has_base, group, -1)
    total = group_sum(base, inside, n)
    published = group_sum(count, inside, n)
    hidden = group_sum(np.isnan(count).astype("float64"), inside, n)
    return rate.per * ratio(published, total), rate.per * ratio(published + UNKNOWN_MAX * hidden, total)
