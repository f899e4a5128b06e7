"""Tables of the German profile."""

import sqlalchemy as sa
from alembic import op

from store.migrations.columns import entry_id, entry_reference, needed_text, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contact_areas",
        entry_id(),
        entry_reference("contact_id", needed=True),
        *text("area_level", "area_id", "topic", "language", "note"),
    )
    op.create_table(
        "organization_roles",
        entry_id(),
        entry_reference("organization_id", needed=True),
        *needed_text("role"),
        *text("target_groups", "target_group_text", "area_level", "area_ids", "area_text", "evidence_url", "date"),
        *needed_text("basis"),
        *text("note"),
    )
    op.create_table(
        "instruments",
        entry_id(),
        *needed_text("name", "kind"),
        *text(
            "purpose",
            "area_level",
            "district_ids",
            "area_text",
            "responsible_office",
            "eligible",
            "amount",
            "status_text",
        ),
        *needed_text("usable", "source"),
        *text("source_date", "note"),
        entry_reference("organization_id", needed=False),
    )
    op.create_table(
        "committees",
        entry_id(),
        *needed_text("name", "kind", "level"),
        *text(
            "borough_ids",
            "district_ids",
            "tasks",
            "members_text",
            "meeting_place",
            "office_address",
            "office_phone",
            "office_email",
            "status_text",
        ),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        *needed_text("source"),
        *text("source_date", "note"),
        entry_reference("organization_id", needed=False),
    )
    op.create_table(
        "committee_members",
        entry_id(),
        entry_reference("committee_id", needed=True),
        entry_reference("organization_id", needed=False),
        *needed_text("member_name"),
        *text("member_role"),
        *needed_text("source"),
        *text("source_date", "note"),
    )
    op.create_table(
        "networks",
        entry_id(),
        *needed_text("name", "kind"),
        *text("area_text", "district_ids"),
        *needed_text("source"),
        *text("source_date"),
    )
    op.create_table(
        "network_members",
        entry_id(),
        entry_reference("network_id", needed=True),
        entry_reference("organization_id", needed=False),
        *needed_text("member_name"),
        *text("member_role"),
        *needed_text("source"),
        *text("source_date", "note"),
    )
    op.create_table(
        "offered_resources",
        entry_id(),
        entry_reference("organization_id", needed=True),
        entry_reference("location_id", needed=False),
        *needed_text("resource_type", "name"),
        *text("description"),
        sa.Column("quantity", sa.Double(), nullable=True),
        *text("unit", "conditions", "available_text", "area_level", "area_ids"),
        *needed_text("source"),
        *text("source_date", "note"),
    )
    op.create_table(
        "observations",
        entry_id(),
        *needed_text("subject"),
        *text("subject_value"),
        entry_reference("organization_id", needed=False),
        *text("target_group", "area_level", "area_id"),
        *needed_text("state", "source"),
        *text("reference_date", "note"),
    )
    op.create_table(
        "inventory_statements",
        entry_id(),
        *needed_text("facility_kind", "area_level", "area_id", "state"),
        sa.Column("known_count", sa.Integer(), nullable=True),
        sa.Column("expected_count", sa.Double(), nullable=True),
        *text("expected_note", "reference_date"),
        *needed_text("source"),
        *text("note"),
    )
