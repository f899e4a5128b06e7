"""One write: permission, one transaction, the change log, the revision; alone or in a batch."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from store.database import Store
from store.errors import PermissionDeniedError
from store.models import Change, Revision
from store.permissions import Grant, Operation, require
from store.values import as_text, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from store.entry import Entry
    from store.ground import Ground
    from store.permissions import Actor


@dataclass
class Tx:
    """An open write transaction of one actor."""

    store: Store
    connection: Connection
    actor: Actor
    grant: Grant
    at: str
    batch_id: str | None = None
    _log: list[dict[str, Any]] = field(default_factory=list)
    _entries: int = 0

    @property
    def ground(self) -> Ground:
        """The data package underneath."""
        return self.store.ground

    @property
    def today(self) -> str:
        """The day of the transaction (UTC), YYYY-MM-DD."""
        return self.at[:10]

    def log(
        self,
        entry: Entry,
        action: str,
        *,
        name: str = "",
        old: object = None,
        new: object = None,
        version: int | None = None,
    ) -> None:
        """Note one change of `entry`; it becomes visible together with the change itself."""
        self._log.append(
            {
                "resource_type": entry.resource.name,
                "resource_id": entry.id,
                "version": entry.version if version is None else version,
                "last_action_date": self.at,
                "last_action_type": action,
                "field_name": name,
                "previous_value": as_text(old),
                "replacement_value": as_text(new),
                "updated_by": self.actor.subject,
                "batch_id": self.batch_id,
            }
        )

    def next_position(self) -> int:
        """Return the running number of the next entry made in this transaction."""
        self._entries += 1
        return self._entries

    def flush(self) -> None:
        """Write the log kept so far."""
        if self._log:
            self.connection.execute(insert(Change), self._log)
            self._log.clear()

    def close(self) -> None:
        """Write the log and count the revision; the last statements before the commit."""
        self.flush()
        self.connection.execute(update(Revision).values(number=Revision.number + 1))


@dataclass(frozen=True)
class Batch:
    """Several writes in one transaction under one batch identifier; see `store.batches.batch`."""

    tx: Tx

    @property
    def id(self) -> str:
        """Identifier to undo the batch with."""
        return str(self.tx.batch_id)

    @property
    def store(self) -> Store:
        """The store it writes to."""
        return self.tx.store


Target = Store | Batch
"""Where a write goes: a store (own transaction) or an open batch (its transaction)."""


@contextmanager
def transaction(target: Target, actor: Actor | None, operation: Operation) -> Iterator[Tx]:
    """Yield a write transaction in which `actor` may do `operation`.

    In a batch the write is a savepoint: if it fails, what was written before it stays.

    Raises
    ------
    PermissionDeniedError
        The actor's role does not allow it; nothing was written.
    """
    if isinstance(target, Batch):
        tx = target.tx
        if actor != tx.actor:
            raise PermissionDeniedError("store.forbidden", role="none", operation=str(operation))
        require(tx.store, tx.connection, actor, operation)
        kept = len(tx._log)  # noqa: SLF001 - same module
        try:
            with tx.connection.begin_nested():
                yield tx
        except BaseException:
            del tx._log[kept:]  # noqa: SLF001
            raise
        return
    with begin(target, actor, operation) as tx:
        yield tx


@contextmanager
def begin(store: Store, actor: Actor | None, operation: Operation, *, batch_id: str | None = None) -> Iterator[Tx]:
    """Yield an own transaction, committed at the end."""
    with store.write() as connection:
        grant = require(store, connection, actor, operation)
        who = actor
        if who is None:  # pragma: no cover - `require` denies nobody-known
            raise AssertionError
        tx = Tx(store, connection, who, grant, stamp(store.now()), batch_id)
        yield tx
        tx.close()


@contextmanager
def together(store: Store, actor: Actor | None) -> Iterator[Batch]:
    """Yield what to hand to the writing functions instead of the store, for entries that belong together.

    They are stored in one transaction at the end, or none of them if an error leaves the block. Unlike
    `store.batches.batch` it is nothing to be undone as a whole: everybody who may add entries may use it.
    """
    with begin(store, actor, Operation.CREATE) as tx:
        yield Batch(tx)


def revision(store: Store) -> int:
    """Return how many write transactions were acknowledged: the key for caches of the content."""
    with store.read() as connection:
        return int(connection.execute(select(Revision.number)).scalar_one())
