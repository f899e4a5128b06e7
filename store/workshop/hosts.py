"""Host links: a second host takes over a session without a login; they expire and can be withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update

from store.errors import LinkError
from store.models import WorkshopHost
from store.permissions import Operation
from store.values import new_id, stamp
from store.workshop.access import changing, hashed, new_secret, opened_by, reading, session_of
from store.workshop.model import HostLink, plain_from

if TYPE_CHECKING:
    from store.database import Store
    from store.permissions import Actor

DEFAULT_DAYS: Final = 3
MAX_LINK_DAYS: Final = 31


def issue_host_link(store: Store, actor: Actor | None, session_id: str, *, days: int = DEFAULT_DAYS) -> str:
    """Return the token ``<identifier>.<secret>`` of a new host link, valid for `days` (1 to 31).

    It is shown once: the store keeps the hash of its secret.
    """
    secret = new_secret()
    with changing(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        until = store.now() + timedelta(days=min(max(days, 1), MAX_LINK_DAYS))
        row = {
            "id": new_id(),
            "session_id": session_id,
            "secret_hash": hashed(secret),
            "created_at": tx.at,
            "created_by": tx.actor.subject,
            "expires_at": stamp(until),
            "revoked_at": None,
        }
        tx.connection.execute(insert(WorkshopHost), [row])
    return f"{row['id']}.{secret}"


def open_host_link(store: Store, token: str) -> Actor:
    """Return the actor that a host link's token stands for; his session is `host_session`.

    Raises
    ------
    LinkError
        Forged, expired, withdrawn, or its session was deleted; the message does not say which.
    """
    with store.read() as connection:
        actor = opened_by(connection, WorkshopHost, token, "host")
        if actor is None:
            raise LinkError("store.link_invalid")
        session_of(store, connection, actor)
    return actor


def host_session(store: Store, actor: Actor) -> str:
    """Return the identifier of the session that a host link or a device belongs to; LinkError if to none now."""
    with store.read() as connection:
        return session_of(store, connection, actor)


def revoke_host_link(store: Store, actor: Actor | None, session_id: str, link_id: str) -> None:
    """Withdraw a host link; it stops at once. One that was withdrawn before stays so."""
    with changing(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        wanted = update(WorkshopHost).where(
            WorkshopHost.id == link_id, WorkshopHost.session_id == session_id, WorkshopHost.revoked_at.is_(None)
        )
        tx.connection.execute(wanted.values(revoked_at=tx.at))


def host_links(store: Store, actor: Actor | None, session_id: str) -> list[HostLink]:
    """Return the host links of a session, the newest first."""
    asked = select(WorkshopHost.__table__).where(WorkshopHost.session_id == session_id)
    with reading(store, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        rows = tx.connection.execute(asked.order_by(WorkshopHost.created_at.desc(), WorkshopHost.id)).all()
    return [plain_from(HostLink, row) for row in rows]
