"""Short words for the columns of a migration; published migrations rely on them: never change one."""

from typing import Any

import sqlalchemy as sa

ID = sa.String(36)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def entry_id() -> sa.Column[Any]:
    """Return the identifier of an added row: an entry."""
    return sa.Column("id", ID, sa.ForeignKey("entries.id"), primary_key=True)


def text(*names: str) -> list[sa.Column[Any]]:
    """Return columns of text that may be unknown."""
    return [sa.Column(name, sa.Text(), nullable=True) for name in names]


def needed_text(*names: str) -> list[sa.Column[Any]]:
    """Return columns of text that is always there."""
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def entry_reference(name: str, *, needed: bool, target: str = "entries.id") -> sa.Column[Any]:
    """Return a reference to an entry."""
    return sa.Column(name, ID, sa.ForeignKey(target), nullable=not needed, index=True)
