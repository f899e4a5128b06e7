"""PostGIS point of every added place in metres (EPSG:25832), for maps and queries beside the program.

SQLite has longitude and latitude only: the program reads those on both databases.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the generated column and its spatial index on PostgreSQL."""
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute(
        "ALTER TABLE locations ADD COLUMN point public.geometry(Point, 25832) GENERATED ALWAYS AS "
        "(public.ST_Transform(public.ST_SetSRID(public.ST_MakePoint(lon, lat), 4326), 25832)) STORED"
    )
    op.execute("CREATE INDEX ix_locations_point ON locations USING gist (point)")
