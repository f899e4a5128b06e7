"""Retire instead of delete: take entries out of use, together with what cannot be without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store import references
from store.errors import StateError
from store.models import EntryState
from store.overlay import entries_by_id
from store.permissions import Operation, grant_of
from store.resources import resource
from store.state import claim, current, set_retired
from store.transaction import transaction
from store.visibility import hidden_ids

if TYPE_CHECKING:
    from store.database import Store
    from store.entry import Entry
    from store.permissions import Actor
    from store.resources import Resource
    from store.transaction import Target, Tx


def retire(
    target: Target,
    actor: Actor | None,
    name: str,
    entry_id: str,
    *,
    version: int,
    reason: str | None = None,
    with_dependents: bool = False,
) -> Entry:
    """Take an entry out of use and return it; its history stays, `reinstate` brings it back.

    Entries that must refer to it (a phone to its contact) are retired with it if `with_dependents`
    is given; entries that only may refer to it (a place to its operator) stay and keep the
    reference, which then leads to a retired entry.

    Raises
    ------
    StateError
        Already retired, or other entries cannot be without it and `with_dependents` is not given.
    ConflictError, NotFoundError
        Changed since `version`; no such entry.
    """
    kind = resource(name)
    with transaction(target, actor, Operation.RETIRE) as tx:
        found = claim(tx, kind, entry_id, version, yours={})
        needing = _needing(tx, found)
        if needing and not with_dependents:
            raise StateError("store.in_use", id=entry_id, count=len(needing), entries=tuple(needing))
        for other, key in needing:
            _retire_dependent(tx, resource(other), key, reason)
        return set_retired(tx, found, reason, retire=True)


def reinstate(target: Target, actor: Actor | None, name: str, entry_id: str, *, version: int) -> Entry:
    """Bring a retired entry back into use and return it; entries retired with it stay retired."""
    kind = resource(name)
    with transaction(target, actor, Operation.REINSTATE) as tx:
        found = claim(tx, kind, entry_id, version, yours={}, retired=True)
        return set_retired(tx, found, None, retire=False)


def retired(store: Store, name: str, *, actor: Actor | None = None) -> list[Entry]:
    """Return the entries of a kind that were taken out of use, the latest first.

    Internal ones are left out for an `actor` who may not read them, as in `store.view`.
    """
    kind = resource(name)
    asked = select(EntryState.id).where(EntryState.resource == name, EntryState.retired_at.is_not(None))
    with store.read() as connection:
        ids = connection.execute(asked.order_by(EntryState.retired_at.desc(), EntryState.id)).scalars()
        found = list(entries_by_id(connection, store.ground, kind, ids).values())
        hidden = hidden_ids(connection, store.ground, found, grant_of(store, connection, actor))
    return [one for one in found if one.id not in hidden]


def _needing(tx: Tx, found: Entry) -> list[tuple[str, str]]:
    """Return (resource, identifier) of all entries in use that cannot be without `found`."""
    seen: dict[tuple[str, str], None] = {}
    waiting = [(found.resource, found.id)]
    while waiting:
        kind, entry_id = waiting.pop()
        holders = references.dependents(tx.connection, tx.ground, kind, entry_id)
        for (name, field), ids in holders.items():
            if not _is_needed(resource(name), field):
                continue
            for key in sorted(ids):
                if (name, key) not in seen:
                    seen[name, key] = None
                    waiting.append((resource(name), key))
    seen.pop((found.resource.name, found.id), None)
    return list(seen)


def _is_needed(kind: Resource, field: str) -> bool:
    return kind.fields[field].required


def _retire_dependent(tx: Tx, kind: Resource, entry_id: str, reason: str | None) -> None:
    version = current(tx, kind, [entry_id])[entry_id].version
    found = claim(tx, kind, entry_id, version, yours={})
    set_retired(tx, found, reason, retire=True)
