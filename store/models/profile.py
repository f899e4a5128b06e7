"""Extensions of the German profile: roles, structures, instruments, resources, what was observed."""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow, optional_reference, reference


class OrganizationRole(EntryRow):
    """What an actor does in the neighbourhood, with evidence and date."""

    __tablename__ = "organization_roles"

    organization_id: Mapped[str] = reference()
    role: Mapped[str]
    target_groups: Mapped[str | None]
    target_group_text: Mapped[str | None]
    area_level: Mapped[str | None]
    area_ids: Mapped[str | None]
    area_text: Mapped[str | None]
    evidence_url: Mapped[str | None]
    date: Mapped[str | None]
    basis: Mapped[str]
    note: Mapped[str | None]


class Instrument(EntryRow):
    """A means of neighbourhood work, city-wide or of one district."""

    __tablename__ = "instruments"

    name: Mapped[str]
    kind: Mapped[str]
    purpose: Mapped[str | None]
    area_level: Mapped[str | None]
    district_ids: Mapped[str | None]
    area_text: Mapped[str | None]
    responsible_office: Mapped[str | None]
    eligible: Mapped[str | None]
    amount: Mapped[str | None]
    status_text: Mapped[str | None]
    usable: Mapped[str]
    source: Mapped[str]
    source_date: Mapped[str | None]
    note: Mapped[str | None]
    organization_id: Mapped[str | None] = optional_reference()


class Committee(EntryRow):
    """A structure of participation and coordination."""

    __tablename__ = "committees"

    name: Mapped[str]
    kind: Mapped[str]
    level: Mapped[str]
    borough_ids: Mapped[str | None]
    district_ids: Mapped[str | None]
    tasks: Mapped[str | None]
    members_text: Mapped[str | None]
    meeting_place: Mapped[str | None]
    office_address: Mapped[str | None]
    office_phone: Mapped[str | None]
    office_email: Mapped[str | None]
    status_text: Mapped[str | None]
    needs_check: Mapped[bool]
    source: Mapped[str]
    source_date: Mapped[str | None]
    note: Mapped[str | None]
    organization_id: Mapped[str | None] = optional_reference()


class CommitteeMember(EntryRow):
    """An organisation in a committee."""

    __tablename__ = "committee_members"

    committee_id: Mapped[str] = reference()
    organization_id: Mapped[str | None] = optional_reference()
    member_name: Mapped[str]
    member_role: Mapped[str | None]
    source: Mapped[str]
    source_date: Mapped[str | None]
    note: Mapped[str | None]


class Network(EntryRow):
    """A network of organisations."""

    __tablename__ = "networks"

    name: Mapped[str]
    kind: Mapped[str]
    area_text: Mapped[str | None]
    district_ids: Mapped[str | None]
    source: Mapped[str]
    source_date: Mapped[str | None]


class NetworkMember(EntryRow):
    """An organisation in a network."""

    __tablename__ = "network_members"

    network_id: Mapped[str] = reference()
    organization_id: Mapped[str | None] = optional_reference()
    member_name: Mapped[str]
    member_role: Mapped[str | None]
    source: Mapped[str]
    source_date: Mapped[str | None]
    note: Mapped[str | None]


class OfferedResource(EntryRow):
    """A resource or competence that an organisation offers: rooms, volunteers, skills."""

    __tablename__ = "offered_resources"

    organization_id: Mapped[str] = reference()
    location_id: Mapped[str | None] = optional_reference()
    resource_type: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None]
    quantity: Mapped[float | None]
    unit: Mapped[str | None]
    conditions: Mapped[str | None]
    available_text: Mapped[str | None]
    area_level: Mapped[str | None]
    area_ids: Mapped[str | None]
    source: Mapped[str]
    source_date: Mapped[str | None]
    note: Mapped[str | None]


class Observation(EntryRow):
    """Whether something was found: exists, verified none or unknown, with source and date."""

    __tablename__ = "observations"

    subject: Mapped[str]
    subject_value: Mapped[str | None]
    organization_id: Mapped[str | None] = optional_reference()
    target_group: Mapped[str | None]
    area_level: Mapped[str | None]
    area_id: Mapped[str | None]
    state: Mapped[str]
    source: Mapped[str]
    reference_date: Mapped[str | None]
    note: Mapped[str | None]


class InventoryStatement(EntryRow):
    """How complete the known places of a kind are in an area, and as of when."""

    __tablename__ = "inventory_statements"

    facility_kind: Mapped[str]
    area_level: Mapped[str]
    area_id: Mapped[str]
    state: Mapped[str]
    known_count: Mapped[int | None]
    expected_count: Mapped[float | None]
    expected_note: Mapped[str | None]
    reference_date: Mapped[str | None]
    source: Mapped[str]
    note: Mapped[str | None]
