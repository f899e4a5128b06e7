"""Fields that follow from others: the district of a place follows from its point.

A moved pin must not leave the old district behind: wherever a place has a coordinate, the point
decides (`geo.assign`), and ``district_source`` says so. Without a coordinate a stated district stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.ground import Ground

_INPUTS: Final = frozenset({"lon", "lat", "coordinate_quality", "district_id"})
_WITH_POINT: Final = ("exact", "approximate")


def complete_places(ground: Ground, rows: Sequence[dict[str, Any]]) -> None:
    """Fill in quality, district and its source of new places, in place.

    A coordinate given without a quality counts as exact (a pin that somebody set); outside all
    districts the district is unknown. A package without districts leaves the district as given.
    """
    for row in rows:
        row.update(_quality(row))
    placed = [row for row in rows if row["lon"] is not None]
    if placed and "districts" in ground.names:
        from geo.assign import assign_district
        from geo.crs import from_lonlat

        points = from_lonlat([row["lon"] for row in placed], [row["lat"] for row in placed])
        found = assign_district(points, ground.frame("districts"))
        for row, district in zip(placed, found.tolist(), strict=True):
            row["district_id"] = district if isinstance(district, int) else None
            row["district_source"] = _source(row)
    for row in rows:
        if row["lon"] is None:
            row["district_source"] = "stated" if row["district_id"] is not None else None


def complete_change(ground: Ground, row: dict[str, Any], changed: dict[str, Any]) -> None:
    """Add to `changed` what follows from it; `row` is the entry with the changes applied."""
    if not _INPUTS & changed.keys():
        return
    completed = dict(row)
    if completed["lon"] is None and "coordinate_quality" not in changed:
        completed["coordinate_quality"] = "none"
    complete_places(ground, [completed])
    for name in ("coordinate_quality", "coordinate_error_m", "district_id", "district_source"):
        if completed[name] != row[name]:
            changed[name] = completed[name]


def _quality(row: dict[str, Any]) -> dict[str, Any]:
    quality = row["coordinate_quality"]
    if row["lon"] is not None:
        return {} if quality in _WITH_POINT else {"coordinate_quality": "exact"}
    if quality not in (*_WITH_POINT, "none"):
        return {"coordinate_error_m": None}
    without = "none" if row["district_id"] is None else "district"
    found = "address" if row["street"] else without
    return {"coordinate_quality": found, "coordinate_error_m": None}


def _source(row: dict[str, Any]) -> str | None:
    if row["district_id"] is None:
        return None
    return "point" if row["coordinate_quality"] == "exact" else "approximate_point"
