"""The only caching: read-only frames of the data package, keyed by folder and version, shared as resources.

Every public function takes no frame: it asks for the current package (folder and version by modification time and size), and
hands out shallow copies, so that a page can never change what another visitor sees. After a new data package is put in place
the next rerun reads it.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo import sources
from views import settings

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


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
