"""What can be wrong with the descriptor and the files as a whole."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from geo.problems import Problem
from geo.schema import load_schema, schema_names
from geo.sources import DESCRIPTOR

if TYPE_CHECKING:
    from geo.sources import Package


def file_problems(package: Package) -> list[Problem]:
    """Return missing and unknown resources, and files that differ from their description."""
    missing = [
        Problem("data.resource_missing", DESCRIPTOR, value=name)
        for name in schema_names()
        if name not in package.names and not load_schema(name).optional
    ]
    unexpected = [
        Problem("data.resource_unexpected", DESCRIPTOR, value=name, severity="warning")
        for name in package.names
        if name not in schema_names()
    ]
    changed = [
        Problem("data.file_changed", package.files[entry["name"]], severity="warning")
        for entry in package.descriptor["resources"]
        if _differs(package, entry)
    ]
    return [*missing, *unexpected, *changed]


def _differs(package: Package, entry: dict[str, Any]) -> bool:
    """Return whether a file's SHA-256 is another than the descriptor's; False where it names none."""
    method, _, expected = str(entry.get("hash", "")).rpartition(":")
    path = package.path(entry["name"])
    if method != "sha256" or not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() != expected.lower()
