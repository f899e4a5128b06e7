"""Tables of the workshop: sessions, host links, participants, groups, notes, votes, outcomes."""

import sqlalchemy as sa
from alembic import op

from store.migrations.columns import ID, needed_text, text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "workshop_sessions",
        _id(),
        *needed_text("code", "title", "question", "area_level", "area_id", "area_name", "categories"),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        *needed_text("consent_text", "languages"),
        *_counts("dots"),
        *needed_text("moderation", "phase"),
        sa.Column("deletion_date", sa.Text(), nullable=False, index=True),
        *needed_text("created_at", "created_by"),
        *_counts("version", "number"),
        sa.UniqueConstraint("code", name="uq_workshop_sessions_code"),
    )
    op.create_table(
        "workshop_hosts",
        _id(),
        _session(),
        *needed_text("secret_hash", "created_at", "created_by", "expires_at"),
        *text("revoked_at"),
    )
    op.create_table(
        "workshop_participants",
        _id(),
        _session(),
        *needed_text("secret_hash"),
        *text("language", "age_group", "district_id"),
        *needed_text("joined_at"),
    )
    op.create_table(
        "workshop_groups",
        _id(),
        _session(),
        *needed_text("title"),
        *_counts("paper_dots"),
        *needed_text("created_at"),
        *_counts("version"),
    )
    _notes_and_votes()
    op.create_table(
        "workshop_outcomes",
        _id(),
        _session(),
        sa.Column("note_id", ID, sa.ForeignKey("workshop_notes.id"), nullable=True),
        sa.Column("group_id", ID, sa.ForeignKey("workshop_groups.id"), nullable=True),
        *needed_text("resource"),
        sa.Column("entry_id", ID, sa.ForeignKey("entries.id"), nullable=False, index=True),
        *needed_text("created_at", "created_by"),
    )


def _notes_and_votes() -> None:
    op.create_table(
        "workshop_notes",
        _id(),
        sa.Column("session_id", ID, sa.ForeignKey("workshop_sessions.id"), nullable=False),
        sa.Column("participant_id", ID, sa.ForeignKey("workshop_participants.id"), nullable=True, index=True),
        *needed_text("category", "text"),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        *text("grid_code", "sticker"),
        *needed_text("state"),
        sa.Column("was_shown", sa.Boolean(), nullable=False),
        sa.Column("group_id", ID, sa.ForeignKey("workshop_groups.id"), nullable=True, index=True),
        *needed_text("channel"),
        *_counts("paper_dots"),
        *needed_text("created_at"),
        *_counts("version", "number"),
        *needed_text("digest"),
    )
    op.create_index("ix_workshop_notes_session_id_number", "workshop_notes", ["session_id", "number"])
    op.create_table(
        "workshop_votes",
        sa.Column("participant_id", ID, sa.ForeignKey("workshop_participants.id"), primary_key=True),
        sa.Column("target_id", ID, primary_key=True),
        _session(),
        *needed_text("target_kind"),
        *_counts("dots"),
    )


def _id() -> sa.Column[str]:
    return sa.Column("id", ID, primary_key=True)


def _session() -> sa.Column[str]:
    return sa.Column("session_id", ID, sa.ForeignKey("workshop_sessions.id"), nullable=False, index=True)


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
