"""Review links: one organisation confirms or corrects its own entries, without a login.

A link is ``<identifier>.<expiry>.<signature>``: signed with the store's secret (HMAC-SHA-256 over
identifier, organisation and expiry), it expires and can be withdrawn. It is looked up again inside
every write, so a withdrawn link stops at once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update

from store import config
from store.errors import LinkError, NotFoundError
from store.models import ReviewLink
from store.permissions import Actor, Operation, require
from store.references import in_use
from store.resources import resource
from store.state import adopt
from store.transaction import begin
from store.values import new_id, stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.database import Store

DEFAULT_DAYS: Final = 30
MAX_DAYS: Final = 366
_PURPOSE: Final = "quartierskarte review link 1"
_TOKEN: Final = re.compile(r"([0-9a-f-]{36})\.([0-9]{1,11})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Link:
    """A review link that was given out; times are UTC."""

    id: str
    organization_id: str
    created_at: str
    created_by: str
    expires_at: str
    revoked_at: str | None


def issue_link(store: Store, actor: Actor | None, organization_id: str, *, days: int = DEFAULT_DAYS) -> str:
    """Return the token of a new link for an organisation, valid for `days` (1 to 366).

    The token is shown once: the store keeps what is needed to check it, not the token.
    """
    with begin(store, actor, Operation.MANAGE_LINKS) as tx:
        if organization_id not in in_use(tx, "organizations", [organization_id]):
            raise NotFoundError("store.not_found", resource="organizations", id=organization_id)
        adopt(tx, resource("organizations"), [organization_id])
        until = store.now() + timedelta(days=min(max(days, 1), MAX_DAYS))
        expires = until.replace(microsecond=0)
        row = {
            "id": new_id(),
            "organization_id": organization_id,
            "created_at": tx.at,
            "created_by": tx.actor.subject,
            "expires_at": stamp(expires),
        }
        tx.connection.execute(insert(ReviewLink), [row])
    seconds = int(expires.timestamp())
    return f"{row['id']}.{seconds}.{_signature(store, row['id'], organization_id, seconds)}"


def open_link(store: Store, token: str) -> Actor:
    """Return the actor that a token stands for.

    Raises
    ------
    LinkError
        Forged, expired, withdrawn or no token at all; the message does not say which.
    """
    parts = _TOKEN.fullmatch(token.strip())
    if parts is None:
        raise LinkError("store.link_invalid")
    link_id, seconds, signature = parts.groups()
    actor = Actor(f"link:{link_id[:8]}", "link", link_id)
    with store.read() as connection:
        organization_id = organization_of(store, connection, actor)
        asked = select(ReviewLink.expires_at).where(ReviewLink.id == link_id)
        expires_at = connection.execute(asked).scalar_one()
    expected = _signature(store, link_id, organization_id, int(seconds))
    same_time = expires_at == stamp(datetime.fromtimestamp(int(seconds), UTC))
    if not (hmac.compare_digest(expected, signature) and same_time):
        raise LinkError("store.link_invalid")
    return actor


def organization_of(store: Store, connection: Connection, actor: Actor) -> str:
    """Return the organisation of a link that is in force now; LinkError otherwise."""
    asked = select(ReviewLink.organization_id, ReviewLink.expires_at, ReviewLink.revoked_at)
    row = connection.execute(asked.where(ReviewLink.id == actor.link_id)).first()
    if row is None or row.revoked_at is not None or row.expires_at <= stamp(store.now()):
        raise LinkError("store.link_invalid")
    return str(row.organization_id)


def revoke_link(store: Store, actor: Actor | None, link_id: str) -> None:
    """Withdraw a link; one that was withdrawn before stays so."""
    with begin(store, actor, Operation.MANAGE_LINKS) as tx:
        row = (
            update(ReviewLink)
            .where(ReviewLink.id == link_id, ReviewLink.revoked_at.is_(None))
            .values(revoked_at=tx.at, revoked_by=tx.actor.subject)
        )
        tx.connection.execute(row)


def links(store: Store, actor: Actor | None) -> list[Link]:
    """Return all links that were given out, the newest first."""
    with store.read() as connection:
        require(store, connection, actor, Operation.MANAGE_LINKS)
        table = ReviewLink.__table__
        asked = select(*(table.c[name] for name in Link.__dataclass_fields__))
        rows = connection.execute(asked.order_by(table.c.created_at.desc(), table.c.id)).all()
    return [Link(*row) for row in rows]


def _signature(store: Store, link_id: str, organization_id: str, seconds: int) -> str:
    message = "|".join((_PURPOSE, link_id, organization_id, str(seconds)))
    secret = config.signing_secret(store.folder)
    raw = hmac.new(secret, message.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
