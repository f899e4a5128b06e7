"""Which districts resemble each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.errors import ParameterError
from geo.network import FloatArray


def similar_districts(
    values: pd.DataFrame, variables: Sequence[str], *, count: int = 5, min_shared: int = 2
) -> pd.DataFrame:
    """Return for every area the areas most like it.

    Each variable is standardised over the areas that have it (z-score); the difference of two areas
    is the root mean square of the differences in the variables both have, so a missing value
    neither adds nor hides a difference.

    Parameters
    ----------
    values
        One row per area (unique index), numeric columns; NaN = unknown.
    variables
        Columns to compare. One that is the same everywhere adds nothing.
    count
        How many areas to name for each, at most.
    min_shared
        Fewest variables both must have; pairs with less are not compared.

    Returns
    -------
    pandas.DataFrame
        ``area``, ``similar``, ``place`` (1 = most similar), ``difference`` (in standard deviations)
        and ``shared`` (variables compared); ordered by area and place, equals by index order.

    Raises
    ------
    ParameterError
        No variable, or one that `values` does not have.
    """
    unknown = [name for name in variables if name not in values.columns]
    if unknown or not variables:
        raise ParameterError(
            "parameter.unknown_value",
            name="variables",
            value=unknown,
            allowed=", ".join(map(str, values.columns)),
        )
    ordered = values.sort_index()
    scaled = _standardised(ordered[list(variables)].to_numpy(dtype="float64", na_value=np.nan))
    difference, shared = _differences(scaled)
    rows = []
    for at, area in enumerate(ordered.index):
        fit = np.flatnonzero((shared[at] >= min(min_shared, len(variables))) & (np.arange(len(ordered)) != at))
        nearest = fit[np.argsort(np.round(difference[at, fit], 12), kind="stable")][:count]
        rows += [
            (area, ordered.index[other], place, float(difference[at, other]), int(shared[at, other]))
            for place, other in enumerate(nearest, start=1)
        ]
    return pd.DataFrame(rows, columns=["area", "similar", "place", "difference", "shared"])


def _standardised(raw: FloatArray) -> FloatArray:
    scaled = np.full(raw.shape, np.nan)
    for column in range(raw.shape[1]):
        known = np.isfinite(raw[:, column])
        x = raw[known, column]
        spread = x.std() if len(x) else 0.0
        if spread > 0:
            scaled[known, column] = (x - x.mean()) / spread
        else:
            scaled[known, column] = 0.0
    return scaled


def _differences(scaled: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = np.isfinite(scaled)
    shared = known.astype("float64") @ known.T.astype("float64")
    gap = scaled[:, None, :] - scaled[None, :, :]
    squares = np.where(np.isfinite(gap), gap, 0.0) ** 2
    mean = np.divide(squares.sum(axis=2), shared, out=np.full(shared.shape, np.nan), where=shared > 0)
    return np.sqrt(mean), shared
