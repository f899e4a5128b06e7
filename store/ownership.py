"""Which organisation an entry belongs to, and what the holder of its review link may touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.errors import PermissionDeniedError
from store.overlay import entries_by_id
from store.resources import resource, resources
from store.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from store.entry import Entry
    from store.ground import Ground
    from store.transaction import Tx

MAX_STEPS: Final = 4
"""Longest way from an entry to its organisation: language → phone → contact → location."""


def owners_of(connection: Connection, ground: Ground, found: Iterable[Entry]) -> dict[str, str | None]:
    """Return by entry identifier the organisation it belongs to; None if it belongs to none."""
    open_ones = {one.id: one for one in found}
    owners: dict[str, str | None] = {}
    for _ in range(MAX_STEPS):
        asked: dict[str, dict[str, str]] = {}
        for start, one in list(open_ones.items()):
            owner, target, key = _step(one)
            if target is None or key is None:
                owners[start] = owner
                del open_ones[start]
            else:
                asked.setdefault(target, {})[start] = key
        for target, wanted in asked.items():
            loaded = entries_by_id(connection, ground, resource(target), wanted.values())
            for start, key in wanted.items():
                if key in loaded:
                    open_ones[start] = loaded[key]
                else:
                    owners[start] = None
                    del open_ones[start]
    return owners | dict.fromkeys(open_ones)


def _step(one: Entry) -> tuple[str | None, str | None, str | None]:
    """Return (organisation, None, None), or the next entry on the way to it as (None, kind, id)."""
    if one.resource.name == "organizations":
        return one.id, None, None
    for name in one.resource.owner:
        value = one.values[name]
        if value is None:
            continue
        target = one.resource.fields[name].refers_to
        if name == "organization_id" or target is None:
            return value, None, None
        return None, target[0], value
    return None, None, None


def require_own(tx: Tx, found: Entry) -> None:
    """Raise PermissionDeniedError if the actor is limited to an organisation other than the entry's."""
    limit = tx.grant.organization_id
    if limit is None:
        return
    if owners_of(tx.connection, tx.ground, [found]).get(found.id) != limit:
        raise PermissionDeniedError("store.not_own")


def require_own_fields(tx: Tx, found: Entry, changes: Mapping[str, Any]) -> None:
    """Raise if a limited actor would hand the entry to somebody else or change what it hangs on."""
    if tx.grant.organization_id is None:
        return
    kind = found.resource
    for name, value in changes.items():
        rules = kind.fields.get(name)
        if rules is None or plain(value) == found.values[name]:
            continue
        refers = rules.refers_to is not None and rules.refers_to[0] in resources()
        if refers or name in kind.fixed or name in kind.linked:
            raise PermissionDeniedError("store.field_not_own", field=name)
