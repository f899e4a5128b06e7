"""Actors: organizations with roles and working areas, joined with the places they are at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scripts.datapackage import tables
from scripts.datapackage.catalogue import role_of_word
from scripts.datapackage.dates import source_date
from scripts.datapackage.ids import make_id
from scripts.datapackage.names import join_notes, name_key, split_text, web_address
from scripts.datapackage.organizations import empty_row
from scripts.datapackage.raw import RawDataError, read_table
from scripts.datapackage.targets import target_groups

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.datapackage.areas import Gazetteer
    from scripts.datapackage.organizations import Registry
    from scripts.datapackage.raw import Row

FILE, ROLES_FILE = "actors.csv", "actor_roles.csv"
TYPES = {
    "Stadt": "city", "Region": "region", "Wohlfahrtsverband": "welfare", "Wohnungsunternehmen": "housing",
    "Genossenschaft": "cooperative", "Kirche": "church", "Religionsgemeinschaft": "religious_community",
    "Verein": "association", "Migrantenorganisation": "migrant_organization", "Initiative": "initiative",
    "Stiftung": "foundation", "freier Träger": "independent_provider", "unbekannt": "unknown",
}  # fmt: skip
_BASIS = {"Quelle nennt die Tätigkeit": "stated", "aus der Einrichtungsart abgeleitet": "derived"}
_ORIGIN = re.compile(r"Übernahme ([PQ]\d{4}) ")
_CHECK = re.compile(r"prüfen|ungeklärt|unbekannt")
_OFFICE = re.compile(r" \(Geschäftsstelle\)$")
LICENCE = "nur Fakten aus öffentlich zugänglichen Seiten"
Rows = list[dict[str, Any]]


def read_actors(raw: Path) -> list[Row]:
    """Return the raw actors."""
    return read_table(raw, FILE, ["name", "type", "category", "address", "plz", "stadtteil", "working_area",
                                  "phone", "email", "website", "target_groups", "topics", "status", "source",
                                  "source_date", "note", "origin"])  # fmt: skip


def add_actors(rows: list[Row], registry: Registry, gazetteer: Gazetteer) -> None:
    """Add every actor as one organization; actors that are one body under two names become one."""
    same = {row["actor"]: row["same_as"] for row in tables.load("actor_merges")}
    for row in rows:
        if row["name"] not in same:
            registry.add(_organization(row, gazetteer))
    for row in rows:
        if row["name"] in same:
            _merge(row, registry, gazetteer, same[row["name"]])


def _organization(row: Row, gazetteer: Gazetteer) -> dict[str, object]:
    if row["type"] not in TYPES:
        raise RawDataError(f"Raw file {FILE!r}, column 'type': unknown {row['type']!r} ({row['name']!r}).")
    date, date_note = source_date(row["source_date"])
    name = _OFFICE.sub("", row["name"])
    own_name = f"in der Quelle: {row['name']}" if name != row["name"] else ""
    return empty_row() | {
        "name": name,
        "organization_type": TYPES[row["type"]],
        "category": row["category"],
        "is_actor": True,
        "address": row["address"],
        "postal_code": row["plz"],
        "district_id": gazetteer.district_id(row["stadtteil"]),
        "website": web_address(row["website"]),
        "email": row["email"].lower(),
        "target_groups": target_groups(row["target_groups"]),
        "target_group_text": row["target_groups"],
        "topics_text": row["topics"],
        "status_text": row["status"],
        "needs_check": bool(_CHECK.search(row["status"] + row["note"])),
        "source": row["source"],
        "source_licence": LICENCE,
        "source_date": date,
        "note": join_notes(row["note"], own_name, date_note),
    }


def _merge(row: Row, registry: Registry, gazetteer: Gazetteer, same_as: str) -> None:
    """Put what a second row says about a body into its organization: gaps are filled, texts joined."""
    body = registry.get(same_as)
    if body is None:
        raise RawDataError(f"Raw file {FILE!r}: {same_as!r} of actor_merges.csv is no actor.")
    registry.alias(row["name"], same_as)
    second = _organization(row, gazetteer)
    body |= {key: value for key, value in second.items() if body[key] in ("", None)}
    body["source"] = " | ".join(dict.fromkeys([str(body["source"]), row["source"]]))
    body["status_text"] = join_notes(str(body["status_text"]), row["status"])
    body["topics_text"] = join_notes(str(body["topics_text"]), row["topics"])
    body["note"] = join_notes(str(body["note"]), f"auch: {row['name']}", row["note"])
    body["needs_check"] = bool(body["needs_check"]) or bool(second["needs_check"])


def actor_places(rows: list[Row], places: list[Row]) -> dict[str, list[str]]:
    """Return actor → source ids of the places it is at.

    By `origin` (the place the actor was taken from), by the reviewed table, and by the same name.
    """
    known = {row["id"] for row in places}
    by_name: dict[str, list[str]] = {}
    for place in places:
        by_name.setdefault(name_key(place["name"]), []).append(place["id"])
    found = {row["name"]: [_origin(row, known)] if row["origin"].startswith("Übernahme") else [] for row in rows}
    for entry in tables.load("actor_places"):
        if entry["actor"] not in found or entry["source_id"] not in known:
            raise RawDataError(f"Raw file {FILE!r}: {entry} of actor_places.csv fits no actor or place.")
        found[entry["actor"]].append(entry["source_id"])
    return {actor: sorted({*ids, *(by_name.get(name_key(actor), []))}) for actor, ids in found.items()}


def _origin(row: Row, known: set[str]) -> str:
    match = _ORIGIN.match(row["origin"])
    if match is None or match[1] not in known:
        raise RawDataError(f"Raw file {FILE!r}, column 'origin': {row['origin']!r} names no place.")
    return match[1]


def service_area_rows(rows: list[Row], registry: Registry, gazetteer: Gazetteer) -> Rows:
    """Return the working areas: one row per named area, one without number for other words."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        owner = registry.id_of(row["name"])
        for part in split_text(row["working_area"]):
            area = gazetteer.parse(part)
            for number in area.ids or ("",):
                key = make_id("service_area", owner, area.level, number or part)
                found[key] = {
                    "id": key,
                    "organization_id": owner,
                    "area_level": area.level,
                    "area_id": number,
                    "area_text": row["working_area"],
                }
    return list(found.values())


def role_rows(raw: Path, registry: Registry, gazetteer: Gazetteer) -> Rows:
    """Return the roles with evidence and date; RawDataError for a role or actor nobody knows."""
    columns = ["actor", "role", "target_group", "area", "evidence_url", "date", "basis"]
    words = role_of_word()
    rows: Rows = []
    for row in read_table(raw, ROLES_FILE, columns):
        owner = registry.id_of(row["actor"])
        if not owner or row["role"] not in words or row["basis"] not in _BASIS:
            raise RawDataError(f"Raw file {ROLES_FILE!r}: unknown actor, role or basis in {list(row.values())[:2]}.")
        area = gazetteer.parse(row["area"])
        date, date_note = source_date(row["date"])
        key = make_id("role", owner, words[row["role"]], row["area"], row["evidence_url"])
        rows.append(
            {
                "id": key,
                "organization_id": owner,
                "role": words[row["role"]],
                "target_groups": target_groups(row["target_group"]),
                "target_group_text": row["target_group"],
                "area_level": area.level,
                "area_ids": ";".join(area.ids),
                "area_text": row["area"],
                "evidence_url": row["evidence_url"],
                "date": date,
                "basis": _BASIS[row["basis"]],
                "note": date_note,
            }
        )
    return rows
