"""The state of the data that a page shows: the package, or the package with what people changed, as files to hand on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from views import data, storage

if TYPE_CHECKING:
    import pandas as pd

    from geo.inputs import GapInputs


def is_local() -> bool:
    """Tell whether somebody has added or changed anything: then the shipped package alone rebuilds no result."""
    return bool(storage.state())


def files() -> dict[str, bytes]:
    """Return the files of the package with what people changed; only what everybody may read is in it."""
    return data.kept("data_state", make=_files)


def zipped() -> bytes:
    """Return `files` as ZIP archive."""
    from exchange.data_state import state_zip

    return state_zip(files())


def inputs() -> GapInputs:
    """Return the inputs of the gap analysis with version and hash of `files`, for a passport that others can replay."""
    found = data.gap_inputs()
    if not is_local():
        return found
    from exchange.data_state import state_hash

    return replace(found, data_hash=state_hash(data.package(), files()))


def _files() -> dict[str, bytes]:
    from exchange.data_state import state_files

    package = data.package()
    return state_files(package, _changed(), version=data.gap_inputs().data_version)


def _changed() -> dict[str, pd.DataFrame]:
    """Return the tables that people changed. The day a place was last known to be true is the date of its source."""
    from geo.sources import read

    package = data.package()
    tables = {name: data.frame(name) for name in package.names if storage.is_editable(name)}
    places = storage.frame("locations", extended=True)
    known = places["last_confirmed"].fillna(places["source_date"])
    tables["locations"] = places.assign(source_date=known)
    return {name: table for name, table in tables.items() if not _same(table, read(package, name))}


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    columns = [name for name in other.columns if name != "geometry"]
    return len(one) == len(other) and one[columns].astype(object).equals(other[columns].astype(object))
