"""The history of every field as HSDS metadata: when, what kind of change, which field, before and after.

HSDS demands both values and a day: an unknown value stands as ``(unbekannt)`` and is named in
``qk_filled``; the exact time (UTC) is ``qk_at``. Of contacts and telephone numbers only what is public
today is said; every other value they ever had stands as ``(nicht öffentlich)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.hsds.profile import COUNTERPARTS, FILLED, OWN
from store.values import as_text, id_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from exchange.content import Content
    from exchange.hsds.profile import Counterpart
    from store.changelog import LoggedChange

UNKNOWN: Final = "(unbekannt)"
NOT_PUBLIC: Final = "(nicht öffentlich)"
_GUARDED: Final = ("contacts", "phones")
_PARTS: Final[Mapping[str, Counterpart]] = {part.resource: part for part in COUNTERPARTS}


def metadata_rows(history: Iterable[LoggedChange], content: Content) -> list[dict[str, Any]]:
    """Return a row of HSDS metadata for each change of an entry that is in `content`."""
    found = []
    for change in history:
        row = content.rows(change.resource).get(change.id)
        if row is not None and change.resource in _PARTS:
            found.append(_row(change, _PARTS[change.resource], row))
    return found


def _row(change: LoggedChange, part: Counterpart, today: Mapping[str, Any]) -> dict[str, Any]:
    values = {"previous_value": change.old, "replacement_value": change.new}
    if change.resource in _GUARDED and change.field in today:
        public = as_text(today[change.field])
        values = {name: value if value in (None, public) else NOT_PUBLIC for name, value in values.items()}
    filled = [name for name, value in values.items() if value in (None, "")]
    native = part.fields.get(change.field) or f"{OWN}{change.field or 'entry'}"
    return {
        "id": id_from("hsds", "metadata", change.id, str(change.number), change.field),
        "resource_id": change.id,
        "resource_type": part.table,
        "last_action_date": change.at[:10],
        "last_action_type": change.action,
        "field_name": native,
        **{name: value or UNKNOWN for name, value in values.items()},
        "updated_by": change.by,
        f"{OWN}at": change.at,
    } | ({FILLED: ";".join(filled)} if filled else {})
