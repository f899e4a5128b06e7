"""Public transport stops and the street graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.assign import assign_district
from geo.crs import from_lonlat
from scripts.datapackage.raw import RawDataError, read_table, required_number

if TYPE_CHECKING:
    from pathlib import Path

STOPS, NODES, EDGES = "oepnv_stops.csv", "street_nodes.csv", "street_edges.csv"
_RAIL = {"suburban", "regional", "regionalExpress", "national", "nationalExpress"}
_MODES = ("tram", "bus", "rail", "taxi")
_IN_CITY = {"True": True, "False": False}
Rows = list[dict[str, Any]]


def stop_rows(raw: Path, districts: gpd.GeoDataFrame) -> Rows:
    """Return the stops; `districts` are the shipped polygons, EPSG:25832.

    The Stadtteil comes from the point; a stop is in the city if it lies in a Stadtteil.
    """
    rows = read_table(raw, STOPS, ["id", "name", "lon", "lat", "modes", "ifopt", "in_city"])
    lon = pd.Series([required_number(row, "lon", name=STOPS) for row in rows])
    lat = pd.Series([required_number(row, "lat", name=STOPS) for row in rows])
    found = assign_district(gpd.GeoSeries(from_lonlat(lon, lat)), districts)
    return [
        {
            "id": int(row["id"]),
            "name": row["name"],
            "lon": x,
            "lat": y,
            "modes": modes(row["modes"]),
            "in_city": not pd.isna(district),
            "district_id": None if pd.isna(district) else int(district),
            "ifopt": row["ifopt"],
        }
        for row, x, y, district in zip(rows, lon, lat, found, strict=True)
    ]


def modes(text: str) -> str:
    """Return tram, bus, rail, taxi (";"-joined) of the source's "|"-separated words; "" = not stated."""
    words = {"rail" if word in _RAIL else word for word in text.split("|") if word}
    unknown = words - set(_MODES)
    if unknown:
        raise RawDataError(f"Raw file {STOPS!r}, column 'modes': unknown {sorted(unknown)}. Add the word.")
    return ";".join(mode for mode in _MODES if mode in words)


def street_rows(raw: Path) -> tuple[Rows, Rows]:
    """Return (nodes, edges); RawDataError for an edge to an unknown node or of no length.

    Of several edges between two nodes the shortest stays: only it can be walked on a shortest way.
    """
    nodes = [
        {
            "node": int(row["node"]),
            "x": required_number(row, "x", name=NODES),
            "y": required_number(row, "y", name=NODES),
        }
        for row in read_table(raw, NODES, ["node", "x", "y"])
    ]
    known = {row["node"] for row in nodes}
    shortest: dict[tuple[int, int], float] = {}
    for row in read_table(raw, EDGES, ["u", "v", "length_m"]):
        u, v = sorted((int(row["u"]), int(row["v"])))
        length = required_number(row, "length_m", name=EDGES)
        if not {u, v} <= known or length < 0:
            raise RawDataError(f"Raw file {EDGES!r}: edge {u}-{v} of {length:g} m fits no nodes or has no length.")
        if u != v:
            shortest[u, v] = min(length, shortest.get((u, v), length))
    return nodes, [{"u": u, "v": v, "length_m": length} for (u, v), length in shortest.items()]
