"""What would change a verdict: the last lines of a card."""

from __future__ import annotations

import numpy as np

from geo.access import Decay
from geo.aggregate import group_quantile
from geo.card_texts import Line, Params
from geo.gaps import GapResult
from geo.inputs import GapInputs
from geo.verdict import Verdict


def change_lines(inputs: GapInputs, result: GapResult, area: int) -> list[Line]:
    """Return what would change the verdict of an area, or allow one.

    Parameters
    ----------
    inputs, result
        As in `geo.cards.card`.
    area
        Row of ``result.areas``.

    Returns
    -------
    list of Line
        Nothing a line says contradicts the verdict: where random draws of places whose location is
        unknown decide, limits measured to the known places are left out; instead it says what the
        known places alone would give.
    """
    row = {str(name): value for name, value in result.areas.iloc[area].items()}
    verdict = Verdict(row["verdict"])
    if verdict is Verdict.NO_STANDARD:
        return [Line("card.change.standard", {})]
    if row["reason"] == "gap.reason.no_count":
        return [Line("card.change.count", {"target_group": result.target_group})]
    if verdict is Verdict.NO_STATEMENT:
        return _missing_knowledge(result, row)
    if result.drawn != 0 and row["class_of_known"] != row["verdict"]:
        return _known_alone(row)
    if row["deficit"] > 0:
        return [Line("card.change.units", {"deficit": row["deficit"]})]
    return _limits(result, row, verdict, _decisive_m(inputs, result, area))


def _limits(result: GapResult, row: Params, verdict: Verdict, limit_m: float) -> list[Line]:
    """Return the longest walk that would make another class; none for a soft threshold, which has no such limit."""
    standard, settings = result.standard, result.settings
    hard = settings.decay is Decay.HARD or settings.width_m == 0
    if standard is None or standard.threshold_m is None or not np.isfinite(limit_m) or not hard:
        return []
    if verdict is not Verdict.GAP:
        known = verdict in (Verdict.COVERED, Verdict.PARTLY)
        key = "card.change.shorter" if result.drawn == 0 else "card.change.shorter_known"
        return [Line(key, {"limit_m": limit_m})] if known else []
    reached = row["people_weighted"] - row["people_unreached"]
    more = int(np.ceil(row["people_beyond"] - settings.gap_share * reached))
    near = {"people": more, "threshold_m": standard.threshold_m}
    return [Line("card.change.people", near), Line("card.change.longer", {"limit_m": limit_m})]


def _known_alone(row: Params) -> list[Line]:
    known = row["class_of_known"]
    return [Line(f"card.change.known_{known}", {})] if isinstance(known, str) else []


def _missing_knowledge(result: GapResult, row: Params) -> list[Line]:
    lines = _known_alone(row)
    if row["reason"] == "gap.reason.places_not_located":
        unlocated = int(result.level("city")["places_unlocated"].iloc[0])
        return [*lines, Line("card.change.locate", {"unlocated": unlocated})]
    return [*lines, Line("card.change.inventory", {"kind": result.kind})]


def _decisive_m(inputs: GapInputs, result: GapResult, area: int) -> float:
    """Return the longest walk at which an area stops being a gap: the walk of its deciding person."""
    cell, group = inputs.areas.members(inputs.cell_district)
    here = cell[group == area]
    distance_m = result.cells["nearest_m"].to_numpy("float64")[here]
    people = result.cells["people"].to_numpy("float64")[here]
    near = 1.0 - result.settings.gap_share
    zero = np.zeros(len(here), dtype=np.int64)
    return float(group_quantile(distance_m, people, zero, 1, near)[0])
