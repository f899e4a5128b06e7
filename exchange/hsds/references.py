"""References that HSDS allows and the program's tables do not have, turned into those they have.

A contact, phone or schedule may hang on a service at a location: it gets both. A phone may hang on a
place, an offer or an organisation directly: it gets a contact of its own, since here every phone
belongs to a function that can be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.hsds.profile import DERIVED
from store.values import id_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HANGING: Final = ("contact", "phone", "schedule", "service_area")
_HOLDERS: Final = ("organization_id", "location_id", "service_id")

Rows = dict[str, list[dict[str, Any]]]


def with_own_references(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rows:
    """Return the tables with such references replaced; nothing changes in files written here."""
    found: Rows = {name: [dict(row) for row in rows] for name, rows in content.items()}
    links = {row.get("id"): row for row in found.get("service_at_location", ())}
    for name in _HANGING:
        for row in found.get(name, ()):
            link = links.get(row.get("service_at_location_id"), {})
            for holder in ("location_id", "service_id"):
                if link.get(holder):
                    row.setdefault(holder, link[holder])
    for phone in found.get("phone", ()):
        holders = {name: phone[name] for name in _HOLDERS if phone.get(name)}
        if not phone.get("contact_id") and holders and not phone.get(DERIVED):
            phone["contact_id"] = id_from("hsds", "contact", str(phone.get("id")))
            found.setdefault("contact", []).append({"id": phone["contact_id"]} | holders)
    return found
