"""Acknowledged means stored: many writers, kill -9, full disk, read-only folder, stopped server."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest
from sqlalchemy import func, select

from store import EMPTY, batch, create, history, open_store, update, view
from store.check import faults
from store.errors import (
    RequestReusedError,
    StoreBusyError,
    StoreFullError,
    StoreReadOnlyError,
    StoreUnavailableError,
)
from store.models import EntryState
from tests.store import children
from tests.store.postgres import MAIN

pytestmark = pytest.mark.slow

PROCESSES, THREADS, WRITES = 4, 5, 100
KILLS = 100


def address(url):
    return url.render_as_string(hide_password=False)


def versions_of(store):
    """Return version by identifier of everything that was added."""
    with store.read() as connection:
        rows = connection.execute(select(EntryState.id, EntryState.version).where(EntryState.origin == "added"))
        return {row.id: row.version for row in rows}


def test_twenty_writers_lose_nothing(store, database, data_folder):
    started = [
        children.start(children.write_many, address(database), str(data_folder), THREADS, WRITES)
        for _ in range(PROCESSES)
    ]
    acknowledged = [write for _, pipe in started for write in pipe.recv()]
    for child, pipe in started:
        child.join(30)
        pipe.close()
        assert child.exitcode == 0
    assert len(acknowledged) == PROCESSES * THREADS * WRITES
    found = versions_of(store)
    lost = [write for write in acknowledged if found.get(write[0], 0) < write[1]]
    assert lost == []
    assert set(found.values()) == {2}
    assert len(view(store, "organizations")) == 3 + len(found)
    assert faults(store) == []


def test_nothing_acknowledged_is_lost_by_kill_9(store, database, data_folder, local):
    dice = random.Random(4711)  # noqa: S311 - no secret
    entries, batches = {}, {}
    for _ in range(KILLS if store.is_sqlite else max(KILLS // 5, 1)):
        child, pipe = children.start(children.write_until_killed, address(database), str(data_folder))
        for _ in range(dice.randint(1, 8)):
            _note(pipe.recv(), entries, batches)
        time.sleep(dice.uniform(0, 0.02))
        os.kill(child.pid, signal.SIGKILL)
        child.join(30)
        _note_rest(pipe, entries, batches)
        assert child.exitcode == -signal.SIGKILL
    found = versions_of(store)
    assert [key for key, version in entries.items() if found.get(key, 0) < version] == []
    with store.read() as connection:
        asked = select(EntryState.batch_id, func.count()).where(EntryState.batch_id.is_not(None))
        sizes = dict(connection.execute(asked.group_by(EntryState.batch_id)).all())
    assert set(sizes.values()) <= {children.BATCH_SIZE}  # whole or not at all
    assert batches.keys() <= sizes.keys()
    for key, version in list(entries.items())[-20:]:
        assert [step.version for step in history(store, local, "organizations", key)][:version] == [1, 2][:version]
    assert faults(store) == []
    create(store, local, "organizations", {"name": "geht weiter"})


def _note(message, entries, batches):
    kind, key, number = message
    (entries if kind == "entry" else batches)[key] = number


def _note_rest(pipe, entries, batches):
    """Take what was acknowledged before the kill reached the process."""
    try:
        while pipe.poll(0.01):
            _note(pipe.recv(), entries, batches)
    except EOFError:
        pass
    pipe.close()


def test_a_full_disk_is_named_and_leaves_no_half_record(data_folder, sqlite_path, local):
    child, pipe = children.start(children.fill_up, f"sqlite:///{sqlite_path}", str(data_folder), 200_000)
    acknowledged, error = pipe.recv()
    child.join(30)
    pipe.close()
    assert isinstance(error, StoreFullError)
    assert "no space left" in error.message
    store = open_store(f"sqlite:///{sqlite_path}")
    assert len(acknowledged) > 3
    assert set(versions_of(store)) == set(acknowledged)  # those before, and the one after there was space again
    assert faults(store) == []
    store.close()


def test_a_full_file_system_is_named(tmp_path, sqlite_template, local):
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", place], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small file system needs an administrator")
    try:
        shutil.copy(sqlite_template, place / "store.sqlite")
        store = open_store(f"sqlite:///{place}/store.sqlite")
        acknowledged = []

        def fill():
            while len(acknowledged) < 500:
                made = create(store, local, "organizations", {"name": "x", "note": "x" * 9000})
                acknowledged.append(made.id)

        with pytest.raises(StoreFullError):
            fill()
        assert set(versions_of(store)) == set(acknowledged)
        store.close()
        (copy := tmp_path / "copy.sqlite").write_bytes((place / "store.sqlite").read_bytes())
        wal = place / "store.sqlite-wal"
        if wal.exists():
            (tmp_path / "copy.sqlite-wal").write_bytes(wal.read_bytes())
        saved = open_store(f"sqlite:///{copy}")
        assert set(versions_of(saved)) == set(acknowledged)
        assert faults(saved) == []
        saved.close()
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("opened_before", [True, False])
def test_a_read_only_folder_is_named(data_folder, sqlite_path, opened_before):
    sqlite_path.chmod(0o644)
    data_folder.chmod(0o755)
    if os.geteuid() != 0:
        sqlite_path.chmod(0o444)
        data_folder.chmod(0o555)
    child, pipe = children.start(_as_nobody, f"sqlite:///{sqlite_path}", str(data_folder), opened_before)
    error = pipe.recv()
    child.join(30)
    pipe.close()
    data_folder.chmod(0o700)
    sqlite_path.chmod(0o600)
    assert isinstance(error, StoreReadOnlyError)
    assert "only be read" in error.message
    store = open_store(f"sqlite:///{sqlite_path}")
    assert len(versions_of(store)) == int(opened_before and os.geteuid() == 0)
    assert faults(store) == []
    store.close()


def _as_nobody(pipe, url, folder, opened_before):
    children.write_as_nobody(pipe, url, folder, opened_before=opened_before and os.geteuid() == 0)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreReadOnlyError):
        open_store(f"sqlite:///{tmp_path}/file/store.sqlite")


def test_a_database_that_others_hold_too_long_is_busy(sqlite_path, local, monkeypatch):
    monkeypatch.setattr("store.database.BUSY_TIMEOUT_S", 1)
    store = open_store(f"sqlite:///{sqlite_path}")
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match="busy"):
        create(store, local, "organizations", {"name": "x"})
    assert len(view(store, "organizations")) == 0  # reading goes on
    other.execute("ROLLBACK")
    other.close()
    create(store, local, "organizations", {"name": "x"})
    store.close()


@pytest.mark.postgres
def test_a_server_that_may_only_be_read_is_named(server, data_folder, local):
    url = server.emptied()
    store = open_store(url, folder=data_folder)
    server.sql("postgres", f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    try:
        store.close()  # new connections get the setting
        with pytest.raises(StoreReadOnlyError):
            create(store, local, "organizations", {"name": "x"})
    finally:
        server.sql("postgres", f"ALTER DATABASE {url.database} RESET default_transaction_read_only")
        store.close()


@pytest.mark.postgres
def test_after_ten_seconds_without_the_server_everything_goes_on(server, data_folder, local):
    store = open_store(server.emptied(), folder=data_folder)
    form = {"name": "Formular", "note": "lange getippt"}
    before = create(store, local, "organizations", {"name": "vorher"})
    server.stop()
    stopped = time.monotonic()
    while time.monotonic() - stopped < 10:
        begun = time.monotonic()
        with pytest.raises(StoreUnavailableError, match="cannot be reached"):
            create(store, local, "organizations", form, key="form")
        with pytest.raises(StoreUnavailableError):
            view(store, "organizations")
        with pytest.raises(StoreUnavailableError):
            store.ping()
        assert time.monotonic() - begun < 10
        time.sleep(1)
    server.start()
    store.ping()
    saved = create(store, local, "organizations", form, key="form")
    assert create(store, local, "organizations", form, key="form").id == saved.id
    assert update(store, local, "organizations", before.id, {"note": "n"}, version=1).version == 2
    assert view(store, "organizations")["name"].tolist() == ["vorher", "Formular"]
    with pytest.raises(RequestReusedError):
        create(store, local, "organizations", {"name": "anders"}, key="form")
    assert faults(store) == []
    store.close()


def test_a_write_inside_a_write_is_a_mistake_not_a_wait(store, local):
    def forgotten():
        with batch(store, local, "x") as target:
            assert target.store is store
            create(store, local, "organizations", {"name": "x"})

    with pytest.raises(RuntimeError, match="hand the open batch"):
        forgotten()
    create(store, local, "organizations", {"name": "geht weiter"})


def test_the_settings_that_make_sqlite_safe_are_on(sqlite_path):
    store = open_store(f"sqlite:///{sqlite_path}", ground=EMPTY)
    with store.read() as connection:
        on = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert on == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    store.close()


@pytest.mark.postgres
def test_a_full_disk_of_the_database_server_is_named_and_leaves_no_half_record(server, ground, data_folder, local):
    store = open_store(server.emptied(), ground=ground, folder=data_folder)
    full = (
        "CREATE FUNCTION quartierskarte.full() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$; "
        "CREATE TRIGGER full_disk BEFORE INSERT ON quartierskarte.metadata EXECUTE FUNCTION quartierskarte.full()"
    )
    server.sql(MAIN, full)
    try:
        with pytest.raises(StoreFullError, match="no space left"):
            create(store, local, "organizations", {"name": "Zu viel"})
        server.sql(MAIN, "DROP FUNCTION quartierskarte.full() CASCADE")
        assert "Zu viel" not in set(view(store, "organizations")["name"])
        assert server.sql(MAIN, "SELECT count(*) FROM quartierskarte.entries") == "0\n"
        create(store, local, "organizations", {"name": "Wieder Platz"})
        assert "Wieder Platz" in set(view(store, "organizations")["name"])
    finally:
        server.sql(MAIN, "DROP FUNCTION IF EXISTS quartierskarte.full() CASCADE")
        store.close()
