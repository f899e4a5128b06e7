"""Who may do what in which session: every function of the workshop goes through here.

A host link and a participant are bound to one session. A session whose day of deletion has come does not exist.
Writers of one session take turns (its row is locked), so that running numbers become visible in their order.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, update

from store.errors import LinkError, NotFoundError, PermissionDeniedError, StateError
from store.models import WorkshopHost, WorkshopParticipant, WorkshopSession
from store.permissions import Actor, Grant, Operation, grant_of
from store.transaction import Batch
from store.values import stamp
from store.workshop.checks import UUID
from store.workshop.model import session_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from store.database import Store
    from store.transaction import Target
    from store.workshop.model import Session

SECRET_BYTES: Final = 32
_SESSIONS: Final = WorkshopSession.__table__


@dataclass(frozen=True)
class Open:
    """An open transaction in one session, with the session as it is after this change was counted."""

    store: Store
    connection: Connection
    actor: Actor
    grant: Grant
    session: Session
    at: str

    @property
    def number(self) -> int:
        """The running number of this change."""
        return self.session.number

    @property
    def is_host(self) -> bool:
        """Whether the actor hosts the session."""
        return self.grant.allows(Operation.HOST_WORKSHOP)

    def in_phase(self, *phases: str) -> None:
        """Raise StateError unless the session is in one of `phases`."""
        if self.session.phase not in phases:
            raise StateError("workshop.wrong_phase", phase=self.session.phase)


@contextmanager
def changing(target: Target, actor: Actor | None, session_id: str, operation: Operation) -> Iterator[Open]:
    """Yield a write transaction in a session in which `actor` may do `operation`.

    Raises
    ------
    PermissionDeniedError
        The role does not allow it, or a link or device belongs to another session.
    NotFoundError
        No such session.
    """
    if isinstance(target, Batch):
        tx = target.tx
        if actor != tx.actor:
            raise _denied(None, operation)
        with tx.connection.begin_nested():
            yield _open(tx.store, tx.connection, actor, session_id, operation)
        return
    with target.write() as connection:
        yield _open(target, connection, actor, session_id, operation)


@contextmanager
def reading(store: Store, actor: Actor | None, session_id: str, *operations: Operation) -> Iterator[Open]:
    """Yield a reading transaction in a session in which `actor` may do one of `operations`."""
    with store.read() as connection:
        grant = _granted(store, connection, actor, session_id, operations)
        row = connection.execute(select(_SESSIONS).where(*_there(store, session_id))).first()
        yield _opened(store, connection, actor, grant, row, session_id)


def _open(store: Store, connection: Connection, actor: Actor | None, session_id: str, operation: Operation) -> Open:
    grant = _granted(store, connection, actor, session_id, (operation,))
    return _opened(store, connection, actor, grant, locked(store, connection, session_id), session_id)


def locked(store: Store, connection: Connection, session_id: str) -> Any:
    """Count a change of a session and return its row, kept for this transaction; None if there is none."""
    counted = update(_SESSIONS).where(*_there(store, session_id)).values(number=_SESSIONS.c.number + 1)
    return connection.execute(counted.returning(*_SESSIONS.c)).first()


def _opened(store: Store, connection: Connection, actor: Actor | None, grant: Grant, row: Any, session_id: str) -> Open:
    if row is None or actor is None:
        raise NotFoundError("workshop.no_session", id=session_id)
    return Open(store, connection, actor, grant, session_from(row), stamp(store.now()))


def _granted(
    store: Store, connection: Connection, actor: Actor | None, session_id: str, operations: tuple[Operation, ...]
) -> Grant:
    """Return the grant; the refusal of another session does not tell whether there is one."""
    grant = grant_of(store, connection, actor)
    if not any(grant.allows(one) for one in operations) or grant.session_id not in (None, session_id):
        raise _denied(grant, operations[0])
    return grant


def _denied(grant: Grant | None, operation: Operation) -> PermissionDeniedError:
    role = str(grant.role) if grant and grant.role else "none"
    return PermissionDeniedError("store.forbidden", role=role, operation=str(operation))


def _there(store: Store, session_id: str) -> tuple[Any, ...]:
    return _SESSIONS.c.id == session_id, is_kept(store)


def is_kept(store: Store) -> Any:
    """Return the condition that the day of deletion has not come."""
    return stamp(store.now())[:10] < _SESSIONS.c.deletion_date


def session_of(store: Store, connection: Connection, actor: Actor) -> str:
    """Return the session that a host link or a device belongs to now; LinkError if it was withdrawn or deleted."""
    if actor.source == "host":
        asked = select(WorkshopHost.session_id).where(
            WorkshopHost.id == actor.link_id,
            WorkshopHost.revoked_at.is_(None),
            WorkshopHost.expires_at > stamp(store.now()),
        )
        key = "store.link_invalid"
    else:
        asked = select(WorkshopParticipant.session_id).where(WorkshopParticipant.id == actor.link_id)
        key = "workshop.not_joined"
    found = connection.execute(asked).scalar()
    if found is None:
        raise LinkError(key)
    return str(found)


def new_secret() -> str:
    """Return a new secret for a link or a device, 256 bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    """Return what is kept of a secret; it is long and random, so that one round is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def opened_by(connection: Connection, model: Any, token: str, source: str) -> Actor | None:
    """Return the actor of a token ``<identifier>.<secret>``; None if it fits nothing."""
    link_id, _, secret = token.strip().partition(".")
    if not secret or not UUID.fullmatch(link_id):
        return None
    kept = connection.execute(select(model.secret_hash).where(model.id == link_id)).scalar()
    if not hmac.compare_digest(hashed(secret), kept or ""):
        return None
    return Actor(f"{source}:{link_id[:8]}", source, link_id)
