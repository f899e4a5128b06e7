"""Error tree of the store, and the way from a database's exception to it.

Every error carries `key` and `params` like the domain's (`geo.errors.QuartierError`); its texts are
in `store.messages`. What a database says is mapped here, once; no SQL text or value is shown.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from geo.errors import QuartierError, shortened
from store.messages import MESSAGE_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "MESSAGE_KEYS",
    "BackupError",
    "ConflictError",
    "LinkError",
    "NotFoundError",
    "PermissionDeniedError",
    "RequestReusedError",
    "SchemaVersionError",
    "StateError",
    "StoreBusyError",
    "StoreDamagedError",
    "StoreError",
    "StoreFailedError",
    "StoreFullError",
    "StoreReadOnlyError",
    "StoreUnavailableError",
    "ValidationError",
    "message_text",
    "translated",
]


def message_text(key: str, params: dict[str, Any]) -> str:
    """Return the English message of `key` with `params` filled in; KeyError for an unknown key."""
    return MESSAGE_KEYS[key].format(**{name: shortened(value) for name, value in params.items()})


class StoreError(QuartierError):
    """Base of all errors of the store."""

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = dict(params)
        Exception.__init__(self, f"{self.message} {self.remedy}")

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return message_text(self.key, self.params)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        return message_text(f"{self.key}.remedy", self.params)


class StoreUnavailableError(StoreError):
    """The database does not answer; whether a change under way was stored is not known."""


class StoreBusyError(StoreError):
    """Other writers held the database longer than the waiting time; nothing was stored."""


class StoreFullError(StoreError):
    """No space left; nothing was stored."""


class StoreReadOnlyError(StoreError):
    """The folder, file or server may only be read; nothing was stored."""


class StoreDamagedError(StoreError):
    """The file is damaged or no database."""


class StoreFailedError(StoreError):
    """The database refused for another reason; nothing was stored."""


class SchemaVersionError(StoreError):
    """The tables are those of another version of the program."""


class PermissionDeniedError(StoreError):
    """The actor's role, or a link's scope, does not allow the operation."""


class LinkError(StoreError):
    """A review link is forged, expired or withdrawn."""


class NotFoundError(StoreError):
    """No such resource, entry, version, batch or conflict."""


class StateError(StoreError):
    """The entry is not in the state that the operation needs (retired, in use, existing …)."""


class RequestReusedError(StoreError):
    """An idempotency key came again with other content."""


class BackupError(StoreError):
    """A backup could not be made or read."""


class ConflictError(StoreError):
    """Somebody else changed the entry since it was read.

    ``params["current"]`` is the entry as it is now (`store.entry.Entry`), ``params["yours"]`` the
    changes that were not stored: together both versions to choose from.
    """

    @property
    def current(self) -> Any:
        """The entry as it is now."""
        return self.params["current"]

    @property
    def yours(self) -> dict[str, Any]:
        """The changes that were not stored."""
        yours: Any = self.params["yours"]
        return dict(yours)


class ValidationError(StoreError):
    """Values break field rules; ``params["problems"]`` lists all of them at once."""

    @property
    def problems(self) -> tuple[Any, ...]:
        """The `store.validation.FieldProblem` of every value at fault."""
        problems: Any = self.params["problems"]
        return tuple(problems)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLAlchemy and the drivers raise into the errors above."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusyError("store.busy") from error
    except DBAPIError as error:
        raise _translated(error.orig, lost=error.connection_invalidated) from error
    except sqlite3.Error as error:  # while a connection is set up, or during a backup
        raise _translated(error, lost=False) from error
    except SQLAlchemyError as error:
        raise StoreFailedError("store.failed", reason=type(error).__name__) from error
    except OSError as error:
        raise from_os_error(error) from error


def from_os_error(error: OSError) -> StoreError:
    """Return the store's error for a failed file operation."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFullError("store.full")
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR, errno.EEXIST):
        return StoreReadOnlyError("store.read_only")
    return StoreFailedError("store.failed", reason=type(error).__name__)


# SQLite's name of the error (its beginning), or psycopg's class → error and key.
_BY_NAME: tuple[tuple[str, type[StoreError], str], ...] = (
    ("SQLITE_FULL", StoreFullError, "store.full"),
    ("SQLITE_IOERR_WRITE", StoreFullError, "store.full"),
    ("SQLITE_IOERR_SHMSIZE", StoreFullError, "store.full"),
    ("SQLITE_IOERR_TRUNCATE", StoreFullError, "store.full"),
    ("SQLITE_READONLY", StoreReadOnlyError, "store.read_only"),
    ("SQLITE_CANTOPEN", StoreReadOnlyError, "store.read_only"),
    ("SQLITE_PERM", StoreReadOnlyError, "store.read_only"),
    ("SQLITE_BUSY", StoreBusyError, "store.busy"),
    ("SQLITE_LOCKED", StoreBusyError, "store.busy"),
    ("SQLITE_CORRUPT", StoreDamagedError, "store.damaged"),
    ("SQLITE_NOTADB", StoreDamagedError, "store.damaged"),
    ("DiskFull", StoreFullError, "store.full"),
    ("ReadOnlySqlTransaction", StoreReadOnlyError, "store.read_only"),
    ("InsufficientPrivilege", StoreReadOnlyError, "store.read_only"),
    ("LockNotAvailable", StoreBusyError, "store.busy"),
    ("DeadlockDetected", StoreBusyError, "store.busy"),
    ("TooManyConnections", StoreBusyError, "store.busy"),
    ("AdminShutdown", StoreUnavailableError, "store.unavailable"),
    ("CrashShutdown", StoreUnavailableError, "store.unavailable"),
    ("CannotConnectNow", StoreUnavailableError, "store.unavailable"),
    ("OperationalError", StoreUnavailableError, "store.unavailable"),
)


def _translated(error: BaseException | None, *, lost: bool) -> StoreError:
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    for beginning, kind, key in _BY_NAME:
        if name.startswith(beginning):
            return kind(key)
    if lost:
        return StoreUnavailableError("store.unavailable")
    return StoreFailedError("store.failed", reason=name)
