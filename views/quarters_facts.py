"""Figures of own Quartiere in the form of `views.facts`: rates from the cells; reported values only where they are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from views import data, facts, quarters_gaps, quarters_model, supply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.gap_settings import GapSettings

COLUMNS = ["value", "low", "high", "reference_date", "value_level", "source"]
POPULATION = "population"


def row(key: str, code: str) -> dict[str, Any]:
    """Return one figure of a Quartier as a row of `views.facts.Fact.by_district`; NaN = no value of its own."""
    return data.kept("quarter_fact", key, code, make=lambda: _row(key, code))


def _row(key: str, code: str) -> dict[str, Any]:
    from geo.district_rates import RATES
    from geo.figures import cell_rate, population, reported

    area, cells = quarters_model.area(key), data.gap_inputs().cells
    if code in RATES:
        found = cell_rate(data.frame, cells, area, code)
    elif code == POPULATION:
        found = population(data.frame, cells, area)
    else:
        found = reported(data.frame, code, area)
        if found is not None and found.level not in {"district", "estimate"}:
            found = None
    if found is None:
        return dict.fromkeys(COLUMNS[:3], float("nan")) | dict.fromkeys(COLUMNS[3:])
    values = (found.value, found.low, found.high, found.date, found.level, found.source)
    return dict(zip(COLUMNS, values, strict=True))


def rows(code: str, keys: Iterable[str]) -> pd.DataFrame:
    """Return one figure of several Quartiere by their id."""
    return pd.DataFrame({key: row(key, code) for key in keys}, index=COLUMNS).T.astype(
        {"value": "float64", "low": "float64", "high": "float64"}
    )


def with_quarters(code: str, keys: Iterable[str]) -> pd.DataFrame:
    """Return a figure of all districts and of some Quartiere, by number and by id."""
    own = list(keys)
    by_district = facts.fact(code).by_district
    if not own:
        return by_district
    together = by_district[COLUMNS].astype(dict.fromkeys(COLUMNS[3:], "object"))
    return pd.concat([together.set_axis(together.index.astype("object")), rows(code, own)])


def supplied(keys: Iterable[str], kind: str, measure: str, settings: GapSettings) -> dict[str, float]:
    """Return a measure of `views.supply` for Quartiere by their id; NaN = unknown."""
    column = supply.MEASURES[measure][0]
    found = {key: float(quarters_gaps.row(key, kind, settings)[column]) for key in keys}
    return {key: 1.0 - value for key, value in found.items()} if measure == "within" else found
