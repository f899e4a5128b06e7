"""The two forms of HSDS: tables of rows, and the nested JSON of services and organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.hsds.profile import ACTORS, EXTENSIONS, OWN
from exchange.hsds.spec import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Object = dict[str, Any]

_ACTORS_KEY: Final = "qk_organizations"
_AREAS_KEY: Final = "qk_service_areas"
_ROOTS: Final = {"services": "service", "organizations": "organization", "service_at_locations": "service_at_location"}


def nest(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[Object]]:
    """Return the tables as ``services`` and ``organizations`` with everything nested in them.

    An organization lists its locations; a service its organization (without lists), the locations
    it is offered at, terms, costs. A location without operator is listed under none of the
    organizations unless it has an offer; it then stands in ``qk_locations``. Tables of the profile stand beside them.
    """
    helper = _Nester(content)
    services = [helper.service(row) for row in content.get("service", ())]
    organizations = [helper.organization(row) for row in content.get("organization", ())]
    shown = {row["location_id"] for row in content.get("service_at_location", ())}
    shown |= {row["id"] for row in content.get("location", ()) if row.get("organization_id")}
    lone = [helper.location(row) for row in content.get("location", ()) if row["id"] not in shown]
    found = {"services": services, "organizations": organizations}
    beside = {name: [helper.plain(row) for row in content.get(name, ())] for name in EXTENSIONS if name != ACTORS}
    return found | _filled({"qk_locations": lone} | beside)


class _Nester:
    def __init__(self, content: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self._content = content
        self._groups: dict[tuple[str, str], dict[Any, list[Mapping[str, Any]]]] = {}
        self._by_id = {
            name: {row["id"]: row for row in content.get(name, ())}
            for name in ("organization", "location", "taxonomy_term", "taxonomy")
        }

    def _of(self, table: str, field: str, key: object) -> list[Mapping[str, Any]]:
        """Return the rows of a table whose `field` is `key`."""
        group = self._groups.get((table, field))
        if group is None:
            group = self._groups[(table, field)] = {}
            for row in self._content.get(table, ()):
                group.setdefault(row.get(field), []).append(row)
        return group.get(key, [])

    def plain(self, row: Mapping[str, Any]) -> Object:
        """Return a row with its history."""
        return dict(row) | _filled({"metadata": [dict(r) for r in self._of("metadata", "resource_id", row["id"])]})

    def service(self, row: Mapping[str, Any]) -> Object:
        key = row["id"]
        links = [
            self.plain(link) | _one("location", self._location(link))
            for link in self._of("service_at_location", "service_id", key)
        ]
        lists = {
            "service_at_locations": links,
            "contacts": [self._contact(c) for c in self._of("contact", "service_id", key) if not c.get("location_id")],
            "schedules": [self.plain(r) for r in self._of("schedule", "service_id", key)],
            "languages": [self.plain(r) for r in self._of("language", "service_id", key)],
            "cost_options": [self.plain(r) for r in self._of("cost_option", "service_id", key)],
            "service_areas": [self.plain(r) for r in self._of("service_area", "service_id", key)],
            "attributes": [self._attribute(r) for r in self._of("attribute", "link_id", key)],
        }
        organization = self._by_id["organization"].get(row.get("organization_id"))
        return self.plain(row) | _one("organization", organization and dict(organization)) | _filled(lists)

    def organization(self, row: Mapping[str, Any]) -> Object:
        key = row["id"]
        contacts = self._of("contact", "organization_id", key)
        lists = {
            "locations": [self.location(r) for r in self._of("location", "organization_id", key)],
            "contacts": [self._contact(c) for c in contacts if not c.get("location_id") and not c.get("service_id")],
            _AREAS_KEY: [
                self.plain(r) for r in self._of("service_area", "qk_organization_id", key) if not r.get("service_id")
            ],
        }
        return self.plain(row) | _filled(lists)

    def _location(self, link: Mapping[str, Any]) -> Object | None:
        row = self._by_id["location"].get(link.get("location_id"))
        return None if row is None else self.location(row)

    def location(self, row: Mapping[str, Any]) -> Object:
        key = row["id"]
        lists = {
            "addresses": [self.plain(r) for r in self._of("address", "location_id", key)],
            "accessibility": [self.plain(r) for r in self._of("accessibility", "location_id", key)],
            "languages": [self.plain(r) for r in self._of("language", "location_id", key)],
            "schedules": [self.plain(r) for r in self._of("schedule", "location_id", key) if not r.get("service_id")],
            "contacts": [self._contact(c) for c in self._of("contact", "location_id", key)],
            _ACTORS_KEY: [self.plain(r) for r in self._of(ACTORS, "qk_location_id", key)],
        }
        return self.plain(row) | _filled(lists)

    def _contact(self, row: Mapping[str, Any]) -> Object:
        phones = [
            self.plain(phone)
            | _filled({"languages": [self.plain(r) for r in self._of("language", "phone_id", phone["id"])]})
            for phone in self._of("phone", "contact_id", row["id"])
        ]
        return self.plain(row) | _filled({"phones": phones})

    def _attribute(self, row: Mapping[str, Any]) -> Object:
        term = self._by_id["taxonomy_term"].get(row.get("taxonomy_term_id"))
        return self.plain(row) | _one("taxonomy_term", term and {k: v for k, v in term.items() if k != "taxonomy"})


def _one(name: str, entry: Mapping[str, Any] | None) -> Object:
    return {name: entry} if entry else {}


def _filled(lists: Mapping[str, list[Any]]) -> Object:
    return {name: rows for name, rows in lists.items() if rows}


def flatten(document: Any) -> dict[str, list[Object]]:
    """Return nested JSON as tables; an object that occurs several times is one row.

    Takes a list of objects, one object, a page of an API (``contents``) or a document with
    ``services``, ``organizations`` or ``service_at_locations``. References that the nesting says
    are filled in.
    """
    flat = _Flattener()
    for kind, entry in roots(document):
        flat.take(kind, entry)
    return {name: list(rows.values()) for name, rows in flat.rows.items()}


def roots(document: Any) -> list[tuple[str, Any]]:
    """Return the outermost objects of a document with their kinds."""
    if isinstance(document, list):
        return [(_kind(entry), entry) for entry in document]
    if "contents" in document:
        return roots(document["contents"])
    kinds = _ROOTS | {"qk_locations": "location"} | {name: name for name in EXTENSIONS if name != ACTORS}
    found = [(kind, entry) for key, kind in kinds.items() for entry in _listed(document.get(key))]
    return found or [(_kind(document), document)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _kind(entry: Mapping[str, Any]) -> str:
    if "location" in entry or "location_id" in entry:
        return "service_at_location"
    service_only = {"status", "organization", "organization_id", "service_at_locations", "fees_description"}
    return "service" if service_only & entry.keys() else "organization"


class _Flattener:
    def __init__(self) -> None:
        self.rows: dict[str, dict[Any, Object]] = {}

    def take(self, kind: str, entry: Object, **parents: str) -> None:
        """Take up one object and everything nested in it; `parents` are references it may lack."""
        table = tables().get(kind)
        names = set(table.fields) if table else {"id"}
        row = {
            name: value
            for name, value in entry.items()
            if value is not None and (name in names or name.startswith(OWN)) and not isinstance(value, dict | list)
        }
        row |= {name: value for name, value in parents.items() if name in names and name not in row}
        key = row.get("id") or f"?{sum(map(len, self.rows.values()))}"
        if table is not None:
            self._take_nested(kind, entry, row, str(key))
        known = self.rows.setdefault(kind, {}).setdefault(key, {})
        known.update((name, value) for name, value in row.items() if name not in known)

    def _take_nested(self, kind: str, entry: Object, row: Object, key: str) -> None:
        table = tables()[kind]
        for child in table.one:
            nested = entry.get(child)
            if isinstance(nested, dict):
                self.take(child, nested)
                if f"{child}_id" in table.fields and nested.get("id"):
                    row.setdefault(f"{child}_id", nested["id"])
        for name, child in table.many.items():
            parents = {f"{kind}_id": key} if child != "attribute" else {"link_id": key, "link_entity": kind}
            for nested in entry.get(name) or ():
                self.take(child, nested, **parents)
        for name, child in ((_ACTORS_KEY, ACTORS), (_AREAS_KEY, "service_area")):
            for nested in entry.get(name) or ():
                self.take(child, nested)
