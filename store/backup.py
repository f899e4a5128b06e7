"""Backup and restore while people work: SQLite's own backup, or pg_dump and pg_restore.

A backup shows one moment: changes acknowledged before it began are in it. It is written beside its
place and put there when it is complete, so a file with its name is never half a backup.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store import backup_postgres
from store.database import BUSY_TIMEOUT_S
from store.errors import BackupError, from_os_error, translated
from store.migrate import ensure_current, versions
from store.workshop.deletion import purge_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.database import Store

KEPT_SUFFIX: Final = ".before-restore"


def backup(store: Store, file: Path) -> None:
    """Write a backup to `file`, which must not exist.

    Raises
    ------
    BackupError
        The file exists, or PostgreSQL's program is missing or failed.
    StoreFullError, StoreReadOnlyError
        It cannot be written; no part of it is left.
    """
    if file.exists():
        raise BackupError("backup.exists", name=file.name)
    with _draft(file) as draft:
        if store.is_sqlite:
            _copy(_path(store), draft)
            _check_sqlite(draft, file.name)
        else:
            backup_postgres.dump(store.engine.url, draft)
        _sync(draft)
        os.replace(draft, file)  # noqa: PTH105 - atomic on every system


def restore(store: Store, file: Path) -> None:
    """Put the content of a backup in place of the database's, and upgrade its tables if needed.

    Open connections see the restored content from their next transaction on. Workshop sessions whose day of deletion
    has come since do not come back. A SQLite database is
    kept as it was beside itself (``.before-restore``).

    Raises
    ------
    BackupError
        The file is no backup of this kind of database, or damaged; nothing was changed.
    """
    if not file.is_file():
        raise BackupError("backup.not_a_backup", name=file.name)
    if store.is_sqlite:
        _check_sqlite(file, file.name)
        path = _path(store)
        kept = path.with_name(path.name + KEPT_SUFFIX)
        with _draft(kept) as draft:
            _copy(path, draft)
            _copy(file, path)
            os.replace(draft, kept)  # noqa: PTH105 - last: `file` may be the one kept before
    else:
        backup_postgres.load(store.engine.url, file)
    ensure_current(store)
    purge_due(store)


@contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """Yield a name beside `file` to write to; whatever is left there is removed."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with translated():
            file.parent.mkdir(parents=True, exist_ok=True)
            yield draft
    finally:
        for left in (draft, Path(f"{draft}-journal"), Path(f"{draft}-wal"), Path(f"{draft}-shm")):
            with suppress(OSError):
                left.unlink()


def _path(store: Store) -> Path:
    return Path(str(store.engine.url.database)).absolute()


def _copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use into another one, as one transaction of the target."""
    with (
        translated(),
        closing(sqlite3.connect(source, timeout=BUSY_TIMEOUT_S)) as from_connection,
        closing(sqlite3.connect(target, timeout=BUSY_TIMEOUT_S)) as to_connection,
    ):
        from_connection.backup(to_connection)


def _check_sqlite(file: Path, name: str) -> None:
    """Raise BackupError unless `file` is a sound database with tables that this program knows."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT count(*) FROM entries").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError("backup.not_a_backup", name=name) from error
    if not sound or version is None or version[0] not in versions():
        raise BackupError("backup.not_a_backup", name=name)


def _sync(file: Path) -> None:
    """Make sure that the file is on the disk before it gets its name."""
    try:
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
    except OSError as error:
        raise from_os_error(error) from error
