"""Indicators of districts: the newest own value of each, and which can be shown on a map."""

from __future__ import annotations

import pandas as pd

from geo.own_values import own_values, shown_codes, values_of
from views import data


def indicator_values(code: str) -> pd.DataFrame:
    """Return the newest value of an indicator per district, see `geo.own_values.values_of`."""
    return data.shipped("indicator", code, make=lambda: values_of(_own_values(), code))


def _own_values() -> pd.DataFrame:
    return own_values(data.frame("indicators"))


def indicator_codes() -> list[str]:
    """Return the indicators that can be shown on a map, see `geo.own_values.shown_codes`."""
    return data.shipped("indicator_codes", make=lambda: shown_codes(_own_values(), data.frame("indicator_definitions")))
