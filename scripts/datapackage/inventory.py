"""Inventory statements: how complete the known places of each kind are in the city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.datapackage import tables
from scripts.datapackage.areas import CITY_ID
from scripts.datapackage.ids import make_id

if TYPE_CHECKING:
    from scripts.datapackage.places import Places

UNREVIEWED = "auf öffentlichen Seiten gefunden; keine Quelle nennt alle"


def inventory_rows(places: Places) -> list[dict[str, Any]]:
    """Return one statement per kind for the city.

    Only what the reviewed table calls complete is complete; the date of any other statement is the
    newest date of its places.
    """
    reviewed = {row["facility_kind"]: row for row in tables.load("inventory")}
    rows = []
    for kind in tables.load("facility_kinds"):
        entry = reviewed.get(kind["kind"], {})
        known = {row["id"]: row for row in places.services if row["kind"] == kind["kind"]}
        at = {row["location_id"] for row in places.services_at_location if row["service_id"] in known}
        newest = max((str(row["source_date"]) for row in known.values()), default="")
        rows.append(
            {
                "id": make_id("inventory", kind["kind"], "city", CITY_ID),
                "facility_kind": kind["kind"],
                "area_level": "city",
                "area_id": CITY_ID,
                "state": entry.get("state", "partial"),
                "known_count": len(at),
                "expected_count": int(entry["expected_count"]) if entry.get("expected_count") else None,
                "expected_note": entry.get("expected_note", ""),
                "reference_date": entry.get("reference_date") or newest,
                "source": entry.get("source", UNREVIEWED),
            }
        )
    return rows
