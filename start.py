#!/usr/bin/env python3
"""Start the Quartierskarte, or run its tests, on a machine that has nothing but Python.

    python3 start.py [--port 8501] [--host 127.0.0.1] [--no-browser]
    python3 start.py test [arguments for pytest]

The first start makes the folder .venv and installs what requirements.txt pins; a later start finds that done.
Standard library only, and a syntax that older Pythons can read far enough to say that they are too old.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import locale
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
PORTS_TO_TRY = 50
SECONDS_TO_WAIT = 180
# As many processes as cores; tests/spread.py says what stays in one process. A later -n wins.
SPREAD_TESTS = ("-n", "auto", "--dist", "loadgroup")

# By key: the sentence in German and in English.
TEXTS = {
    "old_python": (
        "Die Quartierskarte braucht Python 3.11 oder neuer; das hier ist {version}.\n{remedy}",
        "The Quartierskarte needs Python 3.11 or newer; this is {version}.\n{remedy}",
    ),
    "other_python": ("Auf diesem Rechner geht: {command}", "On this machine this works: {command}"),
    "get_python": (
        "Es gibt es auf https://www.python.org/downloads/",
        "Get it at https://www.python.org/downloads/",
    ),
    "no_venv": (
        "Die Umgebung ließ sich nicht anlegen: Diesem Python fehlt „venv“ mit pip.\n"
        "Unter Debian und Ubuntu hilft: sudo apt install python3-venv",
        'The environment could not be made: this Python lacks "venv" with pip.\n'
        "On Debian and Ubuntu this helps: sudo apt install python3-venv",
    ),
    "making": ("Lege {folder} an …", "Making {folder} …"),
    "installing": (
        "Installiere {name} (nur beim ersten Mal, einige Minuten) …",
        "Installing {name} (the first time only, some minutes) …",
    ),
    "install_failed": (
        "Die Installation ist nicht gelungen (siehe oben). Besteht eine Verbindung zum Internet?\n"
        "Der nächste Start versucht es von vorn.",
        "The installation did not succeed (see above). Is there a connection to the internet?\n"
        "The next start tries again from the beginning.",
    ),
    "port_taken": ("Port {port} ist belegt, nehme {free}.", "Port {port} is taken, using {free}."),
    "no_port": ("Von Port {port} bis {last} ist keiner frei.", "No port is free from {port} to {last}."),
    "starting": ("Starte die Quartierskarte …", "Starting the Quartierskarte …"),
    "ready": (
        "Die Quartierskarte läuft: {url}\nBeenden mit Strg+C.",
        "The Quartierskarte is running: {url}\nStop it with Ctrl+C.",
    ),
    "ended": ("Der Server hat sich mit Code {code} beendet.", "The server ended with code {code}."),
    "silent": (
        "Der Server antwortet nach {seconds} s nicht.",
        "The server does not answer after {seconds} s.",
    ),
    "stopped": ("Beendet.", "Stopped."),
}


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    check_python()
    if arguments[:1] == ["test"]:
        install("requirements-dev.txt")
        command = [str(venv_python()), "-m", "pytest", *SPREAD_TESTS, *arguments[1:]]
        # As on most machines, where Python keeps what it has compiled: the tests start many programs.
        return subprocess.call(command, cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""})
    options = parse(arguments)
    if options.workshop:
        options.host = "0.0.0.0"  # noqa: S104 -- phones in the same network shall reach it
        os.environ["QK_LOCAL_ADMIN"] = "1"
    install("requirements.txt")
    return run(options.host, choose_port(options.host, options.port), browser=options.browser)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the options of a start."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8501, help="first port to try (8501)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine only)")
    parser.add_argument(
        "--workshop",
        action="store_true",
        help="let phones in the same network take part; whoever sits at this computer stays its administrator",
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="do not open a browser")
    return parser.parse_args(arguments)


def text(key: str, **values: object) -> str:
    """Return the sentence in the language of the machine: German where it speaks German, else English."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    speaks_german = str(named or locale.getlocale()[0]).lower().startswith(("de", "german"))
    return TEXTS[key][0 if speaks_german else 1].format(**values)


