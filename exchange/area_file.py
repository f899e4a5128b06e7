"""The outline of an area from an uploaded GeoJSON file: read in the child process, handed on as clean GeoJSON text."""

from __future__ import annotations

import json
from typing import Any, Final

from exchange.errors import UploadError
from exchange.limits import MIB, Limits
from exchange.sandbox import read_upload
from geo.errors import GeometryError

FILE_BYTES: Final = 2 * MIB
_GEOMETRY_KEYS: Final = frozenset({"type", "coordinates", "geometry", "geometries", "features"})


def area_text(content: bytes, filename: str) -> str:
    """Return the geometries of a GeoJSON file as GeoJSON text, without any property; `geo.quarter.polygon_of` judges it.

    Raises
    ------
    UploadError
        The file is refused: too large, damaged, another format.
    GeometryError
        It is a file that can be read, but no GeoJSON.
    """
    found = read_upload(content, filename, whole=True, limits=Limits(file_bytes=FILE_BYTES))
    if found.document is None:
        raise GeometryError("quarter.not_geojson", reason=found.format)
    try:
        return json.dumps(_plain(found.document))
    except ValueError as error:
        raise UploadError("upload.broken", reason=str(error)) from error


def _plain(value: Any) -> Any:
    """Return only what describes geometry; numbers were texts (`exchange.read_json.parse`)."""
    if isinstance(value, dict):
        return {key: each if key == "type" else _plain(each) for key, each in value.items() if key in _GEOMETRY_KEYS}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, str) else value
