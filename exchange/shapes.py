"""One point for every shape: GeoJSON geometries and the geometry cells of a GeoPackage."""

from __future__ import annotations

import math
import struct
from typing import Any, Final

from exchange.errors import UploadError

_AREAS_AND_LINES: Final = frozenset({"MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})
_ENVELOPE_BYTES: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_EMPTY_FLAG: Final = 0x10
_POINT_TYPES: Final = (1, 1001, 2001, 3001)
_EWKB_FLAGS: Final = 0xE0000000
_NUMBERS_IN_A_POINT: Final = 2

Point = tuple[str | None, str | None]
NO_POINT: Final[Point] = (None, None)


def label_point(geometry: object, number: int) -> Point:
    """Return x and y as text for a GeoJSON geometry with numbers as text; empty for none.

    Raises
    ------
    UploadError
        `geometry` of feature `number` is no geometry, or a coordinate is no finite number.
    """
    if geometry is None:
        return NO_POINT
    if not isinstance(geometry, dict):
        raise _bad(number, "geometry is no object")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point":
        return _position(coordinates, number)
    if kind in _AREAS_AND_LINES:
        return _inside(str(kind), _numbers(coordinates, number), number)
    raise _bad(number, f"geometry of type {str(kind)[:40]!r}")


def _position(coordinates: object, number: int) -> Point:
    if coordinates == []:
        return NO_POINT
    if not isinstance(coordinates, list) or len(coordinates) < _NUMBERS_IN_A_POINT:
        raise _bad(number, "a point needs two coordinates")
    x, y = coordinates[0], coordinates[1]
    _finite(x, number)
    _finite(y, number)
    return x, y


def _finite(text: object, number: int) -> float:
    try:
        value = float(text) if isinstance(text, str) else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UploadError("upload.not_finite", where=f"feature {number}", value=str(text)[:40])
    return value


def _numbers(coordinates: object, number: int) -> Any:
    if isinstance(coordinates, list):
        return [_numbers(part, number) for part in coordinates]
    return _finite(coordinates, number)


def _inside(kind: str, coordinates: object, number: int) -> Point:
    import shapely
    import shapely.geometry

    try:
        shape = shapely.geometry.shape({"type": kind, "coordinates": coordinates})
        return _of_shape(shape)
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError) as error:
        raise _bad(number, f"{kind}: {type(error).__name__}") from error


def _of_shape(shape: Any) -> Point:
    if shape.is_empty:
        return NO_POINT
    point = shape.representative_point()
    return repr(point.x), repr(point.y)


def package_point(blob: bytes) -> Point:
    """Return x and y as text of a GeoPackage geometry cell.

    The cell is ``GP``, version, flags, srs, optional envelope, then WKB (OGC 12-128, 2.1.3).
    ValueError if it is damaged.
    """
    if blob[:2] != b"GP" or len(blob) < 8:  # noqa: PLR2004 - fixed header
        raise ValueError(blob[:2])
    flags = blob[3]
    if flags & _EMPTY_FLAG:
        return NO_POINT
    wkb = blob[8 + _ENVELOPE_BYTES[(flags >> 1) & 0x07] :]
    order = "<" if wkb[0] == 1 else ">"
    (kind,) = struct.unpack(f"{order}I", wkb[1:5])
    if kind & ~_EWKB_FLAGS in _POINT_TYPES:
        x, y = struct.unpack(f"{order}dd", wkb[5:21])
        if math.isnan(x) and math.isnan(y):
            return NO_POINT
        if not (math.isfinite(x) and math.isfinite(y)):
            raise ValueError(x, y)
        return repr(x), repr(y)
    return _from_wkb(wkb)


def _from_wkb(wkb: bytes) -> Point:
    import shapely

    try:
        return _of_shape(shapely.from_wkb(wkb))
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error


def _bad(number: int, reason: str) -> UploadError:
    return UploadError("upload.json_shape", where="feature", number=number, reason=reason)
