"""From the chosen weights to scores and ranks; the only place of the pages that calls the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.need import Scale, need_index, rank_interval
from views import data, facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

DEFAULT = {"rate_under_18": 2, "rate_age_65_plus": 2, "rate_floor_area": 2}
"""Figures that exist for every district."""

HEAVIEST = 5
DRAWS = 1000


def codes() -> tuple[str, ...]:
    """Return all figures that can have a weight."""
    return tuple(code for group in facts.need_codes().values() for code in group)


def allowed() -> tuple[str, ...]:
    """Return the texts that stand for a figure with its weight in the address line."""
    return tuple(f"{code}.{weight}" for code in codes() for weight in range(1, HEAVIEST + 1))


def default() -> tuple[str, ...]:
    """Return the texts of the default weights."""
    return tuple(f"{code}.{weight}" for code, weight in DEFAULT.items() if code in codes())


def read(texts: Iterable[str]) -> dict[str, int]:
    """Return the weight of each chosen figure; of several weights of one figure the first counts."""
    found: dict[str, int] = {}
    for text in texts:
        code, _, weight = text.rpartition(".")
        found.setdefault(code, int(weight))
    return found


def write(weights: Mapping[str, int]) -> tuple[str, ...]:
    """Return the texts of some weights, in the order of the figures."""
    return tuple(f"{code}.{weights[code]}" for code in codes() if weights.get(code))


def ranking(weights: Mapping[str, int], scale: Scale) -> pd.DataFrame:
    """Return score, rank, rank interval and what is missing of every district.

    Index: district id; ``name``, ``borough``, the columns of `geo.need.need_index` and `geo.need.rank_interval`.
    """
    return data.kept("need", write(weights), str(scale), make=lambda: _ranking(weights, scale))


def _ranking(weights: Mapping[str, int], scale: Scale) -> pd.DataFrame:
    values, signs = _values(weights)
    index = need_index(values, weights, signs, scale=scale)
    interval = rank_interval(values, weights, signs, scale=scale, draws=DRAWS)
    areas = data.frame("districts").set_index("district_id")[["name", "borough"]]
    return areas.join(index).join(interval)


def contributions(weights: Mapping[str, int], scale: Scale, district: int) -> pd.DataFrame:
    """Return what every figure adds to a district's score.

    Index: code; ``weight``, ``scaled`` (sign-aligned, higher = more need), ``part`` of the score; NaN = unknown there.
    """
    import pandas as pd

    values, signs = _values(weights)
    scaled = pd.Series(
        {code: need_index(values, {code: 1.0}, signs, scale=scale).loc[district, "score"] for code in weights}
    )
    weight = pd.Series(weights, dtype="float64")
    part = weight * scaled / weight[scaled.notna()].sum()
    return pd.DataFrame({"weight": weight, "scaled": scaled, "part": part})


def _values(weights: Mapping[str, int]) -> tuple[pd.DataFrame, dict[str, int]]:
    import pandas as pd

    found = {code: facts.fact(code) for code in weights}
    values = pd.DataFrame({code: each.by_district["value"] for code, each in found.items()})
    return values.reindex(list(data.district_names())), {code: each.need_sign for code, each in found.items()}
