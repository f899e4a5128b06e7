"""Who may do what: accounts with a role, and review links of organisations.

An account is the pseudonymous subject of a login; no name, no address.
"""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import ID_LENGTH, Base


class Account(Base):
    """A login and its role; a login without a row here may do nothing."""

    __tablename__ = "accounts"

    subject: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    label: Mapped[str | None]
    """A function or office, shown in the history instead of the subject."""
    changed_at: Mapped[str]
    changed_by: Mapped[str]


class ReviewLink(Base):
    """A link that lets one organisation confirm or correct its own entries until it expires."""

    __tablename__ = "review_links"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    organization_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("entries.id"), index=True)
    created_at: Mapped[str]
    created_by: Mapped[str]
    expires_at: Mapped[str]
    revoked_at: Mapped[str | None]
    revoked_by: Mapped[str | None]
