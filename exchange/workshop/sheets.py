"""Paper sizes of a workshop's map: how large the map may be, at which round scale it is drawn, how large the type is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.errors import ParameterError

if TYPE_CHECKING:
    from geo.print_grid import PrintGrid

SheetName = Literal["A4", "A3", "A0"]
POINTS_PER_MM: Final = 72.0 / 25.4

_STEPS: Final = ((5_000, 100), (10_000, 250), (50_000, 500), (100_000, 2_500))
_LARGE_STEP: Final = 5_000
_RIM_MM: Final = 5.0  # around the map for letters and numbers of the grid, times the size of the type


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper size; lengths in millimetres.

    Attributes
    ----------
    name
        ``A4``, ``A3`` or ``A0``.
    short, long
        Its sides.
    margin
        White edge that every printer leaves.
    type_size
        How large the type is, compared with A4.
    """

    name: SheetName
    short: float
    long: float
    margin: float
    type_size: float


SHEETS: Final[dict[SheetName, Sheet]] = {
    "A4": Sheet("A4", 210.0, 297.0, 9.0, 1.0),
    "A3": Sheet("A3", 297.0, 420.0, 10.0, 1.35),
    "A0": Sheet("A0", 841.0, 1189.0, 20.0, 3.2),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a map sheet stand; lengths in millimetres from the upper left corner of the page.

    Attributes
    ----------
    sheet
        Paper size.
    landscape
        Whether it lies.
    width, height
        Of the page.
    map_left, map_top, map_width, map_height
        Of the grid, without its letters and numbers.
    rim
        Width of the strip around the grid for letters and numbers.
    legend_left, legend_top, legend_width, legend_height
        Where legend and scale bar stand.
    denominator
        10 000 for a scale of 1 : 10 000.
    """

    sheet: Sheet
    landscape: bool
    width: float
    height: float
    map_left: float
    map_top: float
    map_width: float
    map_height: float
    rim: float
    legend_left: float
    legend_top: float
    legend_width: float
    legend_height: float
    denominator: int

    @property
    def metres_per_point(self) -> float:
        """Metres on the ground per point (1/72 inch) on paper."""
        return self.denominator / 1000.0 / POINTS_PER_MM


def sheet_named(name: str) -> Sheet:
    """Return a paper size by its name; ParameterError for others."""
    for sheet in SHEETS.values():
        if sheet.name == name:
            return sheet
    raise ParameterError("parameter.unknown_value", name="sheet", value=name, allowed=", ".join(SHEETS))


def layout(sheet: Sheet, grid: PrintGrid) -> Layout:
    """Return where the parts of a sheet stand for a grid: the largest round scale at which the grid fits."""
    size, landscape = sheet.type_size, grid.landscape
    width, height = (sheet.long, sheet.short) if landscape else (sheet.short, sheet.long)
    rim, head, foot = _RIM_MM * size, 15.0 * size, 12.0 * size
    panel = 58.0 * size if landscape else 0.0
    below = 0.0 if landscape else 44.0 * size
    room_width = width - 2 * sheet.margin - 2 * rim - panel
    room_height = height - 2 * sheet.margin - 2 * rim - head - foot - below
    denominator = round_denominator(max(grid.width_m / room_width, grid.height_m / room_height) * 1000.0)
    map_width, map_height = grid.width_m * 1000.0 / denominator, grid.height_m * 1000.0 / denominator
    left = sheet.margin + rim + (room_width - map_width) / 2.0
    top = sheet.margin + head + rim
    if landscape:
        legend = (
            width - sheet.margin - panel + 4.0 * size,
            sheet.margin + head,
            panel - 4.0 * size,
            room_height + 2 * rim,
        )
        left = sheet.margin + rim + min((room_width - map_width) / 2.0, 4.0 * size)
    else:
        spare = room_height - map_height
        legend = (
            sheet.margin,
            top + map_height + rim + 2.0 * size,
            width - 2 * sheet.margin,
            below + spare - 2.0 * size,
        )
    return Layout(sheet, landscape, width, height, left, top, map_width, map_height, rim, *legend, denominator)


def round_denominator(least: float) -> int:
    """Return the smallest round number that is at least `least`: 8 760 → 9 000, 16 030 → 16 500."""
    step = next((step for below, step in _STEPS if least <= below), _LARGE_STEP)
    return step * max(1, math.ceil(least / step - 1e-6))
