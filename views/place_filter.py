"""Places that fit the visitor's filters, and the same places as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from views import data, storage

if TYPE_CHECKING:
    import geopandas as gpd

    from exchange.content import Content


def filtered_places(
    *,
    kinds: tuple[str, ...],
    targets: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    operators: tuple[str, ...] = (),
    wheelchair: tuple[str, ...] = (),
    quality: tuple[str, ...] = (),
) -> gpd.GeoDataFrame:
    """Return the places that fit every filter; an empty filter lets everything through, no kind lets nothing through.

    A place has a kind if one of its offers has it. Wheelchair "unknown" asks for places of which nobody has said it.
    """
    key = ("filtered", kinds, targets, topics, operators, wheelchair, quality)
    return data.kept(*key, make=lambda: _filter(kinds, targets, topics, operators, wheelchair, quality)).copy(
        deep=False
    )


def _filter(
    kinds: tuple[str, ...],
    targets: tuple[str, ...],
    topics: tuple[str, ...],
    operators: tuple[str, ...],
    wheelchair: tuple[str, ...],
    quality: tuple[str, ...],
) -> gpd.GeoDataFrame:
    found = data.places()
    fits = _any_item(found["kinds"], kinds)
    for column, wanted in (("target_groups", targets), ("topics", topics)):
        if wanted:
            fits &= _any_item(found[column], wanted)
    if operators:
        fits &= found["organization_id"].isin(operators)
    if wheelchair:
        fits &= found["wheelchair"].fillna("unknown").isin(wheelchair)
    if quality:
        fits &= found["coordinate_quality"].isin(quality)
    return found[fits].sort_values("name", key=lambda names: names.str.casefold()).reset_index(drop=True)


def _any_item(lists: pd.Series[Any], wanted: tuple[str, ...]) -> pd.Series[bool]:
    sought = set(wanted)
    hits = [isinstance(text, str) and not sought.isdisjoint(text.split(";")) for text in lists]
    return lists.notna() & np.array(hits, dtype=bool)


def operators() -> dict[str, str]:
    """Return the names of all organisations that run a place, by id, in alphabetical order."""
    known = data.places().dropna(subset=["organization_id", "operator"]).drop_duplicates("organization_id")
    pairs = zip(known["organization_id"], known["operator"], strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def places_file(form: str, places: tuple[str, ...], language: str) -> bytes:
    """Return the named places as a file, see `exchange.export.export`; ``form`` is one of its formats."""
    from exchange.export import export
    from exchange.vocabulary import vocabulary_of

    words = data.shipped("vocabulary", make=lambda: vocabulary_of(data.package()))
    return export(content(), form, words, places=places, descriptor=data.package().descriptor, language=language)


def content() -> Content:
    """Return all entries that everybody may read, see `exchange.content`."""
    from exchange.content import content_of_package, content_of_store

    def made() -> Content:
        return content_of_store(storage.reading()) if storage.exists() else content_of_package(data.package())

    return data.kept("content", make=made)
