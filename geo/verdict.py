"""The verdict on an area: covered, partly covered, gap, or why nothing can be said."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np

from geo.gap_settings import GapSettings
from geo.inventory import Inventory
from geo.network import FloatArray


class Verdict(StrEnum):
    """What an analysis says about an area and a kind of facility."""

    COVERED = "covered"
    """At most `covered_share` of the target group is beyond the standard."""
    PARTLY = "partly"
    """More than that, but not more than `gap_share`."""
    GAP = "gap"
    """More than `gap_share` of the target group is beyond the standard (or supply below it)."""
    NO_STATEMENT = "no_statement"
    """Too little is known about the places: an absent place may be an unknown one."""
    NO_TARGET_POPULATION = "no_target_population"
    """Nobody of the target group lives there, or nobody has counted it."""
    NO_STANDARD = "no_standard"
    """There is no standard to judge by."""
    NO_DISTANCE = "no_distance"
    """People live there, but on no street of the graph."""


JUDGED: Final = (Verdict.COVERED, Verdict.PARTLY, Verdict.GAP)
"""Verdicts that compare supply with a standard, best first."""

REASON_KEYS: Final[dict[str, str]] = {
    "gap.reason.none": "The inventory is complete and a standard applies.",
    "gap.reason.inventory_partial": "The inventory is incomplete: {known} known.",
    "gap.reason.inventory_partial_expected": "The inventory is incomplete: {known} of about {expected} known.",
    "gap.reason.inventory_unknown": "Nothing is said about how complete the inventory is: {known} known.",
    "gap.reason.places_not_located": "The exact place of {unlocated} of {known} is not known.",
    "gap.reason.nobody": "Nobody of the target group lives here.",
    "gap.reason.secret": "The number of the target group is kept secret here: at most {most}.",
    "gap.reason.no_count": "There is no count of the target group.",
    "gap.reason.no_standard": "No standard gives a value for this kind.",
    "gap.reason.capacity_unknown": "The standard needs capacities; they are known for {known_capacity} of {known}.",
    "gap.reason.unreached": "No inhabited cell is near a street of the graph.",
}
"""Why a verdict is as it is: key → English template (params: `geo.cards`)."""


def judge_share(share_beyond: FloatArray, settings: GapSettings) -> list[Verdict | None]:
    """Return the class of each share of people beyond the threshold; None = share unknown."""
    return [_by_share(float(share), settings) for share in share_beyond]


def judge_coverage(coverage: FloatArray, settings: GapSettings) -> list[Verdict | None]:
    """Return the class of each coverage (supply / required); None = unknown.

    The missing part 1 − coverage is judged like a share beyond: a coverage of 1 − `covered_share`
    and more is covered, below 1 − `gap_share` it is a gap.
    """
    missing = np.clip(1.0 - coverage, 0.0, 1.0)
    return judge_share(missing, settings)


def class_shares(shares: FloatArray, settings: GapSettings) -> dict[Verdict, FloatArray]:
    """Return how often each class occurs over draws.

    Parameters
    ----------
    shares
        Share beyond per area and draw, shape (areas, draws); NaN in all draws = unknown.

    Returns
    -------
    dict
        Verdict → share of the draws per area; NaN = unknown.
    """
    limits = (settings.covered_share + _EPSILON, settings.gap_share + _EPSILON)
    known = ~np.isnan(shares).any(axis=1)
    tests = (shares <= limits[0], (shares > limits[0]) & (shares <= limits[1]), shares > limits[1])
    return {verdict: np.where(known, hit.mean(axis=1), np.nan) for verdict, hit in zip(JUDGED, tests, strict=True)}


def inventory_reason(state: Inventory, expected: float) -> str | None:
    """Return why an inventory allows no statement; None = it is complete."""
    if state is Inventory.COMPLETE:
        return None
    if state is Inventory.UNKNOWN:
        return "gap.reason.inventory_unknown"
    return "gap.reason.inventory_partial" + ("" if np.isnan(expected) else "_expected")


_EPSILON: Final = 1e-9  # a share that equals a limit but for rounding is on it


def _by_share(share: float, settings: GapSettings) -> Verdict | None:
    if np.isnan(share):
        return None
    if share > settings.gap_share + _EPSILON:
        return Verdict.GAP
    return Verdict.PARTLY if share > settings.covered_share + _EPSILON else Verdict.COVERED
