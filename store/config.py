"""Settings of the store: where the database is and the secret that signs review links.

====================  ===========================================================================
``DATABASE_URL``      ``postgresql+psycopg://USER:PASSWORD@HOST/NAME`` or ``sqlite:///PATH``;
                      without it SQLite in the data folder
``QK_STORE``          data folder; made by the program; default: the user's folder for program data
``QK_SECRET``         secret that signs review links, at least 32 characters; without it the program
                      makes one in the data folder, readable for its user only
====================  ===========================================================================
"""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from geo.folders import DATABASE_NAME, data_folder
from store.errors import StoreError, from_os_error

if TYPE_CHECKING:
    from collections.abc import Mapping

SECRET_NAME: Final = "secret.key"  # noqa: S105 - a file name
MIN_SECRET_LENGTH: Final = 32


def database_url(environ: Mapping[str, str] = os.environ) -> URL:
    """Return the address of the database.

    Raises
    ------
    StoreError
        ``DATABASE_URL`` is neither SQLite nor PostgreSQL.
    """
    given = environ.get("DATABASE_URL", "").strip()
    if not given:
        return URL.create("sqlite", database=str(data_folder(environ) / DATABASE_NAME))
    return checked_url(given)


def checked_url(given: str | URL) -> URL:
    """Return `given` as URL with a driver that is shipped; StoreError for any other kind."""
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise StoreError("store.bad_url", kind="?") from error
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg") or not url.database:
        raise StoreError("store.bad_url", kind=url.drivername)
    return url


def make_folder(folder: Path) -> None:
    """Make `folder` (and its parents) for this user only, if it is not there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise from_os_error(error) from error


def signing_secret(folder: Path, environ: Mapping[str, str] = os.environ) -> bytes:
    """Return the secret that signs review links: from the setting, else from the data folder.

    Several processes that start at once agree on one secret: the file is made exclusively.
    """
    given = environ.get("QK_SECRET", "")
    if given:
        if len(given) < MIN_SECRET_LENGTH:
            raise StoreError("store.secret_short", minimum=MIN_SECRET_LENGTH)
        return given.encode()
    make_folder(folder)
    path = folder / SECRET_NAME
    try:
        return _kept_secret(path)
    except OSError as error:
        raise from_os_error(error) from error


def _kept_secret(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written_secret(path)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_bytes()


def _written_secret(path: Path) -> bytes:
    """Return the secret that another process made, or is writing at this moment."""
    for _ in range(50):
        found = path.read_bytes()
        if len(found) >= MIN_SECRET_LENGTH:
            return found
        time.sleep(0.02)
    raise StoreError("store.secret_short", minimum=MIN_SECRET_LENGTH)
