"""Places become locations, services, contacts, phones and schedules. None is dropped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scripts.datapackage import tables
from scripts.datapackage.catalogue import kind_of_category
from scripts.datapackage.dates import source_date
from scripts.datapackage.ids import make_id
from scripts.datapackage.names import join_list, join_notes, split_text, web_address
from scripts.datapackage.organizations import is_reviewed, operator_names
from scripts.datapackage.provenance import divide, plain_name
from scripts.datapackage.raw import RawDataError, read_table
from scripts.datapackage.schools import school_kinds
from scripts.datapackage.targets import target_groups

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.datapackage.coordinates import Position
    from scripts.datapackage.organizations import Registry
    from scripts.datapackage.raw import Row

FILE = "places.csv"
COLUMNS = ["id", "name", "category", "street", "housenumber", "plz", "city", "lat", "lon", "operator", "phone",
           "email", "website", "opening_hours", "wheelchair", "languages", "target_groups", "description_facts",
           "source", "source_licence", "source_date", "stadtteil", "stadtteil_source", "approx_lat",
           "approx_lon", "approx_method", "plz_source", "coordinate_quality"]  # fmt: skip
_CHECK = re.compile(
    r"prüfen|nicht belegt|unbelegt|ungeklärt|ACHTUNG|verworfen|nicht gefunden|Name nicht in der Quelle|unbekannt"
)
_WHEELCHAIR = (("yes", "yes"), ("limited", "limited"), ("no", "no"), ("laut Quelle 2021 behindertengerecht", "yes"))
SCHOOL = "Schule"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Places:
    """Rows of the resources that come from places."""

    locations: Rows = field(default_factory=list)
    services: Rows = field(default_factory=list)
    services_at_location: Rows = field(default_factory=list)
    organizations_at_location: Rows = field(default_factory=list)


def read_places(raw: Path) -> list[Row]:
    """Return the raw places; RawDataError for a repeated id."""
    rows = read_table(raw, FILE, COLUMNS)
    ids = [row["id"] for row in rows]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise RawDataError(f"Raw file {FILE!r}, column 'id': {twice} appear more than once. Make them unique.")
    return rows


def location_id(source_id: str) -> str:
    """Return the UUID of the location made from a raw place."""
    return make_id("location", source_id)


def build_places(rows: list[Row], found: list[Position], registry: Registry) -> Places:
    """Return all rows made from the raw places."""
    labels = {row["kind"]: row["label_de"] for row in tables.load("facility_kinds")}
    places = Places()
    for row, position in zip(rows, found, strict=True):
        kinds = kinds_of(row)
        operators = [registry.id_of(name) for name in operator_names(row["operator"])]
        operator = operators[0] if operators else ""
        main = next(iter(kinds), "") or _main_kind(row)
        places.locations.append(_location(row, position, main, operator))
        for kind, forms in kinds.items():
            service = _service(row, kind, labels[kind], forms, operator)
            places.services.append(service)
            places.services_at_location.append(_link(service["id"], row["id"]))
        for number in operators:
            places.organizations_at_location.append(at_location(number, row["id"], "operator"))
    return places


def kinds_of(row: Row) -> dict[str, list[str]]:
    """Return kind → what the source lists for it, the main kind first; empty = no offer yet."""
    reviewed = [entry for entry in tables.load("place_kinds") if entry["source_id"] == row["id"]]
    if any(entry["use"] == "none" for entry in reviewed):
        return {}
    main = [entry["kind"] for entry in reviewed if entry["use"] == "main"]
    if row["category"] == SCHOOL:
        try:
            return school_kinds(row["description_facts"])
        except ValueError as error:
            raise RawDataError(f"Raw file {FILE!r}, {row['id']}: {error}.") from error
    kinds = {main[0] if main else _main_kind(row): [row["description_facts"]]}
    return kinds | {entry["kind"]: [row["description_facts"]] for entry in reviewed if entry["use"] == "extra"}


def _main_kind(row: Row) -> str:
    kinds = kind_of_category()
    if row["category"] not in kinds:
        raise RawDataError(
            f"Raw file {FILE!r}, column 'category': {row['category']!r} of {row['id']} is no kind of facility. "
            "Add it to facility_kinds.csv."
        )
    return kinds[row["category"]]


def _location(row: Row, position: Position, kind: str, operator: str) -> dict[str, Any]:
    date, date_note = source_date(row["source_date"])
    derived = row["plz_source"] if row["plz_source"].startswith("abgeleitet") else ""
    name, name_origin = plain_name(row["name"])
    description, origin = divide(row["description_facts"])
    return {
        "id": location_id(row["id"]),
        "name": name,
        "kind": kind,
        "organization_id": operator,
        "street": row["street"],
        "house_number": row["housenumber"],
        "postal_code": row["plz"],
        "city": row["city"],
        "lon": position.lon,
        "lat": position.lat,
        "coordinate_quality": position.quality,
        "coordinate_error_m": position.error_m,
        "coordinate_method": position.method,
        "district_id": position.district_id,
        "district_source": position.district_source,
        "wheelchair": _wheelchair(row["wheelchair"]),
        "wheelchair_note": "" if row["wheelchair"] in {"yes", "no", "limited"} else row["wheelchair"],
        "languages": join_list(split_text(row["languages"])),
        "description": description,
        "website": web_address(row["website"]),
        "needs_check": needs_check(row),
        "source": row["source"],
        "source_licence": row["source_licence"],
        "source_date": date,
        "source_id": row["id"],
        "note": join_notes(
            name_origin,
            origin,
            position.note,
            f"Betreiber laut Quelle: {row['operator']}" if is_reviewed(row["operator"]) else "",
            f"PLZ {derived}" if derived else "",
            date_note,
        ),
    }


def needs_check(row: Row) -> bool:
    """Tell whether a source or note asks to check the place."""
    texts = (row["name"], row["description_facts"], row["approx_method"], row["coordinate_quality"])
    return any(_CHECK.search(text) for text in texts)


def _wheelchair(text: str) -> str:
    """Return yes, limited, no, or "" for a wording that is none of them ("barrierearm")."""
    return next((value for start, value in _WHEELCHAIR if text.startswith(start)), "")


def _service(row: Row, kind: str, label: str, forms: list[str], operator: str) -> dict[str, Any]:
    return {
        "id": make_id("service", row["id"], kind),
        "organization_id": operator,
        "name": label,
        "kind": kind,
        "target_groups": target_groups(row["target_groups"]),
        "target_group_text": row["target_groups"],
        "description": divide("; ".join(forms))[0],
        "languages": join_list(split_text(row["languages"])),
        "source": row["source"],
        "source_date": source_date(row["source_date"])[0],
    }


def _link(service_id: str, source_id: str) -> dict[str, Any]:
    location = location_id(source_id)
    row_id = make_id("service_at_location", service_id, location)
    return {"id": row_id, "service_id": service_id, "location_id": location, "capacity": "", "capacity_unit": ""}


def at_location(organization_id: str, source_id: str, relation: str) -> dict[str, Any]:
    """Return the row that links an organization to a location."""
    location = location_id(source_id)
    row_id = make_id("organization_at_location", organization_id, location, relation)
    return {"id": row_id, "organization_id": organization_id, "location_id": location, "relation": relation}
