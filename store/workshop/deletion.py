"""Deletion: on its day a session goes with everything that hangs on it, and nothing of it stays in the file.

SQLite overwrites what is deleted (``secure_delete``, see `store.database`) and its log is emptied; PostgreSQL vacuums
the tables. Backups are files of the operator: one that is older holds what was there then, until it is opened.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, select, text, update

from store.database import PG_SCHEMA
from store.errors import StoreError, translated
from store.models import (
    WorkshopGroup,
    WorkshopHost,
    WorkshopNote,
    WorkshopOutcome,
    WorkshopParticipant,
    WorkshopSession,
    WorkshopVote,
)
from store.workshop.access import is_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from store.database import Store

_LOG = logging.getLogger(__name__)
_HANGING: Final = (
    WorkshopOutcome,
    WorkshopVote,
    WorkshopNote,
    WorkshopGroup,
    WorkshopParticipant,
    WorkshopHost,
)
"""Tables of what hangs on a session, in an order in which nothing refers to what is gone."""


def purge_due(store: Store) -> int:
    """Delete the sessions whose day of deletion has come, and return how many.

    It is no act of a person: anybody may ask for it, at a start, now and then, and before a session is opened.
    """
    due = select(WorkshopSession.id).where(~is_kept(store))
    with store.read() as connection:
        if not connection.execute(due).first():
            return 0
    with store.write() as connection:
        found = list(connection.execute(due).scalars())
        erase(connection, found)
    tidy(store)
    return len(found)


def erase(connection: Connection, session_ids: Sequence[str]) -> None:
    """Delete sessions and everything that hangs on them; plan entries stay."""
    for session_id in session_ids:
        locked = update(WorkshopSession).where(WorkshopSession.id == session_id)
        connection.execute(locked.values(number=WorkshopSession.number + 1))
        for table in _HANGING:
            connection.execute(delete(table).where(table.session_id == session_id))
        connection.execute(delete(WorkshopSession).where(WorkshopSession.id == session_id))


def tidy(store: Store) -> None:
    """Take what was deleted out of the database's files too; if somebody is reading, the next time does it."""
    try:
        with translated():
            _empty_log(store) if store.is_sqlite else _vacuum(store)
    except StoreError:
        _LOG.warning("deleted, but the files are tidied later", exc_info=True)


def _empty_log(store: Store) -> None:
    raw = store.engine.raw_connection()
    try:
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _vacuum(store: Store) -> None:
    names = ", ".join(f"{PG_SCHEMA}.{model.__tablename__}" for model in (*_HANGING, WorkshopSession))
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM {names}"))
