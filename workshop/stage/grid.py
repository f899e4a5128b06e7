"""The printed grid as the browser gets it: centres of the cells by code, and the lines between them, in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.crs import points_from_xy, to_lonlat
from geo.print_grid import column_name

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.print_grid import PrintGrid

_DECIMALS = 6


def grid_spec(grid: PrintGrid) -> dict[str, Any]:
    """Return key, side in metres, columns, last code, cells ``[code, lon, lat]`` and lines ``[[lon, lat], [lon, lat]]``."""
    codes = [column_name(column) + str(row + 1) for row in range(grid.rows) for column in range(grid.columns)]
    centres = _degrees([grid.cell(code).centre for code in codes])
    west, south, east, north = grid.bounds
    ends = [((x, north), (x, south)) for x in np.linspace(west, east, grid.columns + 1)]
    ends += [((west, y), (east, y)) for y in np.linspace(north, south, grid.rows + 1)]
    points = _degrees([end for line in ends for end in line])
    return {
        "key": grid.key,
        "side_m": grid.side_m,
        "columns": grid.columns,
        "last": grid.last,
        "cells": [[code, *spot] for code, spot in zip(codes, centres, strict=True)],
        "lines": [points[at : at + 2] for at in range(0, len(points), 2)],
    }


def _degrees(xy: list[tuple[float, float]]) -> list[list[float]]:
    array: npt.NDArray[np.float64] = np.asarray(xy, dtype="float64")
    points = to_lonlat(points_from_xy(array[:, 0], array[:, 1]))
    found: list[list[float]] = shapely.get_coordinates(points.to_numpy()).round(_DECIMALS).tolist()
    return found
