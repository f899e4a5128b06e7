"""The grid printed over a workshop's map: codes A1, A2 … for cells, and back from a code to a place.

One area has one grid, whatever the sheet: C4 on the poster is C4 on the handout. Columns have letters from the west,
rows numbers from the north. I and O are no columns, because on paper they look like 1 and 0. The lines lie on whole
multiples of the cell's side in EPSG:25832, so that a border moved by a few metres leaves the codes as they are; the
grid's key is printed on the sheet and brings the same grid back when the area was changed after printing.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from geo.errors import GeometryError, ParameterError

LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Columns: the alphabet without I and O."""

SIDES_M: Final = (50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1_000, 1_250, 1_500, 2_000, 2_500, 5_000)
"""Sides that a cell may have."""

MOST_CELLS: Final = 26
"""Cells along the longer side: on A4 a cell is then still as wide as a fingertip."""

PORTRAIT: Final = 0.92
LANDSCAPE: Final = 1.36
"""Width : height of the map on upright and on lying sheets; the grid is filled up to that."""

_MARGIN_SHARE: Final = 0.03
_LEAST_MARGIN_M: Final = 40.0
_MOST_DEGREES: Final = 360.0
_MOST_M: Final = 10_000_000.0
_MOST_ROWS: Final = 2_000
_NO_SIGN: Final = re.compile(r"[\s.,;:/_'\"()\[\]-]+")
_CODE: Final = re.compile(rf"([{LETTERS}]{{1,3}})0*([1-9][0-9]{{0,3}})")
_TURNED: Final = re.compile(rf"0*([1-9][0-9]{{0,3}})([{LETTERS}]{{1,3}})")
_DASHES: Final = re.compile("[\\s\u00ad\u2010-\u2015\u2212-]+")
_KEY: Final = re.compile(r"([0-9]{1,8})-([0-9]{1,8})-([0-9]{1,5})-([0-9]{1,4})-([0-9]{1,4})")
_GOLDEN_ANGLE: Final = math.pi * (3.0 - math.sqrt(5.0))
_SPOTS: Final = 24
_SPREAD: Final = 0.4  # of the side: a spot never comes near the cell's edge


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid; lengths in metres, coordinates in EPSG:25832.

    Attributes
    ----------
    code
        ``C4``.
    column, row
        Counted from 0, from the west and from the north.
    west, south, east, north
        Its edges.
    """

    code: str
    column: int
    row: int
    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle: where a note stands of which only the code is known."""
        return (self.west + self.east) / 2.0, (self.south + self.north) / 2.0

    @property
    def uncertainty_m(self) -> float:
        """Greatest distance between the centre and a place in the cell: half its diagonal."""
        return math.hypot(self.east - self.west, self.north - self.south) / 2.0

    def spot(self, number: int) -> tuple[float, float]:
        """Return a place in the cell for its note `number`: the centre for 0, then around it, never on an edge.

        Notes of one cell would else lie on top of each other. The same number gives the same place.
        """
        turn = number % _SPOTS
        radius = _SPREAD * (self.east - self.west) * math.sqrt(turn / _SPOTS)
        x, y = self.centre
        return x + radius * math.cos(turn * _GOLDEN_ANGLE), y + radius * math.sin(turn * _GOLDEN_ANGLE)


