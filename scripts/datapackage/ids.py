"""Stable identifiers: UUID version 5 of the table and the natural key of the row."""

from __future__ import annotations

import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "quartierskarte-hannover")


def make_id(table: str, *key: str) -> str:
    """Return the UUID of a row; the same table and key give the same UUID everywhere and always."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join((table, *key))))
