"""Cells of 100 m as coloured squares: population or any other number per cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.crs import points_from_xy, to_lonlat
from geo.errors import ParameterError
from layers.columns import require_columns
from layers.geometry import STEPS_PER_DEGREE
from layers.maplayer import MapLayer, make_layer
from layers.palette import UNKNOWN, require_colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from layers.attribution import Attribution
    from layers.classify import Classes

KEY: Final = "population"
CELL_M: Final = 100.0


def population_layer(
    cells: pd.DataFrame,
    classes: Classes,
    colours: Sequence[str],
    *,
    show_unknown: bool = True,
    cell_m: float = CELL_M,
    attributions: Sequence[Attribution] = (),
) -> MapLayer:
    """Return the cells as squares on one canvas.

    Parameters
    ----------
    cells
        ``x``, ``y``: centre of each cell in EPSG:25832 (metres); same rows as `classes`. The INSPIRE grid is
        turned by less than half a degree against EPSG:25832 here; the squares are drawn upright.
    classes
        Of one number per cell.
    colours
        One ``#rrggbb`` per class.
    show_unknown
        Draw cells of unknown value in grey with a hatch line (else leave them out).
    cell_m
        Side of a cell in metres.

    Raises
    ------
    ParameterError
        Missing column; classes of another number of rows; fewer colours than classes.
    """
    require_columns(cells, ["x", "y"], name="cells")
    if len(classes.index) != len(cells):
        raise ParameterError(
            "parameter.out_of_range", name="rows of classes", value=len(classes.index), minimum=len(cells),
            maximum=len(cells),
        )  # fmt: skip
    if len(colours) < len(classes):
        raise ParameterError(
            "parameter.out_of_range",
            name="number of colours",
            value=len(colours),
            minimum=len(classes),
            maximum=9,
        )
    points = points_from_xy(cells["x"].to_numpy(), cells["y"].to_numpy())
    shown = points.notna().to_numpy() & ((classes.index >= 0) | show_unknown)
    degrees = shapely.get_coordinates(to_lonlat(points[shown]).to_numpy())
    whole = np.rint(degrees * STEPS_PER_DEGREE).astype(np.int64)
    data: dict[str, Any] = {
        "lon": _differences(whole[:, 0]),
        "lat": _differences(whole[:, 1]),
        "index": classes.index[shown].tolist(),
        "colours": [require_colour(each) for each in colours],
        "unknown": [UNKNOWN.colour, UNKNOWN.pattern_colour],
        "side": cell_m,
    }
    return make_layer(KEY, "grid", data, count=int(shown.sum()), attributions=attributions)


def _differences(whole: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[int]:
    found: list[int] = np.diff(whole, prepend=0).tolist()
    return found
