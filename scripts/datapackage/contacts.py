"""Contacts, phones and schedules: functions and numbers of organizations, never of persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scripts.datapackage.dates import source_date
from scripts.datapackage.hours import parse_hours
from scripts.datapackage.ids import make_id
from scripts.datapackage.phones import parse_phones
from scripts.datapackage.places import location_id
from scripts.datapackage.raw import RawDataError

if TYPE_CHECKING:
    from scripts.datapackage.raw import Row

INFORMATION, CONTACT_POINT = "Auskunft", "Ansprechstelle"
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Contacts:
    """Rows of contacts, phones and schedules."""

    contacts: Rows = field(default_factory=list)
    phones: Rows = field(default_factory=list)
    schedules: Rows = field(default_factory=list)

    def add(self, row: Row, *, name: str, organization_id: str, source_id: str, title: str) -> None:
        """Add contact and phones of a raw place or actor, if it has a phone or an e-mail address.

        `source_id` "" = of the organization as a whole.
        """
        if not row["phone"] and not row["email"]:
            return
        location = location_id(source_id) if source_id else ""
        contact = make_id("contact", organization_id, location)
        self.contacts.append(
            {
                "id": contact,
                "organization_id": organization_id,
                "location_id": location,
                "title_de": title,
                "email": row["email"].lower(),
            }
        )
        self.phones.extend(_phones(row, contact, name))

    def add_schedule(self, row: Row) -> None:
        """Add the opening hours of a raw place, if there are any."""
        if not row["opening_hours"]:
            return
        hours, remark = parse_hours(row["opening_hours"])
        self.schedules.append(
            {
                "id": make_id("schedule", row["id"]),
                "location_id": location_id(row["id"]),
                "opening_hours": hours,
                "text": row["opening_hours"],
                "note": remark,
                "source_date": source_date(row["source_date"])[0],
            }
        )

    def numbers(self, contact_owner: str) -> set[str]:
        """Return the numbers already known for an organization."""
        own = {row["id"] for row in self.contacts if row["organization_id"] == contact_owner}
        return {row["number"] for row in self.phones if row["contact_id"] in own}


def _phones(row: Row, contact: str, name: str) -> Rows:
    try:
        parsed = parse_phones(row["phone"])
    except ValueError as error:
        raise RawDataError(f"Raw file {name!r}, column 'phone': {error} ({row['name']!r}).") from error
    return [
        {
            "id": make_id("phone", contact, number),
            "contact_id": contact,
            "number": number,
            "number_text": text,
            "note": note,
            "source_date": source_date(row["source_date"])[0],
        }
        for number, text, note in parsed
    ]
