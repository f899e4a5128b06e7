"""Bookkeeping of local work: entries with their state, patches, change log, batches, revision.

All points in time are UTC in ISO 8601 text (``2026-11-22T20:11:40.123456Z``), which sorts like time
and is the same on both databases; days are ``YYYY-MM-DD``.
"""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import ID_LENGTH, Base, Number


class BatchRow(Base):
    """Entries written in one transaction, for example an import; can be undone as a whole."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    label: Mapped[str]
    created_at: Mapped[str]
    created_by: Mapped[str]
    undone_at: Mapped[str | None]
    undone_by: Mapped[str | None]
    undone_in: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("batches.id"))


class EntryState(Base):
    """State of one entry: added here (``origin`` = added) or a row of the package (``ground``)."""

    __tablename__ = "entries"
    __table_args__ = (Index("ix_entries_resource_origin", "resource", "origin"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    resource: Mapped[str]
    origin: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[str]
    position: Mapped[int] = mapped_column(Integer)
    """Running number within its transaction, so that the rows of an import keep their order."""
    created_by: Mapped[str]
    updated_at: Mapped[str]
    updated_by: Mapped[str]
    retired_at: Mapped[str | None]
    retired_reason: Mapped[str | None]
    last_confirmed: Mapped[str | None]
    confirmed_by: Mapped[str | None]
    request_digest: Mapped[str | None]
    """Digest of what a form with an idempotency key sent, so that a repeat is told from a reuse."""
    ground_row: Mapped[str | None]
    """The package's row (JSON) when somebody last worked on it; kept if a later package drops it."""
    ground_version: Mapped[str | None]
    batch_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("batches.id"), index=True)


class Patch(Base):
    """A changed field of a row of the package, with the package's value it was made against."""

    __tablename__ = "patches"

    entry_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("entries.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str | None]
    ground_value: Mapped[str | None]
    ground_version: Mapped[str]


class Change(Base):
    """The change log, one row per changed field (HSDS metadata).

    A creation is one row with an empty field name and the whole entry as JSON.
    """

    __tablename__ = "metadata"
    __table_args__ = (Index("ix_metadata_resource_id_number", "resource_id", "number"),)

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    resource_type: Mapped[str]
    resource_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    version: Mapped[int] = mapped_column(Integer)
    last_action_date: Mapped[str]
    last_action_type: Mapped[str]
    field_name: Mapped[str]
    previous_value: Mapped[str | None]
    replacement_value: Mapped[str | None]
    updated_by: Mapped[str]
    batch_id: Mapped[str | None] = mapped_column(String(ID_LENGTH), ForeignKey("batches.id"), index=True)


class Revision(Base):
    """One row that counts acknowledged transactions: the key of every cache of the content."""

    __tablename__ = "revision"

    only: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    number: Mapped[int] = mapped_column(Number)
