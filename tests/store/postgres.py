"""A throw-away PostgreSQL server: own folder, own port, no password, only on this machine."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL

from store import open_store
from store.models import Base

SUPERUSER = "postgres"
OWNER = "quartier"
"""The program's user on the server: may make tables, but is no administrator."""
MEMORY = Path("/dev/shm")  # noqa: S108 - folders made in it are for one user only
MAIN = "store"
EMPTY = "store_empty"
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
PR_SET_PDEATHSIG = 1
_FIRST_REVISION = "INSERT INTO quartierskarte.revision VALUES (true, 0)"


def binaries() -> Path | None:
    """Return the folder of the server's programs; None without server or PostGIS."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        version = folder.parent.name
        postgis = Path(f"/usr/share/postgresql/{version}/extension/postgis.control")
        if (folder / "initdb").exists() and postgis.exists():
            return folder
    return None


class Server:
    """The server; runs as the system's user ``postgres`` when the tests run as root."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self._user = SUPERUSER if os.geteuid() == 0 else None

    def start(self) -> None:
        if not self.data.exists():
            if self._user:
                shutil.chown(self.folder, self._user)
            self._run("initdb", "-D", self.data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = ["listen_addresses=127.0.0.1", "fsync=off", "max_wal_size=128MB", "max_connections=120"]
        options = [part for setting in settings for part in ("-c", setting)]
        command = [self.programs / "postgres", "-D", self.data, "-p", str(self.port), "-k", self.folder, *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                user=self._user,
                cwd="/",
                env=ENVIRONMENT,
                stderr=log,
                preexec_fn=_end_with_the_tests,  # noqa: PLW1509 - calls the system only
            )
        self._run("pg_isready", "-h", "127.0.0.1", "-p", self.port, "-t", "1")

    def stop(self) -> None:
        """Stop at once, as after a fault; nobody's transaction is waited for."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(60)

    def make_template(self) -> None:
        """Make what `new_database` copies: the program's user and an empty database with PostGIS."""
        self.sql("postgres", f"CREATE ROLE {OWNER} LOGIN")
        self.sql("postgres", f"CREATE DATABASE {EMPTY}")
        self.sql(EMPTY, "CREATE EXTENSION postgis SCHEMA public")

    def new_database(self, name: str, *, postgis: bool = True) -> URL:
        """Make an empty database and return its address."""
        template = EMPTY if postgis else "template1"
        self.sql("postgres", f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def emptied(self) -> URL:
        """Return the address of the main database with all tables and nothing in them."""
        tables = ", ".join(f"quartierskarte.{table}" for table in Base.metadata.tables)
        # One program start for both: it takes longer than what they do.
        self.sql(MAIN, f"TRUNCATE {tables} RESTART IDENTITY; {_FIRST_REVISION}")
        return self.url(MAIN)

    def url(self, name: str) -> URL:
        return URL.create("postgresql+psycopg", username=OWNER, host="127.0.0.1", port=self.port, database=name)

    def sql(self, database: str, statement: str) -> str:
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-U", SUPERUSER, "-d", database, "-qAtc", statement]
        return self._run("psql", *options)

    def _run(self, program: str, *arguments: object) -> str:
        command = [str(self.programs / program), *map(str, arguments)]
        for _ in range(200):
            done = subprocess.run(
                command, user=self._user, cwd="/", env=ENVIRONMENT, capture_output=True, text=True, check=False
            )
            if done.returncode == 0:
                return done.stdout
            if program != "pg_isready" and "is being accessed by other users" not in done.stderr:
                break
            time.sleep(0.1)  # it is starting, or a session that filled a template has not ended yet
        log = self.folder / "log"
        raise RuntimeError(f"{program}: {done.stderr}{log.read_text() if log.exists() else ''}")


@contextmanager
def running() -> Iterator[Server]:
    """Start a server with the program's tables until the block ends; skip the test where it is not installed."""
    found = binaries()
    if found is None:
        reason = "PostgreSQL with PostGIS is not installed: apt-get install postgresql-15 postgresql-15-postgis-3"
        if os.environ.get("QK_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tempfile.mkdtemp(prefix="qk-postgres-", dir=MEMORY if MEMORY.is_dir() else None)
    server = Server(found, Path(folder))  # not in pytest's folder, which is for its own user only
    server.start()
    server.make_template()
    open_store(server.new_database(MAIN), folder=server.folder).close()
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def _end_with_the_tests() -> None:
    """Ask Linux to stop the server when the tests end, however they end."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
