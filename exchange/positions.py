"""Which coordinate system a pair of columns is in, told by where the points would lie.

The only door for coordinates of uploads: they come in from the systems below and leave as degrees
(EPSG:4326), which the tables of places hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyproj

from exchange.errors import UploadError
from geo.crs import LONLAT_CRS, METRIC_CRS

if TYPE_CHECKING:
    from exchange.vocabulary import Bounds

FloatArray = npt.NDArray[np.float64]

SYSTEMS: Final = {
    "EPSG:4326": "WGS 84, Grad",
    "EPSG:25832": "ETRS89 / UTM 32N",
    "EPSG:4647": "ETRS89 / UTM 32N mit Zonenkennung (32…)",
    "EPSG:31467": "DHDN / Gauß-Krüger Zone 3 (3…)",
    "EPSG:3857": "Web Mercator",
    "EPSG:25833": "ETRS89 / UTM 33N",
    "EPSG:32632": "WGS 84 / UTM 32N",
    "EPSG:31468": "DHDN / Gauß-Krüger Zone 4 (4…)",
    "EPSG:3035": "ETRS89 / LAEA Europe",
    "EPSG:4258": "ETRS89, Grad",
}
"""Systems that are understood, the most likely first, with a German name."""

MARGIN_M: Final = 15_000.0
"""Points up to this far outside the city's bounds still count as plausible."""

_ENOUGH: Final = 0.5
_SAMPLE: Final = 5_000


@dataclass(frozen=True)
class Position:
    """How two columns are read as coordinates.

    Attributes
    ----------
    crs
        System, for example ``EPSG:25832``.
    swapped
        Whether the first column holds the northing (or latitude).
    share
        Share of the filled rows (0–1) that then lie in or near the city.
    """

    crs: str
    swapped: bool
    share: float


def find_position(x: FloatArray, y: FloatArray, bounds: Bounds, *, named: str | None = None) -> Position | None:
    """Return the system in which most points lie in or near the city; None if less than half do in any.

    Parameters
    ----------
    x, y
        Numbers as they stand in the columns, NaN where there is none; same length.
    bounds
        West, south, east, north of the city in EPSG:25832, metres.
    named
        System that the file itself names: preferred if its points fit at all.
    """
    known = np.isfinite(x) & np.isfinite(y)
    first, second = x[known][:_SAMPLE], y[known][:_SAMPLE]
    if not len(first):
        return None
    order = list(SYSTEMS)
    if named in SYSTEMS:
        order = [named, *(code for code in order if code != named)]
    best: Position | None = None
    for code in order:
        for swapped in (False, True):
            east, north = (second, first) if swapped else (first, second)
            share = float(inside(east, north, code, bounds).mean())
            if share >= _ENOUGH and (best is None or share > best.share):
                best = Position(code, swapped, share)
        if best is not None and code == named:
            return best
    return best


def inside(x: FloatArray, y: FloatArray, crs: str, bounds: Bounds, margin_m: float = MARGIN_M) -> npt.NDArray[np.bool_]:
    """Return which points (easting, northing in `crs`) lie within `bounds` + margin; False for NaN."""
    east, north = _transformed(crs, METRIC_CRS, x, y)
    west, south, right, top = bounds
    with np.errstate(invalid="ignore"):
        found = (east >= west - margin_m) & (east <= right + margin_m)
        found &= (north >= south - margin_m) & (north <= top + margin_m)
    return np.asarray(found, dtype=bool)


def to_lonlat(x: FloatArray, y: FloatArray, position: Position) -> tuple[FloatArray, FloatArray]:
    """Return longitude and latitude (EPSG:4326, degrees) of two columns; NaN where there is no point.

    From Gauß-Krüger (EPSG:31467, 31468) without the BeTA2007 grid the result is true to about 3 m.
    """
    if position.crs not in SYSTEMS:
        raise UploadError("upload.crs_unknown", crs=position.crs)
    east, north = (y, x) if position.swapped else (x, y)
    if position.crs == LONLAT_CRS:
        return _finite(east, north)
    return _transformed(position.crs, LONLAT_CRS, east, north)


def _transformed(source: str, target: str, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    if not len(x):
        return x, y
    return _finite(*_transformer(source, target).transform(x, y))


def _finite(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    lost = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(lost, np.nan, x), np.where(lost, np.nan, y)


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True)
