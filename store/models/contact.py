"""HSDS contact, phone and schedule; a contact is a function with an area, never a person."""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow, optional_reference, reference


class Contact(EntryRow):
    """HSDS contact: a function that can be asked."""

    __tablename__ = "contacts"

    organization_id: Mapped[str | None] = optional_reference()
    location_id: Mapped[str | None] = optional_reference()
    title_de: Mapped[str]
    service_id: Mapped[str | None] = optional_reference()
    department: Mapped[str | None]
    email: Mapped[str | None]
    is_public: Mapped[bool]
    """Shown and handed on to everybody; false = only people who may read internal fields see it."""


class ContactArea(EntryRow):
    """Profile: what a contact is responsible for (district, topic, language)."""

    __tablename__ = "contact_areas"

    contact_id: Mapped[str] = reference()
    area_level: Mapped[str | None]
    area_id: Mapped[str | None]
    topic: Mapped[str | None]
    language: Mapped[str | None]
    note: Mapped[str | None]


class Phone(EntryRow):
    """HSDS phone of a contact."""

    __tablename__ = "phones"

    contact_id: Mapped[str] = reference()
    number: Mapped[str]
    number_text: Mapped[str | None]
    note: Mapped[str | None]
    source_date: Mapped[str | None]
    extension: Mapped[str | None]
    type: Mapped[str | None]
    is_public: Mapped[bool]


class Schedule(EntryRow):
    """HSDS schedule: opening hours in OSM syntax where they can be expressed, and as text."""

    __tablename__ = "schedules"

    location_id: Mapped[str] = reference()
    opening_hours: Mapped[str | None]
    text: Mapped[str]
    note: Mapped[str | None]
    source_date: Mapped[str | None]
    service_id: Mapped[str | None] = optional_reference()
    valid_from: Mapped[str | None]
    valid_to: Mapped[str | None]
