"""How a map of a gap analysis is cut into classes: quantiles, equal steps, or limits that the standard gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from exchange.measure_words import METRES, SHARES
from geo.verdict import JUDGED, Verdict
from layers.classify import classes
from layers.legend import LegendItem, class_legend
from layers.palette import NO_STATEMENT, Fill, sequential

if TYPE_CHECKING:
    import pandas as pd

    from geo.gaps import GapResult
    from layers.classify import Classes

VERDICT_COLOURS = {Verdict.COVERED: "#d7ecef", Verdict.PARTLY: "#f3c26b", Verdict.GAP: "#b5450f"}
SCALE = "YlGnBu"
SCHEMES = ("usual", "quantiles", "equal", "standard")
SHARE_BREAKS = (0.1, 0.25, 0.5, 0.75)
OF_THRESHOLD = (0.5, 1.0, 1.5, 2.0)
_BEYOND = {"share_beyond", "draws_gap"}


def measured(result: GapResult, measure: str, scheme: str = "usual") -> tuple[Classes, list[str], list[int]]:
    """Return the classes of a measure by district, their colours, and the districts of which nothing can be said.

    ``usual``: fixed shares, else quantiles. ``standard``: see `standard_breaks`; quantiles where the standard gives none.
    """
    rows = result.level("district").set_index("area_id")
    if measure == "verdict":
        return _verdicts(rows)
    values = rows[measure].astype("float64").replace([np.inf, -np.inf], np.nan)
    unsure = (rows["inventory_state"] != "complete").to_numpy()
    found = _cut(values.mask(unsure), standard_breaks(result, measure), measure, scheme)
    silent = rows.index[unsure & values.notna().to_numpy()]
    return found, sequential(SCALE, len(found)), [int(each) for each in silent]


def legend_items(result: GapResult, measure: str, scheme: str = "usual") -> list[LegendItem]:
    """Return the legend of a measure, made from the same classes as the map."""
    found, colours, silent = measured(result, measure, scheme)
    if measure != "verdict":
        return class_legend(found, colours, no_statement=len(silent))
    judged = zip(JUDGED, colours, found.counts, strict=True)
    items = [LegendItem("verdict", Fill(colour), count, label=str(verdict)) for verdict, colour, count in judged]
    if silent:
        items.append(LegendItem("verdict", NO_STATEMENT, len(silent), label=str(Verdict.NO_STATEMENT)))
    rest = found.unknown - len(silent)
    return items + (class_legend(classes([np.nan] * rest), []) if rest else [])


def schemes(result: GapResult, measure: str) -> tuple[str, ...]:
    """Return what can be chosen for a measure; nothing for the verdict, whose classes are its own."""
    if measure == "verdict":
        return ()
    return SCHEMES if standard_breaks(result, measure) else SCHEMES[:-1]


def standard_breaks(result: GapResult, measure: str) -> tuple[float, ...] | None:
    """Return the limits that the standard and the limits of the verdict give for a measure; None = none.

    Walks: the longest walk allowed times 0.5, 1, 1.5 and 2. Shares beyond it: where covered ends and a gap begins, and
    half-way. Coverage and places per 1,000: half of what is asked for, where a gap ends, where covered begins, all of it.
    """
    standard, settings = result.standard, result.settings
    if standard is None:
        return None
    if measure in METRES and standard.threshold_m:
        return tuple(standard.threshold_m * part for part in OF_THRESHOLD)
    if measure in _BEYOND:
        low, high = settings.covered_share, settings.gap_share
        return _ascending(low, (low + high) / 2, high, (high + 1) / 2)
    if measure in {"coverage", "places_per_1000"} and standard.persons_per_unit:
        whole = 1.0 if measure == "coverage" else 1000.0 / standard.persons_per_unit
        parts = ((1 - settings.gap_share) / 2, 1 - settings.gap_share, 1 - settings.covered_share, 1.0)
        return _ascending(*(whole * part for part in parts))
    return None


def _ascending(*limits: float) -> tuple[float, ...]:
    """Leave out doubles: limits of the verdict may be set to 0 or 1."""
    return tuple(np.unique(limits).tolist())


def _cut(known: pd.Series, breaks: tuple[float, ...] | None, measure: str, scheme: str) -> Classes:
    if scheme == "standard" and breaks:
        return classes(known, scheme="breaks", breaks=breaks)
    if scheme == "equal":
        return classes(known, scheme="equal")
    if scheme == "usual" and measure in SHARES:
        return classes(known, scheme="breaks", breaks=SHARE_BREAKS)
    return classes(known)


def _verdicts(rows: pd.DataFrame) -> tuple[Classes, list[str], list[int]]:
    numbers = rows["verdict"].map({str(verdict): at for at, verdict in enumerate(JUDGED)}).astype("float64")
    found = classes(numbers, scheme="breaks", breaks=[0.5, 1.5])
    silent = rows.index[rows["verdict"] == str(Verdict.NO_STATEMENT)]
    return found, [VERDICT_COLOURS[verdict] for verdict in JUDGED], [int(each) for each in silent]
