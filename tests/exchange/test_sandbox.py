"""The child process: limits that hold, rights that are gone, names that are only names."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from exchange import sandbox
from exchange.errors import UploadError
from exchange.limits import DEFAULT_LIMITS, MIB
from exchange.sandbox import read_upload, shown_name
from tests.exchange import hostile

pytestmark = pytest.mark.slow

SMALL = b"Name;Ort\nA;B\nC;D\n"


def in_child(tmp_path: Path, code: str) -> str:
    """Run `code` after the child gave up its rights; return what it printed."""
    start = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from exchange import child\n"
        "import socket, sqlite3, subprocess, os\n"
        "child._give_up_rights(__import__('json').loads(sys.argv[3]), sys.argv[2])\n"
        "try:\n    " + code + "\n    print('done')\n"
        "except BaseException as error:\n    print(type(error).__name__)\n"
    )
    limits = json.dumps(DEFAULT_LIMITS.as_dict())
    done = subprocess.run(
        [sys.executable, "-I", "-c", start, sandbox._ROOT, str(tmp_path), limits],
        capture_output=True, text=True, check=True, timeout=20,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "open('/etc/passwd').read()",
        "open('/etc/../etc/hostname')",
        "open(os.path.join(sys.prefix, 'x.txt'), 'w')",
        "sqlite3.connect('/etc/passwd')",
        "sqlite3.connect(':memory:')",
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "socket.getaddrinfo('example.org', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
    ],
)
def test_child_may_not(tmp_path: Path, code: str) -> None:
    assert in_child(tmp_path, code) in ("PermissionError", "OSError", "ConnectionRefusedError")


def test_child_may_work_in_its_own_folder(tmp_path: Path) -> None:
    assert in_child(tmp_path, f"open({str(tmp_path / 'x')!r}, 'w').write('x')") == "done"
    assert in_child(tmp_path, "import shapely") == "done"


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are kept on Linux only")
def test_child_runs_out_of_memory_not_the_server(tmp_path: Path) -> None:
    assert in_child(tmp_path, "bytearray(3 * 1024 ** 3)") == "MemoryError"


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits are kept on Linux only")
def test_memory_limit_is_told_as_such() -> None:
    content = b"[" + b"[]," * 12_000_000 + b"[]]"
    with pytest.raises(UploadError) as caught:
        read_upload(content, "a.json", limits=replace(DEFAULT_LIMITS, memory_bytes=300 * MIB))
    assert caught.value.key == "upload.memory_limit"


def test_time_limit_ends_the_child_and_leaves_others_alone() -> None:
    slow = b"a;b\n" * 16_000_000
    limits = replace(DEFAULT_LIMITS, wall_seconds=3.0, rows=10**9, cells=10**9)
    answers: list[UploadError] = []

    def upload_slow() -> None:
        with pytest.raises(UploadError) as caught:
            read_upload(slow, "a.csv", limits=limits)
        answers.append(caught.value)

    thread = threading.Thread(target=upload_slow)
    thread.start()
    time.sleep(0.3)
    started = time.monotonic()
    assert read_upload(SMALL, "b.csv").format == "csv"
    assert time.monotonic() - started < 2.5
    thread.join(timeout=10)
    assert [answer.key for answer in answers] == ["upload.time_limit"]


def test_cpu_limit_is_told_as_time_limit() -> None:
    limits = replace(DEFAULT_LIMITS, cpu_seconds=1, rows=10**9, cells=10**9)
    with pytest.raises(UploadError) as caught:
        read_upload(b"a;b\n" * 16_000_000, "a.csv", limits=limits)
    assert caught.value.key == "upload.time_limit"


def test_a_third_file_at_once_waits_and_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_AT_ONCE", threading.BoundedSemaphore(1))
    sandbox._AT_ONCE.acquire()
    with pytest.raises(UploadError) as caught:
        read_upload(SMALL, "a.csv", limits=replace(DEFAULT_LIMITS, wall_seconds=0.1))
    assert caught.value.key == "upload.busy"


def test_a_crash_of_the_reader_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_START", "import os; os._exit(7)")
    with pytest.raises(UploadError, match="without an answer"):
        read_upload(SMALL, "a.csv")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.csv", "..\\..\\x.csv", 'a"; rm -rf .csv', "a'\n\x00.csv", "ä" * 400 + ".csv", "=1.csv", ""],
)
def test_file_names_are_only_shown(name: str) -> None:
    upload = read_upload(SMALL, name)
    assert upload.grids[0].rows[1] == ["A", "B"]
    assert "/" not in upload.filename
    assert "\\" not in upload.filename
    assert upload.filename.isprintable()
    assert 0 < len(upload.filename) <= 120


def test_shown_name_keeps_an_ordinary_name() -> None:
    assert shown_name("Begegnungsstätten 2026.xlsx") == "Begegnungsstätten 2026.xlsx"


def test_nothing_is_fetched_for_a_file_that_names_an_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        wfs = hostile.WFS.replace(b"http://127.0.0.1:9/wfs", address.encode())
        rels = hostile.RELS.replace("worksheets/sheet1.xml", address)
        for name, content in (
            ("a.csv", wfs),
            ("a.xlsx", hostile.xlsx(extra={"xl/_rels/workbook.xml.rels": rels})),
            ("a.zip", hostile.zipped({"datapackage.json": json.dumps({"resources": [{"path": address}]})})),
        ):
            with pytest.raises(UploadError):
                read_upload(content, name)
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_environment_of_the_child_has_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://secret@host/db")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    environment = sandbox._environment("folder")
    assert "DATABASE_URL" not in environment
    assert "HTTPS_PROXY" not in environment


@pytest.mark.skipif(sys.platform != "linux", reason="other systems lack some limits and say so")
def test_protection_is_reported() -> None:
    protection = read_upload(SMALL, "a.csv").protection
    assert protection["memory"]
    assert protection["files"]