def check_python(version: tuple[int, ...] = sys.version_info[:3]) -> None:
    """End with a remedy when this Python is too old."""
    if version[:2] >= OLDEST_PYTHON:
        return
    newer = [f"python3.{minor}" for minor in range(19, OLDEST_PYTHON[1] - 1, -1) if shutil.which(f"python3.{minor}")]
    remedy = text("other_python", command=f"{newer[0]} start.py") if newer else text("get_python")
    sys.exit(text("old_python", version=".".join(map(str, version)), remedy=remedy))


def venv_python(venv: Path | None = None, *, windows: bool = os.name == "nt") -> Path:
    """Return the path of the environment's own Python."""
    folder = VENV if venv is None else venv
    return folder / "Scripts" / "python.exe" if windows else folder / "bin" / "python"


def fingerprint(requirements: Path) -> str:
    """Return what an installation depends on: the pins and the Python version."""
    pins = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return f"{pins} python {sys.version_info[0]}.{sys.version_info[1]}\n"


def install(name: str) -> None:
    """Install one requirements file into .venv, unless a stamp says that it is there.

    The marker beside .venv stands for an installation under way: whoever finds it left over starts afresh.
    """
    requirements, stamp, under_way = ROOT / name, VENV / f"{name}.stamp", ROOT / ".venv-unfinished"
    wanted = fingerprint(requirements)
    usable = venv_python().exists() and not under_way.exists()
    if usable and stamp.exists():
        found = stamp.read_text(encoding="utf-8")
        if found == wanted:
            return
        usable = found.split(" ", 1)[1] == wanted.split(" ", 1)[1]
    under_way.touch()
    if not usable:
        make_environment()
    print(text("installing", name=name), flush=True)
    stamp.unlink(missing_ok=True)
    if subprocess.call(pip_command(requirements), cwd=ROOT) != 0:
        sys.exit(text("install_failed"))
    stamp.write_text(wanted, encoding="utf-8")
    under_way.unlink()


def pip_command(requirements: Path) -> list[str]:
    """Return the command that installs exactly the pinned files, each checked by its hash."""
    options = ["--require-hashes", "--disable-pip-version-check", "--no-input"]
    return [str(venv_python()), "-m", "pip", "install", *options, "-r", str(requirements)]


def make_environment() -> None:
    """Make .venv anew; whatever half of one was there goes."""
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(text("no_venv"))
    print(text("making", folder=VENV), flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        sys.exit(text("no_venv"))


def is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":  # a port that was only just given up counts as free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def choose_port(host: str, port: int) -> int:
    """Return the first free port from `port` on; says so when it is another one."""
    last = min(port + PORTS_TO_TRY - 1, 65535)
    free = next((each for each in range(port, last + 1) if is_free(host, each)), None)
    if free is None:
        sys.exit(text("no_port", port=port, last=last))
    if free != port:
        print(text("port_taken", port=port, free=free))
    return free


def server_command(host: str, port: int) -> list[str]:
    """Return the command that serves the app."""
    options = {
        "server.address": host,
        "server.port": port,
        "server.headless": "true",
        "logger.hideWelcomeMessage": "true",
    }
    command = [str(venv_python()), "-m", "streamlit", "run", str(ROOT / "server.py")]
    return command + [f"--{name}={value}" for name, value in options.items()]


def address(host: str, port: int) -> str:
    """Return the address to open on this machine."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- the names of "everywhere"
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def run(host: str, port: int, *, browser: bool) -> int:
    """Serve until Ctrl+C; returns the exit code."""
    for stopping in (signal.SIGINT, signal.SIGTERM):  # also where a background job was started with SIGINT ignored
        signal.signal(stopping, signal.default_int_handler)
    print(text("starting"), flush=True)
    server = subprocess.Popen(server_command(host, port), cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"})
    try:
        url = address(host, port)
        wait_until_it_answers(server, url)
        print(text("ready", url=url), flush=True)
        if browser:
            webbrowser.open(url)
        code = server.wait()
        print(text("ended", code=code), file=sys.stderr)
    except KeyboardInterrupt:
        print("\n" + text("stopped"))
        return 0
    finally:
        stop(server)
    return code or 1


def wait_until_it_answers(server: subprocess.Popen[bytes], url: str) -> None:
    """Return once the server is healthy; ends the program when it died or stays silent."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never through a proxy
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit(text("ended", code=server.returncode))
        try:
            direct.open(f"{url}/_stcore/health", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(text("silent", seconds=SECONDS_TO_WAIT))


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: gently, then firmly."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\n" + text("stopped"))
