"""Databases to test on: SQLite in a new folder, and a PostgreSQL server that the tests start themselves.

The tiny city of `tests.factories` is the data package underneath.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import URL

from geo.sources import open_package
from store import LOCAL, Ground, open_store
from tests.factories import write_package
from tests.store.postgres import running

MEMORY = Path("/dev/shm")  # noqa: S108 - folders made in it are for one user only
KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def package_folder(tmp_path_factory):
    """Return the folder of the tiny package."""
    return write_package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def ground(package_folder):
    """Return the ground made of the tiny package."""
    return Ground.of_package(open_package(package_folder))


@pytest.fixture(scope="session")
def server():
    """Start a PostgreSQL server with PostGIS for this run; skip where it is not installed."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """Return an empty SQLite database with all tables, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def data_folder(tmp_path):
    """Return an empty data folder, in memory where the system has that: a commit waits for no disk."""
    folder = Path(tempfile.mkdtemp(prefix="qk-", dir=MEMORY if MEMORY.is_dir() else tmp_path))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=KINDS)
def database(request, data_folder) -> URL:
    """Return the address of a database with all tables and nothing in them."""
    if request.param == "sqlite":
        path = data_folder / "store.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return URL.create("sqlite", database=str(path))
    return request.getfixturevalue("server").emptied()


@pytest.fixture
def opened(database, ground, data_folder):
    """Return a function that opens the test's database; everything is closed at the end."""
    stores = []

    def again(**settings):
        given = {"ground": ground, "folder": data_folder} | settings
        stores.append(open_store(database, **given))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened):
    """Return an open store on the tiny package."""
    return opened()


@pytest.fixture
def sqlite_path(data_folder, sqlite_template) -> Path:
    """Return a new SQLite file with all tables, for what only SQLite has."""
    path = data_folder / "only.sqlite"
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture
def local():
    """Return the person at this computer."""
    return LOCAL
