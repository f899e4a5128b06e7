"""start.py: two commands on a bare machine."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

import start

_HEALTHY_SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass

port = next(int(word.split("=")[1]) for word in sys.argv if word.startswith("--server.port="))
HTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A project folder with pins but without an environment, and a record of what would be run."""
    (tmp_path / "requirements.txt").write_text("a==1\n")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    calls = []

    def call(command, **_):
        calls.append("venv" if "venv" in command else "pip")
        if "venv" in command:
            start.venv_python().parent.mkdir(parents=True, exist_ok=True)
            start.venv_python().touch()
        return 0

    monkeypatch.setattr(start.subprocess, "call", call)
    return tmp_path, calls


def test_it_can_be_read_by_pythons_that_are_too_old(root):
    ast.parse((root / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_it_imports_the_standard_library_only(root):
    tree = ast.parse((root / "start.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {getattr(node, "module", None) or node.names[0].name for node in imports}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_old_python_is_told_which_one_to_use(monkeypatch):
    monkeypatch.setattr(start.shutil, "which", lambda name: name if name == "python3.12" else None)
    with pytest.raises(SystemExit, match=r"3\.10\.4(.|\n)*python3\.12 start\.py"):
        start.check_python((3, 10, 4))


def test_an_old_python_without_a_newer_one_is_told_where_to_get_it(monkeypatch):
    monkeypatch.setattr(start.shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match=r"python\.org"):
        start.check_python((3, 9, 0))


def test_the_oldest_supported_python_is_the_one_of_the_project(root):
    assert 'requires-python = ">=3.11"' in (root / "pyproject.toml").read_text(encoding="utf-8")
    assert start.OLDEST_PYTHON == (3, 11)
    start.check_python((3, 11, 0))


@pytest.mark.parametrize(("language", "word"), [("de_DE.UTF-8", "läuft"), ("en_GB.UTF-8", "running"), ("C", "running")])
def test_it_speaks_the_language_of_the_machine(monkeypatch, language, word):
    monkeypatch.setenv("LC_ALL", language)
    assert word in start.text("ready", url="http://127.0.0.1:1")


def test_every_sentence_has_the_same_values_in_both_languages():
    fields = {key: [sentence.count("{") for sentence in both] for key, both in start.TEXTS.items()}
    assert all(german == english for german, english in fields.values())


def test_the_environment_is_where_each_system_has_it(tmp_path):
    assert start.venv_python(tmp_path, windows=False) == tmp_path / "bin" / "python"
    assert start.venv_python(tmp_path, windows=True) == tmp_path / "Scripts" / "python.exe"


def test_the_first_start_installs_and_the_second_does_nothing(house):
    _, calls = house
    start.install("requirements.txt")
    assert calls == ["venv", "pip"]
    start.install("requirements.txt")
    assert calls == ["venv", "pip"]


def test_changed_pins_are_installed_into_the_same_environment(house):
    folder, calls = house
    start.install("requirements.txt")
    (folder / "requirements.txt").write_text("a==2\n")
    start.install("requirements.txt")
    assert calls == ["venv", "pip", "pip"]


def test_another_python_version_gets_a_new_environment(house, monkeypatch):
    _, calls = house
    start.install("requirements.txt")
    monkeypatch.setattr(start.sys, "version_info", (3, 99, 0))
    start.install("requirements.txt")
    assert calls == ["venv", "pip", "venv", "pip"]


def test_an_environment_that_somebody_else_made_is_kept(house):
    _, calls = house
    start.make_environment()
    start.install("requirements.txt")
    assert calls == ["venv", "pip"]


@pytest.mark.parametrize("broken", ["venv", "pip"])
def test_an_interrupted_installation_is_made_anew(house, monkeypatch, broken):
    _, calls = house
    whole = start.subprocess.call

    def interrupted(command, **options):
        if ("venv" in command) == (broken == "venv"):
            raise KeyboardInterrupt
        return whole(command, **options)

    monkeypatch.setattr(start.subprocess, "call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start.install("requirements.txt")
    calls.clear()
    monkeypatch.setattr(start.subprocess, "call", whole)
    start.install("requirements.txt")
    assert calls == ["venv", "pip"]


def test_a_failed_installation_says_so_and_is_not_taken_for_done(house, monkeypatch):
    folder, _ = house
    monkeypatch.setattr(start.subprocess, "call", lambda command, **_: 0 if "venv" in command else 1)
    with pytest.raises(SystemExit, match=start.text("install_failed")[:30]):
        start.install("requirements.txt")
    assert not list(folder.rglob("*.stamp"))


def test_a_python_without_ensurepip_is_told_the_package(house, monkeypatch):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        start.install("requirements.txt")


def test_a_workshop_lets_phones_in_and_keeps_the_host(monkeypatch):
    asked = []
    monkeypatch.setenv("QK_LOCAL_ADMIN", "")
    monkeypatch.setattr(start, "install", lambda _name: None)
    monkeypatch.setattr(start, "choose_port", lambda _host, port: port)
    monkeypatch.setattr(
        start, "run", lambda host, port, **_options: asked.append((host, port, os.environ["QK_LOCAL_ADMIN"])) or 0
    )
    assert start.main(["--workshop", "--no-browser"]) == 0
    assert start.main(["--no-browser"]) == 0
    assert asked == [("0.0.0.0", 8501, "1"), ("127.0.0.1", 8501, "1")]


def test_a_taken_port_leads_to_the_next_free_one(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        free = start.choose_port("127.0.0.1", port)
    assert port < free < port + start.PORTS_TO_TRY
    assert str(free) in capsys.readouterr().out


def test_no_free_port_is_said(monkeypatch):
    monkeypatch.setattr(start, "is_free", lambda *_: False)
    with pytest.raises(SystemExit, match=r"65530.*65535"):
        start.choose_port("127.0.0.1", 65530)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("karte.example", "http://karte.example:80"),
    ],
)
def test_the_printed_address_can_be_opened(host, expected):
    assert start.address(host, 80) == expected


def test_a_server_that_dies_ends_the_start(monkeypatch, tmp_path):
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setattr(start, "server_command", lambda *_: [sys.executable, "-c", "raise SystemExit(7)"])
    with pytest.raises(SystemExit, match="7"):
        start.run("127.0.0.1", 1, browser=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory, root):
    """A real folder with a hard name, empty pins, and stand-ins for the server and pytest."""
    folder = tmp_path_factory.mktemp("Karte für alle – Kopie")
    shutil.copy(root / "start.py", folder)
    for name in ("requirements.txt", "requirements-dev.txt"):
        (folder / name).write_text("# nothing\n")
    (folder / "streamlit").mkdir()
    (folder / "streamlit" / "__main__.py").write_text(_HEALTHY_SERVER)
    (folder / "pytest.py").write_text("import sys, os; print('tests', sys.argv[1:], os.getcwd()); sys.exit(3)")
    return folder


@contextmanager
def _start(copy, *arguments):
    command = [sys.executable, str(copy / "start.py"), *arguments]
    environment = {**os.environ, "LC_ALL": "en_GB.UTF-8", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command,
        cwd="/",
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        preexec_fn=_ignore_interrupts,  # noqa: PLW1509 -- one signal; so does a shell with a background job
    )
    try:
        yield process
        process.wait(timeout=20)
    finally:
        process.kill()
        process.communicate()


def _address(process):
    line = next(line for line in process.stdout if "http://" in line)
    return line.split()[-1]


_POSIX = pytest.mark.skipif(os.name == "nt", reason="Ctrl+C cannot be sent to one process there")


def _ignore_interrupts():
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@_POSIX
@pytest.mark.slow
def test_a_real_start_serves_and_stops_cleanly_and_the_second_is_quick(copy):
    for seconds, stopping in ((120, signal.SIGINT), (5, signal.SIGTERM)):
        before = time.monotonic()
        with _start(copy, "--no-browser", "--port", "18501") as process:
            url = _address(process)
            took = time.monotonic() - before
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.read() == b"ok"
            process.send_signal(stopping)
            assert process.wait(timeout=20) == 0
        assert took < seconds
    assert not (copy / ".venv-unfinished").exists()


@_POSIX
def test_the_test_command_hands_its_arguments_and_exit_code_on(copy):
    with _start(copy, "test", "-k", "some thing") as process:
        output = process.stdout.read()
    assert f"tests ['-n', 'auto', '--dist', 'loadgroup', '-k', 'some thing'] {copy}" in output
    assert process.returncode == 3
