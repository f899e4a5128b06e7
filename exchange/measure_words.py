"""How the measures of the gap analysis are written: decimals, units, words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exchange.wording import is_unknown

if TYPE_CHECKING:
    from exchange.wording import Texts

SHARES = {"share_beyond", "coverage", "draws_gap", "share_beyond_low", "share_beyond_high"}
METRES = {"mean_nearest_m", "median_nearest_m", "mean_third_m", "median_third_m", "mean_to_street_m"}
COUNTS = {"places_known", "places_unlocated", "places_approximate", "places_unreached", "target_population"}


def digits(measure: str) -> int:
    """Return how many decimals a measure is written with."""
    return 0 if measure in SHARES | METRES | COUNTS else 2


def factor(measure: str) -> float:
    """Return what a measure is multiplied with before it is written: shares become per cent."""
    return 100.0 if measure in SHARES else 1.0


def unit(measure: str) -> str:
    """Return the unit of a legend's numbers in brackets, empty where there is none."""
    if measure in SHARES:
        return " (%)"
    return " (m)" if measure in METRES else ""


def cell(t: Texts, measure: str, value: Any) -> str:
    """Write one value with its unit; unknown is a word."""
    if measure == "verdict":
        return t(f"verdict.{value}")
    if is_unknown(value):
        return t("common.unknown")
    if measure in SHARES:
        return t.percent(float(value))
    if measure in METRES:
        return t.distance(float(value))
    return t.number(float(value), digits=digits(measure))


def drawn(t: Texts, row: Any, measure: str) -> str:
    """Write a measure as it comes out when places of unknown position are spread at random; empty if it is the same.

    ``measure`` is ``share_beyond`` or ``coverage``; ``row`` has it and the bounds of the draws (0 to 1; NaN = no draws).
    """
    name = {"share_beyond": "share", "coverage": "coverage"}[measure]
    low, high, known = (row[column] for column in (f"{name}_draws_low", f"{name}_draws_high", measure))
    if is_unknown(low) or is_unknown(high) or (low == high == known):
        return ""
    return (
        t.percent(low)
        if t.percent(low) == t.percent(high)
        else t("gaps.span", low=t.percent(low), high=t.percent(high))
    )
