"""What the inventory form knows: the points of the checklist, what was answered for a district, and what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from views import data

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

FACILITIES, OFFERS = "facilities", "offers"
POINTS = (FACILITIES, "contact_point", "resource", "meeting_place", "network", "instrument", OFFERS)
"""The council's checklist, in the order of the form; those in the middle are subjects of observations."""
NOTED = ("facility_kind", "target_group")
"""Subjects of what is missing or doubled."""
STATES = ("complete", "partial", "unknown")
SEEN = ("exists", "verified_none", "unknown")
MEETING_KINDS = ("neighbourhood_meeting", "community_centre", "youth_centre", "senior_meeting", "family_centre")


@dataclass(frozen=True)
class Progress:
    """How much of the checklist is answered for a district."""

    answered: tuple[str, ...]
    kinds_stated: int
    kinds: int
    latest: str | None

    @property
    def share(self) -> float:
        """Share of the checklist, 0–1; the facilities count by the share of their kinds."""
        whole = sum(point != FACILITIES for point in self.answered) + self.kinds_stated / max(self.kinds, 1)
        return whole / len(POINTS)


def statements(district: int) -> dict[str, dict[str, Any]]:
    """Return the inventory statements of a district by kind."""
    return {row["facility_kind"]: row for row in _of_district("inventory_statements", district)}


def city_statements() -> dict[str, dict[str, Any]]:
    """Return the statements for the whole city by kind: they count where a district has none of its own."""
    rows = data.frame("inventory_statements")
    rows = rows[rows["area_level"] == "city"]
    return {row["facility_kind"]: row for row in _plain(rows)}


def observations(district: int) -> list[dict[str, Any]]:
    """Return what was observed in a district, the latest last."""
    return _of_district("observations", district)


def answer(district: int, about: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what was observed about a ``subject`` (with ``subject_value``, ``target_group``); None = not answered yet."""
    asked = {name: about.get(name) for name in ("subject", "subject_value", "target_group")}
    found = [row for row in observations(district) if {name: row[name] for name in asked} == asked]
    return found[-1] if found else None


def noted(district: int) -> list[dict[str, Any]]:
    """Return what was noted as missing or doubled."""
    return [row for row in observations(district) if row["subject"] in NOTED]


def progress(district: int) -> Progress:
    """Return how far the form of a district is."""
    own, kinds = observations(district), list(data.catalogue().kinds)
    stated = statements(district)
    subjects = {row["subject"] for row in own if row["subject_value"] is None and row["target_group"] is None}
    answered = [point for point in POINTS if point in subjects]
    if all(kind in stated for kind in kinds):
        answered.insert(0, FACILITIES)
    if any(row["subject"] in NOTED for row in own):
        answered.append(OFFERS)
    dates = [str(row["reference_date"]) for row in (*own, *stated.values()) if row["reference_date"]]
    return Progress(tuple(answered), sum(kind in stated for kind in kinds), len(kinds), max(dates, default=None))


def places(district: int) -> pd.DataFrame:
    """Return the places known in a district."""
    found = data.places()
    return found[found["district_id"] == district]


def offers(district: int) -> pd.DataFrame:
    """Return the offers known in a district."""
    found = data.offers()
    return found[found["district_id"] == district]


def in_area(name: str, district: int, *, column: str) -> list[dict[str, Any]]:
    """Return the entries whose ";"-joined areas hold the district."""
    rows = data.entries(name)
    wanted = str(district)
    hits = [isinstance(text, str) and wanted in text.split(";") for text in rows[column]]
    return _plain(rows[hits])


def _of_district(name: str, district: int) -> list[dict[str, Any]]:
    rows = data.entries(name)
    return _plain(rows[(rows["area_level"] == "district") & (rows["area_id"] == str(district))])


def _plain(rows: pd.DataFrame) -> list[dict[str, Any]]:
    table = rows.drop(columns="geometry", errors="ignore")
    return table.astype(object).where(table.notna(), None).to_dict("records")


def doubled(district: int) -> list[tuple[str, str, list[str]]]:
    """Return (kind, target group, places) where several places offer the same for the same people: a hint, no verdict."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for row in _plain(offers(district)):
        for group in (row["target_groups"] or "").split(";"):
            if group and row["kind"]:
                found.setdefault((row["kind"], group), {})[str(row["location"])] = None
    return [(kind, group, list(names)) for (kind, group), names in found.items() if len(names) > 1]
