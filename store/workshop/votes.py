"""Dots: n per participant, counted in the transaction, so that no reload, second tab or race gives more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, func, insert, select, update

from geo import workshop as rules
from store.errors import StateError
from store.models import WorkshopGroup, WorkshopNote, WorkshopVote
from store.permissions import Operation
from store.workshop.access import changing
from store.workshop.checks import Checks
from store.workshop.model import Ballot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from store.database import Store
    from store.permissions import Actor
    from store.workshop.access import Open

_VOTES: Final = WorkshopVote.__table__
_NOTES: Final = WorkshopNote.__table__
_GROUPS: Final = WorkshopGroup.__table__


def vote(store: Store, actor: Actor | None, session_id: str, target_id: str, dots: int) -> Ballot:
    """Let the participant's dots on a note or group be `dots` (0 takes them away), and return the whole ballot.

    It says what is to be, not what is to be added: sent twice, it counts once. Notes in a group are voted for
    through their group.

    Raises
    ------
    StateError
        Not voting, more dots than are left, or nothing shown has this identifier; taking dots away is always possible.
    """
    with changing(store, actor, session_id, Operation.JOIN_WORKSHOP) as tx:
        tx.in_phase("vote")
        checks = Checks()
        wanted = checks.count("dots", dots, rules.MAX_DOTS)
        target = checks.text("target", target_id, rules.MAX_TITLE)
        checks.done()
        before = ballot(tx)
        left = before.left + before.dots.get(target, 0)
        if wanted > left:
            raise StateError("workshop.dots", dots=wanted, left=left)
        own = (_VOTES.c.participant_id == tx.actor.link_id) & (_VOTES.c.target_id == target)
        tx.connection.execute(delete(_VOTES).where(own))
        if wanted:
            row = {
                "participant_id": tx.actor.link_id,
                "target_id": target,
                "session_id": session_id,
                "target_kind": _kind(tx, target),
                "dots": wanted,
            }
            tx.connection.execute(insert(_VOTES), [row])
        return ballot(tx)


def ballot(tx: Open) -> Ballot:
    """Return the dots of the participant who asks."""
    asked = select(_VOTES.c.target_id, _VOTES.c.dots).where(_VOTES.c.participant_id == tx.actor.link_id)
    given = {row.target_id: row.dots for row in tx.connection.execute(asked.order_by(_VOTES.c.target_id))}
    return Ballot(given, max(tx.session.dots - sum(given.values()), 0))


def totals(connection: Connection, session_id: str) -> dict[str, int]:
    """Return the dots by note and group, phones and paper together; a note in a group counts for the group.

    Notes and groups without dots are there with 0; held and hidden notes are not there.
    """
    found: dict[str, int] = {}
    asked = select(_GROUPS.c.id, _GROUPS.c.paper_dots).where(_GROUPS.c.session_id == session_id)
    for row in connection.execute(asked):
        found[row.id] = row.paper_dots
    notes = select(_NOTES.c.id, _NOTES.c.group_id, _NOTES.c.paper_dots)
    for row in connection.execute(notes.where(_NOTES.c.session_id == session_id, _NOTES.c.state == "shown")):
        key = row.group_id or row.id
        found[key] = found.get(key, 0) + row.paper_dots
    given = select(_VOTES.c.target_id, func.sum(_VOTES.c.dots)).where(_VOTES.c.session_id == session_id)
    for key, dots in connection.execute(given.group_by(_VOTES.c.target_id)):
        if key in found:
            found[key] += int(dots)
    return found


def voters(connection: Connection, session_id: str) -> int:
    """Return how many devices gave dots."""
    asked = select(func.count(func.distinct(_VOTES.c.participant_id))).where(_VOTES.c.session_id == session_id)
    return int(connection.execute(asked).scalar_one())


def free_votes(connection: Connection, target_ids: Sequence[str]) -> None:
    """Give the dots on these notes or groups back to those who gave them."""
    for key in target_ids:
        connection.execute(delete(_VOTES).where(_VOTES.c.target_id == key))


def move_votes(connection: Connection, note_ids: Sequence[str], group_id: str) -> None:
    """Let the dots on notes count for their group: nobody has more or fewer by that."""
    for key in note_ids:
        moved = connection.execute(delete(_VOTES).where(_VOTES.c.target_id == key).returning(*_VOTES.c)).all()
        for row in moved:
            _add(connection, row, group_id)


def _add(connection: Connection, row: Any, group_id: str) -> None:
    same = (_VOTES.c.participant_id == row.participant_id) & (_VOTES.c.target_id == group_id)
    more = update(_VOTES).where(same).values(dots=_VOTES.c.dots + row.dots)
    if not connection.execute(more).rowcount:
        new = dict(row._mapping) | {"target_id": group_id, "target_kind": "group"}  # noqa: SLF001
        connection.execute(insert(_VOTES), [new])


def _kind(tx: Open, target: str) -> str:
    """Return ``note`` or ``group``; StateError if nothing that is shown has this identifier."""
    shown = (_NOTES.c.session_id == tx.session.id) & (_NOTES.c.state == "shown")
    alone = select(_NOTES.c.id).where(shown, _NOTES.c.id == target, _NOTES.c.group_id.is_(None))
    if tx.connection.execute(alone).first() is not None:
        return "note"
    members = select(_NOTES.c.id).where(shown, _NOTES.c.group_id == target)
    if tx.connection.execute(members).first() is not None:
        return "group"
    raise StateError("workshop.no_target", id=target)
