"""Corners of an area as people type them: one a line, latitude first, with a point or a comma in the numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.errors import GeometryError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER: Final = r"[-+]?\d{1,3}(?:[.,]\d{1,12})?"
_SPACED: Final = re.compile(rf"({_NUMBER})°?\s*[;,/]?\s+({_NUMBER})°?")
_TIGHT: Final = re.compile(r"([-+]?\d{1,3}(?:\.\d{1,12})?)°?\s*[;,/]\s*([-+]?\d{1,3}(?:\.\d{1,12})?)°?")
_LONGEST: Final = 60


def corners_of(text: str) -> list[tuple[float, float]]:
    """Return (longitude, latitude) in degrees of each line that is not empty.

    Takes ``52.3705, 9.7332`` and ``52,3705 9,7332``.

    Raises
    ------
    GeometryError
        A line that is no pair of degrees, by its number.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if not said:
            continue
        pair = _TIGHT.fullmatch(said) or _SPACED.fullmatch(said)
        if pair is None or len(said) > _LONGEST:
            raise GeometryError("quarter.bad_corner", line=number, value=said[:_LONGEST])
        lat, lon = (float(part.replace(",", ".")) for part in pair.groups())
        if abs(lat) > 90.0 or abs(lon) > 180.0:  # noqa: PLR2004 -- degrees
            raise GeometryError("quarter.bad_corner", line=number, value=said[:_LONGEST])
        found.append((lon, lat))
    return found


def corners_text(corners: Sequence[tuple[float, float]]) -> str:
    """Return corners (longitude, latitude) as `corners_of` reads them."""
    return "\n".join(f"{lat:.6f}, {lon:.6f}" for lon, lat in corners)
