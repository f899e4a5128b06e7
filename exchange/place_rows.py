"""Rows on their way to places, and their coordinates: two columns of numbers become degrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from exchange.positions import Position, find_position, inside, to_lonlat

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from exchange.vocabulary import Bounds

    Report = Callable[..., None]


@dataclass
class PlaceRow:
    """One row: its number in the file and typed values by target; unknown ones are not in it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Coordinates:
    """The numbers of the coordinate columns of all rows, NaN where there is none.

    `x` and `y` are the columns as the file calls them: they may be degrees or metres and swapped.
    """

    def __init__(self, rows: list[PlaceRow]) -> None:
        self.rows = rows
        self.x = np.full(len(rows), np.nan)
        self.y = np.full(len(rows), np.nan)

    def place(
        self, report: Report, bounds: Bounds, *, column: str | None, chosen: Position | None, named: str | None
    ) -> Position | None:
        """Set ``lon`` and ``lat`` of each row and report what cannot be placed.

        Parameters
        ----------
        report
            Called with key, row, column, value, severity and details of each problem.
        bounds
            West, south, east, north of the city in EPSG:25832.
        column
            Column shown with a problem.
        chosen, named
            System chosen by a person, or named by the file; None = find out.
        """
        self._take_pairs()
        self._half(report)
        position = chosen or find_position(self.x, self.y, bounds, named=named)
        if position is None:
            self._outside(report, np.isfinite(self.x), column, "?")
            return None
        lon, lat = to_lonlat(self.x, self.y, position)
        east, north = (self.y, self.x) if position.swapped else (self.x, self.y)
        near = inside(east, north, position.crs, bounds)
        for at in np.flatnonzero(near).tolist():
            self.rows[at].values |= {"lon": float(lon[at]), "lat": float(lat[at])}
        self._outside(report, np.isfinite(self.x) & ~near, column, position.crs)
        return position

    def _take_pairs(self) -> None:
        """Use the cells that hold both numbers where the two columns are empty."""
        for at, row in enumerate(self.rows):
            pair = row.values.pop("coordinates", None)
            if pair is not None and np.isnan(self.x[at]) and np.isnan(self.y[at]):
                self.x[at], self.y[at] = pair

    def _half(self, report: Report) -> None:
        for at in np.flatnonzero(np.isfinite(self.x) != np.isfinite(self.y)).tolist():
            row = self.rows[at]
            value = self.x[at] if np.isfinite(self.x[at]) else self.y[at]
            report("row.half_coordinate", row.number, None, None)
            row.notes.append(f"Koordinate: {value:.10g}")
            self.x[at] = self.y[at] = np.nan

    def _outside(self, report: Report, rows: npt.NDArray[np.bool_], column: str | None, crs: str) -> None:
        for at in np.flatnonzero(rows).tolist():
            value = f"{self.x[at]:.10g}, {self.y[at]:.10g}"
            report("row.outside", self.rows[at].number, column, value, "error", crs=crs)
