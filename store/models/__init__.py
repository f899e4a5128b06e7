"""The tables of the store, split by concept; `MODELS` maps a resource's name to its model."""

from types import MappingProxyType
from typing import Final

from store.models.base import Base, EntryRow
from store.models.contact import Contact, ContactArea, Phone, Schedule
from store.models.core import (
    Location,
    Organization,
    OrganizationAtLocation,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from store.models.detail import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    TaxonomyTerm,
)
from store.models.ledger import BatchRow, Change, EntryState, Patch, Revision
from store.models.newbuild import NewbuildSheet
from store.models.people import Account, ReviewLink
from store.models.plan import Goal, Idea, Milestone, Need, NotedGap, PlanLink, PlanStep
from store.models.profile import (
    Committee,
    CommitteeMember,
    Instrument,
    InventoryStatement,
    Network,
    NetworkMember,
    Observation,
    OfferedResource,
    OrganizationRole,
)
from store.models.quarter import Quarter
from store.models.search import SearchRow
from store.models.workshop import (
    WorkshopGroup,
    WorkshopHost,
    WorkshopNote,
    WorkshopOutcome,
    WorkshopParticipant,
    WorkshopSession,
    WorkshopVote,
)

__all__ = [
    "MODELS",
    "Accessibility",
    "Account",
    "Address",
    "Attribute",
    "Base",
    "BatchRow",
    "Change",
    "Committee",
    "CommitteeMember",
    "Contact",
    "ContactArea",
    "CostOption",
    "EntryRow",
    "EntryState",
    "Goal",
    "Idea",
    "Instrument",
    "InventoryStatement",
    "Language",
    "Location",
    "Milestone",
    "Need",
    "Network",
    "NetworkMember",
    "NewbuildSheet",
    "NotedGap",
    "Observation",
    "OfferedResource",
    "Organization",
    "OrganizationAtLocation",
    "OrganizationRole",
    "Patch",
    "Phone",
    "PlanLink",
    "PlanStep",
    "Quarter",
    "ReviewLink",
    "Revision",
    "Schedule",
    "SearchRow",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "TaxonomyTerm",
    "WorkshopGroup",
    "WorkshopHost",
    "WorkshopNote",
    "WorkshopOutcome",
    "WorkshopParticipant",
    "WorkshopSession",
    "WorkshopVote",
]

MODELS: Final = MappingProxyType({model.__tablename__: model for model in EntryRow.__subclasses__()})
"""Resource name (= table name) → model, for everything that people may edit."""
