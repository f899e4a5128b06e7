"""The history of an entry, version by version and field by field, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.errors import NotFoundError
from store.models import Change
from store.overlay import entry as entry_of
from store.permissions import Operation, require
from store.resources import resource
from store.state import claim, follow_package, set_retired, store_fields
from store.transaction import transaction
from store.values import from_json, from_text
from store.visibility import require_visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from store.database import Store
    from store.entry import Entry
    from store.permissions import Actor
    from store.resources import Resource
    from store.transaction import Target

CREATE: Final = "create"
CONFIRM: Final = "confirm"


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; None = unknown."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Step:
    """What one person did to an entry at one time.

    `action`: create, update, retire, reinstate, restore, confirm, resolve or undo. `at` is UTC.
    """

    version: int
    action: str
    at: str
    by: str
    batch_id: str | None
    changes: tuple[FieldChange, ...]


def history(store: Store, actor: Actor | None, name: str, entry_id: str) -> list[Step]:
    """Return everything that was done to an entry, the oldest first; empty for an untouched one."""
    kind = resource(name)
    with store.read() as connection:
        grant = require(store, connection, actor, Operation.READ_HISTORY)
        found = entry_of(connection, store.ground, kind, entry_id)
        if found is None:
            raise NotFoundError("store.not_found", resource=name, id=entry_id)
        require_visible(connection, store.ground, found, grant)
        return steps(connection, kind, entry_id)


def steps(connection: Connection, kind: Resource, entry_id: str) -> list[Step]:
    """Return the steps of an entry, the oldest first."""
    asked = select(Change.__table__).where(Change.resource_id == entry_id).order_by(Change.number)
    found: list[Step] = []
    for row in connection.execute(asked):
        step = Step(
            version=row.version,
            action=row.last_action_type,
            at=row.last_action_date,
            by=row.updated_by,
            batch_id=row.batch_id,
            changes=_changes(kind, row),
        )
        if found and _same(found[-1], step):
            last = found.pop()
            step = Step(*_head(last), changes=last.changes + step.changes)
        found.append(step)
    return found


def restore_version(
    target: Target,
    actor: Actor | None,
    name: str,
    entry_id: str,
    *,
    to: int,
    version: int,
) -> Entry:
    """Bring an entry back to what it was at version `to`, as a new version; return it.

    ``to=0`` is a row of the package as it is shipped today. Retired or not is restored too.

    Raises
    ------
    NotFoundError
        The entry has no such version.
    ConflictError
        Changed since `version`.
    """
    kind = resource(name)
    with transaction(target, actor, Operation.RESTORE_VERSION) as tx:
        found = claim(tx, kind, entry_id, version, yours={}, retired=None)
        past = steps(tx.connection, kind, entry_id)
        first = 1 if past and past[0].action == CREATE else 0
        if not first <= to <= version:
            raise NotFoundError("store.unknown_version", id=entry_id, version=to)
        earlier, retired_at = before(found, past, after=to)
        shipped = tx.ground.rows(name).get(entry_id) if to == 0 else None
        wanted = dict(shipped) if shipped else follow_package(tx, found, earlier)
        wanted = {field: wanted[field] for field in kind.fields}
        changed = {k: v for k, v in wanted.items() if v != found.values[k]}
        turned = found.is_retired != (retired_at is not None)
        if changed or not turned:
            found = store_fields(tx, found, changed, action="restore")
        if turned:
            found = set_retired(tx, found, None, retire=retired_at is not None)
        return found


def before(found: Entry, past: Sequence[Step], *, after: int) -> tuple[dict[str, Any], str | None]:
    """Return fields and time of retirement as they were before every step above version `after`."""
    values = dict(found.values)
    retired_at = found.retired_at
    for step in reversed(past):
        if step.version <= after or step.action == CREATE:
            continue
        for change in step.changes:
            if change.field == "retired_at":
                retired_at = change.old
            elif change.field in values:
                values[change.field] = change.old
    return values, retired_at


def _changes(kind: Resource, row: Any) -> tuple[FieldChange, ...]:
    name = row.field_name
    if row.last_action_type == CREATE:
        values = from_json(row.replacement_value, kind.fields)
        return tuple(FieldChange(k, None, v) for k, v in values.items() if v is not None)
    rules = kind.fields.get(name)
    if rules is None:
        return (FieldChange(name, row.previous_value, row.replacement_value),)
    old, new = from_text(rules, row.previous_value), from_text(rules, row.replacement_value)
    return (FieldChange(name, old, new),)


def _head(step: Step) -> tuple[int, str, str, str, str | None]:
    return step.version, step.action, step.at, step.by, step.batch_id


def _same(one: Step, other: Step) -> bool:
    return _head(one) == _head(other)
