"""pg_dump and pg_restore of the program's own schema; the password never stands in a command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.database import PG_SCHEMA
from store.errors import BackupError

if TYPE_CHECKING:
    from sqlalchemy import URL

ATTEMPTS: Final = 5
"""Writers and a restore can block each other; the server then ends one of them."""

_VARIABLES: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "username": "PGUSER",
    "password": "PGPASSWORD",
    "database": "PGDATABASE",
}


def dump(url: URL, file: Path) -> None:
    """Write the schema with everything in it to `file` (custom format)."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={PG_SCHEMA}"]
    _run(url, "pg_dump", [*options, f"--file={file}"])


def load(url: URL, file: Path) -> None:
    """Replace the schema with the one in `file`, in one transaction."""
    try:
        listed = _run(url, "pg_restore", ["--list", str(file)])
    except BackupError as error:
        if error.key == "backup.no_tool":
            raise
        raise BackupError("backup.not_a_backup", name=file.name) from error
    if f" TABLE {PG_SCHEMA} entries " not in listed:
        raise BackupError("backup.not_a_backup", name=file.name)
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _run(url, "pg_restore", [*options, f"--dbname={url.database}", str(file)])
        except BackupError as error:
            if attempt == ATTEMPTS or "deadlock" not in str(error):
                raise
        else:
            return


def _run(url: URL, tool: str, options: list[str]) -> str:
    environment = os.environ | _settings(url)
    command = [_found(tool), "--no-password", *options]
    if "--list" in options:
        command.remove("--no-password")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise BackupError("backup.failed", reason=" / ".join(lines[:3])[:400])
    return done.stdout


def _settings(url: URL) -> dict[str, str]:
    given = url.translate_connect_args() | dict(url.query)
    return {name: str(given[key]) for key, name in _VARIABLES.items() if given.get(key)} | {
        "PGHOST": str(url.query.get("host") or url.host or "")
    }


def _found(tool: str) -> str:
    """Return the newest installed version of a client program."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{tool}"), key=_version, reverse=True)
    found = str(installed[0]) if installed else shutil.which(tool)
    if found is None:
        raise BackupError("backup.no_tool", tool=tool)
    return found


def _version(path: Path) -> int:
    name = path.parent.parent.name
    return int(name) if name.isdigit() else 0
