"""From the raw tables to the files of the data package, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scripts.datapackage.actors import (
    actor_places,
    add_actors,
    read_actors,
    role_rows,
    service_area_rows,
)
from scripts.datapackage.catalogue import (
    assumption_rows,
    example_step_rows,
    kind_rows,
    situation_rows,
    standard_rows,
    target_group_rows,
    topic_rows,
)
from scripts.datapackage.catalogue import role_rows as catalogue_roles
from scripts.datapackage.cells import build_cells, cell_rows
from scripts.datapackage.contacts import CONTACT_POINT, INFORMATION, Contacts
from scripts.datapackage.coordinates import positions
from scripts.datapackage.dates import source_date
from scripts.datapackage.descriptor import build_descriptor, resource_table
from scripts.datapackage.districts import Districts, build_districts, geojson_bytes
from scripts.datapackage.indicators import definition_rows, indicator_rows
from scripts.datapackage.inventory import inventory_rows
from scripts.datapackage.organizations import Registry, operator_names, operator_row, set_parents
from scripts.datapackage.phones import parse_phones
from scripts.datapackage.places import FILE as PLACES_FILE
from scripts.datapackage.places import Places, at_location, build_places, read_places
from scripts.datapackage.readme import data_readme, licences_text
from scripts.datapackage.report import Measure, measures
from scripts.datapackage.structures import committee_rows, instrument_rows, network_rows
from scripts.datapackage.transport import stop_rows, street_rows
from scripts.datapackage.writing import columns_of, json_bytes, table_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.datapackage.raw import Row

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Build:
    """A build: files (path in the package → content), rows per resource, and the measured errors."""

    files: dict[str, bytes]
    tables: dict[str, Rows]
    measured: list[Measure]


def build_package(raw: Path) -> Build:
    """Return everything `data/` consists of; RawDataError if the raw tables do not hold."""
    districts = build_districts(raw)
    tables = _people_tables(raw, districts) | _catalogue_tables(raw) | _transport_tables(raw, districts)
    model = build_cells(raw, districts.metric)
    tables |= {
        "population_cells": cell_rows(model),
        "indicators": indicator_rows(raw, districts, model.city),
        "indicator_definitions": definition_rows(),
    }
    contents = {
        "districts": geojson_bytes(districts.simplified, _properties("districts")),
        "boroughs": geojson_bytes(districts.boroughs, _properties("boroughs")),
    }
    contents |= {name: table_bytes(name, table) for name, table in tables.items()}
    measured = measures(districts, model, raw)
    facts = {measure.key: measure.value for measure in measured if measure.key}
    descriptor = build_descriptor(contents, tables, facts)
    files = {entry["path"]: contents[entry["name"]] for entry in resource_table()}
    files["datapackage.json"] = json_bytes(descriptor)
    files["README.md"] = data_readme(descriptor).encode("utf-8")
    files["LICENSES.md"] = licences_text(descriptor).encode("utf-8")
    return Build(files, tables, measured)


def _properties(name: str) -> list[str]:
    return [column for column in columns_of(name) if column != "geometry"]


def _transport_tables(raw: Path, districts: Districts) -> dict[str, Rows]:
    nodes, edges = street_rows(raw)
    return {"stops": stop_rows(raw, districts.metric), "street_nodes": nodes, "street_edges": edges}


def _catalogue_tables(raw: Path) -> dict[str, Rows]:
    return {
        "standards": standard_rows(raw),
        "facility_kinds": kind_rows(),
        "target_groups": target_group_rows(),
        "roles": catalogue_roles(),
        "topics": topic_rows(),
        "life_situations": situation_rows(),
        "example_steps": example_step_rows(),
        "newbuild_assumptions": assumption_rows(),
    }


def _people_tables(raw: Path, districts: Districts) -> dict[str, Rows]:
    gazetteer = districts.gazetteer
    rows, actors = read_places(raw), read_actors(raw)
    registry = Registry()
    add_actors(actors, registry, gazetteer)
    _add_operators(rows, registry)
    joined = actor_places(actors, rows)
    set_parents(registry, _operators_of_actors(actors, rows))
    places = build_places(rows, positions(rows, districts.metric, gazetteer, PLACES_FILE), registry)
    roles = role_rows(raw, registry, gazetteer)
    for actor, ids in joined.items():
        links = [at_location(registry.id_of(actor), source_id, "actor") for source_id in ids]
        known = {row["id"] for row in places.organizations_at_location}
        places.organizations_at_location.extend(link for link in links if link["id"] not in known)
    contacts = _contacts(rows, actors, registry, joined, roles)
    networks, members = network_rows(raw, registry, gazetteer)
    return _place_tables(places, contacts) | {
        "organizations": list(registry.rows.values()),
        "service_areas": service_area_rows(actors, registry, gazetteer),
        "organization_roles": roles,
        "committees": committee_rows(raw, gazetteer),
        "networks": networks,
        "network_members": members,
        "instruments": instrument_rows(raw, gazetteer),
    }


def _place_tables(places: Places, contacts: Contacts) -> dict[str, Rows]:
    return {
        "locations": places.locations,
        "services": places.services,
        "services_at_location": places.services_at_location,
        "organizations_at_location": places.organizations_at_location,
        "contacts": contacts.contacts,
        "phones": contacts.phones,
        "schedules": contacts.schedules,
        "inventory_statements": inventory_rows(places),
    }


def _add_operators(rows: list[Row], registry: Registry) -> None:
    """Add every operator that is no actor; all names before any parent is looked up."""
    for row in rows:
        for name in operator_names(row["operator"]):
            if registry.get(name) is None:
                registry.add(operator_row(name, row, source_date(row["source_date"])[0]))


def _operators_of_actors(actors: list[Row], rows: list[Row]) -> dict[str, str]:
    """Return actor → operator text of the place it was taken from."""
    operators = {row["id"]: row["operator"] for row in rows}
    origins = {row["name"]: row["origin"].removeprefix("Übernahme ").split(" ")[0] for row in actors}
    return {name: operators[place] for name, place in origins.items() if place in operators}


def _contacts(
    rows: list[Row], actors: list[Row], registry: Registry, joined: dict[str, list[str]], roles: Rows
) -> Contacts:
    """Return contacts of places, then those of actors that say something new."""
    contacts = Contacts()
    owner_at = {place: registry.id_of(actor) for actor, ids in joined.items() for place in ids}
    for row in rows:
        main = next((registry.id_of(name) for name in operator_names(row["operator"])), "")
        owner = owner_at.get(row["id"], main)
        contacts.add(row, name=PLACES_FILE, organization_id=owner, source_id=row["id"], title=INFORMATION)
        contacts.add_schedule(row)
    points = {row["organization_id"] for row in roles if row["role"] == "contact_point"}
    for row in actors:
        owner = registry.id_of(row["name"])
        numbers = {number for number, _, _ in parse_phones(row["phone"])}
        if numbers and numbers <= contacts.numbers(owner):
            continue
        title = CONTACT_POINT if owner in points else INFORMATION
        contacts.add(row, name="actors.csv", organization_id=owner, source_id="", title=title)
    return contacts
