"""HSDS organization, service, location and what ties them together.

Columns are those of the data package's schemas (``geo/schemas``) plus the fields of the profile
(``store/schemas``); ``docs/hsds-profile.md`` maps them to HSDS 3.
"""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow, optional_reference, reference


class Organization(EntryRow):
    """HSDS organization: who acts or operates."""

    __tablename__ = "organizations"

    name: Mapped[str]
    organization_type: Mapped[str]
    category: Mapped[str | None]
    parent_organization_id: Mapped[str | None] = optional_reference()
    is_actor: Mapped[bool]
    address: Mapped[str | None]
    postal_code: Mapped[str | None]
    district_id: Mapped[int | None]
    website: Mapped[str | None]
    email: Mapped[str | None]
    target_groups: Mapped[str | None]
    target_group_text: Mapped[str | None]
    topics_text: Mapped[str | None]
    status_text: Mapped[str | None]
    needs_check: Mapped[bool]
    source: Mapped[str]
    source_licence: Mapped[str | None]
    source_date: Mapped[str | None]
    note: Mapped[str | None]
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]
    legal_status: Mapped[str | None]


class Location(EntryRow):
    """HSDS location with its main address: a place on the map, or one whose place is unknown."""

    __tablename__ = "locations"

    name: Mapped[str]
    kind: Mapped[str]
    organization_id: Mapped[str | None] = optional_reference()
    street: Mapped[str | None]
    house_number: Mapped[str | None]
    postal_code: Mapped[str | None]
    city: Mapped[str | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    coordinate_quality: Mapped[str]
    coordinate_error_m: Mapped[float | None]
    coordinate_method: Mapped[str | None]
    district_id: Mapped[int | None]
    district_source: Mapped[str | None]
    wheelchair: Mapped[str | None]
    wheelchair_note: Mapped[str | None]
    languages: Mapped[str | None]
    description: Mapped[str | None]
    website: Mapped[str | None]
    needs_check: Mapped[bool]
    source: Mapped[str]
    source_licence: Mapped[str | None]
    source_date: Mapped[str | None]
    source_id: Mapped[str | None]
    note: Mapped[str | None]
    alternate_name: Mapped[str | None]
    transportation: Mapped[str | None]


class Service(EntryRow):
    """HSDS service: what is offered, for whom."""

    __tablename__ = "services"

    organization_id: Mapped[str | None] = optional_reference()
    name: Mapped[str]
    kind: Mapped[str]
    target_groups: Mapped[str | None]
    target_group_text: Mapped[str | None]
    description: Mapped[str | None]
    languages: Mapped[str | None]
    source: Mapped[str]
    source_date: Mapped[str | None]
    alternate_name: Mapped[str | None]
    status: Mapped[str | None]
    url: Mapped[str | None]
    email: Mapped[str | None]
    application_process: Mapped[str | None]
    fees_description: Mapped[str | None]
    wait_time: Mapped[str | None]
    eligibility_description: Mapped[str | None]
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]


class ServiceAtLocation(EntryRow):
    """HSDS service_at_location: which service is offered where."""

    __tablename__ = "services_at_location"

    service_id: Mapped[str] = reference()
    location_id: Mapped[str] = reference()
    capacity: Mapped[float | None]
    capacity_unit: Mapped[str | None]
    description: Mapped[str | None]


class OrganizationAtLocation(EntryRow):
    """Profile: which organisation runs, or acts at, which location."""

    __tablename__ = "organizations_at_location"

    organization_id: Mapped[str] = reference()
    location_id: Mapped[str] = reference()
    relation: Mapped[str]


class ServiceArea(EntryRow):
    """HSDS service_area: a named working area of an organisation or of one of its services."""

    __tablename__ = "service_areas"

    organization_id: Mapped[str] = reference()
    area_level: Mapped[str | None]
    area_id: Mapped[str | None]
    area_text: Mapped[str]
    service_id: Mapped[str | None] = optional_reference()
