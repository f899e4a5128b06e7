"""Need: a composite index of chosen indicators per area, with its uncertainty.

Built after the OECD/JRC handbook on composite indicators (2008): signs are aligned, indicators
are made comparable (z-scores or percentiles), weighted and added; the weights are a judgement, so
the ranks are shown with the interval they take when the weights vary.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from geo.errors import ParameterError
from geo.network import FloatArray

DEFAULT_MIN_WEIGHT_SHARE: Final = 0.5
"""Least share of the weights whose indicators must be known for an area to get a score."""

WEIGHT_SPREAD: Final = 4.0
"""Concentration of the weight draws: higher = nearer to the chosen weights."""


class Scale(StrEnum):
    """How indicators are made comparable."""

    ZSCORE = "zscore"
    """(x − mean) / standard deviation of the areas with a value."""
    PERCENTILE = "percentile"
    """Share of the areas with a smaller value plus half of those with the same, 0 to 1."""


def need_index(
    values: pd.DataFrame,
    weights: Mapping[str, float],
    signs: Mapping[str, int],
    *,
    scale: Scale = Scale.ZSCORE,
    min_weight_share: float = DEFAULT_MIN_WEIGHT_SHARE,
) -> pd.DataFrame:
    """Return the need score of each area: the weighted mean of its scaled indicators.

    score_a = Σ_k w_k · sign_k · z_ak / Σ_k w_k over the indicators known for area a. A missing
    indicator takes its weight away and is named; it is never filled in.

    Parameters
    ----------
    values
        One row per area, one column per indicator; NaN = unknown.
    weights
        Weight of each indicator that is used, 0 or more; at least one above 0.
    signs
        +1: higher means more need, −1: higher means less. Needed for each weight.
    scale
        z-scores or percentiles. An indicator that is the same everywhere says nothing: 0 (or 0.5).
    min_weight_share
        Areas with a smaller share of the weights known get NaN.

    Returns
    -------
    pandas.DataFrame
        Index of `values`; ``score`` (higher = more need; NaN = too little known), ``rank`` (1 =
        most need; equals share the smallest rank; NA = no score), ``weight_share`` (0 to 1) and
        ``missing`` (tuple of the indicators unknown there).

    Raises
    ------
    ParameterError
        An unknown indicator, a negative weight, no weight above 0, or a sign other than ±1.
    """
    chosen, weight, aligned = _aligned(values, weights, signs, scale)
    score, share = _scores(aligned, weight)
    score[share < min_weight_share - 1e-12] = np.nan
    unknown = np.isnan(aligned)
    missing = [tuple(np.array(chosen)[row].tolist()) for row in unknown]
    return pd.DataFrame(
        {
            "score": score,
            "rank": pd.array(_ranks(score[:, None])[:, 0], dtype="Float64").astype("Int64"),
            "weight_share": share,
            "missing": pd.Series(missing, index=values.index, dtype=object),
        },
        index=values.index,
    )


def rank_interval(
    values: pd.DataFrame,
    weights: Mapping[str, float],
    signs: Mapping[str, int],
    *,
    scale: Scale = Scale.ZSCORE,
    min_weight_share: float = DEFAULT_MIN_WEIGHT_SHARE,
    draws: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the interval of each area's rank when the weights vary around the chosen ones.

    Each draw takes weights from a Dirichlet distribution with the chosen weights as its mean
    (concentration `WEIGHT_SPREAD` × number of indicators); scale and areas stay the same.

    Parameters
    ----------
    values, weights, signs, scale, min_weight_share
        As in `need_index`.
    draws
        Number of draws, 1 or more.
    seed
        Seed of the draws: the same seed gives the same interval.

    Returns
    -------
    pandas.DataFrame
        Index of `values`; ``rank_low``, ``rank_median``, ``rank_high``: 5 %, 50 % and 95 % of the
        draws (ranks that occur). NA = no score.

    Raises
    ------
    ParameterError
        As `need_index`; `draws` below 1.
    """
    if draws < 1:
        raise ParameterError("parameter.out_of_range", name="draws", value=draws, minimum=1, maximum="inf")
    _, weight, aligned = _aligned(values, weights, signs, scale)
    scored = need_index(values, weights, signs, scale=scale, min_weight_share=min_weight_share)
    known = scored["score"].notna().to_numpy()
    some = weight > 0
    share = weight[some] / weight[some].sum()
    rng = np.random.default_rng(seed)
    drawn = rng.dirichlet(share * WEIGHT_SPREAD * len(share), size=draws)
    scores = np.column_stack([_scores(aligned[:, some], row)[0] for row in drawn])
    scores[~known] = np.nan
    ranks = _ranks(scores)
    columns = {}
    for name, level in (("rank_low", 0.05), ("rank_median", 0.5), ("rank_high", 0.95)):
        at = np.full(len(values), np.nan)
        if known.any():
            at[known] = np.quantile(ranks[known], level, axis=1, method="inverted_cdf")
        columns[name] = pd.array(at, dtype="Float64").astype("Int64")
    return pd.DataFrame(columns, index=values.index)


