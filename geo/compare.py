"""The difference between two settings, area by area."""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.errors import ParameterError
from geo.gaps import GapResult
from geo.levels import LevelName


def difference(one: GapResult, other: GapResult, level: LevelName) -> pd.DataFrame:
    """Return what changes from one result to another for the same kind and city.

    Parameters
    ----------
    one, other
        From `geo.gaps.gap_table`, with different settings.
    level
        Which areas.

    Returns
    -------
    pandas.DataFrame
        ``area_id``, ``area_name``, ``verdict_one``, ``verdict_other``, ``changed`` (verdict), and
        every measure of `GapResult.areas` as other − one. NaN = unknown or infinite in one of both.

    Raises
    ------
    ParameterError
        Different kinds, or different areas.
    """
    before, after = one.level(level), other.level(level)
    if one.kind != other.kind or before["area_id"].tolist() != after["area_id"].tolist():
        raise ParameterError("parameter.unknown_value", name="other", value=other.kind, allowed=one.kind)
    head = pd.DataFrame(
        {
            "area_id": before["area_id"],
            "area_name": before["area_name"],
            "verdict_one": before["verdict"],
            "verdict_other": after["verdict"],
            "changed": before["verdict"] != after["verdict"],
        }
    )
    measures = before.select_dtypes("number").columns.drop("area_id")
    values = [frame[measures].to_numpy("float64") for frame in (before, after)]
    finite = np.isfinite(values[0]) & np.isfinite(values[1])
    change = np.subtract(values[1], values[0], out=np.full(finite.shape, np.nan), where=finite)
    return pd.concat([head, pd.DataFrame(change, columns=measures)], axis=1)
