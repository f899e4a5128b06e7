"""The change log of many entries at once: to be handed on (HSDS metadata). For one entry see `store.history`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.history import CREATE
from store.models import Account, Change
from store.overlay import chunks
from store.permissions import Operation, require
from store.resources import resource
from store.values import as_text, from_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.database import Store
    from store.permissions import Actor


@dataclass(frozen=True)
class LoggedChange:
    """One changed field of one entry.

    `number` is the running number of the action; `at` is UTC; `old` and `new` are the text forms of the
    values, None = unknown. `by` names no person: the office or function of the account, else ``login``;
    ``link`` for the holder of a review link, ``local`` for the person at the server's computer.
    """

    number: int
    resource: str
    id: str
    action: str
    at: str
    by: str
    field: str
    old: str | None
    new: str | None


def changelog(store: Store, actor: Actor | None, ids: Sequence[str]) -> list[LoggedChange]:
    """Return every change of the entries `ids`, in the order in which they happened.

    An entry that was added here begins with one change for each field that was known then.
    PermissionDeniedError without the right to read the history. Internal entries are not left out:
    ask for those that may be seen.
    """
    found: list[LoggedChange] = []
    with store.read() as connection:
        require(store, connection, actor, Operation.READ_HISTORY)
        accounts = connection.execute(select(Account.subject, Account.label))
        offices = {row.subject: row.label for row in accounts}
        for chunk in chunks(list(ids)):
            asked = select(Change.__table__).where(Change.resource_id.in_(chunk))
            for row in connection.execute(asked):
                found += _changes(row, _by(row.updated_by, offices))
    return sorted(found, key=lambda one: one.number)


def _by(subject: str, offices: dict[str, str | None]) -> str:
    if subject == "local":
        return "local"
    return "link" if subject.startswith("link:") else offices.get(subject) or "login"


def _changes(row: Any, by: str) -> Iterator[LoggedChange]:
    head = (row.number, row.resource_type, row.resource_id, row.last_action_type, row.last_action_date, by)
    if row.last_action_type != CREATE or row.field_name:
        yield LoggedChange(*head, row.field_name, row.previous_value, row.replacement_value)
        return
    values = from_json(row.replacement_value or "{}", resource(row.resource_type).fields)
    for name, value in values.items():
        if value is not None:
            yield LoggedChange(*head, name, None, as_text(value))
