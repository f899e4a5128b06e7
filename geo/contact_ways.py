"""How to get in touch with a place or an organization: a function with phone and e-mail, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd


@dataclass(frozen=True, slots=True)
class ContactWay:
    """A way to get in touch; None = unknown. `phones` are ``;``-joined."""

    title: str | None = None
    phones: str | None = None
    email: str | None = None


_NOTHING: Final = ContactWay()


@dataclass(frozen=True, slots=True)
class ContactWays:
    """All known ways of places and of organizations as a whole."""

    of_places: Mapping[str, ContactWay]
    of_organizations: Mapping[str, ContactWay]

    def of(self, location_id: object, organization_id: object) -> ContactWay:
        """Return the way of the place, else that of the organization, else one that knows nothing."""
        own = self.of_places.get(str(location_id), _NOTHING)
        whole = self.of_organizations.get(str(organization_id), _NOTHING)
        if own.phones is None and own.email is None:
            return whole
        return own


def contact_ways(tables: Mapping[str, pd.DataFrame]) -> ContactWays:
    """Return the ways from the resources ``contacts`` and ``phones``.

    A number of one place is not one of the whole organization. Contacts with a phone go before those without.
    """
    numbers: dict[str, dict[str, None]] = {}
    for contact, number in zip(tables["phones"]["contact_id"], tables["phones"]["number"], strict=True):
        if isinstance(contact, str) and isinstance(number, str):
            numbers.setdefault(contact, {})[number] = None
    places: dict[str, list[Mapping[Any, Any]]] = {}
    organizations: dict[str, list[Mapping[Any, Any]]] = {}
    for row in tables["contacts"].sort_values("id").to_dict("records"):
        place, owner = row["location_id"], row["organization_id"]
        if isinstance(place, str):
            places.setdefault(place, []).append(row)
        elif isinstance(owner, str):
            organizations.setdefault(owner, []).append(row)
    return ContactWays(
        {name: _way(rows, numbers) for name, rows in places.items()},
        {name: _way(rows, numbers) for name, rows in organizations.items()},
    )


def _way(rows: list[Mapping[Any, Any]], numbers: Mapping[str, Mapping[str, None]]) -> ContactWay:
    first, *_ = sorted(rows, key=lambda row: row["id"] not in numbers)
    known = dict.fromkeys(number for row in rows for number in numbers.get(str(row["id"]), ()))
    mails = [row["email"] for row in rows if isinstance(row["email"], str)]
    title = first["title_de"] if isinstance(first["title_de"], str) else None
    return ContactWay(title, ";".join(known) or None, mails[0] if mails else None)
