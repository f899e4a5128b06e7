"""From the measures of an area to its verdict, with reason and robustness."""

from __future__ import annotations

from typing import Any

import numpy as np

from geo.access import provision, ratio
from geo.aggregate import group_sum
from geo.case import Case
from geo.inventory import Statement, inventory_of_areas
from geo.levels import Areas, Columns
from geo.network import BoolArray, FloatArray
from geo.verdict import JUDGED, Verdict, class_shares, inventory_reason, judge_coverage, judge_share


def supply_columns(case: Case, areas: Areas, measures: Columns, approximate: BoolArray) -> Columns:
    """Return places and provision per area.

    Parameters
    ----------
    case
        The kind.
    areas
        Districts, boroughs, city.
    measures
        From `geo.area_measures.area_measures`.
    approximate
        Which of the kind's places have a coordinate that is not exact.

    Returns
    -------
    dict
        ``places_known`` (in the area; for the city with those whose district is unknown),
        ``places_unlocated`` (of these, without a coordinate), ``places_approximate`` (with an
        approximate one), ``places_unreached`` (with one that is too far from every street to walk
        there), ``places_per_1000`` (per 1,000 of the target group; NaN = nobody or not
        counted); ``required``, ``coverage``, ``deficit``, ``surplus`` (`geo.access.provision` with
        the supply that reaches the area's people; NaN unless the standard gives people per unit
        and capacities are in its unit).
    """
    place, area = areas.members(case.place_district)
    lost = np.flatnonzero((case.place_district < 0) & ~case.located)  # somewhere in the city
    place, area = np.r_[place, lost], np.r_[area, np.full(len(lost), len(areas) - 1)]

    def count(mask: BoolArray) -> FloatArray:
        return group_sum(mask[place].astype("float64"), area, len(areas))

    known = count(np.ones(len(case.places), dtype=bool))
    people = np.asarray(measures["target_population"], dtype="float64")
    return {
        "places_known": known.astype("int64"),
        "places_unlocated": count(~case.located).astype("int64"),
        "places_approximate": count(approximate).astype("int64"),
        "places_unreached": count(case.located & ~case.on_street).astype("int64"),
        "places_per_1000": 1000.0 * ratio(known, people),
        **_provision(case, measures),
    }


def verdict_columns(case: Case, areas: Areas, measures: Columns, draws: FloatArray | None) -> Columns:
    """Return inventory, robustness and verdict per area.

    Parameters
    ----------
    case
        The kind.
    areas
        Districts, boroughs, city.
    measures
        Measures and supply of the same areas.
    draws
        From `geo.case.draw`.

    Returns
    -------
    dict
        ``inventory_state``, ``inventory_date`` (None = unknown), ``expected_count`` (city only, NaN
        = unknown); ``class_of_known`` (verdict if the known, located places were all; None =
        none possible); ``draws_covered``, ``draws_partly``, ``draws_gap`` (share of the draws;
        NaN = not known how many places are missing), ``share_draws_low``, ``share_draws_high``
        (5 % and 95 % of the share beyond over the draws), ``coverage_draws_low``,
        ``coverage_draws_high`` (the same of the coverage, for standards of people per unit);
        ``verdict`` and ``reason`` (`geo.verdict.REASON_KEYS`).
    """
    said = inventory_of_areas(case.inventory, areas)
    classes = _classes(case, measures)
    drawn = _drawn(case, areas, measures, draws)
    judged = [_verdict(case, measures, at, said[at], classes[at], drawn) for at in range(len(areas))]
    in_city = np.array(areas.level) == "city"
    return {
        "inventory_state": _texts([row.state for row in said]),
        "inventory_date": _texts([row.date for row in said]),
        "expected_count": np.where(in_city, case.expected, np.nan),
        "class_of_known": _texts(classes),
        **drawn,
        "verdict": _texts([verdict for verdict, _ in judged]),
        "reason": _texts([reason for _, reason in judged]),
    }


