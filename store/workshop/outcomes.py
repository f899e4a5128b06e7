"""Agreements: a note or group becomes an entry of the area's plan and keeps the link to where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select

from geo import workshop as rules
from store.entries import add
from store.errors import NotFoundError, PermissionDeniedError
from store.models import WorkshopGroup, WorkshopNote, WorkshopOutcome
from store.overlay import entries_by_id
from store.overlay import entry as entry_of
from store.permissions import Operation
from store.resources import resource
from store.transaction import transaction
from store.values import id_from, new_id
from store.workshop.access import Open, changing, locked, reading
from store.workshop.checks import Checks
from store.workshop.joining import find_session
from store.workshop.model import Became, Outcome, Stand, plain_from, session_from
from store.workshop.reading import groups_of, notes_of
from store.workshop.votes import totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from store.database import Store
    from store.entry import Entry
    from store.ground import Ground
    from store.permissions import Actor
    from store.transaction import Target

_OUTCOMES: Final = WorkshopOutcome.__table__


def agree(
    target: Target,
    actor: Actor | None,
    session_id: str,
    name: str,
    values: Mapping[str, Any],
    *,
    note_id: str | None = None,
    group_id: str | None = None,
    key: str | None = None,
) -> Entry:
    """Make a need, idea, goal or step of the session's area from a note or a group, linked to it; return the entry.

    The holder of a host link may do this too, for the area of that session only.

    Parameters
    ----------
    name
        needs, ideas, goals or steps.
    values
        Fields of the entry; area and origin are the session's.
    note_id, group_id
        Exactly one of both.
    key
        Idempotency key of a form: sent again, the entry that it made is returned.

    Raises
    ------
    ValidationError, NotFoundError
        Values break rules; no such note or group in the session.
    """
    kind = resource(_plan_kind(name))
    with transaction(target, actor, Operation.HOST_WORKSHOP) as tx:
        if tx.grant.session_id not in (None, session_id):
            raise PermissionDeniedError(
                "store.forbidden", role=str(tx.grant.role), operation=str(Operation.HOST_WORKSHOP)
            )
        row = locked(tx.store, tx.connection, session_id)
        if row is None:
            raise NotFoundError("workshop.no_session", id=session_id)
        session = session_from(row)
        inside = Open(tx.store, tx.connection, tx.actor, tx.grant, session, tx.at)
        given = _of_session(kind.fields, session, tx.today) | dict(values)
        given |= {"area_level": session.area_level, "area_id": session.area_id}
        given["id"] = id_from("workshop", session_id, key) if key is not None else new_id()
        _require_source(inside, note_id, group_id)
        made = entry_of(tx.connection, tx.ground, kind, given["id"])
        if made is not None:
            return made
        created = add(tx, kind, [given], numbered=False)[0]
        _link(inside, name, created.id, note_id, group_id)
        return created


def link_outcome(
    target: Target,
    actor: Actor | None,
    session_id: str,
    name: str,
    entry_id: str,
    *,
    note_id: str | None = None,
    group_id: str | None = None,
) -> Outcome:
    """Say that a note or a group led to an entry that is in the plan already, and return the link."""
    _plan_kind(name)
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        _require_source(tx, note_id, group_id)
        found = entry_of(tx.connection, tx.store.ground, resource(name), entry_id)
        if found is None or found.is_retired:
            raise NotFoundError("store.not_found", resource=name, id=entry_id)
        return _link(tx, name, entry_id, note_id, group_id)


def unlink_outcome(target: Target, actor: Actor | None, session_id: str, outcome_id: str) -> None:
    """Take a link back; the entry in the plan stays. One that is not there stays so."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        own = _OUTCOMES.c.session_id == session_id
        tx.connection.execute(delete(_OUTCOMES).where(own, _OUTCOMES.c.id == outcome_id))


