"""Which of the places fit what somebody looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd


def filtered(
    places: gpd.GeoDataFrame,
    *,
    kinds: tuple[str, ...],
    targets: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    operators: tuple[str, ...] = (),
    wheelchair: tuple[str, ...] = (),
    quality: tuple[str, ...] = (),
) -> gpd.GeoDataFrame:
    """Return the places that fit every filter, by name; an empty filter lets everything through, no kind nothing.

    A place has a kind if one of its offers has it. Wheelchair "unknown" asks for places of which nobody has said it.

    Parameters
    ----------
    places
        From `geo.places.places`.
    """
    fits = _any_item(places["kinds"], kinds)
    for column, wanted in (("target_groups", targets), ("topics", topics)):
        if wanted:
            fits &= _any_item(places[column], wanted)
    if operators:
        fits &= places["organization_id"].isin(operators)
    if wheelchair:
        fits &= places["wheelchair"].fillna("unknown").isin(wheelchair)
    if quality:
        fits &= places["coordinate_quality"].isin(quality)
    return places[fits].sort_values("name", key=lambda names: names.str.casefold()).reset_index(drop=True)


def _any_item(lists: pd.Series[Any], wanted: tuple[str, ...]) -> pd.Series[bool]:
    sought = set(wanted)
    hits = [isinstance(text, str) and not sought.isdisjoint(text.split(";")) for text in lists]
    return lists.notna() & np.array(hits, dtype=bool)
