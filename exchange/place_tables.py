"""From converted rows to entries of the store: place, operator, offer, contact, phone, opening hours."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from exchange.convert import DEFAULT_CONTACT
from exchange.fields import place_fields
from exchange.normal import fold, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exchange.content import Content, Row
    from exchange.place_rows import PlaceRow
    from exchange.vocabulary import Vocabulary

_ORDER: Final = (
    "organizations",
    "locations",
    "services",
    "services_at_location",
    "organizations_at_location",
    "contacts",
    "phones",
    "schedules",
)
_PLACE: Final = tuple(
    (field.name, str(field.column))
    for field in place_fields().values()
    if field.resource == "locations" and field.name != "id"
)
_AT_ONCE: Final = 1_000
_SHARED: Final = (*(name for name, _ in _PLACE), "operator", "contact", "phone", "email", "opening_hours")
"""Fields that all rows of one place share."""


class Tables:
    """New entries of all resources; rows with the same identifier become one place.

    Attributes
    ----------
    rows
        Resource → new rows with identifiers, each referring only to earlier or existing ones.
    row_of
        Identifier of each new entry → number of the row in the file it comes from.
    differing
        Further rows of a place whose fields differ from its first row: number of that, row, field.
    """

    def __init__(self, content: Content, words: Vocabulary, source: str) -> None:
        self.rows: dict[str, list[Row]] = {name: [] for name in _ORDER}
        self.row_of: dict[str, int] = {}
        self._words = words
        self._source = source
        self._content = content
        self._operators = {name_key(row["name"]): key for key, row in content.rows("organizations").items()}
        self.differing: list[tuple[int, PlaceRow, str]] = []
        self._places: dict[str, tuple[PlaceRow, str | None]] = {}
        self._offers: set[tuple[str, str, str]] = set()
        self._existing: dict[str, set[str]] | None = None
        self.ids = _identifiers()

    def add_place(self, row: PlaceRow) -> None:
        """Add a place with everything on its row; of a known identifier only the further offer."""
        values = row.values
        key = str(values.get("id") or next(self.ids))
        if key in self._places:
            first, operator = self._places[key]
            self.differing += [
                (first.number, row, name) for name in _SHARED if values.get(name) != first.values.get(name)
            ]
            self._add_offer(row, key, operator)
            return
        operator = self._operator(row)
        place = {column: values[name] for name, column in _PLACE if name in values}
        place |= {"id": key, "organization_id": operator, "source": values.get("source", self._source)}
        self._add("locations", place, row)
        self._places[key] = (row, operator)
        self._add_operator_link(row, key, operator)
        self._add_offer(row, key, operator)
        self._add_contact(row, key, operator)
        self._add_hours(row, key)

    def add_details(self, row: PlaceRow, key: str) -> None:
        """Add what a row knows beside the fields of an existing place, unless it is there already."""
        operator = self._content.rows("locations")[key].get("organization_id")
        existing = self._existing_details().get(key, set())
        if not {f"kind {row.values.get('offer_kind') or row.values['kind']}", "offer"} <= existing:
            self._add_offer(row, key, operator)
        if "contact" not in existing:
            self._add_contact(row, key, operator)
        if "hours" not in existing:
            self._add_hours(row, key)

    def _existing_details(self) -> dict[str, set[str]]:
        """Return what each existing place has: offers by kind, contact, opening hours."""
        if self._existing is None:
            self._existing = {}
            services = self._content.rows("services")
            for link in self._content.rows("services_at_location").values():
                kind = services.get(link["service_id"], {}).get("kind")
                self._existing.setdefault(link["location_id"], set()).update({f"kind {kind}", "offer"})
            for name, word in (("contacts", "contact"), ("schedules", "hours")):
                for detail in self._content.rows(name).values():
                    if detail.get("location_id"):
                        self._existing.setdefault(detail["location_id"], set()).add(word)
        return self._existing

    def _add(self, name: str, entry: Row, row: PlaceRow) -> str:
        key = str(entry.get("id") or next(self.ids))
        known = {field: value for field, value in entry.items() if value is not None}
        known["id"] = key
        self.rows[name].append(known)
        self.row_of[key] = row.number
        return key

    def _operator(self, row: PlaceRow) -> str | None:
        """Return the operator's identifier: an organisation of the same name, else a new one."""
        name = row.values.get("operator")
        if name is None:
            return None
        key = self._operators.get(name_key(name))
        if key is None:
            entry = {
                "name": name,
                "organization_type": row.values.get("operator_type", "unknown"),
                "is_actor": False,
                "source": row.values.get("source", self._source),
                "source_date": row.values.get("source_date"),
            }
            key = self._operators[name_key(name)] = self._add("organizations", entry, row)
        return key

    def _add_operator_link(self, row: PlaceRow, key: str, operator: str | None) -> None:
        if operator is not None:
            link = {"organization_id": operator, "location_id": key, "relation": "operator"}
            self._add("organizations_at_location", link, row)

    def _add_offer(self, row: PlaceRow, key: str, operator: str | None) -> None:
        values = row.values
        kind = values.get("offer_kind") or values["kind"]
        name = values.get("offer") or self._words.kinds.get(kind, (kind, kind))[0]
        if (key, kind, fold(name)) in self._offers:
            return
        self._offers.add((key, kind, fold(name)))
        service = {
            "organization_id": operator,
            "name": name,
            "kind": kind,
            "target_groups": values.get("target_groups"),
            "target_group_text": values.get("target_group_text"),
            "description": values.get("offer_description"),
            "source": values.get("source", self._source),
            "source_date": values.get("source_date"),
        }
        offered = self._add("services", service, row)
        self._add("services_at_location", {"service_id": offered, "location_id": key}, row)

    def _add_contact(self, row: PlaceRow, key: str, operator: str | None) -> None:
        values = row.values
        if not any(name in values for name in ("contact", "phone", "email")):
            return
        public = values.get("contact_public") == "true"
        contact = {
            "title_de": values.get("contact", DEFAULT_CONTACT),
            "organization_id": operator,
            "location_id": key,
            "email": values.get("email"),
            "is_public": public,
        }
        contact_id = self._add("contacts", contact, row)
        if "phone" in values:
            phone = {
                "contact_id": contact_id,
                "number": values["phone_number"],
                "number_text": values["phone"],
                "is_public": public,
            }
            self._add("phones", phone, row)

    def _add_hours(self, row: PlaceRow, key: str) -> None:
        if "opening_hours" in row.values:
            self._add("schedules", {"location_id": key, "text": row.values["opening_hours"]}, row)


def _identifiers() -> Iterator[str]:
    """Yield identifiers like `store.values.new_id`, but made in bulk: an import needs 350,000."""
    while True:
        digits = secrets.token_hex(16 * _AT_ONCE)
        for at in range(0, len(digits), 32):
            text = digits[at : at + 32]
            variant = "89ab"[int(text[16], 16) % 4]
            yield f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"
