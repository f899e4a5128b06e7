"""How fresh entries are: the day something was last known to be true, and the work list.

That day is, in this order: the day somebody confirmed the entry here; the date of its source; the
day it was added here. A partial date counts from its first day; without any date the age is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import update

from geo.freshness import STALE_AFTER_DAYS, age_days, is_stale
from store.errors import NotFoundError, StateError
from store.models import EntryState
from store.overlay import ADDED, entries
from store.ownership import owners_of, require_own
from store.permissions import Operation, require
from store.resources import resource, resources
from store.state import adopt, current
from store.transaction import transaction
from store.visibility import hidden_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from store.database import Store
    from store.entry import Entry
    from store.permissions import Actor
    from store.transaction import Target

_DATE_FIELDS: Final = ("source_date", "date", "reference_date")
_COLUMNS: Final = ("id", "last_known", "basis", "age_days", "stale")


def confirm(target: Target, actor: Actor | None, name: str, ids: Sequence[str]) -> None:
    """Note that entries are true as they stand today; their version stays.

    Raises
    ------
    NotFoundError, StateError, PermissionDeniedError
        No such entry; retired; not one of the organisation of a review link. Nothing is noted then.
    """
    kind = resource(name)
    with transaction(target, actor, Operation.CONFIRM) as tx:
        adopt(tx, kind, ids)
        found = current(tx, kind, ids)
        for entry_id in dict.fromkeys(ids):
            one = found.get(entry_id)
            if one is None:
                raise NotFoundError("store.not_found", resource=name, id=entry_id)
            require_own(tx, one)
            if one.is_retired:
                raise StateError("store.retired", id=entry_id)
            row = update(EntryState).where(EntryState.id == entry_id)
            row = row.values(last_confirmed=tx.today, confirmed_by=tx.actor.subject)
            tx.connection.execute(row)
            tx.log(one, "confirm", name="last_confirmed", old=one.last_confirmed, new=tx.today)


def freshness(store: Store, name: str, *, stale_after_days: int = STALE_AFTER_DAYS) -> pd.DataFrame:
    """Return for each entry in use how fresh it is.

    Returns
    -------
    pandas.DataFrame
        ``id``; ``last_known`` (date as precise as known, empty = unknown); ``basis`` (confirmed,
        source, entered, unknown); ``age_days`` (Int64, days until today, NA = unknown); ``stale``
        (older than `stale_after_days`, or of unknown age).
    """
    kind = resource(name)
    with store.read() as connection:
        found = list(entries(connection, store.ground, kind))
    today = store.now().date()
    rows = [_freshness_row(one, today, stale_after_days) for one in found]
    return _typed(pd.DataFrame(rows, columns=list(_COLUMNS)))


def work_list(
    store: Store,
    actor: Actor | None,
    *,
    organization_id: str | None = None,
    district_id: int | None = None,
    names: Iterable[str] | None = None,
    stale_after_days: int = STALE_AFTER_DAYS,
) -> pd.DataFrame:
    """Return what should be confirmed, those of unknown age first, then the oldest.

    Parameters
    ----------
    actor
        The holder of a review link gets the entries of the own organisation only.
    organization_id, district_id
        Only entries that belong to this organisation, or lie (or work) in this district.
    names
        Resources; default: all that are confirmed one by one.

    Returns
    -------
    pandas.DataFrame
        ``resource, id, title, organization_id, organization_name, district_ids`` (";"-joined,
        empty = none known), ``version`` and the columns of `freshness`.
    """
    wanted = [n for n, kind in resources().items() if kind.confirmable] if names is None else list(names)
    today = store.now().date()
    rows = []
    with store.read() as connection:
        grant = require(store, connection, actor, Operation.READ_WORK_LIST)
        limit = grant.organization_id or organization_id
        everything = _Everything(connection, store)
        areas = _Areas(everything)
        titles = {one.id: one.title for one in everything["organizations"]}
        for name in wanted:
            found = everything[name]
            hidden = hidden_ids(connection, store.ground, found, grant)
            owners = owners_of(connection, store.ground, found)
            for one in found:
                owner, districts = owners[one.id], areas.of(one)
                out = one.id in hidden or (limit is not None and owner != limit)
                if out or (district_id is not None and str(district_id) not in districts):
                    continue
                place = (name, one.title, owner, titles.get(owner or ""), ";".join(districts) or None)
                rows.append((*place, one.version, *_freshness_row(one, today, stale_after_days)))
    return _ordered(rows)


class _Everything(dict[str, "list[Entry]"]):
    """Entries in use by resource, loaded when they are asked for and then kept."""

    def __init__(self, connection: Connection, store: Store) -> None:
        super().__init__()
        self._connection = connection
        self._ground = store.ground

    def __missing__(self, name: str) -> list[Entry]:
        self[name] = list(entries(self._connection, self._ground, resource(name)))
        return self[name]


def _ordered(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    head = ["resource", "title", "organization_id", "organization_name", "district_ids", "version"]
    frame = pd.DataFrame(rows, columns=[*head, *_COLUMNS])
    frame = _typed(frame).astype(dict.fromkeys(head[:-1], "str") | {"version": "int64"})
    frame["id"] = frame["id"].astype("str")
    ordered = frame.sort_values(
        ["age_days", "resource", "title", "id"],
        ascending=[False, True, True, True],
        na_position="first",
        kind="stable",
        ignore_index=True,
    )
    return ordered[["resource", "id", *head[1:], *_COLUMNS[1:]]]


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    types = {"id": "str", "last_known": "str", "basis": "str", "age_days": "Int64", "stale": "bool"}
    return frame.astype(types)


def _freshness_row(one: Entry, today: date, stale_after_days: int) -> tuple[str, str | None, str, int | None, bool]:
    known, basis = _last_known(one)
    return one.id, known, basis, age_days(known, today), is_stale(known, today, after_days=stale_after_days)


def _last_known(one: Entry) -> tuple[str | None, str]:
    if one.last_confirmed:
        return one.last_confirmed, "confirmed"
    stated = next((one.values[name] for name in _DATE_FIELDS if one.values.get(name)), None)
    if stated:
        return stated, "source"
    if one.origin == ADDED and one.created_at:
        return one.created_at[:10], "entered"
    return None, "unknown"


class _Areas:
    """The districts of entries, also of those that have none of their own."""

    def __init__(self, everything: _Everything) -> None:
        self._places: dict[str, str] = {}
        self._by_owner: dict[str, set[str]] = {}
        for one in everything["locations"]:
            if one.values["district_id"] is not None:
                self._places[one.id] = str(one.values["district_id"])
                self._note(one.values["organization_id"], one.id)
        for name, owner in (
            ("organizations_at_location", "organization_id"),
            ("services_at_location", "service_id"),
        ):
            for one in everything[name]:
                self._note(one.values[owner], one.values["location_id"])

    def of(self, one: Entry) -> list[str]:
        """Return the districts of an entry, sorted as text; empty = none known."""
        listed = one.values.get("district_ids")
        if listed:
            return sorted(listed.split(";"))
        if one.values.get("district_id") is not None:
            return [str(one.values["district_id"])]
        place = self._places.get(one.values.get("location_id") or "")
        return [place] if place else sorted(self._by_owner.get(one.id, ()))

    def _note(self, owner: str | None, place: str) -> None:
        if owner and place in self._places:
            self._by_owner.setdefault(owner, set()).add(self._places[place])
