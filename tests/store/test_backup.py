"""Backup and restore under load, proven equal; the command line."""

from __future__ import annotations

import subprocess
import threading

import pytest
from sqlalchemy import make_url

from store import LOCAL, accounts, backup, check, create, create_many, open_store, restore, retire, update, view
from store import __main__ as command_line
from store.check import fingerprint
from store.database import Store, _engine
from store.errors import BackupError, StoreError, StoreReadOnlyError
from store.ground import EMPTY
from store.migrate import HEAD, upgrade_to
from tests.factories import uid

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(store, local):
    """Return a store with a bit of everything."""
    made = create(store, local, "organizations", {"name": "Sülze 🍅 \u202e rtl", "note": "a\nb\tc"})
    create_many(store, local, "locations", [{"name": f"Ort {n}", "kind": "library"} for n in range(20)])
    update(store, local, "locations", uid("Schule Süd"), {"needs_check": True, "coordinate_error_m": 0.1}, version=0)
    retire(store, local, "organizations", made.id, version=1, reason="x")
    return store


def test_what_is_restored_is_equal(filled, local, data_folder):
    before = fingerprint(filled)
    tables = {name: view(filled, name).to_json() for name in ("locations", "organizations")}
    backup(filled, data_folder / "sicherung")
    create(filled, local, "organizations", {"name": "danach"})
    assert fingerprint(filled) != before
    restore(filled, data_folder / "sicherung")
    assert fingerprint(filled) == before
    assert {name: view(filled, name).to_json() for name in tables} == tables
    assert check.faults(filled) == []
    create(filled, local, "organizations", {"name": "geht weiter"})


def test_a_backup_under_load_is_one_moment(filled, local, data_folder, opened):
    """Every entry of a pair is written in one transaction: a backup has both or none."""
    stop, acknowledged, errors = threading.Event(), [], []

    def work():
        try:
            while not stop.is_set():
                acknowledged.append(create_many(filled, local, "organizations", [{"name": "a"}, {"name": "b"}]))
        except StoreError as error:  # a restore may end a transaction of the server
            errors.append(error)

    writer = threading.Thread(target=work)
    writer.start()
    while len(acknowledged) < 5:
        stop.wait(0.01)
    known = {key for pair in list(acknowledged) for key in pair}
    backup(filled, data_folder / "unter-last")
    while len(acknowledged) < len(known) / 2 + 3:
        stop.wait(0.01)
    restore(filled, data_folder / "unter-last")
    stop.set()
    writer.join()
    assert check.faults(filled) == []
    names = view(filled, "organizations")
    assert known <= set(names["id"])
    assert names["name"].tolist().count("a") == names["name"].tolist().count("b")
    assert len(errors) <= 1
    create(filled, local, "organizations", {"name": "geht weiter"})


