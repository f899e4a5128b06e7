"""The tiny city of `tests.factories` as words and content, and a store of its own for each test."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import URL

from exchange.content import content_of_package
from exchange.vocabulary import vocabulary_of
from geo.sources import open_package
from store import Ground, open_store
from tests.factories import write_package


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    return open_package(write_package(tmp_path_factory.mktemp("package")))


@pytest.fixture(scope="session")
def words(package):
    return vocabulary_of(package)


@pytest.fixture(scope="session")
def content(package):
    return content_of_package(package)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def store_of(empty_database, tmp_path):
    """Return a function that opens a new, empty store on a ground (default: none)."""
    opened = []

    def fresh(ground=None):
        path = tmp_path / f"store{len(opened)}" / "store.sqlite"
        path.parent.mkdir()
        shutil.copy(empty_database, path)
        settings = {} if ground is None else {"ground": ground}
        opened.append(open_store(URL.create("sqlite", database=str(path)), **settings))
        return opened[-1]

    yield fresh
    for store in opened:
        store.close()


@pytest.fixture
def store(store_of, package):
    return store_of(Ground.of_package(package))
