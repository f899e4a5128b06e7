"""HSDS 3 as files: one JSON document, and a tabular data package (zip)."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

from exchange.errors import UploadError
from exchange.hsds.check import faults, object_faults
from exchange.hsds.nested import flatten, nest, roots
from exchange.hsds.profile import EXTENSIONS, OWN
from exchange.hsds.spec import table_schema, tables
from exchange.table import as_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.sandbox import Upload

PROFILE: Final = "tabular-data-package"
_SHOWN_FAULTS: Final = 5


def write_json(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Return tables of HSDS as one JSON document: ``services`` and ``organizations``, nested."""
    document = {"hsds_version": "3", **nest(content)}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def write_package(content: Mapping[str, Sequence[Mapping[str, Any]]], descriptor: Mapping[str, Any]) -> bytes:
    """Return tables of HSDS as a zip file with ``datapackage.json`` and one CSV for each table.

    CSV: UTF-8, comma, LF, header. The files are for machines: texts are not protected against
    spreadsheets, use XLSX to look at the data. `descriptor` gives name, title, licenses, sources.
    """
    out = io.BytesIO()
    resources = []
    present = {table for table, rows in content.items() if rows}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in (*tables(), *EXTENSIONS):
            rows = content.get(table, ())
            if not rows:
                continue
            columns, extra = _columns(table, rows)
            file = EXTENSIONS.get(table) or tables()[table].file
            archive.writestr(_entry(f"{file}.csv"), _csv(columns, rows))
            resources.append(_resource(table, file, extra, present))
        text = json.dumps(_described(descriptor) | {"resources": resources}, ensure_ascii=False, indent=1)
        archive.writestr(_entry("datapackage.json"), text + "\n")
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # dated 1980-01-01: the same content gives the same bytes
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _columns(table: str, rows: Sequence[Mapping[str, Any]]) -> tuple[list[str], tuple[str, ...]]:
    """Return all columns of a table and those of the profile among them."""
    native = ["id"] if table in EXTENSIONS else list(tables()[table].fields)
    present = dict.fromkeys(name for row in rows for name in row)
    extra = tuple(sorted(name for name in present if name.startswith(OWN)))
    return [*native, *extra], extra


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8", errors="replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def _resource(table: str, file: str, extra: tuple[str, ...], present: set[str]) -> dict[str, Any]:
    schema = _own_schema(extra) if table in EXTENSIONS else table_schema(table, extra)
    keys = [key for key in schema.pop("foreignKeys", ()) if key["reference"]["resource"] in present | {""}]
    schema |= {"foreignKeys": keys} if keys else {}
    return {
        "name": table,
        "path": f"{file}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _own_schema(extra: tuple[str, ...]) -> dict[str, Any]:
    fields = [{"name": "id", "type": "string", "constraints": {"required": True, "unique": True}}]
    return {"fields": [*fields, *({"name": name, "type": "string"} for name in extra)], "primaryKey": "id"}


def _described(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: descriptor[key] for key in ("title", "version", "created", "licenses", "sources") if key in descriptor}
    if len(str(kept.get("created", ""))) == len("2026-11-22"):
        kept["created"] = f"{kept['created']}T00:00:00Z"
    return {"name": "quartierskarte-hsds", "profile": PROFILE} | kept


def tables_of(upload: Upload) -> dict[str, list[dict[str, Any]]]:
    """Return the tables of an uploaded HSDS file, JSON or data package.

    Raises
    ------
    UploadError
        Required fields are missing or have the wrong type; the first faults are named.
    """
    if upload.document is not None:
        return _checked_document(upload.document)
    files = {table.file: table.name for table in tables().values()} | {file: name for name, file in EXTENSIONS.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for grid in upload.grids:
        name = files.get(grid.name)
        if name is not None:
            table = as_table(grid, header_row=grid.numbers[0])
            found[name] = [
                {column: cell for column, cell in zip(table.columns, row, strict=True) if cell is not None}
                for row in table.rows
            ]
    _refuse(list(faults(found)))
    return found


def _checked_document(document: Any) -> dict[str, list[dict[str, Any]]]:
    problems = [fault for kind, entry in roots(document) for fault in object_faults(kind, entry)]
    _refuse(problems)
    return flatten(document)


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        more = f" (+{len(problems) - _SHOWN_FAULTS})" if len(problems) > _SHOWN_FAULTS else ""
        where, _, reason = problems[0].partition(": ")
        others = "; ".join(problems[1:_SHOWN_FAULTS])
        raise UploadError("hsds.not_valid", where=where, reason=f"{reason}{'; ' + others if others else ''}{more}")
