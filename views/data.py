"""The only caching: read-only frames of the data package, keyed by folder and version, shared as resources.

Where there is a store, its entries are read instead of the package's (package and what people changed, as one table), and
the store's state is part of the key.

Every public function takes no frame: it asks for the current package (folder and version by modification time and size), and
hands out shallow copies, so that a page can never change what another visitor sees. After a new data package is put in place
the next rerun reads it.
"""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import streamlit as st

from geo import sources
from views import settings, storage

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from geo.catalogue import Catalogue
    from geo.facts import DistrictFacts
    from geo.gap_settings import GapSettings
    from geo.gaps import GapResult
    from geo.inputs import GapInputs
    from geo.problems import Problem
    from geo.reach import Reach, Walk
    from layers.boundaries import Boundaries
    from layers.streets import Streets

Kept = TypeVar("Kept")


@lru_cache(maxsize=1)
def current_settings() -> settings.Settings:
    """Return the operator's settings of this process."""
    return settings.load()


_SECONDS_OPEN = 1.0
_opened: dict[Path, tuple[float, sources.Package]] = {}


def package() -> sources.Package:
    """Return the data package; raises DataFileError when there is none.

    One rerun asks about a hundred times: the files are looked at anew after a second only.
    """
    folder, now = current_settings().data, time.monotonic()
    since, opened = _opened.get(folder, (-_SECONDS_OPEN, None))
    if opened is None or now - since >= _SECONDS_OPEN:
        opened = sources.open_package(folder)
        _opened[folder] = (now, opened)
    return opened


@st.cache_resource(show_spinner=False, max_entries=64)
def _frame(folder: str, version: str, name: str) -> Any:
    return sources.read(sources.open_package(folder), name)


def frame(name: str) -> pd.DataFrame | gpd.GeoDataFrame:
    """Return one resource as a shallow copy (metric CRS where it has a geometry), with what people changed."""
    current, state = package(), storage.state()
    if state and storage.is_editable(name):
        return _local_frame(str(current.root), current.version, state, name).copy(deep=False)
    return _frame(str(current.root), current.version, name).copy(deep=False)


@st.cache_resource(show_spinner=False, max_entries=64)
def _local_frame(folder: str, version: str, state: str, name: str) -> Any:
    return storage.frame(name)


def entries(name: str) -> pd.DataFrame | gpd.GeoDataFrame:
    """Return the entries of a kind as the visitor may see them, with all fields and their state, see `store.view`."""
    current = package()
    place = (str(current.root), current.version, storage.state())
    return _entries(place, name, internal=storage.may_read_internal()).copy(deep=False)


@st.cache_resource(show_spinner=False, max_entries=64)
def _entries(place: tuple[str, str, str], name: str, *, internal: bool) -> Any:
    return storage.frame(name, actor=storage.actor() if internal else None, extended=True)


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(version: str, key: tuple[Any, ...], _make: Callable[[], Any]) -> Any:
    return _make()


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept_locally(version: str, state: str, key: tuple[Any, ...], _make: Callable[[], Any]) -> Any:
    return _make()


def kept(*key: Any, make: Callable[[], Kept]) -> Kept:
    """Return ``make()``, remembered under ``key``, the version of the data package and the state of the store.

    ``key`` has to name everything that the result depends on, the language included.
    """
    state = storage.state()
    if not state:
        return shipped(*key, make=make)
    if _newest["state"] != state:  # what was made from an earlier state is of no use any more
        _newest["state"] = state
        _kept_locally.clear()
    return cast("Kept", _kept_locally(package().version, state, key, make))


_newest = {"state": ""}


def shipped(*key: Any, make: Callable[[], Kept]) -> Kept:
    """Return ``make()`` like `kept`, for what depends on nothing that people can change."""
    return cast("Kept", _kept(package().version, key, make))


def boundaries() -> Boundaries:
    """Return the published boundaries of districts and boroughs."""
    from layers.boundaries import publish_boundaries

    return shipped("boundaries", make=lambda: publish_boundaries(frame("districts"), frame("boroughs")))


def streets() -> Streets:
    """Return the published street graph that serves as background."""
    return shipped("streets", make=_streets)


def _streets() -> Streets:
    """Return what an earlier process published from the same files, else publish it."""
    from layers.streets import publish_streets, published_streets, source_key

    names = ("street_nodes", "street_edges")
    source = source_key(package().path(name) for name in names)
    return published_streets(source) or publish_streets(*map(frame, names), source=source)


