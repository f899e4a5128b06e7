"""Existing structures: committees, networks with their members, instruments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scripts.datapackage import tables
from scripts.datapackage.dates import source_date
from scripts.datapackage.ids import make_id
from scripts.datapackage.names import join_notes
from scripts.datapackage.raw import RawDataError, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.datapackage.areas import Gazetteer
    from scripts.datapackage.organizations import Registry
    from scripts.datapackage.raw import Row

COMMITTEES, NETWORKS, INSTRUMENTS = "committees.csv", "networks.csv", "instruments.csv"
_LEVELS = {"Stadt": "city", "Stadtbezirk": "borough", "Stadtteil": "district", "Quartier": "quarter"}
_CHECK = re.compile(r"prüfen|ungeklärt|Wahl des")
Rows = list[dict[str, Any]]


def committee_rows(raw: Path, gazetteer: Gazetteer) -> Rows:
    """Return the structures of participation with the numbers of their areas."""
    columns = ["name", "kind", "level", "stadtbezirk", "stadtteile", "tasks", "members_n", "meeting_place",
               "office_address", "office_phone", "office_email", "status", "source", "source_date", "note"]  # fmt: skip
    rows: Rows = []
    for row in read_table(raw, COMMITTEES, columns):
        if row["level"] not in _LEVELS:
            raise RawDataError(f"Raw file {COMMITTEES!r}, column 'level': {row['level']!r} ({row['name']!r}).")
        boroughs = gazetteer.parse(row["stadtbezirk"], boroughs_first=True)
        districts = gazetteer.parse(row["stadtteile"])
        date, date_note = source_date(row["source_date"])
        rows.append(
            {
                "id": make_id("committee", row["name"]),
                "name": row["name"],
                "kind": row["kind"],
                "level": _LEVELS[row["level"]],
                "borough_ids": ";".join(boroughs.ids) if boroughs.level == "borough" else "",
                "district_ids": ";".join(districts.ids) if districts.level == "district" else "",
                "tasks": row["tasks"],
                "members_text": row["members_n"],
                "meeting_place": row["meeting_place"],
                "office_address": row["office_address"],
                "office_phone": row["office_phone"],
                "office_email": row["office_email"],
                "status_text": row["status"],
                "needs_check": bool(_CHECK.search(row["status"] + row["note"])),
                "source": row["source"],
                "source_date": date,
                "note": join_notes(row["note"], date_note),
            }
        )
    return rows


def network_rows(raw: Path, registry: Registry, gazetteer: Gazetteer) -> tuple[Rows, Rows]:
    """Return (networks, members). A member no organization is known for keeps its name alone."""
    columns = ["network", "kind", "area", "member", "member_role", "source", "source_date", "note"]
    networks: dict[str, dict[str, Any]] = {}
    members: Rows = []
    for row in read_table(raw, NETWORKS, columns):
        date, date_note = source_date(row["source_date"])
        network = networks.setdefault(row["network"], _network(row, gazetteer))
        network["source_date"] = max(network["source_date"], date)
        members.append(
            {
                "id": make_id("network_member", network["id"], row["member"]),
                "network_id": network["id"],
                "organization_id": registry.member_id(row["member"]),
                "member_name": row["member"],
                "member_role": row["member_role"],
                "source": row["source"],
                "source_date": date,
                "note": join_notes(row["note"], date_note),
            }
        )
    return list(networks.values()), members


def _network(row: Row, gazetteer: Gazetteer) -> dict[str, Any]:
    area = gazetteer.parse(row["area"])
    return {
        "id": make_id("network", row["network"]),
        "name": row["network"],
        "kind": row["kind"],
        "area_text": row["area"],
        "district_ids": ";".join(str(number) for number in gazetteer.district_ids(area)),
        "source": row["source"],
        "source_date": "",
    }


def instrument_rows(raw: Path, gazetteer: Gazetteer) -> Rows:
    """Return the instruments; usable only where the status says that it is running."""
    columns = ["name", "kind", "purpose", "area", "responsible_office", "eligible", "amount", "status", "source",
               "source_date"]  # fmt: skip
    rows: Rows = []
    for row in read_table(raw, INSTRUMENTS, columns):
        area = gazetteer.parse(row["area"], boroughs_first="Stadtbezirk" in row["name"])
        date, date_note = source_date(row["source_date"])
        rows.append(
            {
                "id": make_id("instrument", row["name"]),
                "name": row["name"],
                "kind": row["kind"],
                "purpose": row["purpose"],
                "area_level": area.level,
                "district_ids": ";".join(str(number) for number in gazetteer.district_ids(area)),
                "area_text": row["area"],
                "responsible_office": row["responsible_office"],
                "eligible": row["eligible"],
                "amount": row["amount"],
                "status_text": row["status"],
                "usable": usable(row["status"]),
                "source": row["source"],
                "source_date": date,
                "note": date_note,
            }
        )
    return rows


def usable(status: str) -> str:
    """Return yes (running), no (ended, never adopted) or unknown for the wording of a status."""
    rows = tables.load("instrument_status")
    return next(row["usable"] for row in rows if re.fullmatch(row["pattern"], status))
