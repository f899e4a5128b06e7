"""What everybody may see: contacts and phones only if they are marked public.

An entry is internal if its own ``is_public`` is false, or if it hangs on a contact or phone that is
internal. Rows of the data package come from public sources and are public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.errors import PermissionDeniedError
from store.overlay import entries_by_id
from store.ownership import owners_of
from store.permissions import Operation
from store.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from store.entry import Entry
    from store.ground import Ground
    from store.permissions import Grant
    from store.resources import Resource

_CARRIERS: Final = (("phone_id", "phones"), ("contact_id", "contacts"))


def internal_ids(connection: Connection, ground: Ground, found: Iterable[Entry]) -> set[str]:
    """Return which of the entries are internal."""
    shown: dict[str, Entry] = {}
    internal: set[str] = set()
    for one in found:
        (internal.add(one.id) if _is_marked(one) else shown.update({one.id: one}))
    for field, name in _CARRIERS:
        carriers = {key: one.values[field] for key, one in shown.items() if one.values.get(field) is not None}
        if carriers:
            kind = resource(name)
            loaded = entries_by_id(connection, ground, kind, carriers.values())
            hidden = internal_ids(connection, ground, loaded.values())
            internal |= {key for key, carrier in carriers.items() if carrier in hidden}
    return internal


def hidden_ids(connection: Connection, ground: Ground, found: Iterable[Entry], grant: Grant) -> set[str]:
    """Return which of the entries `grant` may not see; a review link sees internal ones of its own."""
    if grant.allows(Operation.READ_INTERNAL) and grant.organization_id is None:
        return set()
    listed = list(found)
    internal = internal_ids(connection, ground, listed)
    if not internal or grant.organization_id is None:
        return internal
    hidden = [one for one in listed if one.id in internal]
    owners = owners_of(connection, ground, hidden)
    return {key for key in internal if owners[key] != grant.organization_id}


def can_be_internal(kind: Resource) -> bool:
    """Return whether entries of this kind can be internal at all."""
    return bool({"is_public", *(field for field, _ in _CARRIERS)} & kind.fields.keys())


def require_visible(connection: Connection, ground: Ground, found: Entry, grant: Grant) -> None:
    """Raise PermissionDeniedError if the grant does not cover an internal entry."""
    if hidden_ids(connection, ground, [found], grant):
        role = str(grant.role) if grant.role else "none"
        raise PermissionDeniedError("store.forbidden", role=role, operation=str(Operation.READ_INTERNAL))


def _is_marked(one: Entry) -> bool:
    return one.values.get("is_public") is False
