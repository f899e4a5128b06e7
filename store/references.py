"""What entries refer to: other entries, the package's catalogue, areas; and who refers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from geo.observations import SUBJECTS
from store.models import EntryState, Patch
from store.overlay import chunks
from store.resources import references, resource, resources
from store.validation import FieldProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from store.ground import Ground
    from store.resources import Field, Resource
    from store.transaction import Tx

_AREAS = {"district": ("districts", "district_id"), "borough": ("boroughs", "borough_id")}
_SUBJECTS = {subject: (target.resource, target.column) for subject, target in SUBJECTS.items()}


def check(
    tx: Tx,
    kind: Resource,
    rows: Sequence[Mapping[str, Any]],
    *,
    own_ids: Iterable[str] = (),
    numbered: bool = False,
) -> list[FieldProblem]:
    """Return every reference in `rows` that leads nowhere or to a retired entry.

    `own_ids` are entries that the same call is about to make; with `numbered` problems carry the
    number of their row.
    """
    used = _used(kind, rows)
    known = {name: in_use(tx, name, ids) for name, ids in used.items()}
    known[kind.name] = known.get(kind.name, set()) | set(own_ids)
    problems: list[FieldProblem] = []
    for number, row in enumerate(rows):
        place = number if numbered else None
        problems += _entry_problems(kind, row, known, place)
        problems += _catalogue_problems(tx.ground, kind, row, place)
    return problems


def in_use(tx: Tx, name: str, ids: Iterable[str]) -> set[str]:
    """Return which of `ids` are entries of resource `name` in use, in the package or added."""
    wanted = set(ids)
    base = tx.ground.rows(name)
    found = {entry_id for entry_id in wanted if entry_id in base}
    for chunk in chunks(sorted(wanted)):
        asked = select(EntryState.id, EntryState.retired_at).where(
            EntryState.id.in_(chunk), EntryState.resource == name
        )
        for entry_id, retired_at in tx.connection.execute(asked):
            (found.discard if retired_at else found.add)(entry_id)
    return found


def entry_references(kind: Resource, row: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Yield (field, resource, identifier) of every entry that `row` refers to."""
    for name, target in kind.entry_fields:
        value = row.get(name)
        if value is None:
            continue
        named = target or row.get(kind.linked[name])
        if named in resources():
            yield name, str(named), value


def _all_references(kind: Resource, row: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    """Yield what `entry_references` does, and what a list or an area names: those are checked, not bound."""
    yield from entry_references(kind, row)
    for name, rules in kind.fields.items():
        if rules.is_list and rules.refers_to and rules.refers_to[0] in resources() and row.get(name):
            yield from ((name, rules.refers_to[0], part) for part in _parts(rules, row[name]))
    if row.get("area_level") == "quartier" and row.get("area_id"):
        yield "area_id", "quarters", str(row["area_id"])


def dependents(
    connection: Connection, ground: Ground, kind: Resource, entry_id: str
) -> dict[tuple[str, str], set[str]]:
    """Return by (resource, field) the entries in use whose field holds this identifier."""
    found = {}
    for name, field in _referring(kind):
        holders = _holders(connection, ground, resource(name), field, entry_id)
        if holders:
            found[name, field] = holders
    return found


def _referring(kind: Resource) -> Iterable[tuple[str, str]]:
    yield from references()[kind.name]
    for other in resources().values():
        for field in other.linked:
            yield other.name, field


def _holders(connection: Connection, ground: Ground, kind: Resource, field: str, entry_id: str) -> set[str]:
    added = select(kind.table.c.id).where(kind.table.c[field] == entry_id)
    found = set(connection.execute(added).scalars())
    base = {key for key, row in ground.rows(kind.name).items() if row.get(field) == entry_id}
    patched = (
        select(Patch.entry_id, Patch.value)
        .join(EntryState, EntryState.id == Patch.entry_id)
        .where(EntryState.resource == kind.name, Patch.field == field)
    )
    for key, value in connection.execute(patched):
        (base.add if value == entry_id else base.discard)(key)
    found |= base
    for chunk in chunks(sorted(found)):
        retired = select(EntryState.id).where(EntryState.id.in_(chunk), EntryState.retired_at.is_not(None))
        found -= set(connection.execute(retired).scalars())
    return found


def _used(kind: Resource, rows: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    used: dict[str, set[str]] = {}
    for row in rows:
        for _, target, value in _all_references(kind, row):
            used.setdefault(target, set()).add(value)
    return used


def _entry_problems(
    kind: Resource, row: Mapping[str, Any], known: Mapping[str, set[str]], place: int | None
) -> Iterable[FieldProblem]:
    for name, target, value in _all_references(kind, row):
        if value not in known[target]:
            yield _unknown(name, value, target, place)


def _catalogue_problems(
    ground: Ground, kind: Resource, row: Mapping[str, Any], place: int | None
) -> Iterable[FieldProblem]:
    for name, rules in kind.fields.items():
        value = row.get(name)
        if value is None:
            continue
        target = rules.refers_to or _linked_target(name, row)
        if target is None or target[0] in resources():
            continue
        allowed = ground.values(*target)
        if allowed is None:
            continue
        for part in _parts(rules, value):
            if part not in allowed:
                yield _unknown(name, part, target[0], place)


def _linked_target(name: str, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return where the values of a field are listed that another field decides on; None = nowhere."""
    if name in ("area_id", "area_ids"):  # the city as a whole is listed nowhere
        return _AREAS.get(str(row.get("area_level")))
    return _SUBJECTS.get(str(row.get("subject"))) if name == "subject_value" else None


def _parts(rules: Field, value: object) -> list[str]:
    return str(value).split(";") if rules.is_list else [str(value)]


def _unknown(name: str, value: str, target: str, place: int | None) -> FieldProblem:
    params = {"value": value, "resource": target}
    return FieldProblem(name, value, "value.unknown_reference", params, place)
