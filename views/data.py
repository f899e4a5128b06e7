"""The only caching: read-only frames of the data package, keyed by folder and version, shared as resources.

Every public function takes no frame: it asks for the current package (folder and version by modification time and size), and
hands out shallow copies, so that a page can never change what another visitor sees. After a new data package is put in place
the next rerun reads it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import streamlit as st

from geo import sources
from layers.escape import html_text
from views import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from layers.boundaries import Boundaries
    from layers.streets import Streets

Kept = TypeVar("Kept")


@lru_cache(maxsize=1)
def current_settings() -> settings.Settings:
    """Return the operator's settings of this process."""
    return settings.load()


def package() -> sources.Package:
    """Return the data package; raises DataFileError when there is none."""
    return sources.open_package(current_settings().data)


@st.cache_resource(show_spinner=False, max_entries=64)
def _frame(folder: str, version: str, name: str) -> Any:
    return sources.read(sources.open_package(folder), name)


def frame(name: str) -> pd.DataFrame | gpd.GeoDataFrame:
    """Return one resource as a shallow copy (metric CRS where it has a geometry)."""
    current = package()
    return _frame(str(current.root), current.version, name).copy(deep=False)


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(version: str, key: tuple[Any, ...], _make: Callable[[], Any]) -> Any:
    return _make()


def kept(*key: Any, make: Callable[[], Kept]) -> Kept:
    """Return ``make()``, remembered under ``key`` and the version of the data package.

    ``key`` has to name everything that the result depends on, the language included.
    """
    return cast("Kept", _kept(package().version, key, make))


def boundaries() -> Boundaries:
    """Return the published boundaries of districts and boroughs."""
    from layers.boundaries import publish_boundaries

    return kept("boundaries", make=lambda: publish_boundaries(frame("districts"), frame("boroughs")))


def streets() -> Streets:
    """Return the published street graph that serves as background."""
    from layers.streets import publish_streets

    return kept("streets", make=lambda: publish_streets(frame("street_nodes"), frame("street_edges")))


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
    return kept("silhouette", make=_silhouette)


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


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV (UTF-8 with byte order mark, so that spreadsheets read the umlauts)."""
    return table.to_csv(index=False).encode("utf-8-sig")
