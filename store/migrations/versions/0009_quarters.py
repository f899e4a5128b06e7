"""The table of own Quartiere: areas joined from districts or drawn."""

from alembic import op

from store.migrations.columns import entry_id, needed_text, text

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table("quarters", entry_id(), *needed_text("name", "kind"), *text("district_ids", "polygon", "note"))
