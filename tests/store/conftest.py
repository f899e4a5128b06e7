"""Databases to test on: SQLite in a new folder, and a PostgreSQL server that the tests start themselves.

The tiny city of `tests.factories` is the data package underneath.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import URL

from geo.sources import open_package
from store import LOCAL, Ground, open_store
from tests.factories import write_package
from tests.store.postgres import Server, binaries

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
_numbers = itertools.count()


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
    found = binaries()
    if found is None:
        reason = "PostgreSQL with PostGIS is not installed: apt-get install postgresql-15 postgresql-15-postgis-3"
        if os.environ.get("QK_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    server = Server(found, Path(tempfile.mkdtemp(prefix="qk-postgres-")))  # pytest's are for root only
    server.start()
    server.make_template(lambda url: open_store(url, folder=server.folder).close())
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """Return an empty SQLite database with all tables, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=KINDS)
def database(request, tmp_path) -> URL:
    """Return the address of a new database with all tables and nothing in them."""
    if request.param == "sqlite":
        path = tmp_path / "data" / "store.sqlite"
        path.parent.mkdir()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return URL.create("sqlite", database=str(path))
    return request.getfixturevalue("server").new_database(f"store_{next(_numbers)}")


@pytest.fixture
def opened(database, ground, tmp_path):
    """Return a function that opens the test's database; everything is closed at the end."""
    stores = []

    def again(**settings):
        given = {"ground": ground, "folder": tmp_path / "data"} | settings
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
def sqlite_path(tmp_path, sqlite_template) -> Path:
    """Return a new SQLite file with all tables, for what only SQLite has."""
    path = tmp_path / "only" / "store.sqlite"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    return path


@pytest.fixture
def local():
    """Return the person at this computer."""
    return LOCAL