def test_a_backup_file_is_never_overwritten_or_half(filled, data_folder):
    target = data_folder / "da"
    target.write_text("wichtig")
    with pytest.raises(BackupError, match="exists already"):
        backup(filled, target)
    assert target.read_text() == "wichtig"
    with pytest.raises(StoreReadOnlyError, match="may only be read"):
        backup(filled, data_folder / "da" / "drin")
    assert [path.name for path in data_folder.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize(
    "content", [b"", b"kein Archiv", b"PGDMP" + b"\x00" * 500, b"SQLite format 3\x00" + b"\x00" * 5000]
)
def test_what_is_no_backup_changes_nothing(filled, data_folder, content):
    before = fingerprint(filled)
    (data_folder / "falsch").write_bytes(content)
    with pytest.raises(BackupError, match="no backup of this program"):
        restore(filled, data_folder / "falsch")
    with pytest.raises(BackupError):
        restore(filled, data_folder / "fehlt")
    assert fingerprint(filled) == before


def test_a_damaged_backup_changes_nothing(filled, data_folder):
    backup(filled, data_folder / "gut")
    content = bytearray((data_folder / "gut").read_bytes())
    middle = len(content) // 2
    content[middle : middle + 3000] = b"\xff" * 3000
    (data_folder / "schlecht").write_bytes(bytes(content[:-1000]))
    before = fingerprint(filled)
    with pytest.raises(BackupError):
        restore(filled, data_folder / "schlecht")
    assert fingerprint(filled) == before


def test_a_backup_of_an_older_program_is_upgraded(data_folder, sqlite_path, local):

    old = Store(_engine(make_url(f"sqlite:///{data_folder}/alt.sqlite")), EMPTY, data_folder)
    upgrade_to(old, "0003")
    backup(old, data_folder / "alte-sicherung")
    old.close()
    store = open_store(f"sqlite:///{sqlite_path}")
    restore(store, data_folder / "alte-sicherung")
    create(store, local, "organizations", {"name": "neu"})
    store.close()


def open_url(path):
    from sqlalchemy import URL

    return URL.create("sqlite", database=str(path))


def test_sqlite_keeps_what_was_there_before_a_restore(data_folder, sqlite_path, local):
    store = open_store(f"sqlite:///{sqlite_path}")
    backup(store, data_folder / "leer")
    create(store, local, "organizations", {"name": "verloren?"})
    restore(store, data_folder / "leer")
    assert len(view(store, "organizations")) == 0
    restore(store, sqlite_path.with_name(sqlite_path.name + ".before-restore"))
    assert view(store, "organizations")["name"].tolist() == ["verloren?"]
    store.close()


@pytest.fixture
def run(database, data_folder, monkeypatch, capsys):
    """Return a function that runs a command and gives exit code, output and errors."""
    monkeypatch.setenv("DATABASE_URL", database.render_as_string(hide_password=False))
    monkeypatch.setenv("QK_STORE", str(data_folder))

    def command(*arguments):
        code = command_line.main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return command


def test_the_commands_of_an_operator(run, filled, data_folder):
    code, out, _ = run("check")
    assert code == 0
    assert f"version {HEAD}" in out
    assert "locations: 21\n" in out
    assert out.endswith("in order\n")
    assert run("backup", data_folder / "b")[0] == 0
    assert run("migrate")[:2] == (0, f"tables: version {HEAD}\n")
    code, restored, _ = run("restore", data_folder / "b")
    assert (code, restored) == (0, out)
    code, _, errors = run("backup", data_folder / "b")
    assert code == 1
    assert "exists already" in errors
    assert "Traceback" not in errors


def test_the_first_administrator_is_made_on_the_command_line(run, opened):
    assert run("grant", "sub-1", "admin")[0] == 0
    assert [(one.subject, one.role) for one in accounts(opened(), LOCAL)] == [("sub-1", "admin")]
    code, _, errors = run("grant", "sub-1", "king")
    assert code == 1
    assert "viewer, contributor, editor, admin" in errors
    assert run("grant", "sub-1", "none")[0] == 0
    assert accounts(opened(), LOCAL) == []


def test_check_finds_what_is_broken(run, filled):
    with filled.write() as connection:
        if filled.is_sqlite:
            connection.exec_driver_sql("DELETE FROM locations WHERE name = 'Ort 3'")
        else:
            connection.exec_driver_sql("DELETE FROM quartierskarte.locations WHERE name = 'Ort 3'")
    code, out, errors = run("check")
    assert code == 1
    assert out.endswith("damaged\n")
    assert errors == "1 entries of locations have no row.\n"


def test_a_wrong_command_says_how_to_use_it(run):
    with pytest.raises(SystemExit) as error:
        run("destroy")
    assert error.value.code == 2


def test_the_data_folder_is_made_by_the_program(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("QK_STORE", str(tmp_path / "neu" / "tief"))
    assert command_line.main(["migrate"]) == 0
    assert (tmp_path / "neu" / "tief" / "quartierskarte.sqlite").exists()
    assert (tmp_path / "neu" / "tief").stat().st_mode & 0o077 == 0
    capsys.readouterr()


@pytest.mark.postgres
def test_the_password_is_in_no_command_line(monkeypatch):
    from sqlalchemy import make_url

    from store import backup_postgres

    seen = {}

    def pretend(command, *, env, **_more):
        seen.update(command=command, env=env)
        return subprocess.CompletedProcess(command, 1, "", "nein")

    monkeypatch.setattr(backup_postgres.subprocess, "run", pretend)
    with pytest.raises(BackupError, match="nein"):
        backup_postgres.dump(make_url("postgresql+psycopg://u:geheim@db.example/q"), "file")
    assert seen["env"]["PGPASSWORD"] == "geheim"
    assert not any("geheim" in part for part in seen["command"])
