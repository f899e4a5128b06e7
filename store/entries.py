"""Create and change entries: the only way in for what people add.

Every function checks permission, rules and references, stores everything in one transaction and
notes each changed field. `target` is a store, or an open batch (`store.batches.batch`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from store import derive, references, search_index
from store.entry import Entry
from store.errors import NotFoundError, RequestReusedError, StateError
from store.models import EntryState
from store.overlay import ADDED, chunks, entry
from store.permissions import Operation, grant_of
from store.resources import resource
from store.state import adopt, claim, lock_id, store_fields
from store.transaction import transaction
from store.validation import FieldProblem, clean_changes, clean_many, raise_if_any
from store.values import as_json, as_text, id_from, is_id, new_id, plain
from store.visibility import hidden_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.database import Store
    from store.permissions import Actor
    from store.resources import Resource
    from store.transaction import Target, Tx


def get(store: Store, name: str, entry_id: str, *, actor: Actor | None = None) -> Entry:
    """Return one entry as it is now, also a retired one.

    NotFoundError if there is none, or if it is internal and `actor` may not see it.
    """
    with store.read() as connection:
        found = entry(connection, store.ground, resource(name), entry_id)
        grant = grant_of(store, connection, actor)
        if found is None or hidden_ids(connection, store.ground, [found], grant):
            raise NotFoundError("store.not_found", resource=name, id=entry_id)
    return found


def create(
    target: Target, actor: Actor | None, name: str, values: Mapping[str, Any], *, key: str | None = None
) -> Entry:
    """Add an entry and return it.

    Parameters
    ----------
    name
        Resource, for example ``"locations"``.
    values
        Fields; missing ones get their default or stay unknown. An ``id`` (UUID version 5) may be
        given for an entry that comes from another store.
    key
        Idempotency key of the form: the same key with the same content again returns the entry made
        the first time, so that a triple click makes one.

    Raises
    ------
    ValidationError
        Values break rules; all problems at once.
    RequestReusedError
        The key came before with other content.
    StateError
        The given ``id`` exists, or there is a statement for the same kind and area already.
    """
    kind = resource(name)
    with transaction(target, actor, Operation.CREATE) as tx:
        given = dict(values)
        digest = None
        if key is not None:
            digest = _digest(name, values)
            given["id"] = id_from("request", tx.actor.subject, key)
            earlier = _repeated(tx, kind, given["id"], digest)
            if earlier:
                return earlier
        created = add(tx, kind, [given], digest=digest, numbered=False)
        return created[0]


def create_many(target: Target, actor: Actor | None, name: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Add many entries of one kind, all or none, and return their identifiers in order.

    Raises
    ------
    ValidationError
        With the problems of all rows, each with the number of its row counted from 0.
    """
    kind = resource(name)
    with transaction(target, actor, Operation.CREATE) as tx:
        return [made.id for made in add(tx, kind, rows, numbered=True)]


def update(
    target: Target,
    actor: Actor | None,
    name: str,
    entry_id: str,
    changes: Mapping[str, Any],
    *,
    version: int,
) -> Entry:
    """Change fields of an entry in use and return it as it is then.

    Parameters
    ----------
    changes
        Only fields whose value differs are stored; without a difference nothing happens.
    version
        Version the editor has seen.

    Raises
    ------
    ConflictError
        Somebody else changed it since; carries both versions.
    ValidationError, NotFoundError, StateError
        Values break rules; no such entry; the entry is retired.
    """
    kind = resource(name)
    with transaction(target, actor, Operation.UPDATE) as tx:
        found = claim(tx, kind, entry_id, version, yours=changes)
        return _changed(tx, found, changes)


def _changed(tx: Tx, found: Entry, changes: Mapping[str, Any]) -> Entry:
    kind = found.resource
    changed, problems = clean_changes(kind, changes, found.values)
    row = dict(found.values) | changed
    if kind.name == "locations":
        derive.complete_change(tx.ground, row, changed)
        row |= changed
    asked = set(changed) | _bound_to(kind, changed)
    problems += [p for p in references.check(tx, kind, [row]) if p.field in asked]
    raise_if_any(problems)
    return store_fields(tx, found, changed, action="update")


def _bound_to(kind: Resource, changed: Iterable[str]) -> set[str]:
    """Return fields whose meaning hangs on a changed one, so that they are checked again."""
    bound = {name for name, field in kind.linked.items() if field in changed}
    if "area_level" in changed:
        bound |= {"area_id", "area_ids"} & kind.fields.keys()
    return bound | ({"subject_value"} & kind.fields.keys() if "subject" in changed else set())


