"""Indicators of districts: the newest own value of each, and which can be shown on a map."""

from __future__ import annotations

import pandas as pd

from views import data

OWN_LEVELS = ("district", "estimate")
FEWEST_DISTRICTS = 5


def indicator_values(code: str) -> pd.DataFrame:
    """Return the newest value of an indicator per district, for districts that have a value of their own.

    Index: district id. Columns: ``value``, ``unit``, ``reference_date``, ``value_level``, ``quality``, ``source``.
    """
    return data.shipped("indicator", code, make=lambda: _indicator_values(code))


def _indicator_values(code: str) -> pd.DataFrame:
    own = _own_values()
    newest = own[own["indicator"] == code]
    return newest.assign(district_id=newest["area_id"].astype("int64")).set_index("district_id")[
        ["value", "unit", "reference_date", "value_level", "quality", "source"]
    ]


def _own_values() -> pd.DataFrame:
    """Return the newest own value of each indicator and district."""
    table = data.frame("indicators")
    own = table[(table["area_level"] == "district") & table["value_level"].isin(OWN_LEVELS)]
    return own.sort_values("reference_date", na_position="first").drop_duplicates(["indicator", "area_id"], keep="last")


def indicator_codes() -> list[str]:
    """Return the indicators that at least five districts have a value of their own for."""
    return data.shipped("indicator_codes", make=_indicator_codes)


def _indicator_codes() -> list[str]:
    known = _own_values().dropna(subset=["value"])["indicator"].value_counts()
    codes = data.frame("indicator_definitions")["indicator"]
    return [code for code in codes if known.get(code, 0) >= FEWEST_DISTRICTS]
