"""Where a place is: the coordinate in use, its quality and error, and the Stadtteil."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.assign import assign_district
from geo.crs import from_lonlat
from scripts.datapackage.names import join_notes
from scripts.datapackage.raw import RawDataError, number

if TYPE_CHECKING:
    from scripts.datapackage.areas import Gazetteer
    from scripts.datapackage.raw import Row

_PLUS_MINUS = re.compile(r"(?:±|~)(\d+) m")
_EXCEPTION = re.compile(r"\((?P<names>[^()]*?) ca\. ±(?P<error>\d+) m\)")
_ERROR = re.compile(r"Fehler (?:grob |ca\. )?(?:\d+-|<)?(\d+) m")
_WARNING = re.compile(r"\[ACHTUNG: (.*)\]")
_NOT_EXACT = "nicht hausgenau"


@dataclass(frozen=True)
class Position:
    """What is known of the position; lon and lat in degrees, None = unknown. note: conflicts."""

    lon: float | None
    lat: float | None
    quality: str
    error_m: float | None
    method: str
    district_id: int | None
    district_source: str
    note: str


def positions(rows: list[Row], districts: gpd.GeoDataFrame, gazetteer: Gazetteer, name: str) -> list[Position]:
    """Return the position of each raw place; `districts` are the shipped polygons, EPSG:25832."""
    coordinates = [_coordinate(row, name) for row in rows]
    lon = pd.Series([np.nan if c is None else c[0] for c in coordinates])
    lat = pd.Series([np.nan if c is None else c[1] for c in coordinates])
    points = gpd.GeoSeries(from_lonlat(lon, lat))
    found = assign_district(points, districts)
    ids = [None if pd.isna(number_) else int(number_) for number_ in found]
    placed = [
        _position(row, coordinate, inside, gazetteer)
        for row, coordinate, inside in zip(rows, coordinates, ids, strict=True)
    ]
    return _by_address(rows, placed)


def _by_address(rows: list[Row], placed: list[Position]) -> list[Position]:
    """Give places whose Stadtteil nobody names that of the places at the same address, if these agree."""
    at: dict[tuple[str, ...], set[int]] = {}
    for row, position in zip(rows, placed, strict=True):
        if position.district_id is not None:
            at.setdefault(_address(row), set()).add(position.district_id)
    found = []
    for row, position in zip(rows, placed, strict=True):
        known = at.get(_address(row), set()) if row["street"] and row["housenumber"] else set()
        if position.district_id is None and len(known) == 1:
            (district,) = known
            found.append(replace(position, district_id=district, district_source="same_address"))
        else:
            found.append(position)
    return found


def _address(row: Row) -> tuple[str, ...]:
    """Return street, number and town in one spelling."""
    street = row["street"].casefold().replace("str.", "straße").strip()
    return street, row["housenumber"].casefold().replace(" ", ""), row["city"].casefold()


def _coordinate(row: Row, name: str) -> tuple[float, float] | None:
    for lon_column, lat_column in (("lon", "lat"), ("approx_lon", "approx_lat")):
        lon, lat = number(row, lon_column, name=name), number(row, lat_column, name=name)
        if (lon is None) != (lat is None):
            raise RawDataError(f"Raw file {name!r}: {row['id']} has only one of {lon_column}, {lat_column}.")
        if lon is not None and lat is not None:
            return lon, lat
    return None


def _position(row: Row, coordinate: tuple[float, float] | None, inside: int | None, gazetteer: Gazetteer) -> Position:
    stated = gazetteer.district_id(row["stadtteil"])
    if row["stadtteil"] and stated is None:
        raise RawDataError(f"Raw file 'places.csv': {row['id']} names the unknown Stadtteil {row['stadtteil']!r}.")
    quality = _quality(row, coordinate)
    district, source, conflict = _district(row, quality, inside, stated)
    method = row["approx_method"] if quality == "approximate" and row["approx_method"] else row["coordinate_quality"]
    rejected = row["coordinate_quality"] if "verworfen" in row["coordinate_quality"] else ""
    return Position(
        lon=coordinate[0] if coordinate else None,
        lat=coordinate[1] if coordinate else None,
        quality=quality,
        error_m=_error_m(row, quality),
        method="" if rejected else method,
        district_id=district,
        district_source=source,
        note=join_notes(conflict, rejected),
    )


def _quality(row: Row, coordinate: tuple[float, float] | None) -> str:
    if coordinate is not None:
        exact = row["lat"] and _NOT_EXACT not in row["coordinate_quality"]
        return "exact" if exact else "approximate"
    if row["street"]:
        return "address"
    return "district" if row["stadtteil"] else "none"


def _error_m(row: Row, quality: str) -> float | None:
    text = row["approx_method"] if quality == "approximate" else row["coordinate_quality"]
    if quality == "approximate":
        match = _ERROR.search(text)
        return float(match[1]) if match else None
    exception = _EXCEPTION.search(text)
    if exception and any(part.strip() in row["name"] for part in exception["names"].split(",")):
        return float(exception["error"])
    match = _PLUS_MINUS.search(text)
    return float(match[1]) if match and quality == "exact" else None


def _district(row: Row, quality: str, inside: int | None, stated: int | None) -> tuple[int | None, str, str]:
    """Return (Stadtteil, where from, conflict): a coordinate decides unless the source warns."""
    warning = _WARNING.search(row["approx_method"])
    if warning is not None:
        return stated, "stated", f"Näherungspunkt {warning[1]}"
    if quality == "exact" and inside is not None:
        conflict = f"Quelle nennt {row['stadtteil']}" if stated not in (None, inside) else ""
        return inside, "point", conflict
    if row["stadtteil_source"].startswith("Quelle") or (stated is not None and quality in {"address", "district"}):
        conflict = "Näherungspunkt liegt in einem anderen Stadtteil" if inside not in (None, stated) else ""
        return stated, "stated" if stated is not None else "", conflict
    if inside is not None:
        return inside, "approximate_point", ""
    return None, "", ""
