"""Entries, patches, change log, batches, accounts, review links, revision."""

import sqlalchemy as sa
from alembic import op

from store.migrations.columns import ID, NUMBER, entry_reference, needed_text, text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the one row that counts transactions."""
    op.create_table(
        "batches",
        sa.Column("id", ID, primary_key=True),
        *needed_text("label", "created_at", "created_by"),
        *text("undone_at", "undone_by"),
        sa.Column("undone_in", ID, sa.ForeignKey("batches.id"), nullable=True),
    )
    op.create_table(
        "entries",
        sa.Column("id", ID, primary_key=True),
        *needed_text("resource", "origin"),
        sa.Column("version", sa.Integer(), nullable=False),
        *needed_text("created_at"),
        sa.Column("position", sa.Integer(), nullable=False),
        *needed_text("created_by", "updated_at", "updated_by"),
        *text("retired_at", "retired_reason", "last_confirmed", "confirmed_by"),
        *text("request_digest", "ground_row", "ground_version"),
        entry_reference("batch_id", needed=False, target="batches.id"),
    )
    op.create_index("ix_entries_resource_origin", "entries", ["resource", "origin"])
    op.create_table(
        "patches",
        sa.Column("entry_id", ID, sa.ForeignKey("entries.id"), primary_key=True),
        sa.Column("field", sa.Text(), primary_key=True),
        *text("value", "ground_value"),
        *needed_text("ground_version"),
    )
    op.create_table(
        "metadata",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=True),
        *needed_text("resource_type"),
        sa.Column("resource_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *needed_text("last_action_date", "last_action_type", "field_name"),
        *text("previous_value", "replacement_value"),
        *needed_text("updated_by"),
        entry_reference("batch_id", needed=False, target="batches.id"),
    )
    op.create_index("ix_metadata_resource_id_number", "metadata", ["resource_id", "number"])
    _people()
    revision_table = op.create_table(
        "revision",
        sa.Column("only", sa.Boolean(), primary_key=True),
        sa.Column("number", NUMBER, nullable=False),
    )
    op.bulk_insert(revision_table, [{"only": True, "number": 0}])


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("subject", sa.Text(), primary_key=True),
        *needed_text("role"),
        *text("label"),
        *needed_text("changed_at", "changed_by"),
    )
    op.create_table(
        "review_links",
        sa.Column("id", ID, primary_key=True),
        entry_reference("organization_id", needed=True),
        *needed_text("created_at", "created_by", "expires_at"),
        *text("revoked_at", "revoked_by"),
    )
