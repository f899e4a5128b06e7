"""The table of requirement sheets for new-build areas."""

from alembic import op

from store.migrations.columns import entry_id, needed_text, text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "newbuild_sheets",
        entry_id(),
        *needed_text("area_level", "area_id", "title", "sheet"),
        *text("finding", "data_version", "reference_date", "note"),
    )
