"""Workshop sessions: not entries. Nothing here has a change log, so that deletion leaves nothing behind.

``number`` counts the changes of one session: what a projector has seen is told by the largest one.
"""

from sqlalchemy import Boolean, Double, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import ID_LENGTH, Base


def _id() -> Mapped[str]:
    return mapped_column(String(ID_LENGTH), primary_key=True)


def _session() -> Mapped[str]:
    return mapped_column(String(ID_LENGTH), ForeignKey("workshop_sessions.id"), index=True)


class WorkshopSession(Base):
    """One workshop: question, area and rules; deleted with all that hangs on it on ``deletion_date``."""

    __tablename__ = "workshop_sessions"

    id: Mapped[str] = _id()
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    question: Mapped[str]
    area_level: Mapped[str]
    area_id: Mapped[str]
    area_name: Mapped[str]
    categories: Mapped[str]
    anonymous: Mapped[bool] = mapped_column(Boolean)
    consent_text: Mapped[str]
    languages: Mapped[str]
    dots: Mapped[int] = mapped_column(Integer)
    moderation: Mapped[str]
    phase: Mapped[str]
    deletion_date: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[str]
    created_by: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)


class WorkshopHost(Base):
    """A link that lets somebody without a login host one session; only the hash of its secret is kept."""

    __tablename__ = "workshop_hosts"

    id: Mapped[str] = _id()
    session_id: Mapped[str] = _session()
    secret_hash: Mapped[str]
    created_at: Mapped[str]
    created_by: Mapped[str]
    expires_at: Mapped[str]
    revoked_at: Mapped[str | None]


class WorkshopParticipant(Base):
    """A device that joined; no name. What it told about its owner was voluntary."""

    __tablename__ = "workshop_participants"

    id: Mapped[str] = _id()
    session_id: Mapped[str] = _session()
    secret_hash: Mapped[str]
    language: Mapped[str | None]
    age_group: Mapped[str | None]
    district_id: Mapped[str | None]
    joined_at: Mapped[str]


class WorkshopGroup(Base):
    """Notes that say the same."""

    __tablename__ = "workshop_groups"

    id: Mapped[str] = _id()
    session_id: Mapped[str] = _session()
    title: Mapped[str]
    paper_dots: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)


class WorkshopNote(Base):
    """One note; its identifier was made by the device that wrote it."""

    __tablename__ = "workshop_notes"
    __table_args__ = (Index("ix_workshop_notes_session_id_number", "session_id", "number"),)

    id: Mapped[str] = _id()
    session_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("workshop_sessions.id"))
    participant_id: Mapped[str | None] = mapped_column(
        String(ID_LENGTH), ForeignKey("workshop_participants.id"), index=True
    )
    category: Mapped[str]
    text: Mapped[str]
    lon: Mapped[float | None] = mapped_column(Double)
    lat: Mapped[float | None] = mapped_column(Double)
    grid_code: Mapped[str | None]
    sticker: Mapped[str | None]
    state: Mapped[str]
    was_shown: Mapped[bool] = mapped_column(Boolean)
    group_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("workshop_groups.id"), index=True)
    channel: Mapped[str]
    paper_dots: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str]
    """Digest of what the device sent, so that a repeat is told from another note with the same identifier."""


class WorkshopVote(Base):
    """Dots of one participant on one note or group."""

    __tablename__ = "workshop_votes"

    participant_id: Mapped[str] = mapped_column(
        String(ID_LENGTH), ForeignKey("workshop_participants.id"), primary_key=True
    )
    target_id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    session_id: Mapped[str] = _session()
    target_kind: Mapped[str]
    dots: Mapped[int] = mapped_column(Integer)


class WorkshopOutcome(Base):
    """What a note or a group became in the plan; the entry stays when the session is deleted."""

    __tablename__ = "workshop_outcomes"

    id: Mapped[str] = _id()
    session_id: Mapped[str] = _session()
    note_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("workshop_notes.id"))
    group_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("workshop_groups.id"))
    resource: Mapped[str]
    entry_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("entries.id"), index=True)
    created_at: Mapped[str]
    created_by: Mapped[str]