@dataclass(frozen=True, slots=True)
class PrintGrid:
    """Square cells over an area.

    Attributes
    ----------
    west, north
        Corner of A1 in EPSG:25832, whole multiples of `side_m`.
    side_m
        Side of a cell in metres.
    columns, rows
        How many.
    """

    west: float
    north: float
    side_m: int
    columns: int
    rows: int

    @property
    def width_m(self) -> float:
        """Width of the whole grid in metres."""
        return float(self.columns * self.side_m)

    @property
    def height_m(self) -> float:
        """Height of the whole grid in metres."""
        return float(self.rows * self.side_m)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the grid in EPSG:25832."""
        return self.west, self.north - self.height_m, self.west + self.width_m, self.north

    @property
    def landscape(self) -> bool:
        """Whether it is made for sheets that lie."""
        return self.columns > self.rows

    @property
    def key(self) -> str:
        """What brings the same grid back: ``548200-5803400-100-22-25``."""
        return f"{self.west:.0f}-{self.north:.0f}-{self.side_m}-{self.columns}-{self.rows}"

    @property
    def last(self) -> str:
        """Code of the cell in the south-east."""
        return column_name(self.columns - 1) + str(self.rows)

    def code_at(self, x: float, y: float) -> str | None:
        """Return the code of a place in EPSG:25832; None outside the grid or for NaN.

        A place on a line belongs to the cell east and south of it, on the outer edge to the last one.
        """
        west, south, east, north = self.bounds
        if not (west <= x <= east and south <= y <= north):
            return None
        column = min(int((x - west) // self.side_m), self.columns - 1)
        row = min(int((north - y) // self.side_m), self.rows - 1)
        return column_name(column) + str(row + 1)

    def cell(self, code: str) -> Cell:
        """Return the cell of a code as people type it.

        Small letters, blanks and signs between letter and number, ``4C`` for ``C4``, leading zeros, and O for 0 or
        I for 1 are understood.

        Raises
        ------
        ParameterError
            Not a code, or one that this grid does not have; the message names first and last.
        """
        found = _parts(code)
        if found is None:
            raise ParameterError("grid.code_unreadable", code=code, first="A1", last=self.last)
        letters, row = found
        column = column_index(letters)
        if column >= self.columns or row > self.rows:
            raise ParameterError("grid.code_outside", code=letters + str(row), first="A1", last=self.last)
        west, north = self.west + column * self.side_m, self.north - (row - 1) * self.side_m
        return Cell(f"{letters}{row}", column, row - 1, west, north - self.side_m, west + self.side_m, north)


def print_grid(geometry: Any, *, side_m: int | None = None) -> PrintGrid:
    """Return the grid over an area: the area with a margin, filled up to the proportions of a sheet.

    Parameters
    ----------
    geometry
        Polygon in EPSG:25832.
    side_m
        Side of a cell in whole metres; None = the smallest of `SIDES_M` with at most `MOST_CELLS` cells along the
        longer side.

    Raises
    ------
    GeometryError
        No polygon with a size, or one in degrees.
    ParameterError
        A side below 10 m or above 5 km, or one that gives thousands of cells.
    """
    west, south, east, north = _bounds(geometry)
    margin = max(_MARGIN_SHARE * max(east - west, north - south), _LEAST_MARGIN_M)
    box = (west - margin, south - margin, east + margin, north + margin)
    proportion = _proportion(box[2] - box[0], box[3] - box[1])
    if side_m is None:
        return next((made for made in (_filled(box, side, proportion) for side in SIDES_M) if _fits(made)),
                    _filled(box, SIDES_M[-1], proportion))  # fmt: skip
    if not 10 <= side_m <= SIDES_M[-1]:  # noqa: PLR2004 -- smaller than a house is no cell
        raise ParameterError("parameter.out_of_range", name="side_m", value=side_m, minimum=10, maximum=SIDES_M[-1])
    made = _filled(box, side_m, proportion)
    if max(made.columns, made.rows) > _MOST_ROWS:
        least = math.ceil(side_m * max(made.columns, made.rows) / _MOST_ROWS)
        raise ParameterError("parameter.out_of_range", name="side_m", value=side_m, minimum=least, maximum=SIDES_M[-1])
    return made


def grid_of_key(key: str) -> PrintGrid:
    """Return the grid of a key that is printed on a sheet; ParameterError for anything else."""
    found = _KEY.fullmatch(_DASHES.sub("-", unicodedata.normalize("NFKC", key[:80]).strip()))
    numbers = tuple(int(part) for part in found.groups()) if found else (0, 0, 0, 0, 0)
    west, north, side_m, columns, rows = numbers
    if not (side_m and 0 < columns <= _MOST_ROWS and 0 < rows <= _MOST_ROWS):
        raise ParameterError("grid.bad_key", key=key)
    return PrintGrid(float(west), float(north), side_m, columns, rows)


def column_name(index: int) -> str:
    """Return the letters of a column counted from 0: 0 → A, 23 → Z, 24 → AA."""
    name, rest = "", index + 1
    while rest:
        rest, at = divmod(rest - 1, len(LETTERS))
        name = LETTERS[at] + name
    return name


def column_index(letters: str) -> int:
    """Return the column of its letters, counted from 0."""
    index = 0
    for letter in letters:
        index = index * len(LETTERS) + LETTERS.index(letter) + 1
    return index - 1


def _parts(code: str) -> tuple[str, int] | None:
    """Return letters and row of a code; None for what is none."""
    plain = _NO_SIGN.sub("", unicodedata.normalize("NFKC", code[:40])).upper().replace("O", "0").replace("I", "1")
    if found := _CODE.fullmatch(plain):
        return found.group(1), int(found.group(2))
    if found := _TURNED.fullmatch(plain):
        return found.group(2), int(found.group(1))
    return None


def _bounds(geometry: Any) -> tuple[float, float, float, float]:
    kind = getattr(geometry, "geom_type", type(geometry).__name__)
    if kind not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
        raise GeometryError("grid.no_area", found=kind)
    values = np.asarray(shapely.bounds(geometry), dtype="float64")
    if not np.isfinite(values).all() or (np.abs(values) <= _MOST_DEGREES).all() or (np.abs(values) > _MOST_M).any():
        raise GeometryError("grid.not_metric")
    if not shapely.area(geometry) > 0:
        raise GeometryError("grid.no_area", found="an area without size")
    west, south, east, north = (float(value) for value in values)
    return west, south, east, north


def _proportion(width: float, height: float) -> float:
    """Return the proportion of the sheet on which the area is drawn larger: 182 × 198 mm upright, 211 × 155 mm lying."""
    upright = max(width / PORTRAIT, height) / 198.0
    lying = max(width / LANDSCAPE, height) / 155.0
    return PORTRAIT if upright <= lying else LANDSCAPE


def _filled(box: tuple[float, float, float, float], side_m: int, proportion: float) -> PrintGrid:
    """Return whole cells over the box, with more of them on both sides up to the sheet's proportion."""
    west, east = math.floor(box[0] / side_m), math.ceil(box[2] / side_m)
    south, north = math.floor(box[1] / side_m), math.ceil(box[3] / side_m)
    columns, rows = east - west, north - south
    wider = max(0, math.floor(rows * proportion) - columns)
    higher = max(0, math.floor(columns / proportion) - rows)
    return PrintGrid(
        float((west - wider // 2) * side_m),
        float((north + higher // 2) * side_m),
        side_m,
        columns + wider,
        rows + higher,
    )


def _fits(grid: PrintGrid) -> bool:
    return max(grid.columns, grid.rows) <= MOST_CELLS