def bivariate_class(need: pd.Series[float], supply: pd.Series[float]) -> pd.DataFrame:
    """Return the thirds of need and supply for a bivariate 3 × 3 map.

    The bounds are the 1/3 and 2/3 quantiles of the known values; a value on a bound belongs to the
    lower third, so equal values always share a class.

    Parameters
    ----------
    need, supply
        One number per area, same index; higher = more. NaN = unknown.

    Returns
    -------
    pandas.DataFrame
        ``need_third``, ``supply_third`` (1 low, 2, 3 high) and ``combined``
        (``3 · (need − 1) + supply``, 1 to 9; 7 = most need, least supply). NA = unknown.
    """
    thirds = {
        name: _third(np.asarray(series.to_numpy(dtype="float64", na_value=np.nan), dtype="float64"))
        for name, series in (("need_third", need), ("supply_third", supply))
    }
    frame = pd.DataFrame(
        {name: pd.array(third, dtype="Float64").astype("Int64") for name, third in thirds.items()},
        index=need.index,
    )
    frame["combined"] = 3 * (frame["need_third"] - 1) + frame["supply_third"]
    return frame


def _third(values: FloatArray) -> FloatArray:
    known = np.isfinite(values)
    third = np.full(len(values), np.nan)
    if known.any():
        bounds = np.quantile(values[known], [1 / 3, 2 / 3])
        third[known] = 1.0 + np.searchsorted(bounds, values[known], side="left")
    return third


def _aligned(
    values: pd.DataFrame, weights: Mapping[str, float], signs: Mapping[str, int], scale: Scale
) -> tuple[list[str], FloatArray, FloatArray]:
    """Return names, weights and scaled, sign-aligned columns (areas × indicators)."""
    chosen = sorted(weights)
    for name in chosen:
        _require(name in values.columns, "weights", name, sorted(map(str, values.columns)))
        _require(weights[name] >= 0, f"weights[{name}]", weights[name], "0 or more")
        _require(signs.get(name) in (-1, 1), f"signs[{name}]", signs.get(name), "-1, 1")
    weight = np.array([weights[name] for name in chosen], dtype="float64")
    _require(bool((weight > 0).any()), "weights", dict(weights), "at least one above 0")
    raw = values[chosen].to_numpy(dtype="float64", na_value=np.nan)
    sign = np.array([signs[name] for name in chosen], dtype="float64")
    return chosen, weight, _scaled(raw * sign, scale)


def _scaled(raw: FloatArray, scale: Scale) -> FloatArray:
    scaled = np.full(raw.shape, np.nan)
    for column in range(raw.shape[1]):
        known = np.isfinite(raw[:, column])
        x = raw[known, column]
        if scale is Scale.PERCENTILE:
            ordered = np.sort(x)
            below, upto = np.searchsorted(ordered, x, "left"), np.searchsorted(ordered, x, "right")
            scaled[known, column] = (below + upto) / (2.0 * max(1, len(x)))
        elif len(x):
            deviation = x.std()
            same = deviation <= 1e-12 * np.abs(x).max()
            scaled[known, column] = 0.0 if same else (x - x.mean()) / deviation
    return scaled


def _scores(aligned: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = np.isfinite(aligned)
    used = known @ weight
    total = np.where(known, aligned, 0.0) @ weight
    score = np.divide(total, used, out=np.full(len(total), np.nan), where=used > 0)
    return score, used / weight.sum()


def _ranks(scores: FloatArray) -> FloatArray:
    """Return ranks per column, 1 = highest score; equals share the smallest; NaN stays NaN."""
    ranks: FloatArray = pd.DataFrame(np.round(scores, 12)).rank(ascending=False, method="min").to_numpy("float64")
    return ranks


def _require(true: bool, name: str, value: object, allowed: object) -> None:  # noqa: FBT001
    if not true:
        raise ParameterError("parameter.unknown_value", name=name, value=value, allowed=allowed)
