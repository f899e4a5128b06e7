"""The descriptor `datapackage.json`: title, licence, source and schema of every resource."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from scripts.datapackage.tables import HERE
from scripts.datapackage.writing import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "quartierskarte-hannover"
VERSION = "1.0.0"
_MONTH = re.compile(r"\d{4}-\d{2}")
Rows = list[dict[str, Any]]
_FORMATS = {"csv": ("csv", "text/csv"), "geojson": ("geojson", "application/geo+json")}


def resource_table() -> list[dict[str, Any]]:
    """Return what is said about each resource beside its schema."""
    table: list[dict[str, Any]] = _json("resources")
    return table


def newest_month(dates: list[str]) -> str:
    """Return the newest month ("2026-11") among the reference dates: what "created" is made from."""
    return max(date for date in dates if _MONTH.fullmatch(date))


def reference_date(stated: str, tables: Mapping[str, Rows], name: str) -> str:
    """Return the reference date of a resource.

    `stated` is the date itself, "<column>" (the range of the dates in a column) or "=name" (the date
    column of another resource, "=locations").
    """
    if stated.startswith("="):
        name, stated = stated[1:], "<source_date>"
    if not stated.startswith("<"):
        return stated
    dates = sorted(str(row[stated[1:-1]]) for row in tables[name] if row[stated[1:-1]])
    return f"{dates[0]} to {dates[-1]}, per row" if dates else "not stated"


def _json(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def build_descriptor(
    files: Mapping[str, bytes], tables: Mapping[str, Rows], facts: Mapping[str, str]
) -> dict[str, Any]:
    """Return the descriptor.

    Parameters
    ----------
    files
        Content per resource name.
    tables
        Rows per resource name, for tables.
    facts
        Measured values that the texts of the resources name in braces.
    """
    sources, licences = _json("sources"), _json("licences")
    resources = []
    for entry in resource_table():
        content = files[entry["name"]]
        resources.append(
            _resource(entry, content)
            | {
                "sources": [sources[key] for key in entry["sources"]],
                "licenses": [licences[key] for key in entry["licences"]],
                "referenceDate": reference_date(entry["date"], tables, entry["name"]),
                "limits": entry["limits"].format(**facts),
                "schema": load_schema(entry["name"]),
            }
        )
    used = [key for key in licences if any(licences[key] in resource["licenses"] for resource in resources)]
    return _head([entry["date"] for entry in resource_table()]) | {
        "licenses": [licences[key] for key in used],
        "sources": list(sources.values()),
        "resources": resources,
    }


def _head(dates: list[str]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": NAME,
        "title": "Quartierskarte Hannover: places, actors, population and boundaries",
        "description": "Data of the Landeshauptstadt Hannover for social and inclusive neighbourhood development. "
        "Every resource names its source, licence, reference date and derivation; empty means unknown.",
        "version": VERSION,
        "created": f"{newest_month(dates)}-01T00:00:00Z",
        "keywords": ["Hannover", "neighbourhood", "social planning", "accessibility"],
    }


def _resource(entry: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    schema = load_schema(entry["name"])
    kind, media = _FORMATS[entry["path"].rsplit(".", 1)[1]]
    return {
        "name": entry["name"],
        **({"type": "table"} if kind == "csv" else {}),
        "path": entry["path"],
        "format": kind,
        "mediatype": media,
        "encoding": "utf-8",
        "title": schema["title"],
        "description": schema["description"],
        "crs": entry["crs"],
        "derivation": entry["derivation"],
        "rowCount": _row_count(content, kind),
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }


def _row_count(content: bytes, kind: str) -> int:
    """Return the rows of a table (no cell holds a line break) or the features of a GeoJSON."""
    return content.count(b"\n") - 1 if kind == "csv" else content.count(b'"type":"Feature"')
