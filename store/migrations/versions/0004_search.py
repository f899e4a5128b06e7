"""Search index: words of added entries; full-text table (SQLite) or word vector (PostgreSQL)."""

import sqlalchemy as sa
from alembic import op

from store.migrations.columns import ID, NUMBER, needed_text, text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_table(
        "search_entries",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("id", ID, nullable=False, unique=True),
        *needed_text("resource", "title", "folded_title"),
        *text("kind"),
        sa.Column("district_id", sa.Integer(), nullable=True),
        *needed_text("text"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _full_text_table()
    else:
        op.execute(
            "ALTER TABLE search_entries ADD COLUMN words tsvector NOT NULL "
            "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED"
        )
        op.execute("CREATE INDEX ix_search_entries_words ON search_entries USING gin (words)")


def _full_text_table() -> None:
    """Make an FTS5 table over ``text`` that triggers keep up to date."""
    gone = "INSERT INTO search_fts (search_fts, rowid, text) VALUES ('delete', old.number, old.text)"
    new = "INSERT INTO search_fts (rowid, text) VALUES (new.number, new.text)"
    op.execute(
        "CREATE VIRTUAL TABLE search_fts USING fts5("
        "text, content='search_entries', content_rowid='number', "
        "tokenize='unicode61 remove_diacritics 0', prefix='2 3', detail='none')"
    )
    op.execute(f"CREATE TRIGGER search_added AFTER INSERT ON search_entries BEGIN {new}; END")
    op.execute(f"CREATE TRIGGER search_gone AFTER DELETE ON search_entries BEGIN {gone}; END")
    op.execute(f"CREATE TRIGGER search_changed AFTER UPDATE ON search_entries BEGIN {gone}; {new}; END")
