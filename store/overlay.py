"""Ground and local work laid over each other: the entries as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Row as SqlRow
from sqlalchemy import select

from store.entry import Entry
from store.models import EntryState, Patch
from store.values import from_json, from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from store.ground import Ground
    from store.resources import Resource

ADDED: Final = "added"
GROUND: Final = "ground"
CHUNK: Final = 5_000
"""Most identifiers asked for in one statement."""

Patches = dict[str, dict[str, str | None]]


def entry(connection: Connection, ground: Ground, kind: Resource, entry_id: str) -> Entry | None:
    """Return one entry, also a retired one; None if there is none of this kind."""
    return entries_by_id(connection, ground, kind, (entry_id,)).get(entry_id)


def entries_by_id(connection: Connection, ground: Ground, kind: Resource, ids: Iterable[str]) -> dict[str, Entry]:
    """Return the entries with these identifiers, also retired ones; unknown ones are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Entry] = {}
    for chunk in chunks(wanted):
        states = _states(connection, kind, chunk)
        rows = _added_rows(connection, kind, chunk)
        patches = _patches(connection, kind, chunk)
        for state in states:
            found[state.id] = _merged(ground, kind, state, rows, patches)
    base = ground.rows(kind.name)
    for entry_id in wanted:
        if entry_id not in found and entry_id in base:
            found[entry_id] = _untouched(kind, entry_id, base[entry_id])
    return found


def entries(connection: Connection, ground: Ground, kind: Resource, *, retired: bool = False) -> Iterator[Entry]:
    """Yield all entries of a kind: the package's in its order, then added ones by creation.

    With ``retired`` those taken out of use are among them. Rows of an earlier package that today's
    no longer has stay as long as somebody worked on them here.
    """
    states = {state.id: state for state in _states(connection, kind, None)}
    patches = _patches(connection, kind, None)
    rows = _added_rows(connection, kind, None)
    for entry_id, row in ground.rows(kind.name).items():
        state = states.pop(entry_id, None)
        if state is None:
            yield _untouched(kind, entry_id, row)
        elif retired or state.retired_at is None:
            yield _merged(ground, kind, state, rows, patches)
    for state in states.values():
        if retired or state.retired_at is None:
            yield _merged(ground, kind, state, rows, patches)


def is_touched(connection: Connection, kind: Resource) -> bool:
    """Return whether there is any local work on this kind of entry."""
    asked = select(EntryState.id).where(EntryState.resource == kind.name).limit(1)
    return connection.execute(asked).first() is not None


def chunks(ids: list[str]) -> Iterator[list[str]]:
    """Yield `ids` in parts small enough for one statement."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def base_row(ground: Ground, kind: Resource, state: Any) -> Mapping[str, Any]:
    """Return the package's row under an entry; the kept one if today's package dropped it."""
    row = ground.rows(kind.name).get(state.id)
    if row is not None:
        return row
    return from_json(state.ground_row or "{}", kind.fields)


def _states(connection: Connection, kind: Resource, ids: list[str] | None) -> Iterable[SqlRow[Any]]:
    asked = select(EntryState.__table__).where(EntryState.resource == kind.name)
    if ids is not None:
        asked = asked.where(EntryState.id.in_(ids))
    return connection.execute(asked.order_by(EntryState.created_at, EntryState.position, EntryState.id)).all()


def _added_rows(connection: Connection, kind: Resource, ids: list[str] | None) -> dict[str, dict[str, Any]]:
    asked = select(kind.table)
    if ids is not None:
        asked = asked.where(kind.table.c.id.in_(ids))
    found = {}
    for row in connection.execute(asked).mappings():
        values = dict(row)
        found[values.pop("id")] = values
    return found


def _patches(connection: Connection, kind: Resource, ids: list[str] | None) -> Patches:
    asked = select(Patch.entry_id, Patch.field, Patch.value)
    if ids is not None:
        asked = asked.where(Patch.entry_id.in_(ids))
    else:
        asked = asked.join(EntryState, EntryState.id == Patch.entry_id).where(EntryState.resource == kind.name)
    found: Patches = {}
    for entry_id, field, value in connection.execute(asked):
        found.setdefault(entry_id, {})[field] = value
    return found


def _merged(
    ground: Ground,
    kind: Resource,
    state: SqlRow[Any],
    rows: Mapping[str, dict[str, Any]],
    patches: Patches,
) -> Entry:
    if state.origin == ADDED:
        values: Mapping[str, Any] = rows[state.id]
    else:
        changed = patches.get(state.id, {})
        base = base_row(ground, kind, state)
        values = {
            name: from_text(field, changed[name]) if name in changed else base.get(name)
            for name, field in kind.fields.items()
        }
    return Entry(
        resource=kind,
        id=state.id,
        values=values,
        version=state.version,
        origin=state.origin,
        created_at=state.created_at,
        updated_at=state.updated_at,
        updated_by=state.updated_by,
        retired_at=state.retired_at,
        retired_reason=state.retired_reason,
        last_confirmed=state.last_confirmed,
        confirmed_by=state.confirmed_by,
        batch_id=state.batch_id,
        in_package=state.id in ground.rows(kind.name),
    )


def _untouched(kind: Resource, entry_id: str, row: Mapping[str, Any]) -> Entry:
    values = {name: row.get(name) for name in kind.fields}
    return Entry(kind, entry_id, values, 0, GROUND, in_package=True)
