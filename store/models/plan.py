"""The plan of an area: from a gap over need, idea and goal to the step, with milestones.

An area is a level and an identifier as text: district, borough, city or an own Quartier.
"""

from sqlalchemy.orm import Mapped

from store.models.base import EntryRow, optional_reference, reference


class NotedGap(EntryRow):
    """A gap as the analysis found it on a day: kind and area with the settings it was found with."""

    __tablename__ = "noted_gaps"

    area_level: Mapped[str]
    area_id: Mapped[str]
    title: Mapped[str]
    facility_kind: Mapped[str]
    target_group: Mapped[str | None]
    verdict: Mapped[str | None]
    finding: Mapped[str | None]
    parameters: Mapped[str | None]
    data_version: Mapped[str | None]
    reference_date: Mapped[str | None]
    note: Mapped[str | None]


class Need(EntryRow):
    """What is wanted in an area."""

    __tablename__ = "needs"

    area_level: Mapped[str]
    area_id: Mapped[str]
    title: Mapped[str]
    description: Mapped[str | None]
    topic: Mapped[str | None]
    target_groups: Mapped[str | None]
    status: Mapped[str]
    origin: Mapped[str]
    origin_note: Mapped[str | None]
    reference_date: Mapped[str | None]


class Idea(EntryRow):
    """How a need could be met."""

    __tablename__ = "ideas"

    area_level: Mapped[str]
    area_id: Mapped[str]
    title: Mapped[str]
    description: Mapped[str | None]
    topic: Mapped[str | None]
    target_groups: Mapped[str | None]
    status: Mapped[str]
    origin: Mapped[str]
    origin_note: Mapped[str | None]
    reference_date: Mapped[str | None]


class Goal(EntryRow):
    """A goal with what it is measured by; without an indicator it cannot be measured yet."""

    __tablename__ = "goals"

    area_level: Mapped[str]
    area_id: Mapped[str]
    topic: Mapped[str]
    title: Mapped[str]
    description: Mapped[str | None]
    indicator: Mapped[str | None]
    indicator_text: Mapped[str | None]
    unit: Mapped[str | None]
    baseline: Mapped[float | None]
    baseline_date: Mapped[str | None]
    target_value: Mapped[float | None]
    target_date: Mapped[str | None]
    current_value: Mapped[float | None]
    current_date: Mapped[str | None]
    status: Mapped[str]
    note: Mapped[str | None]


class PlanStep(EntryRow):
    """What is done, by whom, from when to when."""

    __tablename__ = "steps"

    area_level: Mapped[str]
    area_id: Mapped[str]
    title: Mapped[str]
    description: Mapped[str | None]
    topic: Mapped[str | None]
    organization_id: Mapped[str | None] = optional_reference()
    partners: Mapped[str | None]
    resources_text: Mapped[str | None]
    start_date: Mapped[str | None]
    end_date: Mapped[str | None]
    status: Mapped[str]
    origin: Mapped[str]
    origin_note: Mapped[str | None]
    example_step: Mapped[str | None]
    note: Mapped[str | None]


class Milestone(EntryRow):
    """A fixed point on the way to the concept of an area."""

    __tablename__ = "milestones"

    area_level: Mapped[str]
    area_id: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str | None]
    planned_date: Mapped[str | None]
    done_date: Mapped[str | None]
    organization_id: Mapped[str | None] = optional_reference()
    note: Mapped[str | None]


class PlanLink(EntryRow):
    """What came of what: from a gap, need, idea or goal to what followed from it."""

    __tablename__ = "plan_links"

    from_entity: Mapped[str]
    from_id: Mapped[str] = reference()
    to_entity: Mapped[str]
    to_id: Mapped[str] = reference()
