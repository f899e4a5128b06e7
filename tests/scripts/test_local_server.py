"""Starting servers and finding the browser, for tests, measurements and screenshots."""

import socket
import subprocess
import sys

import pytest

from scripts import chromium, serve

pytestmark = pytest.mark.slow


def test_a_free_port_can_be_used():
    with socket.socket() as server:
        server.bind(("127.0.0.1", serve.free_port()))


def test_a_server_that_died_is_not_waited_for():
    with subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process:
        process.wait()
        with pytest.raises(RuntimeError, match="code 3"):
            serve.wait_for("http://127.0.0.1:1", process)


def test_a_silent_server_is_given_up():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        with pytest.raises(TimeoutError, match=r"'http://127\.0\.0\.1:1'"):
            serve.wait_for("http://127.0.0.1:1", process, seconds=0.2)
        serve.stop(process)
        assert process.returncode is not None


def test_a_script_that_does_not_exist_is_said_with_what_the_server_printed(tmp_path):
    with pytest.raises(RuntimeError, match=r"missing\.py"), serve.serve(tmp_path / "missing.py"):
        pass


def test_a_script_lies_beside_the_static_files(tmp_path, root):
    script = serve.lay_out("x = 1", tmp_path)
    assert script.read_text() == "x = 1"
    assert (tmp_path / "static" / "vendor").is_dir() == (root / "static" / "vendor").is_dir()


def test_the_named_browser_comes_first(monkeypatch, tmp_path):
    named = tmp_path / "chrome"
    named.touch()
    monkeypatch.setenv("QK_CHROMIUM", str(named))
    assert chromium.find_chromium() == named


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another(monkeypatch, tmp_path):
    monkeypatch.setenv("QK_CHROMIUM", str(tmp_path / "missing"))
    assert chromium.find_chromium() is None
    with pytest.raises(FileNotFoundError, match="apt-get install chromium"), chromium.chromium():
        pass


def test_without_any_browser_there_is_none(monkeypatch):
    monkeypatch.delenv("QK_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    assert chromium.find_chromium() is None
