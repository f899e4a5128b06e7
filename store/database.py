"""The connection to the database: SQLite in the data folder, or PostgreSQL.

SQLite runs in WAL mode with ``synchronous=FULL`` (an acknowledged change survives a power cut),
foreign keys on and a busy timeout; writers begin with ``BEGIN IMMEDIATE``, so that two of them
never find out at commit that both had read first. Tables on PostgreSQL live in an own schema.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from geo.folders import data_folder
from store import config
from store.errors import StoreBusyError, translated
from store.ground import EMPTY, Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUSY_TIMEOUT_S: Final = 30
CONNECT_TIMEOUT_S: Final = 5
PG_SCHEMA: Final = "quartierskarte"
_WRITES: Final = "store_writes"
_WRITING: Final = threading.local()


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """An open database with the data package it lies on top of.

    Attributes
    ----------
    engine
        SQLAlchemy engine; use `read` and `write` instead of connecting by hand.
    ground
        The shipped, read-only data package (`store.ground.Ground`).
    folder
        Data folder (secret; SQLite file unless another one was given).
    local_admin
        Whether the person at this computer (`store.permissions.LOCAL`) is an administrator.
    now
        The clock, in UTC; another one in tests.
    """

    engine: Engine
    ground: Ground
    folder: Path
    local_admin: bool = True
    now: Callable[[], datetime] = field(default=_now)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database; nothing is written."""
        with translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in a write transaction: committed at the end, or undone as a whole.

        The writers of this process to one SQLite file take turns: SQLite itself lets them race, and
        with many of them one can lose again and again until its time is up.
        """
        engine = self.engine.execution_options(**{_WRITES: True})
        with (
            translated(),
            _own_turn(self.engine.url if self.is_sqlite else None),
            engine.connect() as connection,
            connection.begin(),
        ):
            yield connection

    def ping(self) -> None:
        """Ask the database for an answer; StoreUnavailableError (or another StoreError) if not."""
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_store(
    url: str | URL | None = None,
    *,
    ground: Ground = EMPTY,
    folder: Path | None = None,
    local_admin: bool = True,
    migrate: bool = True,
) -> Store:
    """Open the database, making or upgrading its tables if needed.

    Parameters
    ----------
    url
        Address of the database; default: the settings ``DATABASE_URL`` and ``QK_STORE``.
    ground
        The data package underneath (`store.ground.Ground.of_package`).
    folder
        Data folder; default: beside a SQLite file given as `url`, else the setting ``QK_STORE``.
    local_admin
        True where one person uses the program on the own computer; False where people log in.
    migrate
        False: refuse tables of an older version instead of upgrading them.

    Raises
    ------
    StoreError
        The folder cannot be made, the database cannot be reached, or its tables are those of
        another version.
    """
    from store.migrate import ensure_current

    address = config.checked_url(url) if url is not None else config.database_url()
    place = folder or _folder_of(address, given=url is not None)
    store = Store(_engine(address), ground, place, local_admin)
    try:
        ensure_current(store, upgrade=migrate)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def _own_turn(file: URL | None) -> Iterator[None]:
    """Wait for the turn to write to a file; a thread that is writing already made a mistake."""
    if getattr(_WRITING, "on", False):
        raise RuntimeError("a write inside a write: hand the open batch to the function instead of the store")
    turn = _turn_of(str(file)) if file is not None else None
    if turn is not None and not turn.acquire(timeout=BUSY_TIMEOUT_S):
        raise StoreBusyError("store.busy")
    _WRITING.on = True
    try:
        yield
    finally:
        _WRITING.on = False
        if turn is not None:
            turn.release()


@lru_cache(maxsize=1024)
def _turn_of(_file: str) -> threading.Lock:
    return threading.Lock()


def _folder_of(address: URL, *, given: bool) -> Path:
    if given and address.get_backend_name() == "sqlite" and address.database != ":memory:":
        return Path(str(address.database)).absolute().parent
    return data_folder()


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address)
    return create_engine(
        address,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_S,
            "options": f"-c search_path={PG_SCHEMA},public -c lock_timeout={BUSY_TIMEOUT_S}s",
        },
    )


def _sqlite_engine(address: URL) -> Engine:
    config.make_folder(Path(str(address.database)).absolute().parent)
    engine = create_engine(
        address,
        pool_size=10,
        max_overflow=20,
        pool_timeout=BUSY_TIMEOUT_S,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout={BUSY_TIMEOUT_S * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-16000",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
