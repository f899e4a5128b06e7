"""Why is this a gap? One card per area and kind, made from the numbers alone.

A card is a list of lines; a line is a message key of `CARD_KEYS` with its params, so that the same
card can be said in German, in plain words and in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from geo.card_change import change_lines
from geo.card_texts import CARD_KEYS, Line, Params
from geo.gaps import GapResult
from geo.inputs import GapInputs
from geo.inventory import Inventory
from geo.levels import LevelName
from geo.speeds import walk_min
from geo.verdict import Verdict

__all__ = ["CARD_KEYS", "Line", "card", "card_text"]


def card(inputs: GapInputs, result: GapResult, level: LevelName, area_id: int) -> list[Line]:
    """Return the card of one area: who, standard, places, walk, verdict, certainty, what would change it.

    Parameters
    ----------
    inputs
        From `geo.inputs.load_inputs`.
    result
        From `geo.gaps.gap_table` with these inputs.
    level, area_id
        Which area.

    Raises
    ------
    IndexError
        The result has no such area.
    """
    areas = result.areas
    at = np.flatnonzero((areas["area_level"] == level) & (areas["area_id"] == area_id))[0]
    row = {str(name): value for name, value in areas.iloc[at].items()}
    return [
        *_who(result, row),
        *_standard(result),
        *_places(result, row),
        *_walk(result, row),
        *_measured(result, row),
        Line(f"card.verdict.{row['verdict']}", {}),
        Line(row["reason"], _reason_params(result, row)),
        *_draws(result, row),
        *change_lines(inputs, result, int(at)),
    ]


def card_text(lines: list[Line]) -> str:
    """Return a card in English, one sentence per line."""
    return "\n".join(
        CARD_KEYS[line.key].format(**{name: _shown(name, value) for name, value in line.params.items()})
        for line in lines
    )


def _shown(name: str, value: object) -> object:
    if not isinstance(value, float):
        return value
    if name.startswith("share") or name == "coverage":
        return f"{value:.0%}"
    return f"{value:.0f}" if name.endswith(("_m", "_min", "_unit")) else f"{value:.3g}"


def _who(result: GapResult, row: Params) -> list[Line]:
    group, people = result.target_group, round(row["people_weighted"])
    key = "card.who.not_counted" if result.population_column is None else "card.who.counted"
    lines = [Line(key, {"area_name": row["area_name"], "people": people, "target_group": group})]
    if row["cells_secret"]:
        most = round(row["people_weighted"] + 2 * row["cells_secret"])
        lines.append(Line("card.who.secret", {"cells": row["cells_secret"], "people_max": most}))
    if row["people_unreached"] > 0:
        lines.append(Line("card.who.unreached", {"people": round(row["people_unreached"])}))
    return lines


def _standard(result: GapResult) -> list[Line]:
    standard = result.standard
    if standard is None:
        return [Line("card.standard.none", {"kind": result.kind})]
    if standard.threshold_m is not None:
        minutes = walk_min(standard.threshold_m, result.settings.kmh)
        lines = [Line("card.standard.distance", {"threshold_m": standard.threshold_m, "walk_min": minutes})]
    else:
        lines = [Line("card.standard.provision", {"persons_per_unit": standard.persons_per_unit})]
    if standard.own:
        return [*lines, Line("card.standard.own", {})]
    source: Params = {name: getattr(standard, name) for name in ("jurisdiction", "status", "source_title")}
    if standard.year is None:
        return [*lines, Line("card.standard.source_undated", source)]
    return [*lines, Line("card.standard.source", source | {"year": standard.year})]


def _places(result: GapResult, row: Params) -> list[Line]:
    lines = [Line("card.places.known", {"known": row["places_known"], "kind": result.kind})]
    vague = {name: row[f"places_{name}"] for name in ("unlocated", "approximate", "unreached")}
    lines += [Line(f"card.places.{name}", {name: count}) for name, count in vague.items() if count]
    if row["inventory_state"] == Inventory.COMPLETE:
        date = row["inventory_date"]
        dated = isinstance(date, str)
        lines.append(
            Line(
                "card.inventory.complete" if dated else "card.inventory.complete_undated",
                {"date": date} if dated else {},
            )
        )
    return lines


def _walk(result: GapResult, row: Params) -> list[Line]:
    settings = result.settings
    median_m, mean_m, third_m = (row[name] for name in ("median_nearest_m", "mean_nearest_m", "mean_third_m"))
    if np.isnan(median_m):
        return [Line("card.walk.unknown", {})] if row["people_weighted"] > row["people_unreached"] else []
    if np.isinf(median_m):
        return [Line("card.walk.nothing", {})]
    lines = [Line("card.walk.median", {"median_m": median_m, "walk_min": walk_min(median_m, settings.kmh)})]
    if np.isfinite(mean_m):
        one = {"mean_m": mean_m}
        both = Line("card.walk.mean", one | {"third_m": third_m})
        lines.append(both if np.isfinite(third_m) else Line("card.walk.mean_one", one))
    method: Params = {"kmh": settings.kmh}
    if settings.walk.method == "line":
        return [*lines, Line("card.walk.method_line", method | {"detour": settings.walk.detour})]
    to_street = method | {"to_street_m": row["mean_to_street_m"]}
    return [*lines, Line("card.walk.method_network", to_street)]


def _measured(result: GapResult, row: Params) -> list[Line]:
    standard, known = result.standard, "" if result.drawn == 0 else ".known"
    if standard is not None and standard.threshold_m is not None and not np.isnan(row["share_beyond"]):
        share = {"share": row["share_beyond"], "people_beyond": round(row["people_beyond"])}
        lines = [Line("card.share" + known, share | {"threshold_m": standard.threshold_m})]
        low, high = row["share_beyond_low"], row["share_beyond_high"]
        bounds = Line("card.share.bounds", {"share_low": low, "share_high": high})
        return [*lines, bounds] if high - low >= 0.005 else lines  # noqa: PLR2004 -- half a per cent
    if not np.isnan(row["coverage"]):
        numbers = {"required": row["required"], "coverage": row["coverage"]}
        return [Line("card.coverage" + known, {"supply": row["supply_reached"]} | numbers)]
    return []


def _draws(result: GapResult, row: Params) -> list[Line]:
    """Return how often chance gives a gap; nothing if no place is unknown or none was drawn."""
    draws = result.settings.draws
    judged = row["verdict"] in _UNDER_DRAWS and row["reason"] != "gap.reason.no_count"
    if not judged or draws == 0 or result.drawn == 0:
        return []
    if result.drawn is None:
        return [Line("card.draws.unknown", {})]
    return [Line("card.draws.gap", {"gap": round(row["draws_gap"] * draws), "draws": draws})]


_UNDER_DRAWS = (Verdict.COVERED, Verdict.PARTLY, Verdict.GAP, Verdict.NO_STATEMENT)


def _reason_params(result: GapResult, row: Mapping[str, Any]) -> Params:
    """Return the params of every reason; a template takes what it needs."""
    city = result.level("city").iloc[0]
    return {
        "known": int(city["places_known"]),
        "unlocated": int(city["places_unlocated"]),
        "expected": None if np.isnan(result.expected) else round(result.expected),
        "most": None if np.isnan(row["target_population_max"]) else round(row["target_population_max"]),
        "known_capacity": result.capacity.known,
    }
