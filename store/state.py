"""The steps every change is made of: adopt a row of the package, claim a version, store fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from store import search_index
from store.errors import ConflictError, NotFoundError, StateError
from store.models import EntryState, Patch
from store.overlay import ADDED, GROUND, entries_by_id, entry
from store.ownership import require_own, require_own_fields
from store.references import entry_references
from store.resources import resource
from store.values import as_json, as_text, from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.entry import Entry
    from store.resources import Resource
    from store.transaction import Tx


def insert_new(tx: Tx, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows; those whose key exists already stay as they are."""
    dialect = sqlite if tx.store.is_sqlite else postgresql
    if rows:
        tx.connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def lock_id(tx: Tx, entry_id: str) -> None:
    """Let only one transaction at a time make the entry with this identifier.

    SQLite has one writer at a time anyway.
    """
    if not tx.store.is_sqlite:
        asked = text("SELECT pg_advisory_xact_lock(hashtextextended(:id, 0))")
        tx.connection.execute(asked, {"id": entry_id})


def adopt(tx: Tx, kind: Resource, ids: Iterable[str]) -> None:
    """Make a state (version 0) for rows of the package that have none yet; the row is kept in it."""
    base = tx.ground.rows(kind.name)
    rows = [
        {
            "id": entry_id,
            "resource": kind.name,
            "origin": GROUND,
            "version": 0,
            "created_at": tx.at,
            "position": tx.next_position(),
            "created_by": tx.actor.subject,
            "updated_at": tx.at,
            "updated_by": tx.actor.subject,
            "ground_row": as_json(base[entry_id]),
            "ground_version": tx.ground.stamp,
        }
        for entry_id in ids
        if entry_id in base
    ]
    insert_new(tx, EntryState, rows)


def claim(
    tx: Tx,
    kind: Resource,
    entry_id: str,
    version: int,
    *,
    yours: Mapping[str, Any],
    retired: bool | None = False,
) -> Entry:
    """Raise the entry's version by one if it is still `version`, and return it as it was before.

    Until the end of the transaction nobody else can change the entry. `retired` says which state
    the entry must be in; None = either. The returned entry carries the new version.

    Raises
    ------
    ConflictError
        The version is another one; `yours` goes with the error.
    NotFoundError, StateError, PermissionDeniedError
        No such entry; wrong state; a review link of another organisation.
    """
    adopt(tx, kind, [entry_id])
    raised = (
        update(EntryState)
        .where(EntryState.id == entry_id, EntryState.resource == kind.name)
        .where(EntryState.version == version)
        .values(version=version + 1, updated_at=tx.at, updated_by=tx.actor.subject)
    )
    hit = tx.connection.execute(raised).rowcount == 1
    tx.flush()
    found = entry(tx.connection, tx.ground, kind, entry_id)
    if found is None:
        raise NotFoundError("store.not_found", resource=kind.name, id=entry_id)
    require_own(tx, found)
    require_own_fields(tx, found, yours)
    if not hit:
        raise ConflictError(
            "store.conflict",
            resource=kind.name,
            id=entry_id,
            expected=version,
            found=found.version,
            current=found,
            yours=dict(yours),
        )
    if retired is not None and found.is_retired != retired:
        raise StateError("store.retired" if found.is_retired else "store.not_retired", id=entry_id)
    _keep_ground_row(tx, found)
    return found


def follow_package(tx: Tx, found: Entry, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return `wanted` with the package's value of today where the one of then is wanted back.

    Undoing a change of a row of the package means to follow the package again, also if a newer one
    has another value than the one that was changed.
    """
    followed = dict(wanted)
    row = tx.ground.rows(found.resource.name).get(found.id)
    if found.origin == GROUND and row is not None:
        asked = select(Patch.field, Patch.ground_value).where(Patch.entry_id == found.id)
        for name, before in tx.connection.execute(asked):
            if name in followed and as_text(followed[name]) == before:
                followed[name] = row.get(name)
    return followed


def store_fields(tx: Tx, found: Entry, changed: Mapping[str, Any], *, action: str) -> Entry:
    """Store changed fields of a claimed entry, note each, and return the entry as it is then.

    Without a change the version goes back to what it was.
    """
    kind = found.resource
    if not changed:
        lowered = update(EntryState).where(EntryState.id == found.id).values(version=found.version - 1)
        tx.connection.execute(lowered)
        return replace(found, version=found.version - 1)
    for name, value in changed.items():
        tx.log(found, action, name=name, old=found.values[name], new=value)
    now = replace(found, values=dict(found.values) | dict(changed))
    _adopt_new_targets(tx, now, changed)
    if found.origin == ADDED:
        row = update(kind.table).where(kind.table.c.id == found.id).values(**changed)
        tx.connection.execute(row)
    else:
        _patch(tx, found, changed)
    search_index.refresh(tx.connection, now)
    return now


def set_retired(tx: Tx, found: Entry, reason: str | None, *, retire: bool) -> Entry:
    """Take a claimed entry out of use, or back into it, note it, and return it as it is then."""
    at = tx.at if retire else None
    row = update(EntryState).where(EntryState.id == found.id)
    tx.connection.execute(row.values(retired_at=at, retired_reason=reason))
    action = "retire" if retire else "reinstate"
    tx.log(found, action, name="retired_at", old=found.retired_at, new=at)
    now = replace(found, retired_at=at, retired_reason=reason)
    search_index.refresh(tx.connection, now)
    return now


def current(tx: Tx, kind: Resource, ids: Iterable[str]) -> dict[str, Entry]:
    """Return entries as they are in this transaction, by identifier."""
    return entries_by_id(tx.connection, tx.ground, kind, ids)


def _keep_ground_row(tx: Tx, found: Entry) -> None:
    """Keep the package's row of today with the entry, should a later package drop it."""
    row = tx.ground.rows(found.resource.name).get(found.id)
    if found.origin == GROUND and row is not None:
        kept = update(EntryState).where(EntryState.id == found.id)
        kept = kept.values(ground_row=as_json(row), ground_version=tx.ground.stamp)
        tx.connection.execute(kept)


def _patch(tx: Tx, found: Entry, changed: Mapping[str, Any]) -> None:
    """Store changes of a row of the package; a field back at the package's value needs no patch."""
    row = _row_under(tx, found)
    gone = delete(Patch).where(Patch.entry_id == found.id, Patch.field.in_(changed))
    tx.connection.execute(gone)
    insert_new(
        tx,
        Patch,
        [
            {
                "entry_id": found.id,
                "field": name,
                "value": as_text(value),
                "ground_value": as_text(row.get(name)),
                "ground_version": tx.ground.stamp,
            }
            for name, value in changed.items()
            if value != row.get(name)
        ],
    )


def _row_under(tx: Tx, found: Entry) -> Mapping[str, Any]:
    """Return the package's row under an entry; the kept one if today's package dropped it."""
    row = tx.ground.rows(found.resource.name).get(found.id)
    if row is not None:
        return row
    asked = select(EntryState.ground_row).where(EntryState.id == found.id)
    return from_json(tx.connection.execute(asked).scalar() or "{}", found.resource.fields)


def _adopt_new_targets(tx: Tx, now: Entry, changed: Mapping[str, Any]) -> None:
    """Make states for rows of the package that an added row refers to from now on."""
    if now.origin == ADDED:
        for name, target, value in entry_references(now.resource, now.values):
            if name in changed:
                adopt(tx, resource(target), [value])