def outcomes(store: Store, actor: Actor | None, session_id: str) -> list[Outcome]:
    """Return what was agreed in a session, in the order it was agreed, for a host."""
    with reading(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        return _outcomes(tx.connection, session_id)


def stand(store: Store, code: str, *, asker: str) -> Stand:
    """Return what everybody with the code may read, also later: shown notes and what became of them.

    Raises what `store.workshop.joining.find_session` raises. Dots are told when the session is closed.
    """
    session = find_session(store, code, asker=asker)
    with store.read() as connection:
        notes = notes_of(connection, session.id, shown_only=True)
        groups = groups_of(connection, session.id, shown_only=True)
        shown = {one.id for one in (*notes, *groups)}
        links = [one for one in _outcomes(connection, session.id) if (one.note_id or one.group_id) in shown]
        counted = totals(connection, session.id) if session.phase == "closed" else {}
        return Stand(session, tuple(notes), groups, counted, _became(connection, store.ground, links))


def became(store: Store, actor: Actor | None, session_id: str) -> dict[str, tuple[Became, ...]]:
    """Return by note or group what it became, as the plan says today, for a host."""
    with reading(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        return _became(tx.connection, store.ground, _outcomes(tx.connection, session_id))


def _became(connection: Connection, ground: Ground, links: Sequence[Outcome]) -> dict[str, tuple[Became, ...]]:
    entries: dict[str, Entry] = {}
    for name in rules.RESOURCES:
        ids = [one.entry_id for one in links if one.resource == name]
        entries |= entries_by_id(connection, ground, resource(name), ids)
    charged = [one.values["organization_id"] for one in entries.values() if one.values.get("organization_id")]
    people = entries_by_id(connection, ground, resource("organizations"), charged)
    found: dict[str, tuple[Became, ...]] = {}
    for link in links:
        entry = entries.get(link.entry_id)
        if entry is None:
            continue
        in_charge = people.get(entry.values.get("organization_id") or "")
        one = Became(
            resource=link.resource,
            entry_id=entry.id,
            title=entry.title,
            status=entry.values.get("status"),
            responsible=in_charge.title if in_charge else None,
            date=entry.values.get("end_date") or entry.values.get("target_date"),
            is_retired=entry.is_retired,
        )
        source = str(link.note_id or link.group_id)
        found[source] = (*found.get(source, ()), one)
    return found


def _outcomes(connection: Connection, session_id: str) -> list[Outcome]:
    asked = select(_OUTCOMES).where(_OUTCOMES.c.session_id == session_id)
    rows = connection.execute(asked.order_by(_OUTCOMES.c.created_at, _OUTCOMES.c.id))
    return [plain_from(Outcome, row) for row in rows]


def _plan_kind(name: str) -> str:
    checks = Checks()
    checks.one_of("resource", name, rules.RESOURCES)
    checks.done()
    return name


def _of_session(fields: Mapping[str, Any], session: Any, today: str) -> dict[str, Any]:
    """Return the fields that a session fills in, where the kind of entry has them."""
    given = {"origin": "workshop", "origin_note": f"{session.title}, {session.created_at[:10]}"}
    return {name: value for name, value in (given | {"reference_date": today}).items() if name in fields}


def _require_source(tx: Open, note_id: str | None, group_id: str | None) -> None:
    if (note_id is None) == (group_id is None):
        raise NotFoundError("store.not_found", resource="notes", id=note_id)
    table, key, name = (WorkshopNote, note_id, "notes") if group_id is None else (WorkshopGroup, group_id, "groups")
    asked = select(table.id).where(table.id == key, table.session_id == tx.session.id)
    if tx.connection.execute(asked).scalar() is None:
        raise NotFoundError("store.not_found", resource=name, id=key)


def _link(tx: Open, name: str, entry_id: str, note_id: str | None, group_id: str | None) -> Outcome:
    row = {
        "id": new_id(),
        "session_id": tx.session.id,
        "note_id": note_id,
        "group_id": group_id,
        "resource": name,
        "entry_id": entry_id,
        "created_at": tx.at,
        "created_by": tx.actor.subject,
    }
    made = tx.connection.execute(insert(_OUTCOMES).values(row).returning(*_OUTCOMES.c)).one()
    return plain_from(Outcome, made)
