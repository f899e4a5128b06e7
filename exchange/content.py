"""What is handed on: all entries of all kinds as plain rows, from the store or the bare data package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from store.ground import Ground
from store.resources import resources
from store.view import STATE_COLUMNS, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pandas as pd

    from geo.sources import Package
    from store.database import Store
    from store.permissions import Actor

Row = dict[str, Any]
Rows = Mapping[str, Row]

KNOWLEDGE: Final = (
    "taxonomy_terms",
    "attributes",
    "organization_roles",
    "offered_resources",
    "contact_areas",
    "instruments",
    "committees",
    "committee_members",
    "networks",
    "network_members",
    "observations",
    "inventory_statements",
    "quarters",
    "noted_gaps",
    "needs",
    "ideas",
    "goals",
    "steps",
    "milestones",
    "plan_links",
    "newbuild_sheets",
)
"""Resources of the profile that HSDS has no place for: HSDS files carry them as tables of their own."""

HANDED_ON: Final = (
    "organizations",
    "locations",
    "services",
    "services_at_location",
    "organizations_at_location",
    "contacts",
    "phones",
    "schedules",
    "service_areas",
    "languages",
    "accessibility",
    "addresses",
    "cost_options",
    *KNOWLEDGE,
)
"""Resources that files carry, in the order in which they can be written (references point back)."""


@dataclass(frozen=True)
class Content:
    """Entries by resource and identifier; a row has every known field, unknown is None.

    Attributes
    ----------
    tables
        Resource → identifier → row (without the identifier).
    versions
        Identifier → version for optimistic changes; empty for a bare package.
    """

    tables: Mapping[str, Rows]
    versions: Mapping[str, int]

    def rows(self, name: str) -> Rows:
        """Return the rows of a resource; empty if there are none."""
        return self.tables.get(name, {})

    def by(self, name: str, field: str) -> dict[Any, list[tuple[str, Row]]]:
        """Return (identifier, row) of a resource grouped by the value of a field, without None."""
        found: dict[Any, list[tuple[str, Row]]] = {}
        for key, row in self.rows(name).items():
            if row.get(field) is not None:
                found.setdefault(row[field], []).append((key, row))
        return found

    def of_places(self, wanted: Iterable[str]) -> Content:
        """Return what belongs to the places `wanted`: themselves, their operators, offers, contacts.

        Of the resources of the profile roles, offered resources, areas of contacts and terms go along; what belongs to
        an area (instruments, networks, inventories, plans) does not.
        """
        places = set(wanted)
        tables: dict[str, Rows] = {"locations": _kept(self.rows("locations"), lambda key, _row: key in places)}
        links = _kept(self.rows("services_at_location"), lambda _key, row: row["location_id"] in places)
        tables["services_at_location"] = links
        services = {row["service_id"] for row in links.values()}
        tables["services"] = _kept(self.rows("services"), lambda key, _row: key in services)
        actors = _kept(self.rows("organizations_at_location"), lambda _key, row: row["location_id"] in places)
        tables["organizations_at_location"] = actors
        holders = (tables["locations"], tables["services"], actors)
        owners = {row["organization_id"] for rows in holders for row in rows.values()}
        owners |= self._parents(owners)
        tables["organizations"] = _kept(self.rows("organizations"), lambda key, _row: key in owners)
        self._add_details(tables, places, services, owners)
        return Content(tables, self.versions)

    def _parents(self, owners: set[Any]) -> set[Any]:
        """Return the organisations above `owners`, at every level."""
        found: set[Any] = set()
        level = owners
        while level:
            rows = (self.rows("organizations").get(key) for key in level if key)
            level = {row.get("parent_organization_id") for row in rows if row} - found - {None}
            found |= level
        return found

    def _add_details(self, tables: dict[str, Rows], places: set[str], services: set[str], owners: set[Any]) -> None:
        """Add the rows that hang on places, offers or, without a place, on organisations."""

        def belongs(row: Row) -> bool:
            if row.get("location_id") is not None:
                return row["location_id"] in places
            if row.get("service_id") is not None:
                return row["service_id"] in services
            return row.get("organization_id") in owners

        for name in ("contacts", "schedules", "service_areas", "accessibility", "addresses", "cost_options"):
            tables[name] = _kept(self.rows(name), lambda _key, row: belongs(row))
        contacts = tables["contacts"]
        tables["phones"] = _kept(self.rows("phones"), lambda _key, row: row["contact_id"] in contacts)
        phones = tables["phones"]
        tables["languages"] = _kept(
            self.rows("languages"),
            lambda _key, row: row["phone_id"] in phones if row.get("phone_id") else belongs(row),
        )
        for name in ("organization_roles", "offered_resources"):
            tables[name] = _kept(self.rows(name), lambda _key, row: belongs(row))
        areas = self.rows("contact_areas")
        tables["contact_areas"] = _kept(areas, lambda _key, row: row["contact_id"] in contacts)
        entries = {key for rows in tables.values() for key in rows}
        tables["attributes"] = _kept(self.rows("attributes"), lambda _key, row: row["link_id"] in entries)
        if tables["attributes"]:
            tables["taxonomy_terms"] = self.rows("taxonomy_terms")


def content_of_package(package: Package) -> Content:
    """Return the entries of a bare data package."""
    ground = Ground.of_package(package)
    return Content({name: ground.rows(name) for name in HANDED_ON}, {})


def content_of_store(store: Store, *, actor: Actor | None = None) -> Content:
    """Return all entries in use.

    Without an `actor` who may read internal entries, contacts and phones that are not marked public
    are not among them: that is what is exported.
    """
    tables: dict[str, Rows] = {}
    versions: dict[str, int] = {}
    for name in HANDED_ON:
        frame = view(store, name, actor=actor, extended=True)
        fields = list(resources()[name].fields)
        tables[name] = _rows(frame, fields)
        versions |= dict(zip(frame["id"].tolist(), frame[STATE_COLUMNS[0]].tolist(), strict=True))
    return Content(tables, versions)


def _rows(frame: pd.DataFrame, fields: list[str]) -> dict[str, Row]:
    columns = [_plain(frame[name]) for name in fields]
    values = zip(*columns, strict=True) if columns else iter(())
    return {
        str(key): dict(zip(fields, row, strict=True)) for key, row in zip(frame["id"].tolist(), values, strict=True)
    }


def _plain(column: pd.Series[Any]) -> list[Any]:
    plain: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return plain


def _kept(rows: Rows, wanted: Callable[[str, Row], bool]) -> dict[str, Row]:
    return {key: row for key, row in rows.items() if wanted(key, row)}
