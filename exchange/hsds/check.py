"""Whether rows and nested objects keep the rules of HSDS 3: required fields, types, allowed values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from exchange.hsds.spec import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from exchange.hsds.spec import HsdsField

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z", re.IGNORECASE)
_URI: Final = re.compile(r"[a-z][a-z0-9+.-]*:\S+\Z", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\Z")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_FORMS: Final = {"uuid": _UUID, "uri": _URI, "email": _EMAIL, "date": _DATE}


def faults(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield what is wrong in tables of rows: rules of the fields, doubled identifiers, dead references.

    Unknown tables and columns are allowed (profiles add them); empty text counts as missing.
    """
    known = {name: {row.get("id") for row in content.get(name, ())} for name in tables()}
    for name, table in tables().items():
        rows = content.get(name, ())
        if len(known[name]) < len(rows):
            yield f"{name}: an id occurs twice"
        for row in rows:
            where = f"{name} {row.get('id')}"
            for field in table.fields.values():
                yield from _field_faults(where, field, row.get(field.name), required=field.table_required)
                value = row.get(field.name)
                if field.refers_to and value is not None and value not in known[field.refers_to]:
                    yield f"{where}: {field.name} refers to nothing"


def object_faults(name: str, entry: object, where: str = "") -> Iterator[str]:
    """Yield what is wrong in one nested JSON object of the kind `name` and in everything below it."""
    where = where or name
    if not isinstance(entry, dict):
        yield f"{where}: no object"
        return
    table = tables().get(name)
    if table is None:  # of the profile: the store checks it
        return
    for field in table.fields.values():
        yield from _field_faults(where, field, entry.get(field.name), required=field.required)
    for child in table.one:
        if entry.get(child) is not None:
            yield from object_faults(child, entry[child], f"{where}.{child}")
    for key, child in table.many.items():
        listed = entry.get(key)
        if listed is None:
            continue
        if not isinstance(listed, list):
            yield f"{where}.{key}: no list"
            continue
        for number, one in enumerate(listed):
            yield from object_faults(child, one, f"{where}.{key}[{number}]")


def field_fits(field: HsdsField, value: object) -> bool:
    """Tell whether a known value may stand in `field`."""
    return not any(_field_faults("", field, value, required=False))


def _field_faults(where: str, field: HsdsField, value: object, *, required: bool) -> Iterator[str]:
    if value is None or value == "":
        if required:
            yield f"{where}: {field.name} is missing"
    elif field.type == "number":
        if not _is_number(value):
            yield f"{where}: {field.name} is no number"
    elif not isinstance(value, str):
        yield f"{where}: {field.name} is no text"
    else:
        form = _FORMS.get(field.type)
        if form is not None and not form.match(value):
            yield f"{where}: {field.name} is no {field.type}"
        if field.allowed and value not in field.allowed:
            yield f"{where}: {field.name} is none of {', '.join(field.allowed)}"


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return False
        return True
    return isinstance(value, int | float) and not isinstance(value, bool)
