"""Batches: many writes in one transaction, undone as a whole (an import, for example)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select, update

from store import search_index
from store.errors import NotFoundError, StateError
from store.history import CONFIRM, CREATE, before, steps
from store.models import BatchRow, Change, EntryState
from store.overlay import chunks
from store.permissions import Operation, require
from store.resources import resource
from store.state import claim, follow_package, set_retired, store_fields
from store.transaction import Batch, begin
from store.values import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.database import Store
    from store.entry import Entry
    from store.history import Step
    from store.permissions import Actor
    from store.transaction import Tx

UNDONE: Final = "undone"
"""Reason with which entries are retired whose batch was undone."""


@dataclass(frozen=True)
class BatchInfo:
    """One batch; times are UTC, `entries` counts the entries it touched."""

    id: str
    label: str
    created_at: str
    created_by: str
    undone_at: str | None
    entries: int


@dataclass(frozen=True)
class Undone:
    """What an undo did: its own batch, entries brought back, entries left as they are.

    Entries that somebody changed after the batch are left: their later work counts.
    """

    batch_id: str
    count: int
    kept: tuple[tuple[str, str], ...]


@contextmanager
def batch(store: Store, actor: Actor | None, label: str) -> Iterator[Batch]:
    """Yield a batch to hand to the writing functions instead of the store.

    Everything written in it is stored together at the end, or not at all if an error leaves the
    block. A function that fails inside leaves nothing behind, so that its error may be caught.
    """
    batch_id = new_id()
    with begin(store, actor, Operation.WRITE_BATCH, batch_id=batch_id) as tx:
        _note(tx, batch_id, label)
        yield Batch(tx)


def undo_batch(store: Store, actor: Actor | None, batch_id: str) -> Undone:
    """Undo everything a batch wrote, in one transaction that is a batch itself (so: redo).

    Added entries are retired, changed fields get back their value, retired entries come back.

    Raises
    ------
    NotFoundError, StateError
        No such batch; it was undone already.
    """
    undo_id = new_id()
    with begin(store, actor, Operation.UNDO_BATCH, batch_id=undo_id) as tx:
        asked = update(BatchRow).where(BatchRow.id == batch_id, BatchRow.undone_at.is_(None))
        row = tx.connection.execute(select(BatchRow.label).where(BatchRow.id == batch_id)).first()
        if row is None:
            raise NotFoundError("store.unknown_batch", id=batch_id)
        _note(tx, undo_id, row.label)
        done = asked.values(undone_at=tx.at, undone_by=tx.actor.subject, undone_in=undo_id)
        if tx.connection.execute(done).rowcount != 1:
            raise StateError("store.batch_undone", id=batch_id)
        touched = _touched(tx, batch_id)
        added = _retire_added(tx, batch_id)
        others = [pair for pair in touched if pair[1] not in added]
        kept = tuple(pair for pair in others if not _undo_entry(tx, *pair, batch_id))
    return Undone(undo_id, len(touched) - len(kept), kept)


def batches(store: Store, actor: Actor | None) -> list[BatchInfo]:
    """Return all batches, the newest first."""
    with store.read() as connection:
        require(store, connection, actor, Operation.READ_HISTORY)
        counted = (
            select(Change.batch_id, func.count(Change.resource_id.distinct()).label("entries"))
            .group_by(Change.batch_id)
            .subquery()
        )
        table = BatchRow.__table__
        columns = [table.c[name] for name in BatchInfo.__dataclass_fields__ if name != "entries"]
        asked = (
            select(*columns, func.coalesce(counted.c.entries, 0))
            .outerjoin(counted, counted.c.batch_id == table.c.id)
            .order_by(table.c.created_at.desc(), table.c.id)
        )
        return [BatchInfo(*tuple(row)) for row in connection.execute(asked)]


def _note(tx: Tx, batch_id: str, label: str) -> None:
    row = {
        "id": batch_id,
        "label": label[:200],
        "created_at": tx.at,
        "created_by": tx.actor.subject,
    }
    tx.connection.execute(insert(BatchRow), [row])


def _touched(tx: Tx, batch_id: str) -> list[tuple[str, str]]:
    asked = (
        select(Change.resource_type, Change.resource_id)
        .where(Change.batch_id == batch_id)
        .distinct()
        .order_by(Change.resource_type, Change.resource_id)
    )
    return [(name, entry_id) for name, entry_id in tx.connection.execute(asked)]


def _retire_added(tx: Tx, batch_id: str) -> set[str]:
    """Retire at once all entries that the batch added and nobody touched since."""
    asked = select(EntryState.id, EntryState.resource).where(
        EntryState.batch_id == batch_id,
        EntryState.version == 1,
        EntryState.retired_at.is_(None),
        EntryState.last_confirmed.is_(None),
    )
    found = tx.connection.execute(asked.with_for_update()).all()
    rows = [
        {
            "resource_type": row.resource,
            "resource_id": row.id,
            "version": 2,
            "last_action_date": tx.at,
            "last_action_type": "undo",
            "field_name": "retired_at",
            "previous_value": None,
            "replacement_value": tx.at,
            "updated_by": tx.actor.subject,
            "batch_id": tx.batch_id,
        }
        for row in found
    ]
    ids = [row.id for row in found]
    for chunk in chunks(ids):
        tx.connection.execute(
            update(EntryState)
            .where(EntryState.id.in_(chunk))
            .values(
                version=2,
                retired_at=tx.at,
                retired_reason=UNDONE,
                updated_at=tx.at,
                updated_by=tx.actor.subject,
            )
        )
    if rows:
        tx.connection.execute(insert(Change), rows)
    search_index.remove(tx.connection, ids)
    return set(ids)


def _undo_entry(tx: Tx, name: str, entry_id: str, batch_id: str) -> bool:
    """Undo the batch's steps of one entry; False if somebody changed it since."""
    kind = resource(name)
    past = steps(tx.connection, kind, entry_id)
    own = [step for step in past if step.batch_id == batch_id]
    last = past[-1]
    if last.batch_id != batch_id:
        return False
    found = claim(tx, kind, entry_id, last.version, yours={}, retired=None)
    if own[0].action == CREATE:
        set_retired(tx, found, UNDONE, retire=True)
        return True
    _undo_confirmation(tx, found, own)
    earlier, retired_at = before(found, past, after=own[0].version - 1)
    values = follow_package(tx, found, earlier)
    changed = {name: value for name, value in values.items() if value != found.values[name]}
    turned = found.is_retired != (retired_at is not None)
    if changed or not turned:
        found = store_fields(tx, found, changed, action="undo")
    if turned:
        set_retired(tx, found, None, retire=retired_at is not None)
    return True


def _undo_confirmation(tx: Tx, found: Entry, own: list[Step]) -> None:
    """Set the day of confirmation back to what it was before the batch."""
    earlier = [step.changes[0].old for step in own if step.action == CONFIRM]
    if earlier:
        row = update(EntryState).where(EntryState.id == found.id)
        tx.connection.execute(row.values(last_confirmed=earlier[0], confirmed_by=None))
        tx.log(found, "undo", name="last_confirmed", old=found.last_confirmed, new=earlier[0])
