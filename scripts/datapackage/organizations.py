"""Organizations: operators of places and actors, each body once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from scripts.datapackage import tables
from scripts.datapackage.ids import make_id
from scripts.datapackage.names import name_key

if TYPE_CHECKING:
    from scripts.datapackage.raw import Row

CITY_BODY, REGION_BODY = "Landeshauptstadt Hannover", "Region Hannover"
_OF_TYPE = {"city": CITY_BODY, "region": REGION_BODY}
NOT_FOUND = ""


@dataclass
class Registry:
    """All organizations by `name_key`; `rows` are the rows of the resource."""

    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    """Other names of a body (key → key of its row)."""

    def add(self, row: dict[str, object]) -> str:
        """Add an organization and return its id; KeyError if its name is already there."""
        key = name_key(str(row["name"]))
        if key in self.rows or key in self.aliases:
            raise KeyError(f"organization {row['name']!r} is already there")
        self.rows[key] = row | {"id": make_id("organization", key)}
        return str(self.rows[key]["id"])

    def alias(self, name: str, same_as: str) -> None:
        """Let `name` stand for the organization `same_as`."""
        self.aliases[name_key(name)] = name_key(same_as)

    def get(self, name: str) -> dict[str, object] | None:
        """Return the row of the organization of this name in any spelling."""
        key = name_key(name)
        return self.rows.get(self.aliases.get(key, key))

    def id_of(self, name: str) -> str:
        """Return the id of the organization of this name; "" if there is none."""
        row = self.get(name)
        return NOT_FOUND if row is None else str(row["id"])

    def member_id(self, name: str) -> str:
        """Return the id of a body a source names, also by a reviewed short name; "" = unknown."""
        reviewed = {row["text"]: row["organization"] for row in tables.load("member_names")}
        names = operator_names(reviewed.get(name, name))
        return self.id_of(names[0]) if len(names) == 1 else NOT_FOUND


@cache
def _operator_table() -> dict[str, list[str]]:
    rows = tables.load("operators")
    return {row["text"]: [name for name in row["organizations"].split(";") if name] for row in rows}


def operator_names(text: str) -> list[str]:
    """Return the bodies an operator text names, the main one first; none for "" and "Trägerverein"."""
    if not text:
        return []
    return _operator_table().get(text, [text])


def is_reviewed(text: str) -> bool:
    """Tell whether an operator text was read by a person, so that its wording belongs in a note."""
    return text in _operator_table()


def operator_type(name: str) -> str:
    """Return the type of a mere operator, from its name."""
    rows = tables.load("operator_types")
    return next(row["type"] for row in rows if re.fullmatch(row["pattern"], name))


def operator_row(name: str, place: Row, date: str) -> dict[str, object]:
    """Return the row of a body that is known as an operator only; `place` is its first place."""
    return empty_row() | {
        "name": name,
        "organization_type": operator_type(name),
        "source": place["source"],
        "source_licence": place["source_licence"],
        "source_date": date,
    }


def empty_row() -> dict[str, object]:
    """Return a row in which everything is unknown."""
    texts = ["name", "organization_type", "category", "parent_organization_id", "address", "postal_code",
             "website", "email", "target_groups", "target_group_text", "topics_text", "status_text",
             "source", "source_licence", "source_date", "note"]  # fmt: skip
    return dict.fromkeys(texts, "") | {"district_id": None, "is_actor": False, "needs_check": False}


def set_parents(registry: Registry, operator_of: dict[str, str]) -> None:
    """Fill in who runs whom.

    First the reviewed table, then the operator of the place an actor was taken from (`operator_of`:
    actor → operator text), then the city for its own actors and the Region for its own.
    """
    reviewed = {row["organization"]: row["parent"] for row in tables.load("organization_parents")}
    for row in registry.rows.values():
        name = str(row["name"])
        bodies = [reviewed[name]] if name in reviewed else operator_names(operator_of.get(name, ""))
        bodies = bodies or [_OF_TYPE.get(str(row["organization_type"]), "")]
        parent = registry.id_of(bodies[0]) if bodies[0] else ""
        row["parent_organization_id"] = "" if parent == row["id"] else parent
