"""How the program's fields and those of HSDS 3 belong together.

A field without a counterpart travels as ``qk_<field>``: HSDS allows profiles to add fields. A value
that HSDS demands but nobody knows is filled in and named in ``qk_filled``; a whole row that only
repeats other fields in HSDS' own form is marked ``qk_derived``. Reading leaves both aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from exchange.content import KNOWLEDGE
from store.values import id_from

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN: Final = "qk_"
FILLED: Final = "qk_filled"
DERIVED: Final = "qk_derived"
ACTORS: Final = "qk_organization_at_location"
"""Extension table: who runs, or acts at, a location."""

UNKNOWN_OPERATOR: Final = id_from("hsds", "unknown operator")
UNKNOWN_OPERATOR_NAME: Final = "Träger unbekannt"
STATE: Final = "Niedersachsen"
COUNTRY: Final = "DE"


@dataclass(frozen=True)
class Counterpart:
    """The HSDS table of a resource and the names of the fields there, where both have them."""

    resource: str
    table: str
    fields: Mapping[str, str]


def _same(*names: str, **renamed: str) -> Mapping[str, str]:
    return MappingProxyType({name: name for name in names} | renamed)


COUNTERPARTS: Final = (
    Counterpart(
        "organizations",
        "organization",
        _same("name", "alternate_name", "description", "email", "website", "legal_status", "parent_organization_id"),
    ),
    Counterpart(
        "locations",
        "location",
        _same(
            "name", "alternate_name", "description", "transportation", "organization_id",
            lat="latitude", lon="longitude", source_id="external_identifier",
        ),
    ),
    Counterpart(
        "services",
        "service",
        _same(
            "name", "alternate_name", "description", "organization_id", "url", "email", "status", "wait_time",
            "application_process", "fees_description", "eligibility_description", "minimum_age", "maximum_age",
        ),
    ),
    Counterpart("services_at_location", "service_at_location", _same("service_id", "location_id", "description")),
    Counterpart("organizations_at_location", ACTORS, _same()),
    Counterpart(
        "contacts",
        "contact",
        _same("organization_id", "location_id", "service_id", "department", "email", title_de="title"),
    ),
    Counterpart("phones", "phone", _same("contact_id", "number", "type", note="description")),
    Counterpart(
        "schedules",
        "schedule",
        _same("location_id", "service_id", "valid_from", "valid_to", text="description", note="notes"),
    ),
    Counterpart("service_areas", "service_area", _same("service_id", area_text="name")),
    Counterpart("languages", "language", _same("service_id", "location_id", "phone_id", "name", "code", "note")),
    Counterpart("accessibility", "accessibility", _same("location_id", "description", "details", "url")),
    Counterpart(
        "addresses",
        "address",
        _same(
            "location_id", "attention", "address_1", "address_2", "city", "state_province", "postal_code",
            "country", "address_type",
        ),
    ),
    Counterpart(
        "cost_options",
        "cost_option",
        _same("service_id", "valid_from", "valid_to", "option", "currency", "amount", "amount_description"),
    ),
    *(Counterpart(name, OWN + name, _same()) for name in KNOWLEDGE),
)  # fmt: skip
"""Resources in the order in which they can be written."""

EXTENSIONS: Final[Mapping[str, str]] = MappingProxyType(
    {ACTORS: "qk_organizations_at_location"} | {OWN + name: OWN + name for name in KNOWLEDGE}
)
"""Tables of the profile beside those of HSDS, with the names of their files."""

TABLES: Final = tuple(part.table for part in COUNTERPARTS)