def add(
    tx: Tx,
    kind: Resource,
    rows: Sequence[Mapping[str, Any]],
    *,
    digest: str | None = None,
    numbered: bool,
) -> list[Entry]:
    """Check and store new entries in an open transaction; with `numbered` problems name the row."""
    cleaned = clean_many(kind, rows, numbered=numbered)
    values = [row for row, _ in cleaned]
    problems = [problem for _, found in cleaned for problem in found]
    ids = [_identifier(kind, given, row) for given, row in zip(rows, values, strict=True)]
    problems += _identifier_problems(kind, ids, numbered=numbered)
    if kind.name == "locations" and not problems:
        derive.complete_places(tx.ground, values)
    problems += references.check(tx, kind, values, own_ids=ids, numbered=numbered)
    raise_if_any(problems)
    _refuse_existing(tx, ids)
    for row in values:
        if row.get("source_date", "") is None:
            row["source_date"] = tx.today
    _adopt_targets(tx, kind, values)
    return _insert(tx, kind, dict(zip(ids, values, strict=True)), digest)


def _insert(tx: Tx, kind: Resource, rows: Mapping[str, dict[str, Any]], digest: str | None) -> list[Entry]:
    if not rows:
        return []
    state = {
        "resource": kind.name,
        "origin": ADDED,
        "version": 1,
        "created_at": tx.at,
        "created_by": tx.actor.subject,
        "updated_at": tx.at,
        "updated_by": tx.actor.subject,
        "request_digest": digest,
        "batch_id": tx.batch_id,
    }
    tx.connection.execute(insert(EntryState), [{"id": key, "position": tx.next_position()} | state for key in rows])
    tx.connection.execute(insert(kind.table), [{"id": key} | row for key, row in rows.items()])
    search_index.add(tx.connection, kind, list(rows.items()))
    made = [_new_entry(tx, kind, key, row) for key, row in rows.items()]
    for one in made:
        tx.log(one, "create", new=as_json(one.values))
    return made


def _new_entry(tx: Tx, kind: Resource, entry_id: str, row: Mapping[str, Any]) -> Entry:
    return Entry(
        kind,
        entry_id,
        row,
        1,
        ADDED,
        created_at=tx.at,
        updated_at=tx.at,
        updated_by=tx.actor.subject,
        batch_id=tx.batch_id,
    )


def _identifier(kind: Resource, given: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the given identifier, the one that belongs to a statement's area, or a new one."""
    if kind.single:
        return id_from(kind.name, *(str(row[name]) for name in kind.single))
    return str(given.get("id") or new_id())


def _identifier_problems(kind: Resource, ids: Sequence[str], *, numbered: bool) -> list[FieldProblem]:
    """Return identifiers that are no UUID of version 5, or that two rows share."""
    problems = []
    seen: set[str] = set()
    for number, entry_id in enumerate(ids):
        place = number if numbered else None
        if not is_id(entry_id):
            params = {"value": entry_id, "pattern": "UUID (version 5)"}
            problems.append(FieldProblem("id", entry_id, "value.bad_form", params, place))
        elif entry_id in seen:
            name = kind.single[0] if kind.single else "id"
            problems.append(FieldProblem(name, entry_id, "value.duplicate", {"value": entry_id}, place))
        seen.add(entry_id)
    return problems


def _refuse_existing(tx: Tx, ids: Sequence[str]) -> None:
    """Raise if an identifier is taken, by whatever kind of entry, or the statement exists."""
    for entry_id in ids:
        if tx.ground.resource_of(entry_id):
            raise StateError("store.exists", id=entry_id)
    for chunk in chunks(list(ids)):
        taken = tx.connection.execute(select(EntryState.id).where(EntryState.id.in_(chunk))).scalar()
        if taken:
            raise StateError("store.exists", id=taken)


def _adopt_targets(tx: Tx, kind: Resource, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make a state for every row of the package that `rows` refer to, for the foreign keys."""
    targets: dict[str, set[str]] = {}
    for row in rows:
        for _, target, value in references.entry_references(kind, row):
            targets.setdefault(target, set()).add(value)
    for target, ids in targets.items():
        adopt(tx, resource(target), ids)


def _repeated(tx: Tx, kind: Resource, entry_id: str, digest: str) -> Entry | None:
    """Return the entry that the same form made before; None the first time."""
    lock_id(tx, entry_id)
    asked = select(EntryState.request_digest).where(EntryState.id == entry_id)
    found = tx.connection.execute(asked).first()
    if found is None:
        return None
    if found.request_digest != digest:
        raise RequestReusedError("store.request_reused", id=entry_id)
    return entry(tx.connection, tx.ground, kind, entry_id)


def _digest(name: str, values: Mapping[str, Any]) -> str:
    """Return a digest of what a form sent, the same for the same content in any order."""
    content = as_json({field: as_text(plain(value)) for field, value in values.items()})
    return hashlib.sha256(f"{name}\n{content}".encode()).hexdigest()
