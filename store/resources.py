"""The kinds of entries: fields, rules and relations of every resource, read from data.

A resource's fields are those of the data package (``geo/schemas/<name>.json``) followed by those of
the German profile (``store/schemas/<name>.json``). The profile's file also says what the store has
to know beside the fields; see ``docs/hsds-profile.md`` for its keys.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import geo
from store.errors import NotFoundError
from store.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table

_GROUND_SCHEMAS: Final = Path(geo.__file__).parent / "schemas"
_PROFILE_SCHEMAS: Final = Path(__file__).parent / "schemas"


@dataclass(frozen=True)
class Field:
    """One field: its type, its rules and what it refers to."""

    name: str
    type: str  # string, integer, number or boolean
    title: str
    description: str
    unit: str | None
    required: bool
    constraints: Mapping[str, Any]
    format: str | None  # uri, email, date, partial_date or None
    is_list: bool  # several values in one text, separated by ";"
    refers_to: tuple[str, str] | None  # resource and its column
    in_package: bool


@dataclass(frozen=True)
class Resource:
    """One kind of entry."""

    name: str
    hsds: str | None  # object of HSDS 3; None = extension of the profile
    label: str | None  # field shown as the entry's title
    fields: Mapping[str, Field]  # without the identifier
    in_package: bool
    owner: tuple[str, ...]  # references that lead to the owning organisation, best first
    search: tuple[str, ...]
    confirmable: bool  # appears in the work list
    defaults: Mapping[str, Any]
    ground_defaults: Mapping[str, Any]  # profile fields of a row of the package
    fixed: frozenset[str]  # not to be changed through a review link
    any_of: tuple[tuple[str, ...], ...]  # at least one of each group is filled in
    order: tuple[tuple[str, str], ...]  # the first is not after the second
    linked: Mapping[str, str]  # reference → field that names its resource
    single: tuple[str, ...]  # fields that together occur once

    @cached_property
    def entry_fields(self) -> tuple[tuple[str, str], ...]:
        """Fields that name another entry, with its resource (empty where another field names it)."""
        plain = ((field.name, field.refers_to) for field in self.fields.values() if not field.is_list)
        direct = [(name, target[0]) for name, target in plain if target and target[0] in MODELS]
        return (*direct, *((name, "") for name in self.linked))

    @property
    def table(self) -> Table:
        """The table of added rows."""
        table: Any = MODELS[self.name].__table__
        return table  # type: ignore[no-any-return]

    @property
    def package_columns(self) -> tuple[str, ...]:
        """Columns of the data package in its order, the identifier first; empty if not in it."""
        return ("id", *(f.name for f in self.fields.values() if f.in_package))


def resource(name: str) -> Resource:
    """Return the kind of entry called `name`; NotFoundError with all names otherwise."""
    found = resources().get(name)
    if found is None:
        raise NotFoundError("store.unknown_resource", resource=name, allowed=", ".join(resources()))
    return found


@lru_cache(maxsize=1)
def resources() -> Mapping[str, Resource]:
    """Return every kind of entry by its name."""
    return MappingProxyType({name: _load(name) for name in sorted(MODELS)})


@lru_cache(maxsize=1)
def references() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return for each resource which (resource, field) may refer to it."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in resources()}
    for kind in resources().values():
        for field in kind.fields.values():
            if field.refers_to and field.refers_to[0] in found and not field.is_list:
                found[field.refers_to[0]].append((kind.name, field.name))
    return MappingProxyType({name: tuple(pairs) for name, pairs in found.items()})


def _load(name: str) -> Resource:
    profile = _read(_PROFILE_SCHEMAS / f"{name}.json")
    path = _GROUND_SCHEMAS / f"{name}.json"
    ground = _read(path) if path.exists() else {"fields": []}
    targets = _targets(name, ground) | _targets(name, profile)
    fields = _fields(ground, profile, targets, in_package=True)
    own = _fields(profile, profile, targets, in_package=False)
    if fields.keys() & own.keys():
        raise RuntimeError(f"the package has fields of the profile of {name!r}: {sorted(fields.keys() & own.keys())}")
    fields |= own
    unstored = set(MODELS[name].__table__.columns.keys()) ^ {"id", *fields}
    if unstored:  # a column would be dropped in silence: a model and a migration are missing
        raise RuntimeError(f"fields of {name!r} and columns of its table differ: {sorted(unstored)}")
    return Resource(
        name=name,
        hsds=profile.get("hsds"),
        label=profile.get("label"),
        fields=MappingProxyType(fields),
        in_package=path.exists(),
        owner=tuple(profile.get("owner", ())),
        search=tuple(profile.get("search", ())),
        confirmable=profile.get("confirmable", False),
        defaults=MappingProxyType(profile.get("defaults", {})),
        ground_defaults=MappingProxyType(profile.get("ground_defaults", {})),
        fixed=frozenset(profile.get("fixed", ())),
        any_of=tuple(tuple(group) for group in profile.get("any_of", ())),
        order=tuple((first, last) for first, last in profile.get("order", ())),
        linked=MappingProxyType(profile.get("linked", {})),
        single=tuple(profile.get("single", ())),
    )


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _targets(name: str, schema: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Return what the foreign keys of `schema` refer to; an empty name means the table itself."""
    return {
        key["fields"][0]: (key["reference"]["resource"] or name, key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", ())
    }


def _fields(
    schema: dict[str, Any],
    profile: dict[str, Any],
    targets: dict[str, tuple[str, str]],
    *,
    in_package: bool,
) -> dict[str, Field]:
    optional = set(profile.get("optional", ()))
    formats = profile.get("formats", {})
    found = {}
    for entry in schema["fields"]:
        name = entry["name"]
        if name == "id":
            continue
        rules = entry.get("constraints", {})
        found[name] = Field(
            name=name,
            type=entry["type"],
            title=entry["title"],
            description=entry["description"],
            unit=entry.get("unit"),
            required=rules.get("required", False) and name not in optional,
            constraints=MappingProxyType(rules),
            format=formats.get(name, entry.get("format")),
            is_list="listDelimiter" in entry,
            refers_to=targets.get(name) or _listed_target(entry),
            in_package=in_package,
        )
    return found


def _listed_target(entry: dict[str, Any]) -> tuple[str, str] | None:
    """Return the target named by the key ``references`` (``resource.column``) of a list or number."""
    resource_name, _, column = entry.get("references", "").partition(".")
    return (resource_name, column) if column and not column.startswith("<") else None
