"""The catalogue: kinds of facility, target groups, roles, topics, planning standards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scripts.datapackage import tables
from scripts.datapackage.names import slug
from scripts.datapackage.provenance import german
from scripts.datapackage.raw import RawDataError, read_table

if TYPE_CHECKING:
    from pathlib import Path

STANDARDS_FILE = "planning_standards.csv"
TOPICS_SOURCE = (
    "Landeshauptstadt Hannover, Stadtentwicklungskonzept Mein Hannover 2030 (2015), chapter Inklusion, "
    "Integration und Teilhabe: https://mh2030.hannoverliebe.de/die-ergebnisse/"
    "inklusion-integration-und-teilhabe-wie-staerken-wir-selbststaendiges-leben-und-gesellschaftliche-teilhabe/"
)
_NUMBER = re.compile(r"\d+(\.\d+)?")
_VERIFIED = {"yes": "yes", "yes, secondary": "secondary", "existence only": "existence_only"}
Rows = list[dict[str, object]]


def kind_rows() -> Rows:
    """Return the kinds of facility with the sign of their group."""
    groups = {row["group"]: row for row in tables.load("groups")}
    rows: Rows = []
    for kind in tables.load("facility_kinds"):
        group = groups[kind["group"]]
        row: dict[str, object] = {column: value for column, value in kind.items() if column != "category"}
        rows.append(row | {"shape": group["shape"], "colour": group["colour"]})
    return rows


def kind_of_category() -> dict[str, str]:
    """Return category of the raw places → kind; schools are split by their forms elsewhere."""
    return {row["category"]: row["kind"] for row in tables.load("facility_kinds") if row["category"]}


def target_group_rows() -> Rows:
    """Return the target groups."""
    return [dict(row) for row in tables.load("target_groups")]


def role_rows() -> Rows:
    """Return the roles of an actor."""
    columns = ("role", "label_de", "label_en")
    return [{c: row[c] for c in columns} | {"is_core": row["is_core"] == "true"} for row in tables.load("roles")]


def role_of_word() -> dict[str, str]:
    """Return the city's word for an activity → role."""
    return {row["word"]: row["role"] for row in tables.load("roles")}


def topic_rows() -> Rows:
    """Return the seven goals of the field of action, each in short words of our own."""
    return [{**row, "source": TOPICS_SOURCE} for row in tables.load("topics")]


def situation_rows() -> Rows:
    """Return the life situations that residents ask about."""
    return [dict(row) for row in tables.load("life_situations")]


def example_step_rows() -> Rows:
    """Return the library of example steps."""
    return [dict(row) for row in tables.load("example_steps")]


def assumption_rows() -> Rows:
    """Return what the requirement sheet for new-build areas assumes."""
    numbers = ("low", "mid", "high", "minimum", "maximum")
    return [row | {name: float(row[name]) for name in numbers} for row in tables.load("newbuild_assumptions")]


def standard_rows(raw: Path) -> Rows:
    """Return the planning standards; RawDataError if the reviewed tables name one that is not there."""
    columns = ["facility", "target_group", "type", "value", "unit", "distance_kind", "jurisdiction", "year",
               "status", "source_title", "source_url", "verified_in_store"]  # fmt: skip
    kinds = {row["standard_id"]: row["facility_kinds"] for row in tables.load("standard_kinds")}
    rows: Rows = []
    for row in read_table(raw, STANDARDS_FILE, columns):
        name = _standard_id(row, {str(other["id"]) for other in rows})
        rows.append(
            {
                "id": name,
                "facility": row["facility"],
                "facility_kinds": kinds.get(name, ""),
                "target_group_text": row["target_group"],
                "type": row["type"],
                "value": float(row["value"]) if _NUMBER.fullmatch(row["value"]) else None,
                "value_text": row["value"],
                "unit": german(row["unit"]),
                "distance_kind": row["distance_kind"],
                "jurisdiction": row["jurisdiction"],
                "year": int(row["year"]) if row["year"] else None,
                "status": row["status"],
                "source_title": row["source_title"],
                "source_url": row["source_url"],
                "verified": _VERIFIED[row["verified_in_store"]],
            }
        )
    used = set(kinds) | {str(row["standard_id"]) for row in kind_rows() if row["standard_id"]}
    lost = sorted(used - {str(row["id"]) for row in rows})
    if lost:
        raise RawDataError(f"Raw file {STANDARDS_FILE!r} lacks the standards {lost} the catalogue uses.")
    return rows


def _standard_id(row: dict[str, str], taken: set[str]) -> str:
    jurisdiction = slug(re.sub(r"\(.*", "", row["jurisdiction"]))
    name = "_".join(part for part in (jurisdiction, row["year"], slug(row["facility"])) if part)
    return f"{name}_{row['type']}" if name in taken else name
