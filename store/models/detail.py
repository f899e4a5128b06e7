"""HSDS details that the data package has no table for; the column names are those of HSDS 3."""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow, optional_reference, reference


class Address(EntryRow):
    """HSDS address: a further address of a location, for example for letters."""

    __tablename__ = "addresses"

    location_id: Mapped[str] = reference()
    attention: Mapped[str | None]
    address_1: Mapped[str]
    address_2: Mapped[str | None]
    city: Mapped[str]
    state_province: Mapped[str | None]
    postal_code: Mapped[str]
    country: Mapped[str]
    address_type: Mapped[str]


class Language(EntryRow):
    """HSDS language: spoken or interpreted at a service, location or phone."""

    __tablename__ = "languages"

    service_id: Mapped[str | None] = optional_reference()
    location_id: Mapped[str | None] = optional_reference()
    phone_id: Mapped[str | None] = optional_reference()
    name: Mapped[str | None]
    code: Mapped[str]
    note: Mapped[str | None]


class Accessibility(EntryRow):
    """HSDS accessibility: one feature of access beyond the location's wheelchair field."""

    __tablename__ = "accessibility"

    location_id: Mapped[str] = reference()
    description: Mapped[str]
    details: Mapped[str | None]
    url: Mapped[str | None]


class CostOption(EntryRow):
    """HSDS cost_option: what a service costs for whom."""

    __tablename__ = "cost_options"

    service_id: Mapped[str] = reference()
    valid_from: Mapped[str | None]
    valid_to: Mapped[str | None]
    option: Mapped[str | None]
    currency: Mapped[str | None]
    amount: Mapped[float | None]
    amount_description: Mapped[str | None]


class TaxonomyTerm(EntryRow):
    """HSDS taxonomy_term: a local term beside the package's catalogue."""

    __tablename__ = "taxonomy_terms"

    code: Mapped[str | None]
    name: Mapped[str]
    description: Mapped[str | None]
    parent_id: Mapped[str | None] = optional_reference()
    taxonomy: Mapped[str | None]
    language: Mapped[str | None]
    term_uri: Mapped[str | None]


class Attribute(EntryRow):
    """HSDS attribute: a term given to an entry."""

    __tablename__ = "attributes"

    link_id: Mapped[str] = reference()
    link_entity: Mapped[str]
    taxonomy_term_id: Mapped[str] = reference()
    value: Mapped[str | None]
    label: Mapped[str | None]
