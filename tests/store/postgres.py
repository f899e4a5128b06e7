"""A throw-away PostgreSQL server: own folder, own port, no password, only on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

from sqlalchemy import URL

SUPERUSER = "postgres"
OWNER = "quartier"
"""The program's user on the server: may make tables, but is no administrator."""
TEMPLATE = "store_template"


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
        settings = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} -c max_connections=120"
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", "60", "-o", settings, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def make_template(self, fill) -> None:
        """Make the database that `new_database` copies; `fill` gets its address."""
        self.sql("postgres", f"CREATE ROLE {OWNER} LOGIN")
        self.sql("postgres", f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
        self.sql(TEMPLATE, "CREATE EXTENSION postgis SCHEMA public")
        fill(self.url(TEMPLATE))

    def new_database(self, name: str) -> URL:
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {OWNER}")
        return self.url(name)

    def empty_database(self, name: str, *, postgis: bool = True) -> URL:
        self.sql("postgres", f"CREATE DATABASE {name} OWNER {OWNER}")
        if postgis:
            self.sql(name, "CREATE EXTENSION postgis SCHEMA public")
        return self.url(name)

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
