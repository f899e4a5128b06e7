"""Who may do what: roles, operations and the matrix between them; what is not named is denied.

The role is looked up in the database inside the transaction of the write itself: a page can neither
forge a role nor go on with one that was withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from store.errors import PermissionDeniedError, StoreError
from store.models import Account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from store.database import Store


class Role(StrEnum):
    """Roles of people, each with all rights of the one before; and that of a review link."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    ADMIN = "admin"
    REVIEWER = "reviewer"
    """The holder of a review link: own entries of one organisation only."""
    HOST = "host"
    """The holder of a host link: one workshop session."""
    PARTICIPANT = "participant"
    """A device that joined one workshop session."""


class Operation(StrEnum):
    """Everything the store can be asked for that is not open to everybody."""

    READ_HISTORY = "read_history"
    READ_WORK_LIST = "read_work_list"
    READ_INTERNAL = "read_internal"
    CREATE = "create"
    UPDATE = "update"
    CONFIRM = "confirm"
    STATE_INVENTORY = "state_inventory"
    RETIRE = "retire"
    REINSTATE = "reinstate"
    RESTORE_VERSION = "restore_version"
    RESOLVE_CONFLICT = "resolve_conflict"
    WRITE_BATCH = "write_batch"
    UNDO_BATCH = "undo_batch"
    MANAGE_LINKS = "manage_links"
    MANAGE_ACCOUNTS = "manage_accounts"
    OPEN_WORKSHOP = "open_workshop"
    HOST_WORKSHOP = "host_workshop"
    JOIN_WORKSHOP = "join_workshop"


_VIEWER: Final = frozenset({Operation.READ_HISTORY, Operation.READ_WORK_LIST})
_CONTRIBUTOR: Final = _VIEWER | {
    Operation.READ_INTERNAL,
    Operation.CREATE,
    Operation.UPDATE,
    Operation.CONFIRM,
    Operation.STATE_INVENTORY,
    Operation.OPEN_WORKSHOP,
    Operation.HOST_WORKSHOP,
}
_EDITOR: Final = _CONTRIBUTOR | {
    Operation.RETIRE,
    Operation.REINSTATE,
    Operation.RESTORE_VERSION,
    Operation.RESOLVE_CONFLICT,
    Operation.WRITE_BATCH,
    Operation.UNDO_BATCH,
    Operation.MANAGE_LINKS,
}

PERMISSIONS: Final[Mapping[Role, frozenset[Operation]]] = MappingProxyType(
    {
        Role.VIEWER: _VIEWER,
        Role.CONTRIBUTOR: _CONTRIBUTOR,
        Role.EDITOR: _EDITOR,
        Role.ADMIN: _EDITOR | {Operation.MANAGE_ACCOUNTS},
        Role.REVIEWER: frozenset(
            {Operation.READ_WORK_LIST, Operation.READ_INTERNAL, Operation.UPDATE, Operation.CONFIRM}
        ),
        Role.HOST: frozenset({Operation.HOST_WORKSHOP}),
        Role.PARTICIPANT: frozenset({Operation.JOIN_WORKSHOP}),
    }
)
"""The matrix: role → what it may do."""

ACCOUNT_ROLES: Final = (Role.VIEWER, Role.CONTRIBUTOR, Role.EDITOR, Role.ADMIN)
"""Roles that an account can have."""


@dataclass(frozen=True)
class Actor:
    """Who asks: the person at this computer, somebody logged in, the holder of a link, or a device in a workshop.

    `subject` is what the change log keeps; for a link or a device ``link_id`` is set too.
    """

    subject: str
    source: str  # local, login, link, host or participant
    link_id: str | None = None


LOCAL: Final = Actor("local", "local")
"""The person at this computer; an administrator only in a store opened with ``local_admin``."""


def login(subject: str) -> Actor:
    """Return the actor for the subject of a login (OIDC ``sub``); its role is in the accounts."""
    return Actor(subject, "login")


@dataclass(frozen=True)
class Grant:
    """What an actor may do now, as found in the database."""

    role: Role | None
    organization_id: str | None = None  # limit of a review link
    session_id: str | None = None  # limit of a host link and of a participant

    def allows(self, operation: Operation) -> bool:
        """Return whether the matrix allows `operation`; nothing without a role."""
        return self.role is not None and operation in PERMISSIONS.get(self.role, frozenset())


def grant_of(store: Store, connection: Connection, actor: Actor | None) -> Grant:
    """Return what `actor` may do; None (nobody known) and unknown logins may do nothing."""
    if actor is None:
        return Grant(None)
    if actor.source == "local":
        return Grant(Role.ADMIN if store.local_admin else None)
    if actor.source == "link":
        from store.links import organization_of

        return Grant(Role.REVIEWER, organization_of(store, connection, actor))
    if actor.source in ("host", "participant"):
        from store.workshop.access import session_of

        return Grant(Role(actor.source), session_id=session_of(store, connection, actor))
    if actor.source != "login":
        return Grant(None)
    found = connection.execute(select(Account.role).where(Account.subject == actor.subject)).scalar()
    return Grant(Role(found) if found in ACCOUNT_ROLES else None)


def require(store: Store, connection: Connection, actor: Actor | None, operation: Operation) -> Grant:
    """Return the grant of `actor`, which allows `operation`; PermissionDeniedError otherwise."""
    grant = grant_of(store, connection, actor)
    if not grant.allows(operation):
        role = str(grant.role) if grant.role else "none"
        raise PermissionDeniedError("store.forbidden", role=role, operation=str(operation))
    return grant


def checked_role(role: str) -> Role:
    """Return `role` as a role an account can have; StoreError with the allowed ones otherwise."""
    try:
        found = Role(role)
    except ValueError:
        found = Role.REVIEWER
    if found not in ACCOUNT_ROLES:
        allowed = ", ".join(ACCOUNT_ROLES)
        raise StoreError("store.unknown_role", role=role, allowed=allowed)
    return found
