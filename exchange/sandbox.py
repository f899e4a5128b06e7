"""Opens uploaded files in a child process with limits on time, memory, files and network.

What protects, in layers: the readers open nothing but the upload (no GDAL, no pickle, no external
entity, no SQL of the file); the child limits its memory and CPU time, leaves the network and
watches every file opened; the parent kills it after the wall-clock limit and takes back plain JSON.
Without POSIX limits (Windows, partly macOS) the time limit still holds and `Upload.protection` says
what is missing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import exchange
from exchange.child import JOB, RESULT, UPLOAD
from exchange.errors import UploadError
from exchange.grid import Grid
from exchange.limits import DEFAULT_LIMITS, MIB, Limits

_ROOT: Final = str(Path(exchange.__file__).resolve().parent.parent)
_START: Final = "import sys; sys.path.insert(0, sys.argv[1]); from exchange.child import main; main(sys.argv[2])"
_AT_ONCE: Final = threading.BoundedSemaphore(2)
_KEPT_VARIABLES: Final = ("SYSTEMROOT", "SYSTEMDRIVE", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_SHOWN_NAME: Final = 120


@dataclass(frozen=True)
class Upload:
    """What a file holds, as plain data.

    Attributes
    ----------
    filename
        Name for display only: last path component, control characters replaced.
    format
        ``csv``, ``xlsx``, ``geojson``, ``gpkg``, ``hsds-json`` or ``hsds-package``.
    grids
        The tables (sheets, layers, files of a package); empty for HSDS JSON.
    document
        The parsed HSDS JSON with numbers as text, else None.
    info
        How a text file was read: ``encoding``, ``delimiter``.
    protection
        Which limits held while reading: ``memory``, ``network``, ``files``.
    """

    filename: str
    format: str
    grids: tuple[Grid, ...]
    document: Any
    info: dict[str, str]
    protection: dict[str, bool]


def read_upload(
    content: bytes,
    filename: str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    whole: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Upload:
    """Read an uploaded file in a child process.

    Parameters
    ----------
    content
        The file's bytes.
    filename
        Its name as the browser said it; never used as a path.
    encoding, delimiter
        Of a text table, chosen by a person; None = find out.
    whole
        Hand over JSON of any kind as it is, as ``document``, instead of a table made of it.
    limits
        Time, memory and size that reading may need.

    Raises
    ------
    UploadError
        The file is refused; the message names the problem and what to do.
    """
    if not content:
        raise UploadError("upload.empty")
    if len(content) > limits.file_bytes:
        size, limit = len(content) // MIB, limits.file_bytes // MIB
        raise UploadError("upload.too_large", megabytes=size, limit=limit)
    if not _AT_ONCE.acquire(timeout=limits.wall_seconds):
        raise UploadError("upload.busy")
    try:
        with tempfile.TemporaryDirectory(prefix="qk-upload-") as folder:
            job = {
                "filename": filename[-_SHOWN_NAME:],
                "encoding": encoding,
                "delimiter": delimiter,
                "whole": whole,
                "limits": limits.as_dict(),
            }
            (Path(folder) / UPLOAD).write_bytes(content)
            (Path(folder) / JOB).write_text(json.dumps(job), encoding="utf-8")
            result = _run(folder, limits)
    finally:
        _AT_ONCE.release()
    return _upload(result, shown_name(filename))


def shown_name(filename: str) -> str:
    """Return the last component of `filename`, printable, at most 120 characters."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(c if c.isprintable() else "�" for c in last)[-_SHOWN_NAME:] or "?"


def _run(folder: str, limits: Limits) -> dict[str, Any]:
    """Run the child in `folder`, kill it after the wall-clock limit, return its result."""
    started = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code, no user text
        [sys.executable, "-I", "-c", _START, _ROOT, folder],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(timeout=limits.wall_seconds)
    except subprocess.TimeoutExpired as error:
        raise UploadError("upload.time_limit", seconds=round(limits.wall_seconds)) from error
    finally:
        _end(process)
    path = Path(folder) / RESULT
    if code != 0 or not path.is_file():
        raise _died(code, time.monotonic() - started, limits)
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UploadError("upload.reader_failed", reason="result") from error
    return found


def _environment(folder: str) -> dict[str, str]:
    """Return the few variables the child gets: no secrets, no proxies, one thread."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return kept | {
        "TMPDIR": folder,
        "TEMP": folder,
        "TMP": folder,
        "HOME": folder,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it may have started (its own process group)."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _died(code: int, seconds: float, limits: Limits) -> UploadError:
    if -code in (getattr(signal, "SIGXCPU", 24), signal.SIGTERM) or seconds >= limits.cpu_seconds:
        return UploadError("upload.time_limit", seconds=limits.cpu_seconds)
    if code == -9:  # noqa: PLR2004 - SIGKILL: the system ran out of memory
        return UploadError("upload.memory_limit")
    return UploadError("upload.reader_failed", reason=f"exit {code}")


def _upload(result: dict[str, Any], filename: str) -> Upload:
    error = result.get("error")
    if error is not None:
        raise UploadError(error["key"], **error["params"])
    grids = tuple(Grid(**grid) for grid in result.get("grids", ()))
    if len(grids) == 1 and not grids[0].name:
        grids = (replace(grids[0], name=filename),)
    document = result.get("document")
    if document is None and not any(len(g.rows) + (g.header is not None) > 1 for g in grids):
        raise UploadError("upload.no_table")
    return Upload(
        filename=filename,
        format=result["format"],
        grids=grids,
        document=document,
        info=result.get("info", {}),
        protection=result["protection"],
    )
