"""Upgrade the tables, from every version on, in one transaction: killed half-way, nothing happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text
from sqlalchemy.exc import ProgrammingError

from store.database import PG_SCHEMA
from store.errors import SchemaVersionError, StoreError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

    from store.database import Store

HEAD: Final = "0010"
"""Version of the tables that this program works with."""

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 4_711_025_832
"""Number of the lock that lets one process at a time upgrade a PostgreSQL database."""


def current_version(store: Store) -> str | None:
    """Return the version of the tables; None for an empty database."""
    with store.read() as connection:
        return _version(connection)


def ensure_current(store: Store, *, upgrade: bool = True) -> None:
    """Upgrade the tables to `HEAD` if they are older or missing.

    Raises
    ------
    SchemaVersionError
        They are newer than the program, or older and `upgrade` is false.
    StoreError
        The server has no PostGIS.
    """
    found = current_version(store)
    if found == HEAD:
        return
    if found is not None and found not in versions():
        raise SchemaVersionError("store.schema_newer", found=found)
    if not upgrade:
        raise SchemaVersionError("store.schema_missing", found=found)
    upgrade_to(store, HEAD)


def upgrade_to(store: Store, version: str) -> None:
    """Upgrade the tables to `version` in one transaction."""
    from alembic import command

    with store.write() as connection:
        if not store.is_sqlite:
            _prepare_postgres(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def versions() -> tuple[str, ...]:
    """Return all versions of the tables, the first one first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config())
    return tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _prepare_postgres(connection: Connection) -> None:
    """Wait for another upgrade, make the schema, and make sure that PostGIS is there."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {PG_SCHEMA}"))
    asked = text("SELECT installed_version FROM pg_available_extensions WHERE name = 'postgis'")
    found = connection.execute(asked).first()
    if found is None:
        raise StoreError("store.no_postgis")
    if found.installed_version is None:
        try:
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public"))
        except ProgrammingError as error:  # only an administrator may
            raise StoreError("store.no_postgis") from error
