"""JSON files: GeoJSON becomes a table, HSDS stays nested data. Numbers stay the text they are.

`json` reads the file, never GDAL: a file that names another data source (a GDALG pipeline, a VRT, a
service) is only text here and refused by its type.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, Final

from exchange.errors import UploadError
from exchange.grid import Grid
from exchange.read_csv import decoded, find_encoding
from exchange.shapes import label_point

if TYPE_CHECKING:
    from exchange.grid import Budget, Row

GEOMETRY_COLUMNS: Final = ("geometry:x", "geometry:y")
"""Columns that carry the position of features; the mapping knows them."""

NOTES_FORMAT: Final = "quartierskarte-notes"
"""Name of the format in which a workshop's offline file hands out its notes."""

_HSDS_KEYS: Final = frozenset({"services", "organizations", "contents", "service_at_locations"})
_GEOJSON_TYPES: Final = frozenset({"FeatureCollection", "Feature"})


def parse(data: bytes, budget: Budget) -> Any:
    """Return the parsed JSON with every number as its text.

    Raises
    ------
    UploadError
        No JSON, NaN or Infinity as a value, or nested too deeply.
    """
    text = decoded(data, find_encoding(data))
    try:
        found = json.loads(text, parse_int=str, parse_float=_number, parse_constant=_refused)
    except RecursionError as error:
        raise UploadError("upload.too_deep", limit=budget.limits.depth) from error
    except json.JSONDecodeError as error:
        raise UploadError("upload.bad_json", line=error.lineno, reason=error.msg) from error
    _check_depth(found, budget.limits.depth)
    return found


def _number(text: str) -> str:
    if not math.isfinite(float(text)):
        raise UploadError("upload.not_finite", where="JSON", value=text[:40])
    return text


def _refused(text: str) -> None:
    raise UploadError("upload.not_finite", where="JSON", value=text[:40])


def _check_depth(root: object, limit: int) -> None:
    level: list[object] = [root]
    for _ in range(limit):
        children: list[object] = []
        for node in level:
            if isinstance(node, dict):
                children.extend(value for value in node.values() if isinstance(value, dict | list))
            elif isinstance(node, list):
                children.extend(value for value in node if isinstance(value, dict | list))
        if not children:
            return
        level = children
    raise UploadError("upload.too_deep", limit=limit)


def is_hsds(document: object) -> bool:
    """Tell whether `document` has the shape of HSDS: services or organizations, alone or listed."""
    if isinstance(document, list):
        return bool(document) and all(is_hsds_object(entry) for entry in document[:100])
    return isinstance(document, dict) and (
        any(isinstance(document.get(key), list) for key in _HSDS_KEYS) or is_hsds_object(document)
    )


def is_hsds_object(entry: object) -> bool:
    """Tell whether `entry` is a single HSDS service, organization or service_at_location."""
    return (
        isinstance(entry, dict) and "type" not in entry and "id" in entry and ("name" in entry or "location" in entry)
    )


def is_notes(document: object) -> bool:
    """Tell whether `document` is what a workshop's file hands out: notes under the name of its format."""
    if not isinstance(document, dict) or document.get("format") != NOTES_FORMAT:
        return False
    return isinstance(document.get("notes"), list)


def read_notes(document: dict[str, Any], *, budget: Budget, name: str = "") -> tuple[Grid, dict[str, str]]:
    """Return the notes as a table, and the key of the printed grid as ``grid`` if the file names one.

    Raises
    ------
    UploadError
        A note that is no object.
    """
    rows = document["notes"]
    columns: dict[str, int] = {}
    for number, note in enumerate(rows, 1):
        if not isinstance(note, dict):
            raise UploadError("upload.json_shape", where="note", number=number, reason="no object")
        for key in note:
            columns.setdefault(str(key), len(columns))
        budget.position(name, number, len(columns))
    grid = Grid(name, header=list(columns))
    for number, note in enumerate(rows, 1):
        row: Row = [cell_text(note.get(column)) for column in columns]
        budget.row(name, number, row)
        grid.rows.append(row)
        grid.numbers.append(number)
    key = document.get("grid")
    return grid, {"grid": key} if isinstance(key, str) else {}


def read_geojson(document: object, *, budget: Budget, name: str = "") -> Grid:
    """Return the features of `document` as a table: properties, then x and y of each geometry.

    Areas and lines are represented by a point inside or on them. Nested properties become JSON
    text, lists of plain values are joined by ``;``.

    Raises
    ------
    UploadError
        Another type of JSON, a feature that is none, a coordinate that is no finite number, an
        unknown coordinate system.
    """
    features = _features(document)
    grid = Grid(name, header=[], crs=_named_crs(document))
    columns: dict[str, int] = {}
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise _bad_shape(number, "type is not 'Feature'")
        properties = feature.get("properties") or {}
        if not isinstance(properties, dict):
            raise _bad_shape(number, "properties are no object")
        for key in properties:
            columns.setdefault(key, len(columns))
        budget.position(name, number, len(columns) + 2)
        row: Row = [None] * len(columns)
        for key, value in properties.items():
            row[columns[key]] = cell_text(value)
        point = label_point(feature.get("geometry"), number)
        grid.rows.append([*row, *point])
        grid.numbers.append(number)
        budget.row(name, number, grid.rows[-1])
    _widen(grid, len(columns))
    grid.header = [*columns, *GEOMETRY_COLUMNS]
    return grid


def _widen(grid: Grid, width: int) -> None:
    """Put x and y of every row behind the last property."""
    for row in grid.rows:
        missing = width - (len(row) - 2)
        if missing:
            row[-2:-2] = [None] * missing


def _features(document: object) -> list[Any]:
    found = document.get("type") if isinstance(document, dict) else type(document).__name__
    if not isinstance(document, dict) or found not in _GEOJSON_TYPES:
        raise UploadError("upload.json_unknown", found=str(found)[:60])
    if found == "Feature":
        return [document]
    features = document.get("features")
    if not isinstance(features, list):
        raise _bad_shape(0, "features are no list")
    return features


def _named_crs(document: object) -> str | None:
    """Return the system of a GeoJSON of the old kind (member ``crs``); WGS 84 without one."""
    member = document.get("crs") if isinstance(document, dict) else None
    if member is None:
        return "EPSG:4326"
    properties = member.get("properties") if isinstance(member, dict) else None
    named = str(properties.get("name", "")) if isinstance(properties, dict) else str(member)
    if "CRS84" in named:
        return "EPSG:4326"
    code = re.search(r"EPSG:(?:[\d.]*:)?(\d{4,6})$", named)
    if code is None:
        raise UploadError("upload.crs_unknown", crs=named[:80])
    return f"EPSG:{code.group(1)}"


def cell_text(value: object) -> str | None:
    """Return a JSON value as the text of a cell; None for null and empty text."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ";".join(value) or None
    return json.dumps(value, ensure_ascii=False)


def _bad_shape(number: int, reason: str) -> UploadError:
    return UploadError("upload.json_shape", where="feature", number=number, reason=reason)