def _texts(values: list[Any]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    column = np.empty(len(values), dtype=object)
    column[:] = [None if value is None else str(value) for value in values]
    return column


def _provision(case: Case, measures: Columns) -> Columns:
    standard = case.standard
    names = ("required", "coverage", "deficit", "surplus")
    if standard is None or standard.persons_per_unit is None or not case.in_unit:
        return dict.fromkeys(names, np.full(len(measures["cells"]), np.nan))
    result = provision(
        measures["supply_reached"],
        measures["target_population"],
        persons_per_unit=standard.persons_per_unit,
    )
    return {name: getattr(result, name) for name in names}


def _classes(case: Case, measures: Columns) -> list[Verdict | None]:
    if case.threshold_m is not None:
        return judge_share(np.asarray(measures["share_beyond"], dtype="float64"), case.settings)
    return judge_coverage(np.asarray(measures["coverage"], dtype="float64"), case.settings)


def _drawn(case: Case, areas: Areas, measures: Columns, draws: FloatArray | None) -> Columns:
    names = ["share_draws_low", "share_draws_high", "coverage_draws_low", "coverage_draws_high"]
    columns = dict.fromkeys([*(f"draws_{name}" for name in JUDGED), *names], np.full(len(areas), np.nan))
    if draws is None:
        return columns
    summed = np.zeros((len(areas), draws.shape[1]))
    np.add.at(summed, areas.area, draws[areas.district])
    if case.threshold_m is not None:
        reached = np.asarray(measures["people_weighted"], dtype="float64") - measures["people_unreached"]
        values, kind = ratio(summed, np.broadcast_to(reached[:, None], summed.shape)), "share"
        often = class_shares(values, case.settings)
    else:
        values, kind = _coverages(case, measures, summed), "coverage"
        often = class_shares(np.clip(1.0 - values, 0.0, 1.0), case.settings)
    bounds = np.full((2, len(areas)), np.nan)
    known = ~np.isnan(values).any(axis=1)
    if known.any():
        bounds[:, known] = np.quantile(values[known], [0.05, 0.95], axis=1, method="inverted_cdf")
    return (
        columns
        | {f"draws_{name}": often[name] for name in JUDGED}
        | {f"{kind}_draws_low": bounds[0], f"{kind}_draws_high": bounds[1]}
    )


def _coverages(case: Case, measures: Columns, added: FloatArray) -> FloatArray:
    """Return the coverage of every area and draw: supply of known and of drawn places against the standard."""
    supply = np.asarray(measures["supply_reached"], dtype="float64")
    if case.blind:  # no place is located: all supply is drawn
        supply = np.zeros(len(supply))
    persons = case.standard.persons_per_unit if case.standard is not None else None
    required = np.asarray(measures["target_population"], dtype="float64") / (persons or np.nan)
    return ratio(supply[:, None] + added, np.broadcast_to(required[:, None], added.shape))


def _verdict(
    case: Case, measures: Columns, at: int, said: Statement, known: Verdict | None, drawn: Columns
) -> tuple[Verdict, str]:
    """Return verdict and reason of one area; the first thing that forbids a judgement counts."""
    inventory = inventory_reason(said.state, case.expected)
    reached = measures["people_weighted"][at] - measures["people_unreached"][at]
    nobody, nothing = Verdict.NO_TARGET_POPULATION, Verdict.NO_STANDARD
    obstacles = (
        (not case.counted, nobody, "gap.reason.no_count"),
        (measures["target_population_max"][at] == 0, nobody, "gap.reason.nobody"),
        (measures["people_weighted"][at] == 0, nobody, "gap.reason.secret"),
        (case.standard is None, nothing, "gap.reason.no_standard"),
        (case.threshold_m is None and not case.in_unit, nothing, "gap.reason.capacity_unknown"),
        (reached == 0, Verdict.NO_DISTANCE, "gap.reason.unreached"),
        (inventory is not None, Verdict.NO_STATEMENT, inventory or ""),
    )
    for true, verdict, reason in obstacles:
        if true:
            return verdict, reason
    if known is Verdict.COVERED or (known is not None and case.located.all()):
        return known, "gap.reason.none"
    for verdict in JUDGED:
        if drawn[f"draws_{verdict}"][at] >= case.settings.certainty:
            return verdict, "gap.reason.none"
    return Verdict.NO_STATEMENT, "gap.reason.places_not_located"
