"""How many a service can take at a location, and in which unit."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; empty = unknown."""
    op.add_column("services_at_location", sa.Column("capacity", sa.Double(), nullable=True))
    op.add_column("services_at_location", sa.Column("capacity_unit", sa.Text(), nullable=True))
