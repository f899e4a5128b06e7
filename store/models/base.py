"""What all tables share: the declarative base and the mixin of a row that people may edit."""

from typing import Final

from sqlalchemy import BigInteger, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ID_LENGTH: Final = 36
"""Length of a UUID written with hyphens."""

Number: Final = BigInteger().with_variant(Integer, "sqlite")
"""A running number: 64 bit on both databases (SQLite counts only in INTEGER PRIMARY KEY)."""


class Base(DeclarativeBase):
    """Base of every table. Text is stored without a length limit: limits are field rules."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text}  # noqa: RUF012 - SQLAlchemy's own form


class EntryRow(Base):
    """A row that somebody added: its identifier is an entry, which keeps version and state.

    Rows of the data package are never copied here: what is changed of them are patches.
    """

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("entries.id"), primary_key=True)


def reference() -> Mapped[str]:
    """Return a column that must name an entry."""
    return mapped_column(String(ID_LENGTH), ForeignKey("entries.id"), index=True)


def optional_reference() -> Mapped[str | None]:
    """Return a column that may name an entry; empty = unknown."""
    return mapped_column(String(ID_LENGTH), ForeignKey("entries.id"), index=True, nullable=True)
