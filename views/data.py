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

import numpy as np
import streamlit as st

from geo import sources
from views import settings, storage

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from exchange.content import Content
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

OWN_LEVELS = ("district", "estimate")
FEWEST_DISTRICTS = 5


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
    from layers.streets import publish_streets

    return shipped("streets", make=lambda: publish_streets(frame("street_nodes"), frame("street_edges")))


def district_names() -> dict[int, str]:
    """Return the districts' names by their official number."""
    areas = frame("districts")
    return {int(number): str(name) for number, name in zip(areas["district_id"], areas["name"], strict=True)}


def headline() -> dict[str, int]:
    """Return the counts of the start page."""
    return kept("headline", make=_headline)


def _headline() -> dict[str, int]:
    locations, organizations = frame("locations"), frame("organizations")
    return {
        "districts": len(frame("districts")),
        "population": round(float(frame("population_cells")["population"].sum())),
        "places": len(locations),
        "located": int(locations.geometry.notna().sum()),
        "organizations": len(organizations),
        "actors": int(organizations["is_actor"].fillna(value=False).sum()),
    }


def silhouette() -> str:
    """Return the outline of the districts as an SVG picture."""
    return shipped("silhouette", make=_silhouette)


def _silhouette() -> str:
    areas = frame("districts")
    west, south, east, north = areas.total_bounds
    paths = []
    for shape in areas.geometry.simplify(60):
        for part in getattr(shape, "geoms", [shape]):
            points = " ".join(f"{x - west:.0f},{north - y:.0f}" for x, y in part.exterior.coords)
            paths.append(f'<path d="M{points}Z"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{(east - west) / 40:.0f}" height="{(north - south) / 40:.0f}" '
        f'viewBox="-60 -60 {east - west + 120:.0f} {north - south + 120:.0f}" fill="#2a8792" fill-opacity="0.14" '
        f'stroke="#2a8792" stroke-width="45" stroke-linejoin="round">' + "".join(paths) + "</svg>"
    )


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
    return kept(*key, make=lambda: _filter(kinds, targets, topics, operators, wheelchair, quality)).copy(deep=False)


def _filter(
    kinds: tuple[str, ...],
    targets: tuple[str, ...],
    topics: tuple[str, ...],
    operators: tuple[str, ...],
    wheelchair: tuple[str, ...],
    quality: tuple[str, ...],
) -> gpd.GeoDataFrame:
    found = places()
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
    known = places().dropna(subset=["organization_id", "operator"]).drop_duplicates("organization_id")
    pairs = zip(known["organization_id"], known["operator"], strict=True)
    return dict(sorted(pairs, key=lambda pair: pair[1].casefold()))


def indicator_values(code: str) -> pd.DataFrame:
    """Return the newest value of an indicator per district, for districts that have a value of their own.

    Index: district id. Columns: ``value``, ``unit``, ``reference_date``, ``value_level``, ``quality``, ``source``.
    """
    return shipped("indicator", code, make=lambda: _indicator_values(code))


def _indicator_values(code: str) -> pd.DataFrame:
    table = frame("indicators")
    own = table[
        (table["indicator"] == code) & (table["area_level"] == "district") & table["value_level"].isin(OWN_LEVELS)
    ]
    newest = own.sort_values("reference_date", na_position="first").drop_duplicates("area_id", keep="last")
    return newest.assign(district_id=newest["area_id"].astype("int64")).set_index("district_id")[
        ["value", "unit", "reference_date", "value_level", "quality", "source"]
    ]


def indicator_codes() -> list[str]:
    """Return the indicators that at least five districts have a value of their own for."""
    return shipped("indicator_codes", make=_indicator_codes)


def _indicator_codes() -> list[str]:
    codes = frame("indicator_definitions")["indicator"]
    return [code for code in codes if indicator_values(code)["value"].notna().sum() >= FEWEST_DISTRICTS]


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
    return gather(
        {name: frame(name) for name in names},
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


def places_file(form: str, places: tuple[str, ...], language: str) -> bytes:
    """Return the named places as a file, see `exchange.export.export`; ``form`` is one of its formats."""
    from exchange.export import export
    from exchange.vocabulary import vocabulary_of

    words = shipped("vocabulary", make=lambda: vocabulary_of(package()))
    return export(content(), form, words, places=places, descriptor=package().descriptor, language=language)


def content() -> Content:
    """Return all entries that everybody may read, see `exchange.content`."""
    from exchange.content import content_of_package, content_of_store

    def made() -> Content:
        return content_of_store(storage.reading()) if storage.exists() else content_of_package(package())

    return kept("content", make=made)
