"""Run a Streamlit script or ASGI entry on a free local port, for tests, measurements and screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    script: Path, port: int, *, env: Mapping[str, str] | None = None, log: IO[bytes] | int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start Streamlit with the project's configuration; `log` takes what it prints."""
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command += [f"--server.{name}={value}" for name, value in options.items()]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        # As on a user's machine, where Python keeps what it has compiled.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": str(ROOT), **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server, gently first."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], *, seconds: float = 90) -> None:
    """Wait until the server is healthy; RuntimeError when it ended, TimeoutError when it is too slow."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode!r} before it answered")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except OSError:  # refused, or an answer that is no success
            time.sleep(0.05)
    raise TimeoutError(f"{url!r} did not answer within {seconds} seconds")


def lay_out(source: str, folder: Path) -> Path:
    """Write a Streamlit script into `folder` with the project's static files beside it; returns its path."""
    script = folder / "script.py"
    script.write_text(source, encoding="utf-8")
    shutil.copytree(ROOT / "static", folder / "static", dirs_exist_ok=True)
    return script


@contextmanager
def serve(script: Path, *, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve `script` while the block runs; yields the address, e.g. "http://127.0.0.1:54321".

    The server's own output is added to the error when it does not come up.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with TemporaryFile() as log:
        process = start(script, port, env=env, log=log)
        try:
            try:
                wait_for(url, process)
            except (RuntimeError, TimeoutError) as error:
                log.seek(0)
                raise RuntimeError(f"{error}\n{log.read().decode(errors='replace')}") from error
            yield url
        finally:
            stop(process)
