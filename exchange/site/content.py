"""What the static edition knows: places, districts, timetables, ways, names; the same for all languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from exchange.site.hours import days, hours_table
from geo.finder import fitting_rows
from geo.finder_card import nearest_stop, offices
from geo.finder_languages import is_vague, language_codes
from geo.finder_walks import walks
from geo.finder_where import at_district
from geo.responsibility import TABLES, chain
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import geopandas as gpd

    from geo.catalogue import Load
    from geo.finder_places import FinderPlaces
    from geo.situations import Situation

_TEXTS = ("name", "address", "opening_hours_text", "website", "source_date", "wheelchair")


def origin_of(places: FinderPlaces) -> tuple[int, int]:
    """Return the corner that coordinates are counted from."""
    west, south, _, _ = places.districts.total_bounds
    return int(west), int(south)


def core(places: FinderPlaces, situations: Mapping[str, Situation], load: Load, first: date) -> dict[str, Any]:
    """Return what every answer needs.

    Parameters
    ----------
    places, situations
        Prepared places and life situations.
    load
        Gives the tables for the chain of responsibility.
    first
        First day of the timetables.
    """
    origin = origin_of(places)
    made, numbers = hours_table(places.table["opening_hours"], first)
    fits = {name: set(fitting_rows(places, each).tolist()) for name, each in situations.items()}
    rows = [
        _place(places, row, origin, numbers[row], [at for at, name in enumerate(fits) if row in fits[name]])
        for row in range(len(places))
    ]
    return {
        "origin": origin,
        "needs": list(situations),
        "places": rows,
        "timetables": made,
        "days": days(first),
        "districts": _districts(places, load, origin),
    }


def _place(places: FinderPlaces, row: int, origin: tuple[int, int], hours: int, fits: list[int]) -> dict[str, Any]:
    entry = places.table.iloc[row]
    codes = language_codes((entry["languages"],))
    located = bool(np.isfinite(places.x[row]))
    stop, stop_m = nearest_stop(places, row)
    found = {name: entry[name] for name in _TEXTS} | {
        "id": entry["id"],
        "kinds": _items(entry["kinds"]),
        "district": None if pd.isna(entry["district_id"]) else int(entry["district_id"]),
        "phones": _items(entry["phones"]),
        "groups": _items(entry["target_groups"]),
        "languages": _items(entry["languages"]),
        "codes": sorted(codes),
        "more": not codes or is_vague((entry["languages"],)),
        "free": int(places.free[row]),
        "check": bool(entry["needs_check"]),
        "hours": hours,
        "stop": None if stop is None else [stop, round(stop_m)],
        "fits": fits,
        "xy": [round(places.x[row] - origin[0]), round(places.y[row] - origin[1])] if located else None,
    }
    return {name: value for name, value in found.items() if not _is_missing(value)}


def _districts(places: FinderPlaces, load: Load, origin: tuple[int, int]) -> list[dict[str, Any]]:
    tables = {name: load(name) for name in TABLES}
    found = []
    for row, area in enumerate(places.districts.itertuples()):
        number = int(area.district_id)
        x, y = places.starts[row]
        radius_m = float(np.sqrt(shapely.area(area.geometry) / np.pi) * 2 / 3)
        found.append(
            {
                "id": number,
                "name": str(area.name),
                "xy": [round(x - origin[0]), round(y - origin[1])],
                "radius": round(radius_m),
                "offices": _offices(tables, number),
            }
        )
    return sorted(found, key=lambda entry: str(entry["name"]))


def _offices(tables: Mapping[str, pd.DataFrame], district: int) -> list[dict[str, Any]]:
    roles, kinds = set(tables["roles"]["role"]), set(tables["facility_kinds"]["kind"])
    if "contact_point" not in roles:
        return []
    points = chain(tables, district_id=district, role="contact_point")
    public = (
        chain(tables, district_id=district, kind="citizens_office") if "citizens_office" in kinds else points.iloc[:0]
    )
    rows = offices(points, public).to_dict("records")
    return [
        {
            "name": row["name"],
            "level": row["level"],
            "place": row["place"] if row["level"] == "city" and isinstance(row["place"], str) else "",
            "phones": _items(row["phones"]),
        }
        for row in rows
    ]


def district_ways(places: FinderPlaces, district: int) -> dict[str, Any]:
    """Return the way from a district to every place: whole metres (-1 = unknown) and how each was found."""
    start = at_district(places, district)
    if start is None:
        return {"m": [], "how": ""}
    way = walks(places, start)
    metres = np.round(np.nan_to_num(way.distance_m, nan=-1.0)).astype(np.int64)
    return {"m": metres.tolist(), "how": "".join(map(str, way.method))}


def where(places: FinderPlaces, entries: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return names that can be typed, and the shapes of the districts, in metres from the origin."""
    origin = origin_of(places)
    kept = entries[entries.geometry.notna() & (entries["folded"] != "")]
    points = shapely.point_on_surface(kept.geometry.to_numpy())
    rows = zip(
        kept["name"], kept["folded"], kept["type"], kept["id"], kept["district_id"],
        shapely.get_x(points) - origin[0], shapely.get_y(points) - origin[1], strict=True,
    )  # fmt: skip
    return {
        "names": [
            [
                name,
                folded,
                type_,
                _number(entry, type_),
                None if pd.isna(district) else int(district),
                round(x),
                round(y),
            ]
            for name, folded, type_, entry, district, x, y in rows
        ],
        "shapes": [
            [int(number), [_ring(ring, origin) for ring in _rings(shape)]]
            for number, shape in zip(places.districts["district_id"], places.districts.geometry, strict=True)
        ],
    }


def _number(entry: str, type_: str) -> int:
    return int(entry) if type_ == "district" else 0


def _rings(shape: shapely.Geometry) -> list[np.ndarray]:
    parts = getattr(shape, "geoms", [shape])
    return [shapely.get_coordinates(ring) for part in parts for ring in (part.exterior, *part.interiors)]


def _ring(points: np.ndarray, origin: tuple[int, int]) -> list[int]:
    flat: list[int] = np.round(points - np.array(origin)).astype(np.int64).ravel().tolist()
    return flat


def _items(text: object) -> list[str]:
    return [item for item in text.split(LIST_DELIMITER) if item] if isinstance(text, str) else []


def _is_missing(value: object) -> bool:
    return value is None or value is False or value == [] or (isinstance(value, float) and pd.isna(value))