def district_names() -> dict[int, str]:
    """Return the districts' names by their official number."""
    areas = frame("districts")
    return {int(number): str(name) for number, name in zip(areas["district_id"], areas["name"], strict=True)}


def _load(name: str) -> pd.DataFrame:
    """Give geo's joins the cached frames."""
    return frame(name)


def places() -> gpd.GeoDataFrame:
    """Return every place with all that is known about it, see `geo.places.places`."""
    from geo.places import places as join

    return kept("places_joined", make=lambda: join(package(), load=_load)).copy(deep=False)


def offers() -> gpd.GeoDataFrame:
    """Return every offer at every place it is offered at, see `geo.places.offers`."""
    from geo.places import offers as join

    return kept("offers_joined", make=lambda: join(package(), load=_load)).copy(deep=False)


def actors() -> gpd.GeoDataFrame:
    """Return every actor at every place it is at, see `geo.actors.actors`."""
    from geo.actors import actors as join

    return kept("actors_joined", make=lambda: join(package(), load=_load)).copy(deep=False)


def catalogue() -> Catalogue:
    """Return kinds, target groups, roles, topics, indicators and standards by their key."""
    from geo.catalogue import catalogue as read

    return shipped("catalogue", make=lambda: read(package(), load=_load))


def gazetteer() -> gpd.GeoDataFrame:
    """Return what the search box finds, see `geo.search.gazetteer`; ``ref`` names an entry in the address line."""
    return kept("gazetteer", make=_gazetteer)


def _gazetteer() -> gpd.GeoDataFrame:
    from geo.search import gazetteer as read

    entries = read(package(), load=_load)
    return entries.assign(ref=entries["type"] + "-" + entries["id"].astype(str)).drop_duplicates("ref")


def facts(district: int) -> DistrictFacts:
    """Return what the package says about one district, see `geo.facts.district_facts`."""
    from geo.facts import district_facts

    return kept("facts", district, make=lambda: district_facts(package(), district, load=_load))


def gap_inputs() -> GapInputs:
    """Return the tables and the street graph of the gap analysis, see `geo.inputs.load_inputs`."""
    return kept("gap_inputs", make=_gap_inputs)


def _gap_inputs() -> GapInputs:
    from geo.inputs import gather, load_inputs

    shipped_inputs = shipped("gap_inputs_shipped", make=lambda: load_inputs(package()))
    state = storage.state()
    if not state:
        return shipped_inputs
    names = (
        "population_cells", "districts", "locations", "services", "services_at_location",
        "facility_kinds", "target_groups", "standards", "inventory_statements",
    )  # fmt: skip
    from views import fresh

    frames = {name: frame(name) for name in names}
    places = frames["locations"]
    frames["locations"] = places.assign(last_known=places["id"].map(fresh.last_known()))
    return gather(
        frames,
        network=shipped_inputs.network,
        data_version=f"{shipped_inputs.data_version}+{state}",
        data_hash=shipped_inputs.data_hash,
    )


def reach(walk: Walk) -> Reach:
    """Return the walks from all cells to all places, see `geo.gaps.measure_reach`: a second when first asked for."""
    from geo.gaps import measure_reach

    return kept("reach", repr(walk), make=lambda: measure_reach(gap_inputs(), walk))


def gap_result(kind: str, settings: GapSettings) -> GapResult:
    """Return the gap analysis of a kind, see `geo.gaps.gap_table`; its frames are shared, never change them."""
    from geo.gaps import gap_table

    key = ("gap", kind, repr(settings))
    return kept(*key, make=lambda: gap_table(gap_inputs(), reach(settings.walk), kind, settings))


def problems() -> list[Problem]:
    """Return everything that is wrong with the data package, see `geo.validation.validate`."""
    from geo.validation import validate

    return shipped("problems", make=lambda: validate(package()))


def counted_groups() -> list[str]:
    """Return the target groups that the population cells count."""
    return [group for group, entry in catalogue().target_groups.items() if entry.population_column]


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV that German spreadsheets open by a double click; no text of it can become a formula."""
    from exchange.text_cells import prefixed

    safe = table.map(lambda value: prefixed(value) if isinstance(value, str) else value)
    safe.columns = [prefixed(str(name)) for name in table.columns]
    return safe.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n").encode("utf-8-sig", errors="replace")
