"""What runs in the child process: give up rights first, then open the file, hand back plain data.

Started by `exchange.sandbox`; only the standard library is loaded unless a file has areas or lines
(then shapely). The result is JSON in the job's folder, never a pickle.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from exchange.grid import Budget, Grid

UPLOAD: Final = "upload.bin"
JOB: Final = "job.json"
RESULT: Final = "result.json"

_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
_RESULT_BYTES: Final = 1_000_000_000
_OPEN_FILES: Final = 64
# Audit events (sys.audit) that no reader of a table has a reason for.
_FORBIDDEN: Final = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostby",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.startfile",
    "sqlite3.enable_load_extension",
    "sqlite3.load_extension",
    "urllib.",
    "webbrowser.",
)


def main(folder: str) -> None:
    """Read the upload in `folder` within its limits and write the result beside it."""
    job = json.loads((Path(folder) / JOB).read_text(encoding="utf-8"))
    protection = _give_up_rights(job["limits"], folder)
    result: dict[str, Any]
    try:
        result = _read(Path(folder) / UPLOAD, job)
    except MemoryError:
        result = {"error": {"key": "upload.memory_limit", "params": {}}}
    except Exception as error:  # noqa: BLE001 - every failure has to reach the parent as data
        result = {"error": _as_data(error)}
    result["protection"] = protection
    with (Path(folder) / RESULT).open("w", encoding="utf-8", errors="replace") as out:
        json.dump(result, out, ensure_ascii=False)


def _as_data(error: Exception) -> dict[str, Any]:
    key = getattr(error, "key", None)
    if key is None:
        return {"key": "upload.reader_failed", "params": {"reason": type(error).__name__}}
    return {"key": key, "params": getattr(error, "params", {})}


def _give_up_rights(limits: dict[str, Any], folder: str) -> dict[str, bool]:
    """Limit memory, CPU and files, leave the network, watch what is opened; say what worked."""
    done = {"memory": _limit_resources(limits), "network": _leave_network(), "files": True}
    sys.addaudithook(_watch(folder))
    return done


def _limit_resources(limits: dict[str, Any]) -> bool:
    try:
        import resource
    except ImportError:
        return False
    wanted = (
        ("RLIMIT_AS", int(limits["memory_bytes"])),
        ("RLIMIT_CPU", int(limits["cpu_seconds"])),
        ("RLIMIT_FSIZE", _RESULT_BYTES),
        ("RLIMIT_NOFILE", _OPEN_FILES),
        ("RLIMIT_CORE", 0),
    )
    for name, value in wanted:
        try:
            resource.setrlimit(getattr(resource, name), (value, value))
        except (ValueError, OSError):
            return False
    return sys.platform == "linux"  # macOS takes RLIMIT_AS, but does not keep it


def _leave_network() -> bool:
    """Move this process into an empty network (Linux, where user namespaces are allowed)."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        library = ctypes.CDLL(None, use_errno=True)
        return bool(library.unshare(_NEW_USER | _NEW_NETWORK) == 0)
    except (OSError, AttributeError):
        return False


def _watch(folder: str) -> Callable[[str, tuple[Any, ...]], None]:
    """Return an audit hook: read Python's own files, read and write the job's folder, else nothing."""
    own = os.path.realpath(folder) + os.sep
    readable = tuple(
        os.path.realpath(path) + os.sep for path in {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path} if path
    )

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode = args[0], args[1]
            if isinstance(path, int):
                return
            real = os.path.realpath(os.fsdecode(path))
            writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
            if real.startswith(own) or (real.startswith(readable) and not writes):
                return
            raise PermissionError(event)
        if event == "sqlite3.connect":
            if own not in str(args[0]):
                raise PermissionError(event)
        elif event.startswith(_FORBIDDEN):
            raise PermissionError(event)

    return hook


def _read(path: Path, job: dict[str, Any]) -> dict[str, Any]:
    from exchange.grid import Budget
    from exchange.limits import Limits
    from exchange.sniff import HEAD_BYTES, container

    budget = Budget(Limits(**job["limits"]))
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    kind = container(head, job["filename"])
    readers = {"csv": _read_text, "json": _read_json, "zip": _read_zip, "sqlite": _read_database}
    return readers[kind](path, job, budget)


def _read_text(path: Path, job: dict[str, Any], budget: Budget) -> dict[str, Any]:
    from exchange.read_csv import read_csv

    grid, info = read_csv(path.read_bytes(), budget=budget, encoding=job["encoding"], delimiter=job["delimiter"])
    return _tables("csv", [grid], info)


def _read_json(path: Path, job: dict[str, Any], budget: Budget) -> dict[str, Any]:
    from exchange.read_json import is_hsds, is_notes, parse, read_geojson, read_notes

    document = parse(path.read_bytes(), budget)
    if is_notes(document):
        grid, info = read_notes(document, budget=budget)
        return _tables("notes-json", [grid], info)
    if job["whole"] or is_hsds(document):
        return {"format": "geojson" if job["whole"] else "hsds-json", "document": document}
    return _tables("geojson", [read_geojson(document, budget=budget)])


def _read_zip(path: Path, _job: dict[str, Any], budget: Budget) -> dict[str, Any]:
    from exchange.packed import Packed
    from exchange.read_package import is_package, read_package
    from exchange.read_xlsx import read_xlsx

    packed = Packed(path, budget.limits)
    if is_package(packed):
        return _tables("hsds-package", read_package(packed, budget=budget))
    return _tables("xlsx", read_xlsx(packed, budget=budget))


def _read_database(path: Path, _job: dict[str, Any], budget: Budget) -> dict[str, Any]:
    from exchange.read_gpkg import read_gpkg

    return _tables("gpkg", read_gpkg(path, budget=budget))


def _tables(kind: str, grids: list[Grid], info: dict[str, str] | None = None) -> dict[str, Any]:
    return {"format": kind, "info": info or {}, "grids": [grid.as_dict() for grid in grids]}
