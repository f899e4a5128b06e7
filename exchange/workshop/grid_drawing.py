"""The printed grid as SVG: lines, the code in every cell, letters and numbers around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exchange.map_svg import text_svg
from exchange.workshop.signs import GRID_INK
from geo.print_grid import column_name

if TYPE_CHECKING:
    from geo.print_grid import PrintGrid

_CODE: Final = "#4d6a70"


def grid_lines(grid: PrintGrid, side: float, size: float) -> str:
    """Return lines and codes of a grid whose cells are `side` points wide; `size` is that of the type, compared with A4."""
    width, height = grid.columns * side, grid.rows * side
    path = "".join(f"M{at * side:.2f},0V{height:.2f}" for at in range(1, grid.columns))
    path += "".join(f"M0,{at * side:.2f}H{width:.2f}" for at in range(1, grid.rows))
    letters = round(min(0.24 * side, 6.5 * size), 2)
    codes = "".join(
        text_svg(
            f"{column_name(column)}{row + 1}",
            round(column * side + 0.2 * letters, 1),
            round(row * side + 0.95 * letters, 1),
            size=letters,
            colour=_CODE,
        )
        for column in range(grid.columns)
        for row in range(grid.rows)
    )
    return f'<path d="{path}" fill="none" stroke="{GRID_INK}" stroke-width="{0.4 * size:g}"/>{codes}'


def grid_rim(grid: PrintGrid, side: float, rim: float) -> str:
    """Return letters above and below, numbers left and right, in a strip of `rim` points."""
    width, height = grid.columns * side, grid.rows * side
    size = round(min(0.75 * rim, 0.62 * side), 2)
    below, above = height + 0.5 * rim + 0.36 * size, -0.5 * rim + 0.36 * size
    words = []
    for column in range(grid.columns):
        x = round((column + 0.5) * side, 2)
        words += [(column_name(column), x, round(y, 2)) for y in (above, below)]
    for row in range(grid.rows):
        y = round((row + 0.5) * side + 0.36 * size, 2)
        words += [(str(row + 1), round(x, 2), y) for x in (-0.5 * rim, width + 0.5 * rim)]
    return "".join(text_svg(text, x, y, size=size, weight=700, anchor="middle") for text, x, y in words)
