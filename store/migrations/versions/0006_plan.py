"""Tables of the plan: noted gaps, needs, ideas, goals, steps, milestones and what came of what."""

import sqlalchemy as sa
from alembic import op

from store.migrations.columns import entry_id, entry_reference, needed_text, text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "noted_gaps",
        entry_id(),
        *needed_text("area_level", "area_id", "title", "facility_kind"),
        *text("target_group", "verdict", "finding", "parameters", "data_version", "reference_date", "note"),
    )
    for name in ("needs", "ideas"):
        op.create_table(
            name,
            entry_id(),
            *needed_text("area_level", "area_id", "title"),
            *text("description", "topic", "target_groups"),
            *needed_text("status", "origin"),
            *text("origin_note", "reference_date"),
        )
    op.create_table(
        "goals",
        entry_id(),
        *needed_text("area_level", "area_id", "topic", "title"),
        *text("description", "indicator", "indicator_text", "unit"),
        sa.Column("baseline", sa.Double(), nullable=True),
        *text("baseline_date"),
        sa.Column("target_value", sa.Double(), nullable=True),
        *text("target_date"),
        sa.Column("current_value", sa.Double(), nullable=True),
        *text("current_date"),
        *needed_text("status"),
        *text("note"),
    )
    op.create_table(
        "steps",
        entry_id(),
        *needed_text("area_level", "area_id", "title"),
        *text("description", "topic"),
        entry_reference("organization_id", needed=False),
        *text("partners", "resources_text", "start_date", "end_date"),
        *needed_text("status", "origin"),
        *text("origin_note", "example_step", "note"),
    )
    op.create_table(
        "milestones",
        entry_id(),
        *needed_text("area_level", "area_id", "kind"),
        *text("title", "planned_date", "done_date"),
        entry_reference("organization_id", needed=False),
        *text("note"),
    )
    op.create_table(
        "plan_links",
        entry_id(),
        *needed_text("from_entity"),
        entry_reference("from_id", needed=True),
        *needed_text("to_entity"),
        entry_reference("to_id", needed=True),
    )
