"""The tables of HSDS 3 as this program knows them (``tables.json``), and schemas made from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATH: Final = Path(__file__).with_name("tables.json")
_FORMATS: Final = {"uuid": "uuid", "uri": "uri", "email": "email", "datetime": "date-time"}


@dataclass(frozen=True)
class HsdsField:
    """One field: `type` is ``text``, ``uuid``, ``uri``, ``email``, ``number``, ``date`` or ``datetime``.

    `required` holds for both forms, `table_required` for tables only (in JSON the nesting says it).
    """

    name: str
    type: str
    required: bool
    table_required: bool
    allowed: tuple[str, ...]
    refers_to: str | None


@dataclass(frozen=True)
class HsdsTable:
    """One object of HSDS: its file in the data package, its fields, what the JSON form nests in it."""

    name: str
    file: str
    fields: Mapping[str, HsdsField]
    one: tuple[str, ...]
    many: Mapping[str, str]


@lru_cache(maxsize=1)
def tables() -> Mapping[str, HsdsTable]:
    """Return all tables by their name (``service``)."""
    content: dict[str, Any] = json.loads(_PATH.read_text(encoding="utf-8"))["tables"]
    found = {}
    for name, entry in content.items():
        fields = [_field(text) for text in entry["fields"]]
        found[name] = HsdsTable(
            name,
            entry["file"],
            MappingProxyType({field.name: field for field in fields}),
            tuple(entry["one"]),
            MappingProxyType(entry["many"]),
        )
    return MappingProxyType(found)


def _field(text: str) -> HsdsField:
    head, _, target = text.partition(">")
    name, _, kind = head.partition(":")
    bare = kind.rstrip("!~")
    allowed = tuple(value.replace("_", " ") for value in bare.split("|")) if "|" in bare else ()
    return HsdsField(
        name=name,
        type="text" if allowed else bare,
        required=kind.endswith("!"),
        table_required=kind.endswith(("!", "~")),
        allowed=allowed,
        refers_to=target or None,
    )


def json_schema(name: str, *, depth: int = 6) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one object with what it nests, `depth` levels down.

    Further properties are allowed, as in the specification: profiles add fields.
    """
    table = tables()[name]
    properties: dict[str, Any] = {field.name: _property(field) for field in table.fields.values()}
    if depth:
        for child in table.one:
            properties[child] = json_schema(child, depth=depth - 1)
        for key, child in table.many.items():
            properties[key] = {"type": "array", "items": json_schema(child, depth=depth - 1)}
    return {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in table.fields.values() if field.required],
    }


def _property(field: HsdsField) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "number" if field.type == "number" else "string"}
    if field.type in _FORMATS:
        found["format"] = _FORMATS[field.type]
    if field.allowed:
        found["enum"] = list(field.allowed)
    return found


def table_schema(name: str, extra: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the Frictionless Table Schema of one table; `extra` are text columns of the profile."""
    table = tables()[name]
    fields = []
    for field in table.fields.values():
        entry: dict[str, Any] = {"name": field.name, "type": "number" if field.type == "number" else "string"}
        if field.type in ("uuid", "uri", "email"):
            entry["format"] = field.type
        if field.type == "datetime":
            entry["type"] = "datetime"
        rules: dict[str, Any] = {"required": field.table_required}
        if field.name == "id":
            rules["unique"] = True
        if field.allowed:
            rules["enum"] = list(field.allowed)
        fields.append(entry | {"constraints": rules})
    fields += [{"name": name, "type": "string"} for name in extra]
    keys = [
        {"fields": field.name, "reference": {"resource": field.refers_to, "fields": "id"}}
        for field in table.fields.values()
        if field.refers_to
    ]
    keys = [key | {"reference": {"resource": "", "fields": "id"}} if _own(key, name) else key for key in keys]
    return {"fields": fields, "primaryKey": "id"} | ({"foreignKeys": keys} if keys else {})


def _own(key: dict[str, Any], name: str) -> bool:
    return bool(key["reference"]["resource"] == name)
