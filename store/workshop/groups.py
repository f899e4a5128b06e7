"""Groups of notes that say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update

from geo import workshop as rules
from store.errors import ConflictError, NotFoundError, StateError
from store.models import WorkshopGroup, WorkshopNote, WorkshopOutcome
from store.permissions import Operation
from store.values import new_id
from store.workshop.access import changing
from store.workshop.checks import Checks
from store.workshop.model import Group, plain_from
from store.workshop.notes import grouped
from store.workshop.votes import free_votes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.permissions import Actor
    from store.transaction import Target
    from store.workshop.access import Open

_GROUPS: Final = WorkshopGroup.__table__


def open_group(target: Target, actor: Actor | None, session_id: str, title: str, note_ids: Sequence[str] = ()) -> Group:
    """Make a group with these notes and return it; their dots go to the group."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        checks = Checks()
        named = checks.text("title", title, rules.MAX_TITLE)
        checks.done()
        row = {
            "id": new_id(),
            "session_id": session_id,
            "title": named,
            "paper_dots": 0,
            "created_at": tx.at,
            "version": 1,
        }
        made = tx.connection.execute(insert(_GROUPS).values(row).returning(*_GROUPS.c)).one()
        grouped(tx, note_ids, row["id"])
        return plain_from(Group, made)


def change_group(
    target: Target, actor: Actor | None, session_id: str, group_id: str, changes: Mapping[str, Any], *, version: int
) -> Group:
    """Change the title or the paper_dots of a group and return it; ConflictError if changed since `version`."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        found = _of(tx, group_id)
        if version != found.version:
            raise ConflictError(
                "store.conflict", expected=version, found=found.version, current=found, yours=dict(changes)
            )
        checks = Checks()
        for name in changes.keys() - {"title", "paper_dots"}:
            checks.bad(name, changes[name], "value.unknown_field", field=name)
        values = {
            "title": checks.text("title", changes.get("title", found.title), rules.MAX_TITLE),
            "paper_dots": checks.count("paper_dots", changes.get("paper_dots", found.paper_dots), rules.MAX_PAPER_DOTS),
            "version": version + 1,
        }
        checks.done()
        wanted = update(_GROUPS).where(_GROUPS.c.id == group_id).values(values).returning(*_GROUPS.c)
        return plain_from(Group, tx.connection.execute(wanted).one())


def dissolve_group(target: Target, actor: Actor | None, session_id: str, group_id: str) -> None:
    """Let the notes of a group stand alone again; dots on the group go back to their givers.

    Raises
    ------
    StateError
        Something was agreed from it.
    """
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        _of(tx, group_id)
        agreed = select(WorkshopOutcome.id).where(WorkshopOutcome.group_id == group_id)
        if tx.connection.execute(agreed).first() is not None:
            raise StateError("workshop.has_outcome")
        members = select(WorkshopNote.id).where(WorkshopNote.group_id == group_id)
        grouped(tx, list(tx.connection.execute(members).scalars()), None)
        free_votes(tx.connection, [group_id])
        tx.connection.execute(delete(_GROUPS).where(_GROUPS.c.id == group_id))


def _of(tx: Open, group_id: str) -> Group:
    asked = select(_GROUPS).where(_GROUPS.c.id == group_id, _GROUPS.c.session_id == tx.session.id)
    row = tx.connection.execute(asked).first()
    if row is None:
        raise NotFoundError("store.not_found", resource="groups", id=group_id)
    return plain_from(Group, row)
