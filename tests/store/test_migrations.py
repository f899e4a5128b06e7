"""Every earlier version of the tables is upgraded, also when the upgrade is killed half-way."""

from __future__ import annotations

import os
import signal
import warnings

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, text

from geo.crs import from_lonlat
from store import LOCAL, create, open_store, search
from store.check import faults
from store.database import Store, _engine
from store.errors import SchemaVersionError, StoreDamagedError, StoreError
from store.ground import EMPTY
from store.migrate import HEAD, current_version, ensure_current, upgrade_to, versions
from store.models import Base
from tests.store import children
from tests.store.conftest import KINDS

pytestmark = pytest.mark.slow

# Made beside the models: the full-text table of SQLite, and columns that PostgreSQL computes.
BESIDE = {"search_fts", "search_fts_data", "search_fts_idx", "search_fts_docsize", "search_fts_config"}
COMPUTED = {("search_entries", "words"), ("locations", "point")}


@pytest.fixture(params=KINDS)
def empty(request, data_folder):
    """Return the address of a database without any table."""
    if request.param == "sqlite":
        return URL.create("sqlite", database=str(data_folder / "empty.sqlite"))
    server = request.getfixturevalue("server")
    return server.new_database("empty_" + os.urandom(4).hex())


@pytest.fixture
def unopened(empty, data_folder):
    """Return a function that gives a store on the database without looking at its tables."""
    made = []

    def again():
        made.append(Store(_engine(empty), EMPTY, data_folder))
        return made[-1]

    yield again
    for store in made:
        store.close()


@pytest.fixture
def reopened(empty, data_folder):
    """Return a function that opens the database as the program does."""
    made = []

    def again(**settings):
        made.append(open_store(empty, folder=data_folder, **settings))
        return made[-1]

    yield again
    for store in made:
        store.close()


def differences(store):
    """Return what the tables have and the models do not, or the other way round."""
    with store.read() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Did not recognize type 'geometry'")
        options = {"compare_type": True, "include_name": _is_ours}
        context = MigrationContext.configure(connection, opts=options)
        return [found for found in compare_metadata(context, Base.metadata) if not _is_beside(found)]


def _is_ours(name, kind, _parents):
    return kind != "table" or (name not in BESIDE and name != "spatial_ref_sys")


def _is_beside(found):
    if found[0] == "remove_column":
        return (found[2], found[3].name) in COMPUTED
    return found[0] == "remove_index" and found[1].name in ("ix_search_entries_words", "ix_locations_point")


def test_the_newest_version_is_the_programs(reopened):
    assert versions()[-1] == HEAD
    store = reopened()
    assert current_version(store) == HEAD
    assert differences(store) == []


@pytest.mark.parametrize("version", versions()[:-1])
def test_every_earlier_version_is_upgraded_with_its_content(unopened, reopened, version):
    store = unopened()
    upgrade_to(store, version)
    with store.write() as connection:
        connection.execute(text("INSERT INTO accounts VALUES ('sub', 'editor', 'Amt', '2026-01-01T00:00:00Z', 'x')"))
    store = reopened()
    with store.read() as connection:
        assert connection.execute(text("SELECT role FROM accounts")).scalars().all() == ["editor"]
    assert differences(store) == []
    create(store, LOCAL, "organizations", {"name": "Geht"})
    assert [hit.title for hit in search(store, "geht")] == ["Geht"]


@pytest.mark.parametrize("statements", [1, 12, 60])
def test_an_upgrade_that_is_killed_never_happened_and_the_next_one_works(empty, unopened, statements):
    if statements > 1:
        store = unopened()
        upgrade_to(store, "0001")
        store.close()
    url = empty.render_as_string(hide_password=False)
    child, pipe = children.start(children.upgrade_and_die, url, statements)
    child.join(60)
    pipe.close()
    assert child.exitcode == -signal.SIGKILL
    store = unopened()
    assert current_version(store) == ("0001" if statements > 1 else None)
    ensure_current(store)
    assert differences(store) == []
    assert faults(store) == []


def test_processes_that_start_together_upgrade_once(empty, reopened, data_folder):
    url = empty.render_as_string(hide_password=False)
    started = [children.start(children.open_and_close, url, str(data_folder)) for _ in range(4)]
    assert [pipe.recv() for _, pipe in started] == ["open"] * 4
    for child, pipe in started:
        child.join(30)
        pipe.close()
    store = reopened(migrate=False)
    assert current_version(store) == HEAD


def test_tables_of_a_newer_program_are_left_alone(opened, store):
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaVersionError, match="newer version of the program \\('9999'\\)"):
        opened()
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})


def test_an_upgrade_that_is_not_wanted_is_refused(reopened):
    with pytest.raises(SchemaVersionError, match="python -m store migrate"):
        reopened(migrate=False)


@pytest.mark.postgres
def test_a_server_where_postgis_is_not_switched_on_says_so(server, data_folder):
    url = server.new_database("bare", postgis=False)
    with pytest.raises(StoreError, match="CREATE EXTENSION postgis"):
        open_store(url, folder=data_folder)


@pytest.mark.postgres
def test_postgis_has_the_point_in_metres(server, data_folder):
    store = open_store(server.emptied(), folder=data_folder)
    create(store, LOCAL, "locations", {"name": "A", "kind": "library", "lon": 9.7350, "lat": 52.3700})
    create(store, LOCAL, "locations", {"name": "B", "kind": "library"})
    asked = text("SELECT round(public.ST_X(point)), round(public.ST_Y(point)) FROM locations WHERE lon IS NOT NULL")
    with store.read() as connection:
        x, y = connection.execute(asked).one()
        assert connection.execute(text("SELECT count(*) FROM locations WHERE point IS NULL")).scalar() == 1

    expected = from_lonlat([9.7350], [52.3700])[0]
    assert (x, y) == (round(expected.x), round(expected.y))
    store.close()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_named(data_folder, content):
    path = data_folder / "broken.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreDamagedError, match="damaged or no database"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "postgresql+asyncpg://x/y", "sqlite://", "nonsense", "sqlite+pysqlcipher:///x"]
)
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(StoreError, match="unknown kind"):
        open_store(url)
