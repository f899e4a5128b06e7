"""What a host and a participant get to read; a participant only what is shown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select

from store.models import WorkshopGroup, WorkshopNote, WorkshopParticipant
from store.permissions import Operation
from store.workshop.access import reading
from store.workshop.model import Feed, Group, Participation, note_from, plain_from
from store.workshop.votes import ballot, totals, voters

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.database import Store
    from store.permissions import Actor
    from store.workshop.access import Open
    from store.workshop.model import Note

_NOTES: Final = WorkshopNote.__table__
_PEOPLE: Final = WorkshopParticipant.__table__
_READERS: Final = (Operation.HOST_WORKSHOP, Operation.JOIN_WORKSHOP)


def feed(store: Store, actor: Actor | None, session_id: str, *, since: int = 0) -> Feed:
    """Return what changed in a session since the running number `since` (0 = everything), for host or participant."""
    with reading(store, actor, session_id, *_READERS) as tx:
        found, gone = _changed(tx, since)
        is_open = tx.is_host or tx.session.phase == "closed"
        return Feed(
            number=tx.session.number,
            session=tx.session,
            notes=found,
            gone=gone,
            groups=groups_of(tx.connection, session_id, shown_only=not tx.is_host),
            totals=totals(tx.connection, session_id) if is_open else {},
            ballot=None if tx.is_host else ballot(tx),
            participants=_participants(tx.connection, session_id) if tx.is_host else None,
            voters=voters(tx.connection, session_id) if tx.is_host else None,
        )


def number(store: Store, actor: Actor | None, session_id: str) -> int:
    """Return the running number of a session, to tell in one look whether anything is new."""
    with reading(store, actor, session_id, *_READERS) as tx:
        return tx.session.number


def notes(store: Store, actor: Actor | None, session_id: str) -> list[Note]:
    """Return the notes of a session in the order they came: all for a host, the shown ones for a participant."""
    with reading(store, actor, session_id, *_READERS) as tx:
        return notes_of(tx.connection, session_id, shown_only=not tx.is_host, who=_says_who(tx))


def groups(store: Store, actor: Actor | None, session_id: str) -> list[Group]:
    """Return the groups of a session, for a participant those with a shown note."""
    with reading(store, actor, session_id, *_READERS) as tx:
        return list(groups_of(tx.connection, session_id, shown_only=not tx.is_host))


def vote_totals(store: Store, actor: Actor | None, session_id: str) -> dict[str, int]:
    """Return the dots by note and group for a host, see `store.workshop.votes.totals`."""
    with reading(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        return totals(tx.connection, session_id)


def participation(store: Store, actor: Actor | None, session_id: str) -> Participation:
    """Return how many took part, and what they chose to say about themselves, as counts, for a host."""
    with reading(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        people = tx.connection.execute(
            select(_PEOPLE.c.age_group, _PEOPLE.c.district_id, _PEOPLE.c.language).where(
                _PEOPLE.c.session_id == session_id
            )
        ).all()
        asked = select(_NOTES.c.channel, func.count()).where(_NOTES.c.session_id == session_id, _NOTES.c.digest != "")
        return Participation(
            participants=len(people),
            voters=voters(tx.connection, session_id),
            by_age_group=Counter(one.age_group for one in people),
            by_district=Counter(one.district_id for one in people),
            by_language=Counter(one.language for one in people),
            channels={
                channel: int(count) for channel, count in tx.connection.execute(asked.group_by(_NOTES.c.channel))
            },
        )


def notes_of(connection: Connection, session_id: str, *, shown_only: bool, who: bool = False) -> list[Note]:
    """Return the notes of a session in the order they came."""
    asked = select(_NOTES).where(_NOTES.c.session_id == session_id)
    if shown_only:
        asked = asked.where(_NOTES.c.state == "shown")
    return [note_from(row, who=who) for row in connection.execute(asked.order_by(_NOTES.c.created_at, _NOTES.c.id))]


def groups_of(connection: Connection, session_id: str, *, shown_only: bool) -> tuple[Group, ...]:
    """Return the groups of a session, the oldest first."""
    table = WorkshopGroup.__table__
    asked = select(table).where(table.c.session_id == session_id)
    if shown_only:
        shown = (_NOTES.c.group_id == table.c.id) & (_NOTES.c.state == "shown")
        asked = asked.where(select(_NOTES.c.id).where(shown).exists())
    return tuple(plain_from(Group, row) for row in connection.execute(asked.order_by(table.c.created_at, table.c.id)))


def _changed(tx: Open, since: int) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    asked = select(_NOTES).where(_NOTES.c.session_id == tx.session.id, _NOTES.c.number > since)
    rows: list[Any] = list(tx.connection.execute(asked.order_by(_NOTES.c.number, _NOTES.c.created_at, _NOTES.c.id)))
    if tx.is_host:
        return tuple(note_from(row, who=_says_who(tx)) for row in rows), ()
    shown = tuple(note_from(row, who=False) for row in rows if row.state == "shown")
    return shown, tuple(row.id for row in rows if row.state != "shown" and row.was_shown)


def _says_who(tx: Open) -> bool:
    return tx.is_host and not tx.session.anonymous


def _participants(connection: Connection, session_id: str) -> int:
    return int(connection.execute(select(func.count()).where(_PEOPLE.c.session_id == session_id)).scalar_one())
