"""Inventory statements: how complete the known places of a kind are in an area, as of a day.

The gap analysis reads them with ``view(store, "inventory_statements")``: a statement of the data
package that is changed here is shown as changed, never twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store import references
from store.entries import add
from store.permissions import Operation
from store.resources import resource
from store.state import claim, current, lock_id, set_retired, store_fields
from store.transaction import transaction
from store.validation import clean_changes, raise_if_any
from store.values import id_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.entry import Entry
    from store.permissions import Actor
    from store.transaction import Target, Tx

NAME = "inventory_statements"


def state_inventory(
    target: Target,
    actor: Actor | None,
    facility_kind: str,
    area_level: str,
    area_id: str,
    state: str,
    **fields: Any,
) -> Entry:
    """State how complete the inventory of a kind is in an area, and return the statement.

    The last statement for a kind and area counts; the earlier ones stay in its history.

    Parameters
    ----------
    facility_kind
        Kind of facility of the catalogue.
    area_level, area_id
        ``district``, ``borough`` or ``city``, and the area's number or name as text.
    state
        ``complete``, ``partial`` or ``unknown``.
    **fields
        ``reference_date`` (default: today), ``known_count``, ``expected_count``,
        ``expected_note``, ``source``, ``note``.
    """
    values = {"facility_kind": facility_kind, "area_level": area_level, "area_id": area_id}
    with transaction(target, actor, Operation.STATE_INVENTORY) as tx:
        entry_id = _earlier(tx, values) or id_from(NAME, *values.values())
        lock_id(tx, entry_id)
        rest = {"state": state, "reference_date": tx.today} | fields
        found = current(tx, resource(NAME), [entry_id]).get(entry_id)
        if found is None:
            return add(tx, resource(NAME), [values | rest], numbered=False)[0]
        return _restate(tx, found, rest)


def _earlier(tx: Tx, values: Mapping[str, str]) -> str | None:
    """Return the package's statement for the same kind and area; None if it has none."""
    for entry_id, row in tx.ground.rows(NAME).items():
        if all(row[name] == value for name, value in values.items()):
            return entry_id
    return None


def _restate(tx: Tx, found: Entry, rest: Mapping[str, Any]) -> Entry:
    now = claim(tx, found.resource, found.id, found.version, yours=rest, retired=None)
    changed, problems = clean_changes(now.resource, rest, now.values)
    row = dict(now.values) | changed
    problems += [p for p in references.check(tx, now.resource, [row]) if p.field in changed]
    raise_if_any(problems)
    if changed or not now.is_retired:
        now = store_fields(tx, now, changed, action="update")
    return set_retired(tx, now, None, retire=False) if now.is_retired else now
