"""Ground and local work as one table, in the columns and types of `geo.sources.read`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.schema import load_schema
from store.overlay import entries, is_touched
from store.permissions import grant_of
from store.resources import resource
from store.visibility import can_be_internal, hidden_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.database import Store
    from store.entry import Entry
    from store.permissions import Actor
    from store.resources import Resource

STATE_COLUMNS: Final = ("version", "entry_origin", "last_confirmed", "updated_at")
"""Columns that ``extended`` adds after the fields of the profile."""

_DTYPES: Final = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
_WITH_GAPS: Final = {"int64": "Int64", "bool": "boolean"}


def view(store: Store, name: str, *, actor: Actor | None = None, extended: bool = False) -> pd.DataFrame:
    """Return all entries of a resource in use: the package's with local changes, then added ones.

    Parameters
    ----------
    name
        Resource of `store.resources.resources`.
    actor
        Who looks. Without the right to read internal entries (or without an actor) contacts and
        phones that are not marked public are left out.
    extended
        Also the profile's fields and `STATE_COLUMNS`: version (hand it back when changing), entry_origin
        (``added`` or ``ground``; ``origin`` is a field of needs, ideas and steps),
        last_confirmed (day or empty), updated_at (UTC or empty).

    Returns
    -------
    geopandas.GeoDataFrame or pandas.DataFrame
        As `geo.sources.read`: EPSG:25832 where the resource has a coordinate, rows without one with
        an empty geometry; empty = unknown. A resource that only the store has: its own columns. A
        whole-number or yes/no column that is never empty in the package is of a type that can be
        (``Int64``, ``boolean``) if an added row leaves it empty.
    """
    kind = resource(name)
    with store.read() as connection:
        plain = not extended and name in store.ground.names and not can_be_internal(kind)
        if plain and not is_touched(connection, kind):
            return store.ground.frame(name)
        found = list(entries(connection, store.ground, kind))
        hidden = hidden_ids(connection, store.ground, found, grant_of(store, connection, actor))
    return frame_of(kind, [one for one in found if one.id not in hidden], extended=extended)


def frame_of(kind: Resource, found: Sequence[Entry], *, extended: bool) -> pd.DataFrame:
    """Return entries as a table, in their order."""
    columns = {"id": pd.Series([one.id for one in found], dtype="str")}
    for field in kind.fields.values():
        if extended or field.in_package or not kind.in_package:
            values = [one.values[field.name] for one in found]
            columns[field.name] = _series(values, _dtype(kind, field.name))
    frame = pd.DataFrame(columns)
    if extended:
        frame["version"] = pd.Series([one.version for one in found], dtype="int64")
        for name in STATE_COLUMNS[1:]:
            frame[name] = pd.Series([getattr(one, name.removeprefix("entry_")) for one in found], dtype="str")
    return _with_places(frame) if {"lon", "lat"} <= set(frame.columns) else frame


def _dtype(kind: Resource, name: str) -> str:
    field = kind.fields[name]
    if not field.in_package:
        return _DTYPES[field.type]
    return load_schema(kind.name).column(name).dtype


def _series(values: list[Any], dtype: str) -> pd.Series[Any]:
    if dtype in _WITH_GAPS and None in values:
        dtype = _WITH_GAPS[dtype]
    return pd.Series(values, dtype=dtype)


def _with_places(frame: pd.DataFrame) -> pd.DataFrame:
    import geopandas as gpd

    from geo.crs import from_lonlat

    placed: pd.DataFrame = gpd.GeoDataFrame(frame, geometry=from_lonlat(frame["lon"], frame["lat"]))
    return placed
