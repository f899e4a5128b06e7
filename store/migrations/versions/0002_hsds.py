"""Tables of HSDS 3."""

import sqlalchemy as sa
from alembic import op

from store.migrations.columns import entry_id, entry_reference, needed_text, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "organizations",
        entry_id(),
        *needed_text("name", "organization_type"),
        *text("category"),
        entry_reference("parent_organization_id", needed=False),
        sa.Column("is_actor", sa.Boolean(), nullable=False),
        *text("address", "postal_code"),
        sa.Column("district_id", sa.Integer(), nullable=True),
        *text("website", "email", "target_groups", "target_group_text", "topics_text", "status_text"),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        *needed_text("source"),
        *text("source_licence", "source_date", "note", "alternate_name", "description", "legal_status"),
    )
    op.create_table(
        "locations",
        entry_id(),
        *needed_text("name", "kind"),
        entry_reference("organization_id", needed=False),
        *text("street", "house_number", "postal_code", "city"),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        *needed_text("coordinate_quality"),
        sa.Column("coordinate_error_m", sa.Double(), nullable=True),
        *text("coordinate_method"),
        sa.Column("district_id", sa.Integer(), nullable=True),
        *text("district_source", "wheelchair", "wheelchair_note", "languages", "description", "website"),
        sa.Column("needs_check", sa.Boolean(), nullable=False),
        *needed_text("source"),
        *text("source_licence", "source_date", "source_id", "note", "alternate_name", "transportation"),
    )
    op.create_table(
        "services",
        entry_id(),
        entry_reference("organization_id", needed=False),
        *needed_text("name", "kind"),
        *text("target_groups", "target_group_text", "description", "languages"),
        *needed_text("source"),
        *text(
            "source_date",
            "alternate_name",
            "status",
            "url",
            "email",
            "application_process",
            "fees_description",
            "wait_time",
            "eligibility_description",
        ),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
    )
    op.create_table(
        "services_at_location",
        entry_id(),
        entry_reference("service_id", needed=True),
        entry_reference("location_id", needed=True),
        *text("description"),
    )
    op.create_table(
        "organizations_at_location",
        entry_id(),
        entry_reference("organization_id", needed=True),
        entry_reference("location_id", needed=True),
        *needed_text("relation"),
    )
    op.create_table(
        "service_areas",
        entry_id(),
        entry_reference("organization_id", needed=True),
        *text("area_level", "area_id"),
        *needed_text("area_text"),
        entry_reference("service_id", needed=False),
    )
    op.create_table(
        "contacts",
        entry_id(),
        entry_reference("organization_id", needed=False),
        entry_reference("location_id", needed=False),
        *needed_text("title_de"),
        entry_reference("service_id", needed=False),
        *text("department", "email"),
        sa.Column("is_public", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "phones",
        entry_id(),
        entry_reference("contact_id", needed=True),
        *needed_text("number"),
        *text("number_text", "note", "source_date", "extension", "type"),
        sa.Column("is_public", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "schedules",
        entry_id(),
        entry_reference("location_id", needed=True),
        *text("opening_hours"),
        *needed_text("text"),
        *text("note", "source_date"),
        entry_reference("service_id", needed=False),
        *text("valid_from", "valid_to"),
    )
    op.create_table(
        "addresses",
        entry_id(),
        entry_reference("location_id", needed=True),
        *text("attention"),
        *needed_text("address_1"),
        *text("address_2"),
        *needed_text("city"),
        *text("state_province"),
        *needed_text("postal_code", "country", "address_type"),
    )
    op.create_table(
        "languages",
        entry_id(),
        entry_reference("service_id", needed=False),
        entry_reference("location_id", needed=False),
        entry_reference("phone_id", needed=False),
        *text("name"),
        *needed_text("code"),
        *text("note"),
    )
    op.create_table(
        "accessibility",
        entry_id(),
        entry_reference("location_id", needed=True),
        *needed_text("description"),
        *text("details", "url"),
    )
    op.create_table(
        "cost_options",
        entry_id(),
        entry_reference("service_id", needed=True),
        *text("valid_from", "valid_to", "option", "currency"),
        sa.Column("amount", sa.Double(), nullable=True),
        *text("amount_description"),
    )
    op.create_table(
        "taxonomy_terms",
        entry_id(),
        *text("code"),
        *needed_text("name"),
        *text("description"),
        entry_reference("parent_id", needed=False),
        *text("taxonomy", "language", "term_uri"),
    )
    op.create_table(
        "attributes",
        entry_id(),
        entry_reference("link_id", needed=True),
        *needed_text("link_entity"),
        entry_reference("taxonomy_term_id", needed=True),
        *text("value", "label"),
    )
