"""Conflicts with a new version of the data package, listed and resolved; nothing is overwritten.

========================  =====================================================================
``changed``               the package changed a field that was changed here to something else
``removed``               the package dropped a row that somebody worked on or refers to here
``added_too``             an entry added here is now in the package, with other values
``retired_changed``       the package changed a row that was retired here
========================  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, insert, select, update

from store import search_index
from store.errors import NotFoundError
from store.models import EntryState, Patch
from store.overlay import ADDED, GROUND, entries_by_id
from store.permissions import Operation, require
from store.references import entry_references
from store.resources import resource, resources
from store.state import adopt, claim, current, insert_new, set_retired, store_fields
from store.transaction import begin
from store.values import as_json, as_text, from_json, from_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from store.database import Store
    from store.entry import Entry
    from store.ground import Ground
    from store.permissions import Actor
    from store.resources import Resource
    from store.transaction import Tx

Kind = Literal["changed", "removed", "added_too", "retired_changed"]


@dataclass(frozen=True)
class Conflict:
    """One thing in which local work and the data package differ in a way nobody has looked at.

    `field` is None where the row as a whole is meant. `before` is the package's value that the
    local work was made against, `ground` today's, `local` the local one.
    """

    resource: str
    id: str
    title: str
    kind: Kind
    field: str | None
    before: Any
    ground: Any
    local: Any
    version: int


def conflicts(store: Store, actor: Actor | None) -> list[Conflict]:
    """Return all conflicts with the data package the store lies on, by resource and entry."""
    found: list[Conflict] = []
    with store.read() as connection:
        require(store, connection, actor, Operation.RESOLVE_CONFLICT)
        for kind in resources().values():
            if kind.name in store.ground.names:
                found += _of_kind(connection, store.ground, kind)
    return sorted(found, key=lambda one: (one.resource, one.id, one.field or ""))


def resolve_conflict(
    store: Store,
    actor: Actor | None,
    name: str,
    entry_id: str,
    *,
    field: str | None,
    take: Literal["local", "ground"],
    version: int,
) -> None:
    """Decide one conflict: keep the local work (it counts as made against today's package) or not.

    Raises
    ------
    NotFoundError
        There is no such conflict (any more).
    ConflictError
        Somebody changed the entry since `version`.
    """
    kind = resource(name)
    with begin(store, actor, Operation.RESOLVE_CONFLICT) as tx:
        listed = _of_kind(tx.connection, tx.ground, kind) if name in tx.ground.names else iter(())
        this = next((one for one in listed if (one.id, one.field) == (entry_id, field)), None)
        if this is None:
            raise NotFoundError("store.unknown_conflict", id=entry_id, field=field)
        found = claim(tx, kind, entry_id, version, yours={}, retired=None)
        tx.log(found, "resolve", name=field or "", old=this.kind, new=take)
        _RESOLVERS[this.kind](tx, found, this, local=take == "local")
        search_index.remove(tx.connection, [entry_id])
        search_index.refresh(tx.connection, current(tx, kind, [entry_id])[entry_id])


def _of_kind(connection: Connection, ground: Ground, kind: Resource) -> Iterator[Conflict]:
    columns = (EntryState.id, EntryState.origin, EntryState.retired_at, EntryState.ground_row)
    states = connection.execute(select(*columns).where(EntryState.resource == kind.name)).all()
    patches = _patches(connection, kind)
    base = ground.rows(kind.name)
    at_issue = [
        state
        for state in states
        if state.id in patches
        or (state.origin == ADDED) == (state.id in base)
        or (state.origin == GROUND and state.retired_at)
    ]
    loaded = entries_by_id(connection, ground, kind, [state.id for state in at_issue])
    for state in at_issue:
        one, row = loaded[state.id], base.get(state.id)
        if row is None:
            if not one.is_retired:
                yield _conflict(one, "removed")
        elif one.origin == ADDED:
            yield from _added_too(one, row)
        elif one.is_retired:
            yield from _retired_changed(one, row, from_json(state.ground_row or "{}", kind.fields))
        else:
            yield from _changed(one, row, patches.get(one.id, ()))


def _patches(connection: Connection, kind: Resource) -> dict[str, list[tuple[str, str | None]]]:
    asked = select(Patch.entry_id, Patch.field, Patch.ground_value).join(EntryState, EntryState.id == Patch.entry_id)
    found: dict[str, list[tuple[str, str | None]]] = {}
    for entry_id, name, value in connection.execute(asked.where(EntryState.resource == kind.name)):
        found.setdefault(entry_id, []).append((name, value))
    return found


def _changed(
    one: Entry,
    row: Mapping[str, Any],
    patches: Any,
) -> Iterator[Conflict]:
    for name, text in patches:
        before = from_text(one.resource.fields[name], text)
        if row[name] not in (before, one.values[name]):
            yield _conflict(one, "changed", name, before, row[name], one.values[name])


def _added_too(one: Entry, row: Mapping[str, Any]) -> Iterator[Conflict]:
    differing = [f.name for f in one.resource.fields.values() if f.in_package and one.values[f.name] != row[f.name]]
    if differing:
        ground = {name: row[name] for name in differing}
        yield _conflict(one, "added_too", None, None, ground, {n: one.values[n] for n in differing})


def _retired_changed(one: Entry, row: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[Conflict]:
    differing = [f.name for f in one.resource.fields.values() if f.in_package and kept[f.name] != row[f.name]]
    if differing:
        before = {name: kept[name] for name in differing}
        yield _conflict(one, "retired_changed", None, before, {n: row[n] for n in differing})


def _conflict(
    one: Entry,
    kind: Kind,
    field: str | None = None,
    before: Any = None,
    ground: Any = None,
    local: Any = None,
) -> Conflict:
    return Conflict(one.resource.name, one.id, one.title, kind, field, before, ground, local, one.version)


def _resolve_changed(tx: Tx, found: Entry, this: Conflict, *, local: bool) -> None:
    name = str(this.field)
    if local:
        values = {"ground_value": as_text(this.ground), "ground_version": tx.ground.stamp}
        row = update(Patch).where(Patch.entry_id == found.id, Patch.field == name)
        tx.connection.execute(row.values(**values))
    else:
        store_fields(tx, found, {name: this.ground}, action="resolve")


def _resolve_removed(tx: Tx, found: Entry, _this: Conflict, *, local: bool) -> None:
    """Keep the row as an added one, with everything the package said last; or retire it."""
    if not local:
        set_retired(tx, found, "removed from the data package", retire=True)
        return
    values = dict(found.resource.defaults) | dict(found.resource.ground_defaults)
    values |= {name: value for name, value in found.values.items() if value is not None}
    tx.connection.execute(delete(Patch).where(Patch.entry_id == found.id))
    row = update(EntryState).where(EntryState.id == found.id)
    tx.connection.execute(row.values(origin=ADDED, ground_row=None, ground_version=None))
    _adopt_targets(tx, found)
    tx.connection.execute(insert(found.resource.table), [{"id": found.id} | values])


def _resolve_added_too(tx: Tx, found: Entry, this: Conflict, *, local: bool) -> None:
    """Lay the entry on the package's row; where the local values are kept they become patches."""
    kind = found.resource
    base = tx.ground.rows(kind.name)[found.id]
    tx.connection.execute(delete(kind.table).where(kind.table.c.id == found.id))
    state = {"origin": GROUND, "ground_row": as_json(base), "ground_version": tx.ground.stamp}
    tx.connection.execute(update(EntryState).where(EntryState.id == found.id).values(**state))
    kept = {n: v for n, v in found.values.items() if v != base.get(n) and (local or n not in this.ground)}
    patches = [
        {
            "entry_id": found.id,
            "field": name,
            "value": as_text(value),
            "ground_value": as_text(base.get(name)),
            "ground_version": tx.ground.stamp,
        }
        for name, value in kept.items()
    ]
    insert_new(tx, Patch, patches)
    for name, value in ({} if local else this.ground).items():
        tx.log(found, "resolve", name=name, old=found.values[name], new=value)


def _resolve_retired_changed(tx: Tx, found: Entry, _this: Conflict, *, local: bool) -> None:
    """Leave it retired (`claim` has kept today's row with it), or bring it back into use."""
    if not local:
        set_retired(tx, found, None, retire=False)


def _adopt_targets(tx: Tx, found: Entry) -> None:
    for _, target, value in entry_references(found.resource, found.values):
        adopt(tx, resource(target), [value])


_RESOLVERS = {
    "changed": _resolve_changed,
    "removed": _resolve_removed,
    "added_too": _resolve_added_too,
    "retired_changed": _resolve_retired_changed,
}
