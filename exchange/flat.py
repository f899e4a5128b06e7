"""Places as one table: one row per place, or per offer of a place with several.

The table formats (CSV, XLSX, GeoJSON, GeoPackage) carry these rows; HSDS carries everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.fields import stored_fields

if TYPE_CHECKING:
    from exchange.content import Content, Row

_SEPARATOR: Final = " | "
_PLACE: Final = tuple(field for field in stored_fields() if field.resource == "locations")


def flat_rows(content: Content) -> list[dict[str, Any]]:
    """Return the places of `content` as rows with the columns of `exchange.fields.stored_fields`.

    A place with several offers has one row for each, with the same identifier; without any it has
    one row. Of several contacts the place's own first one counts, then its operator's; several
    opening hours stand in one cell, parted by `` | ``. Unknown is None.
    """
    helper = _Helper(content)
    found: list[dict[str, Any]] = []
    for key, place in content.rows("locations").items():
        row = helper.place_row(key, place)
        offers: list[Row | None] = [*helper.offers.get(key, ())] or [None]
        found.extend(row | helper.offer_part(offer) for offer in offers)
    return found


class _Helper:
    """What hangs on places, looked up once."""

    def __init__(self, content: Content) -> None:
        self._content = content
        services = content.rows("services")
        self.offers: dict[str, list[Row]] = {}
        for link in content.rows("services_at_location").values():
            service = services.get(link["service_id"])
            if service is not None:
                self.offers.setdefault(link["location_id"], []).append(service)
        for offers in self.offers.values():
            offers.sort(key=lambda row: (row["name"], row["kind"]))
        self._own = content.by("contacts", "location_id")
        self._theirs = content.by("contacts", "organization_id")
        self._phones = content.by("phones", "contact_id")
        self._hours = content.by("schedules", "location_id")

    def place_row(self, key: str, place: Row) -> dict[str, Any]:
        """Return the part of a row that is the same for all offers."""
        row: dict[str, Any] = dict.fromkeys(field.name for field in stored_fields())
        row |= {field.name: place.get(str(field.column)) for field in _PLACE}
        row["id"] = key
        operator = self._content.rows("organizations").get(place.get("organization_id") or "")
        if operator is not None:
            row["operator"] = operator["name"]
            row["operator_type"] = operator["organization_type"]
        hours = [schedule["text"] for _, schedule in self._hours.get(key, ()) if not schedule.get("service_id")]
        row["opening_hours"] = _SEPARATOR.join(hours) or None
        return row | self._contact(key, place)

    def offer_part(self, offer: Row | None) -> dict[str, Any]:
        """Return the part of a row about one offer."""
        if offer is None:
            return {}
        return {
            "offer": offer["name"],
            "offer_kind": offer["kind"],
            "offer_description": offer.get("description"),
            "target_groups": offer.get("target_groups"),
            "target_group_text": offer.get("target_group_text"),
        }

    def _contact(self, key: str, place: Row) -> dict[str, Any]:
        """Return the contact cells: only of a contact (and phone) that is public."""
        general = [c for c in self._theirs.get(place.get("organization_id"), ()) if not _bound(c[1])]
        own = [c for c in self._own.get(key, ()) if not c[1].get("service_id")]
        for contact_id, contact in (*own, *general):
            if not contact.get("is_public", True):
                continue
            phones = [p for _, p in self._phones.get(contact_id, ()) if p.get("is_public", True)]
            return {
                "contact": contact["title_de"],
                "email": contact.get("email"),
                "phone": (phones[0].get("number_text") or phones[0]["number"]) if phones else None,
                "contact_public": "true",
            }
        return {}


def _bound(contact: Row) -> bool:
    """Tell whether a contact is for one place or offer only."""
    return contact.get("location_id") is not None or contact.get("service_id") is not None
