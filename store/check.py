"""Is everything in order, and is it the same content? For operators, backups and tests."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from store.models import MODELS, Base, EntryState
from store.overlay import ADDED

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.database import Store


def faults(store: Store) -> list[str]:
    """Return one English sentence for each thing that is broken; empty = in order."""
    with store.read() as connection:
        found = _sqlite_faults(connection) if store.is_sqlite else []
        return found + _missing_rows(connection)


def fingerprint(store: Store) -> str:
    """Return a digest (SHA-256, hex) of every row of every table: same digest = same content."""
    digest = hashlib.sha256()
    with store.read() as connection:
        for table in Base.metadata.sorted_tables:
            digest.update(table.name.encode())
            columns = list(table.primary_key.columns)
            order = [column.collate("C") if _is_text(column, store) else column for column in columns]
            for row in connection.execute(select(table).order_by(*order)):
                digest.update(json.dumps(list(row), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def counts(store: Store) -> dict[str, int]:
    """Return how many entries of each kind were added or worked on here."""
    asked = select(EntryState.resource, func.count()).where(EntryState.version > 0)
    with store.read() as connection:
        rows = connection.execute(asked.group_by(EntryState.resource).order_by(EntryState.resource))
        return {name: int(count) for name, count in rows}


def _is_text(column: object, store: Store) -> bool:
    """Return whether the server's language would decide the order: PostgreSQL's text."""
    return not store.is_sqlite and getattr(column, "type", None).__class__.__name__ in ("String", "Text")


def _sqlite_faults(connection: Connection) -> list[str]:
    lines = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    found = [f"The file is damaged: {line}." for line in lines if line != "ok"]
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    return found + [f"A row of {row[0]} refers to a missing row of {row[2]}." for row in broken]


def _missing_rows(connection: Connection) -> list[str]:
    """Return a sentence for each kind with added entries whose row is missing."""
    found = []
    for name, model in MODELS.items():
        states = select(EntryState.id).where(EntryState.resource == name, EntryState.origin == ADDED)
        missing = states.where(EntryState.id.not_in(select(model.id)))
        count = connection.execute(select(func.count()).select_from(missing.subquery())).scalar_one()
        if count:
            found.append(f"{count} entries of {name} have no row.")
    return found
