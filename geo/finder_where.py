"""Where somebody is: what was typed, a position, or a district, turned into a start inside the city.

What comes in here is personal. Nothing is written down, cached or put into an error; nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rapidfuzz import fuzz, process

from geo.crs import METRIC_CRS, lonlat_to_xy
from geo.joins import table_or_empty
from geo.search import folded, gazetteer, search

if TYPE_CHECKING:
    from geo.catalogue import Load
    from geo.finder_places import FinderPlaces
    from geo.sources import Package

MOST_CHARACTERS: Final = 200
"""Of what was typed; the rest is not read."""

MOST_HITS: Final = 6
_SIMILAR: Final = 72.0
_SHORTEST: Final = 3
_NUMBER: Final = re.compile(r"\s+\d+\s*[a-z]?\b")

Kind = Literal["district", "typed", "device", "tap"]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a way begins.

    Attributes
    ----------
    x, y
        Metres (EPSG:25832), inside the city.
    district_id
        District it lies in.
    kind
        How it was said; ``district`` = only the district, from where its people live on average.
    outside_m
        How far outside the city the place was that somebody named; 0 = inside.
    """

    x: float
    y: float
    district_id: int
    kind: Kind
    outside_m: float = 0.0


def where_entries(package: Package, *, load: Load) -> gpd.GeoDataFrame:
    """Return what can be found by name: `geo.search.gazetteer`, and the streets and postal codes of the places.

    A street is the middle of the places known in it; ``type`` is ``street`` or ``postal_code``.
    """
    known = gazetteer(package, load=load)
    located = table_or_empty(load, "locations")
    if "geometry" not in located.columns or located.empty:
        return known
    placed = located[located["geometry"].notna()]
    parts = [known] + [_grouped(placed, column, type_) for type_, column in _COLUMNS.items()]
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=METRIC_CRS)


_COLUMNS: Final = {"street": "street", "postal_code": "postal_code"}


def _grouped(placed: pd.DataFrame, column: str, type_: str) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "name": placed[column],
            "district_id": placed["district_id"].astype("Int64"),
            "x": placed["geometry"].x,
            "y": placed["geometry"].y,
        }
    ).dropna(subset=["name", "district_id"])
    keys = ["name", "district_id"]
    middle = rows.groupby(keys, as_index=False)[["x", "y"]].mean()
    return pd.DataFrame(
        {
            "type": type_,
            "id": [f"{name}@{district}" for name, district in middle[keys].itertuples(index=False)],
            "name": middle["name"],
            "detail": pd.Series(pd.NA, index=middle.index, dtype="str"),
            "district_id": middle["district_id"],
            "folded": pd.Series([folded(name) for name in middle["name"]], dtype="str"),
            "geometry": shapely.points(middle["x"], middle["y"]),
        }
    )


def suggestions(entries: gpd.GeoDataFrame, typed: str, *, limit: int = MOST_HITS) -> gpd.GeoDataFrame:
    """Return what somebody may have meant, best first; empty where nothing is like it.

    First the names that fit as they are typed, then without a house number, then names that stand
    inside a longer sentence, then names that are written alike. Never raises.

    Parameters
    ----------
    entries
        From `where_entries`.
    typed
        Anything; the first 200 characters are read.
    limit
        Most entries returned.
    """
    text = folded(typed[:MOST_CHARACTERS])
    bare = _NUMBER.sub("", text).strip()
    entries = entries[entries["geometry"].notna()]
    if len(text) < _SHORTEST or entries.empty:
        return entries.iloc[:0]
    for tried in dict.fromkeys((text, bare)):
        found = _found(entries, tried, limit)
        if len(found):
            return found
    inside = _inside(entries, text)
    return _once(inside if len(inside) else _alike(entries, bare or text)).head(limit)


def _found(entries: gpd.GeoDataFrame, text: str, limit: int) -> gpd.GeoDataFrame:
    """Return exact hits: `geo.search.search` knows the four types of the map, streets are compared here."""
    if len(text) < _SHORTEST:
        return entries.iloc[:0]
    names = entries["folded"]
    extra = entries["type"].isin(list(_COLUMNS)).to_numpy()
    own = entries[extra & names.str.startswith(text).to_numpy()].sort_values("folded", kind="stable")
    known = search(entries[~extra], text, limit=limit)
    sure = known[known["folded"] == text]
    return _once(pd.concat([sure, own, known])).head(limit)


def _inside(entries: gpd.GeoDataFrame, text: str) -> gpd.GeoDataFrame:
    padded = f" {text} "
    hits = [len(name) > _SHORTEST and f" {name} " in padded for name in entries["folded"]]
    found = entries[hits]
    return found.iloc[np.argsort([-len(name) for name in found["folded"]], kind="stable")]


def _alike(entries: gpd.GeoDataFrame, text: str) -> gpd.GeoDataFrame:
    hits = process.extract(text, list(entries["folded"]), scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=30)
    return entries.iloc[[row for _, _, row in hits]]


def _once(found: pd.DataFrame) -> gpd.GeoDataFrame:
    """Keep the first of what has the same type, name and district."""
    kept = found.drop_duplicates(["type", "folded", "district_id"])
    return gpd.GeoDataFrame(kept, geometry="geometry", crs=METRIC_CRS)


def at_district(places: FinderPlaces, district_id: int) -> Start | None:
    """Return the start in a district: where its people live on average; None for an unknown number."""
    rows = np.flatnonzero(places.districts["district_id"] == district_id)
    if len(rows) == 0:
        return None
    x, y = places.starts[rows[0]]
    return Start(float(x), float(y), int(district_id), "district")


def at_entry(places: FinderPlaces, geometry: shapely.Geometry, type_: str, entry_id: str) -> Start:
    """Return the start at something that was found by name."""
    if type_ == "district":
        found = at_district(places, int(entry_id))
        if found is not None:
            return found
    point = geometry if isinstance(geometry, shapely.Point) else shapely.point_on_surface(geometry)
    return at_point(places, float(point.x), float(point.y), "typed")


def at_lonlat(places: FinderPlaces, lon: float, lat: float, kind: Kind) -> Start | None:
    """Return the start at a position in degrees; None where it is none on earth."""
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 -- degrees; NaN is refused too
        return None
    x, y = lonlat_to_xy(np.array([lon]), np.array([lat]))
    if not (np.isfinite(x[0]) and np.isfinite(y[0])):
        return None
    return at_point(places, float(x[0]), float(y[0]), kind)


def at_point(places: FinderPlaces, x: float, y: float, kind: Kind) -> Start:
    """Return the start at a point in metres; a point outside the city becomes the nearest one inside."""
    point = shapely.Point(x, y)
    shapes = places.districts.geometry.to_numpy()
    distance_m = shapely.distance(shapes, point)
    row = int(np.argmin(distance_m))
    number = int(places.districts["district_id"].iloc[row])
    outside_m = float(distance_m[row])
    if outside_m == 0:
        return Start(x, y, number, kind)
    near = shapely.shortest_line(shapes[row], point).coords[0]
    return Start(float(near[0]), float(near[1]), number, kind, outside_m)
