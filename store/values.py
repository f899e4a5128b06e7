"""Values of fields: one text form for the log and the patches, identifiers, points in time."""

from __future__ import annotations

import json
import math
import re
import unicodedata
import uuid
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.resources import Field

LOCAL_NAMESPACE: Final = uuid.UUID("6f0b2f0e-5a0c-5d0a-9c53-0c1f0f8a6f11")
"""Namespace of the identifiers that the store makes (UUID version 5, like those of the package)."""

_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id() -> str:
    """Return a new identifier: version 5 in form, made from 122 random bits."""
    return str(uuid.uuid5(LOCAL_NAMESPACE, uuid.uuid4().hex))


def is_id(text: str) -> bool:
    """Return whether `text` is a UUID of version 5 as written in the data package."""
    return _ID.fullmatch(text) is not None


def id_from(*parts: str) -> str:
    """Return the identifier that belongs to `parts`: the same parts give the same identifier."""
    return str(uuid.uuid5(LOCAL_NAMESPACE, json.dumps(parts)))


def stamp(moment: datetime) -> str:
    """Return a point in time (aware, UTC) as text that sorts like time."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_text(value: object) -> str | None:
    """Return the text form of a stored value; None stays None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def from_text(field: Field, text: str | None) -> Any:
    """Return the value whose text form is `text`: ``from_text(f, as_text(v)) == v``."""
    if text is None or field.type == "string":
        return text
    if field.type == "boolean":
        return text == "true"
    return int(text) if field.type == "integer" else float(text)


def as_json(values: Mapping[str, Any]) -> str:
    """Return known values as JSON with sorted keys; unknown ones are left out."""
    known = {name: value for name, value in values.items() if value is not None}
    return json.dumps(known, ensure_ascii=False, sort_keys=True)


def from_json(text: str, fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return the values of `fields` from `as_json`; a field that is not in the text is None."""
    known: dict[str, Any] = json.loads(text)
    return {name: known.get(name) for name in fields}


def plain(value: object) -> Any:
    """Return `value` as Python's own scalar; NaN, pandas.NA and blank text become None.

    Text is trimmed and put into Unicode's composed form (NFC), so that the same word typed on
    different machines is the same word.
    """
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() or None
    if value is None or isinstance(value, bool | int):
        return value
    if not isinstance(value, float):
        item = getattr(value, "item", None)
        if callable(item):  # a scalar of numpy
            return plain(item())
        return None if type(value).__name__ in ("NAType", "NaTType") else value
    return None if math.isnan(value) else value
