"""A throw-away PostgreSQL server: own folder, own port, no password, only on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from sqlalchemy import URL

from store.models import Base

SUPERUSER = "postgres"
OWNER = "quartier"
"""The program's user on the server: may make tables, but is no administrator."""
MAIN = "store"
EMPTY = "store_empty"


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
        place = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        options = f"{place} -c fsync=off -c max_wal_size=128MB -c max_connections=120"
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", "60", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

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
        self.sql(MAIN, f"TRUNCATE {tables} RESTART IDENTITY")
        self.sql(MAIN, "INSERT INTO quartierskarte.revision VALUES (true, 0)")
        return self.url(MAIN)

    def url(self, name: str) -> URL:
        return URL.create("postgresql+psycopg", username=OWNER, host="127.0.0.1", port=self.port, database=name)

    def sql(self, database: str, statement: str) -> str:
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-U", SUPERUSER, "-d", database, "-qAtc", statement]
        return self._run("psql", *options)

    def _run(self, program: str, *arguments: object) -> str:
        command = [str(self.programs / program), *map(str, arguments)]
        quiet = program == "pg_ctl"  # the server would keep its pipes open
        pipe = subprocess.DEVNULL if quiet else subprocess.PIPE
        environment = {"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
        for _ in range(50):
            done = subprocess.run(
                command, user=self._user, cwd="/", env=environment, stdout=pipe, stderr=pipe, text=True, check=False
            )
            if done.returncode == 0:
                return done.stdout or ""
            if "is being accessed by other users" not in (done.stderr or ""):
                break
            time.sleep(0.1)  # the session that filled the template has not ended yet
        log = self.folder / "log"
        raise RuntimeError(f"{program}: {done.stderr or (log.read_text() if log.exists() else '')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
