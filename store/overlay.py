"""Ground and local work laid over each other: the entries as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

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


def entry(connection: Connection, ground: Ground, kind: Resource, entry_id: str) -> Entry | None:
    """Return one entry, also a retired one; None if there is none of this kind."""
    return entries_by_id(connection, ground, kind, (entry_id,)).get(entry_id)


def entries_by_id(connection: Connection, ground: Ground, kind: Resource, ids: Iterable[str]) -> dict[str, Entry]:
    """Return the entries with these identifiers, also retired ones; unknown ones are left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Entry] = {}
    for chunk in chunks(wanted):
        local = _load(connection, ground, kind, chunk)
        found.update((state.id, _merged(ground, kind, state, local)) for state in local.states.values())
    base = ground.rows(kind.name)
    for entry_id in wanted:
        if entry_id not in found and entry_id in base:
            found[entry_id] = _untouched(kind, entry_id, base[entry_id])
    return found


def entries(connection: Connection, ground: Ground, kind: Resource) -> Iterator[Entry]:
    """Yield all entries of a kind in use: the package's in its order, then added ones by creation.

    Rows of an earlier package that today's no longer has stay as long as somebody worked on them.
    """
    local = _load(connection, ground, kind, None)
    base = ground.rows(kind.name)
    for entry_id, row in base.items():
        state = local.states.get(entry_id)
        if state is None:
            yield _untouched(kind, entry_id, row)
        elif state.retired_at is None:
            yield _merged(ground, kind, state, local)
    for state in local.states.values():
        if state.retired_at is None and state.id not in base:
            yield _merged(ground, kind, state, local)


def is_touched(connection: Connection, kind: Resource) -> bool:
    """Return whether there is any local work on this kind of entry."""
    asked = select(EntryState.id).where(EntryState.resource == kind.name).limit(1)
    return connection.execute(asked).first() is not None


def chunks(ids: list[str]) -> Iterator[list[str]]:
    """Yield `ids` in parts small enough for one statement."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


class State(NamedTuple):
    """State of one entry, in the order of the attributes of `Entry`."""

    id: str
    version: int
    origin: str
    created_at: str
    updated_at: str
    updated_by: str
    retired_at: str | None
    retired_reason: str | None
    last_confirmed: str | None
    confirmed_by: str | None
    batch_id: str | None


class _Local(NamedTuple):
    """What the database has on entries of one kind, by identifier."""

    states: dict[str, State]
    added: dict[str, dict[str, Any]]
    patches: dict[str, dict[str, str | None]]
    kept: dict[str, str | None]  # rows that the package had once, as JSON


def _load(connection: Connection, ground: Ground, kind: Resource, ids: list[str] | None) -> _Local:
    table = EntryState.__table__.c
    asked = select(*(table[name] for name in State._fields)).where(table.resource == kind.name)
    if ids is not None:
        asked = asked.where(table.id.in_(ids))
    rows = connection.execute(asked.order_by(table.created_at, table.position, table.id))
    states = {row[0]: State(*row) for row in rows}
    base = ground.rows(kind.name)
    gone = [state.id for state in states.values() if state.origin == GROUND and state.id not in base]
    kept: dict[str, str | None] = {}
    for chunk in chunks(gone):
        kept_rows = connection.execute(select(table.id, table.ground_row).where(table.id.in_(chunk)))
        kept.update((entry_id, text) for entry_id, text in kept_rows)
    added = _added_rows(connection, kind, ids)
    return _Local(states, added, _patches(connection, kind, ids), kept)


def _added_rows(connection: Connection, kind: Resource, ids: list[str] | None) -> dict[str, dict[str, Any]]:
    asked = select(kind.table.c.id, *(kind.table.c[name] for name in kind.fields))
    if ids is not None:
        asked = asked.where(kind.table.c.id.in_(ids))
    names = tuple(kind.fields)
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in connection.execute(asked)}


def _patches(connection: Connection, kind: Resource, ids: list[str] | None) -> dict[str, dict[str, str | None]]:
    asked = select(Patch.entry_id, Patch.field, Patch.value)
    if ids is not None:
        asked = asked.where(Patch.entry_id.in_(ids))
    else:
        asked = asked.join(EntryState, EntryState.id == Patch.entry_id).where(EntryState.resource == kind.name)
    found: dict[str, dict[str, str | None]] = {}
    for entry_id, field, value in connection.execute(asked):
        found.setdefault(entry_id, {})[field] = value
    return found


def _merged(ground: Ground, kind: Resource, state: State, local: _Local) -> Entry:
    entry_id = state.id
    row = ground.rows(kind.name).get(entry_id)
    if state.origin == ADDED:
        values: Mapping[str, Any] = local.added[entry_id]
    else:
        base = row if row is not None else from_json(local.kept[entry_id] or "{}", kind.fields)
        changed = local.patches.get(entry_id, {})
        values = {
            name: from_text(field, changed[name]) if name in changed else base.get(name)
            for name, field in kind.fields.items()
        }
    return Entry(kind, entry_id, values, *state[1:], row is not None)


def _untouched(kind: Resource, entry_id: str, row: Mapping[str, Any]) -> Entry:
    values = {name: row.get(name) for name in kind.fields}
    return Entry(kind, entry_id, values, 0, GROUND, in_package=True)
