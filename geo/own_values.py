"""Indicators of districts: the newest own value of each, and which of them can be shown on a map."""

from __future__ import annotations

from typing import Final

import pandas as pd

OWN_LEVELS: Final = ("district", "estimate")
FEWEST_DISTRICTS: Final = 5


def own_values(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the newest own value of each indicator and district; values of larger areas are not own ones."""
    own = indicators[(indicators["area_level"] == "district") & indicators["value_level"].isin(OWN_LEVELS)]
    return own.sort_values("reference_date", na_position="first").drop_duplicates(["indicator", "area_id"], keep="last")


def values_of(own: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the values of one indicator from `own_values`.

    Index: district id. Columns: ``value``, ``unit``, ``reference_date``, ``value_level``, ``quality``, ``source``.
    """
    newest = own[own["indicator"] == code]
    return newest.assign(district_id=newest["area_id"].astype("int64")).set_index("district_id")[
        ["value", "unit", "reference_date", "value_level", "quality", "source"]
    ]


def shown_codes(own: pd.DataFrame, definitions: pd.DataFrame) -> list[str]:
    """Return the indicators of the catalogue that at least five districts have a value of their own for."""
    known = own.dropna(subset=["value"])["indicator"].value_counts()
    return [code for code in definitions["indicator"] if known.get(code, 0) >= FEWEST_DISTRICTS]
