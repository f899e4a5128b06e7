"""The data package with what people changed, as a package of its own: whoever has it can rebuild every result."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.schema import load_schema
from geo.sources import DESCRIPTOR, content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.schema import Column
    from geo.sources import Package

_NOT_STATED: Final = "not stated"  # what people need not say in a form, a package has to have
_MOMENT: Final = (2000, 1, 1, 0, 0, 0)  # the same content gives the same bytes, whenever it is made


def state_files(package: Package, changed: Mapping[str, pd.DataFrame], *, version: str) -> dict[str, bytes]:
    """Return the files of a data package in which some tables have other rows, by their path.

    Parameters
    ----------
    package
        The package that the tables come from.
    changed
        Tables by resource, with the columns and types of `geo.sources.read`; columns beyond the schema
        are left out. Tables with a GeoJSON geometry cannot be changed.
    version
        Version of the new package.
    """
    descriptor = json.loads(json.dumps(package.descriptor)) | {"version": version}
    files = {file: package.path(name).read_bytes() for name, file in package.files.items()}
    for entry in descriptor["resources"]:
        name = entry["name"]
        if name in changed:
            content = _table(changed[name], name)
            files[package.files[name]] = content
            entry |= {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    return {DESCRIPTOR: text.encode(), **files}


def state_hash(package: Package, files: Mapping[str, bytes]) -> str:
    """Return the hash that a package of these files has (`geo.sources.Package.hash`)."""
    return content_hash({name: files[file] for name, file in package.files.items()})


def state_zip(files: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP archive; equal files give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), files[name], compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _table(frame: pd.DataFrame, name: str) -> bytes:
    """Return a table as CSV in the columns of its schema; numbers are written in full."""
    columns = load_schema(name).table_columns
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    cells = [
        [
            _cell(value, column)
            for value in (frame[column.name].tolist() if column.name in frame else [None] * len(frame))
        ]
        for column in columns
    ]
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode()


def _cell(value: Any, column: Column) -> str:
    if value is None or pd.isna(value):
        needed = column.required and column.type == "string" and not column.pattern
        return _NOT_STATED if needed else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)
