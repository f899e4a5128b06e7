"""The descriptor `datapackage.json`: title, licence, source and schema of every resource."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from scripts.datapackage.tables import HERE
from scripts.datapackage.writing import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "quartierskarte-hannover"
VERSION = "1.0.0"
_FORMATS = {"csv": ("csv", "text/csv"), "geojson": ("geojson", "application/geo+json")}


def resource_table() -> list[dict[str, Any]]:
    """Return what is said about each resource beside its schema."""
    table: list[dict[str, Any]] = _json("resources")
    return table


def newest_month() -> str:
    """Return the newest month ("2026-11") among the reference dates: what "created" is made from."""
    dates = [str(entry["date"]) for entry in resource_table()]
    return max(date for date in dates if len(date) >= len("2026-11"))[:7]


def _json(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def build_descriptor(files: Mapping[str, bytes], rows: Mapping[str, int], facts: Mapping[str, str]) -> dict[str, Any]:
    """Return the descriptor.

    Parameters
    ----------
    files, rows
        Content and number of rows per resource name.
    facts
        Measured numbers that the texts of the resources name in braces.
    """
    sources, licences = _json("sources"), _json("licences")
    resources = [_resource(entry, files, rows, facts, sources, licences) for entry in resource_table()]
    used = [key for key in licences if any(licences[key] in resource["licenses"] for resource in resources)]
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": NAME,
        "title": "Quartierskarte Hannover: places, actors, population and boundaries",
        "description": "Data of the Landeshauptstadt Hannover for social and inclusive neighbourhood development. "
        "Every resource names its source, licence, reference date and derivation; empty means unknown.",
        "version": VERSION,
        "created": f"{newest_month()}-01T00:00:00Z",
        "keywords": ["Hannover", "neighbourhood", "social planning", "accessibility"],
        "licenses": [licences[key] for key in used],
        "sources": list(sources.values()),
        "resources": resources,
    }


def _resource(
    entry: Mapping[str, Any],
    files: Mapping[str, bytes],
    rows: Mapping[str, int],
    facts: Mapping[str, str],
    sources: Mapping[str, Any],
    licences: Mapping[str, Any],
) -> dict[str, Any]:
    name, content = entry["name"], files[entry["name"]]
    schema = load_schema(name)
    kind, media = _FORMATS[entry["path"].rsplit(".", 1)[1]]
    return {
        "name": name,
        **({"type": "table"} if kind == "csv" else {}),
        "path": entry["path"],
        "format": kind,
        "mediatype": media,
        "encoding": "utf-8",
        "title": schema["title"],
        "description": schema["description"],
        "sources": [sources[key] for key in entry["sources"]],
        "licenses": [licences[key] for key in entry["licences"]],
        "referenceDate": entry["date"],
        "crs": entry["crs"],
        "derivation": entry["derivation"],
        "limits": entry["limits"].format(**facts),
        "rowCount": rows[name],
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "schema": schema,
    }
