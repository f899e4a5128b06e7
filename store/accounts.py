"""Accounts: which login has which role. A login without an account may do nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from store.errors import StateError
from store.models import Account
from store.permissions import Operation, Role, checked_role, grant_of, require
from store.transaction import begin

if TYPE_CHECKING:
    from store.database import Store
    from store.permissions import Actor
    from store.transaction import Tx


@dataclass(frozen=True)
class AccountInfo:
    """One account; `label` is a function or office, never needed."""

    subject: str
    role: str
    label: str | None
    changed_at: str
    changed_by: str


def set_role(store: Store, actor: Actor | None, subject: str, role: str | None, *, label: str | None = None) -> None:
    """Give a login a role, or take its account away (`role` None).

    Raises
    ------
    StoreError
        No such role.
    StateError
        It is the last administrator of a store where people log in.
    """
    with begin(store, actor, Operation.MANAGE_ACCOUNTS) as tx:
        wanted = None if role is None else checked_role(role)
        tx.connection.execute(delete(Account).where(Account.subject == subject))
        if wanted is not None:
            row = {
                "subject": subject,
                "role": str(wanted),
                "label": label,
                "changed_at": tx.at,
                "changed_by": tx.actor.subject,
            }
            tx.connection.execute(insert(Account), [row])
        _keep_an_admin(tx)


def accounts(store: Store, actor: Actor | None) -> list[AccountInfo]:
    """Return all accounts, by subject."""
    table = Account.__table__
    columns = [table.c[name] for name in AccountInfo.__dataclass_fields__]
    with store.read() as connection:
        require(store, connection, actor, Operation.MANAGE_ACCOUNTS)
        return [AccountInfo(*row) for row in connection.execute(select(*columns).order_by(table.c.subject))]


def role_of(store: Store, actor: Actor | None) -> Role | None:
    """Return the role an actor has now, None = none: for showing or hiding buttons only."""
    with store.read() as connection:
        return grant_of(store, connection, actor).role


def _keep_an_admin(tx: Tx) -> None:
    admins = select(func.count()).select_from(Account).where(Account.role == Role.ADMIN)
    if not tx.store.local_admin and not tx.connection.execute(admins).scalar_one():
        raise StateError("store.last_admin")
