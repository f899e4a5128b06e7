"""Finding districts, boroughs, stops and places by name, however accents and street endings are written."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.catalogue import Load, loader
from geo.crs import METRIC_CRS
from geo.errors import ParameterError, QuartierError
from geo.joins import looked_up, table_or_empty

if TYPE_CHECKING:
    from geo.sources import Package

GAZETTEER_COLUMNS: Final = ("type", "id", "name", "detail", "district_id", "folded", "geometry")
TYPES: Final = ("district", "borough", "stop", "place")
"""What can be found; of equally good hits the first types come first."""

_UMLAUTS: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o"})
_DIGRAPHS: Final = re.compile(r"([ao])e|(?<![aeq])ue")
_STREET: Final = re.compile(r"str\b\.?")
_NO_WORD: Final = re.compile(r"[^0-9a-z]+")
_NO_HIT: Final = 9


def folded(text: str) -> str:
    """Return `text` for comparing: lower case, ``ä``, ``ae`` and ``a`` alike, ``ß`` = ``ss``, ``Str.`` = ``Straße``.

    Only words of a to z and 0 to 9, with one space between them; texts in other scripts become empty.
    """
    lower = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))
    joined = _DIGRAPHS.sub(lambda hit: hit.group(1) or "u", plain)
    return " ".join(_NO_WORD.sub(" ", _STREET.sub("strasse", joined)).split())


def gazetteer(package: Package, *, load: Load | None = None) -> gpd.GeoDataFrame:
    """Return everything that can be searched for by name.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    load
        Gives the frames of resources instead of reading the files again.

    Returns
    -------
    geopandas.GeoDataFrame
        `GAZETTEER_COLUMNS`: ``type`` (district, borough, stop, place), ``id`` as text, ``name``,
        ``detail`` (the borough or district it lies in; NaN = unknown), ``district_id`` (Int64),
        ``folded`` name and geometry in EPSG:25832: areas, or points (None = no coordinate). Stops of
        the same name in the same district stand once. A broken resource is left out.
    """
    load = load or loader(package)
    parts = []
    for type_ in TYPES:
        try:
            parts.append(_PARTS[type_](load).assign(type=type_))
        except QuartierError:  # the others can still be searched
            continue
    if not parts:
        return gpd.GeoDataFrame({name: [] for name in GAZETTEER_COLUMNS}, geometry="geometry", crs=METRIC_CRS)
    entries = pd.concat(parts, ignore_index=True)
    districts = table_or_empty(load, "districts")
    names = dict(zip(districts["district_id"], districts["name"], strict=True))
    entries["detail"] = entries["detail"].fillna(looked_up(entries["district_id"], names))
    entries["folded"] = pd.Series([folded(name) for name in entries["name"]], dtype="str")
    return gpd.GeoDataFrame(entries[list(GAZETTEER_COLUMNS)], geometry="geometry", crs=METRIC_CRS)


def search(entries: gpd.GeoDataFrame, query: str, *, limit: int = 10) -> gpd.GeoDataFrame:
    """Return the entries that fit `query`, best first.

    Every word of the query begins a word of the name, or the query stands somewhere in the name;
    nothing is guessed. Order: the same name, a name that begins with the query, a name with words
    that begin so, a name that holds it; then by type (districts first), then by name.

    Parameters
    ----------
    entries
        From `gazetteer`.
    query
        As typed; empty or without letters and digits finds nothing.
    limit
        Most entries returned, 1 or more.

    Raises
    ------
    ParameterError
        `limit` is below 1.
    """
    if limit < 1:
        raise ParameterError("parameter.out_of_range", name="limit", value=limit, minimum=1, maximum="any")
    wanted = folded(query)
    if not wanted:
        return entries.iloc[:0]
    ranks = np.array([_rank(name, wanted) for name in entries["folded"]])
    types = entries["type"].map(TYPES.index).to_numpy(dtype="int64")
    hits = np.flatnonzero(ranks < _NO_HIT)
    names, ids = entries["folded"].to_numpy(), entries["id"].to_numpy()
    order = sorted(hits.tolist(), key=lambda at: (ranks[at], types[at], names[at], ids[at]))
    return entries.iloc[order[:limit]]


def _rank(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if _begins_words(name.split(), wanted.split()):
        return 2
    return 3 if wanted in name else _NO_HIT


def _begins_words(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _districts(load: Load) -> pd.DataFrame:
    frame = load("districts")
    return _entries(frame, frame["district_id"], frame["district_id"], frame["borough"])


def _boroughs(load: Load) -> pd.DataFrame:
    frame = load("boroughs")
    return _entries(frame, frame["borough_id"], None, None)


def _stops(load: Load) -> pd.DataFrame:
    frame = load("stops").drop_duplicates(["name", "district_id"])
    return _entries(frame, frame["id"], frame["district_id"], None)


def _places(load: Load) -> pd.DataFrame:
    frame = load("locations")
    return _entries(frame, frame["id"], frame["district_id"], None)


def _entries(
    frame: pd.DataFrame, ids: pd.Series[int], districts: pd.Series[int] | None, detail: pd.Series[str] | None
) -> pd.DataFrame:
    unknown = pd.Series(pd.NA, index=frame.index)
    return pd.DataFrame(
        {
            "id": ids.astype("str"),
            "name": frame["name"],
            "detail": (unknown if detail is None else detail).astype("str"),
            "district_id": (unknown if districts is None else districts).astype("Int64"),
            "geometry": frame["geometry"],
        }
    )


_PARTS: Final = {"district": _districts, "borough": _boroughs, "stop": _stops, "place": _places}
