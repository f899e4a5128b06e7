"""The search index of added and changed entries.

SQLite keeps a full-text table (FTS5) over ``text`` beside it, PostgreSQL a generated ``tsvector``
with a GIN index; both are made by the migrations and hold the same words.
"""

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import ID_LENGTH, Base, Number


class SearchRow(Base):
    """Normalised words of one entry that can be found."""

    __tablename__ = "search_entries"

    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True)
    resource: Mapped[str]
    title: Mapped[str]
    """The name as shown."""
    folded_title: Mapped[str]
    """The name's normalised words, for the order of the results."""
    kind: Mapped[str | None]
    district_id: Mapped[int | None] = mapped_column(Integer)
    text: Mapped[str]
    """All normalised words, separated by one blank."""
