"""How far every cell is from every place, measured once and used by all measures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from geo.costs import CostTable
from geo.errors import ParameterError
from geo.network import DEFAULT_SNAP_LIMIT_M, PLACE_SNAP_LIMIT_M, FloatArray, IntArray, Network, Snapped, snap
from geo.routing import DEFAULT_DETOUR, line_costs, line_nearest, street_costs, street_nearest


class Method(StrEnum):
    """How walking distances are measured."""

    NETWORK = "network"
    """Along the streets."""
    LINE = "line"
    """Straight line × detour factor: the fallback where there is no street graph."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How to measure.

    Attributes
    ----------
    method
        Streets or straight line.
    detour
        Factor on the straight line, 1 or more; the street graph does not use it.
    snap_limit_m, place_snap_limit_m
        Cells, and places, farther than this from every street are unreached; the straight line does
        not use it.
    """

    method: Method = Method.NETWORK
    detour: float = DEFAULT_DETOUR
    snap_limit_m: float = DEFAULT_SNAP_LIMIT_M
    place_snap_limit_m: float = PLACE_SNAP_LIMIT_M


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Measured distances of all cells.

    Attributes
    ----------
    walk
        How they were measured.
    costs
        Cells → places without cut-off, in the order of both inputs.
    cell_xy
        Coordinates of the cells in metres, shape (cells, 2).
    cell_offset_m
        Distance of each cell to its street, part of its walks; NaN = unreached, 0 on the line.
    place_offset_m
        The same of each place.
    """

    walk: Walk
    costs: CostTable
    cell_xy: FloatArray
    cell_offset_m: FloatArray
    place_offset_m: FloatArray
    _network: Network | None
    _cells: Snapped | None

    def nearest_m(self, xy: FloatArray, *, limit_m: float = np.inf) -> FloatArray:
        """Return the distance from every cell to the nearest of other points.

        Parameters
        ----------
        xy
            Coordinates in metres (EPSG:25832), shape (n, 2).
        limit_m
            Longer walks count as ``inf``; a limit makes the search shorter.

        Returns
        -------
        numpy.ndarray
            Metres per cell; ``inf`` = none within the limit, NaN = cell unreached.
        """
        if self._network is None or self._cells is None:
            found, _ = line_nearest(self.cell_xy, xy, limit_m=limit_m, detour=self.walk.detour)
            return found
        points = snap(self._network, xy[:, 0], xy[:, 1], limit_m=self.walk.place_snap_limit_m)
        found, _ = street_nearest(self._network, self._cells, points, limit_m=limit_m)
        return found

    def nearest_cell_m(self, cells: IntArray, *, limit_m: float = np.inf) -> FloatArray:
        """Return the distance from every cell to the nearest of some cells (positions).

        The same as `nearest_m` with their coordinates, without snapping them again.
        """
        if self._network is None or self._cells is None:
            return self.nearest_m(self.cell_xy[cells], limit_m=limit_m)
        points = self._cells.take(cells)
        found, _ = street_nearest(self._network, self._cells, points, limit_m=limit_m)
        return found

    def cell_costs(self, cells: IntArray, *, cutoff_m: float) -> CostTable:
        """Return the distances from every cell to some cells (positions) up to a cut-off in metres."""
        if self._network is None or self._cells is None:
            return line_costs(self.cell_xy, self.cell_xy[cells], cutoff_m=cutoff_m, detour=self.walk.detour)
        return street_costs(self._network, self._cells, self._cells.take(cells), cutoff_m=cutoff_m)


def measure(network: Network | None, cell_xy: FloatArray, place_xy: FloatArray, walk: Walk) -> Reach:
    """Return the distances of all cells to all places.

    Parameters
    ----------
    network
        Street graph; None = there is none (the method must then be the line).
    cell_xy, place_xy
        Coordinates in metres (EPSG:25832), shape (n, 2); NaN = no coordinate.
    walk
        How to measure.

    Raises
    ------
    ParameterError
        Method ``network`` without a network, or values out of range.
    """
    if walk.method is Method.LINE:
        costs = line_costs(cell_xy, place_xy, detour=walk.detour)
        offset_m = np.where(costs.origin_known, 0.0, np.nan)
        place_offset_m = np.where(np.isfinite(place_xy).all(axis=1), 0.0, np.nan)
        return Reach(walk, costs, cell_xy, offset_m, place_offset_m, None, None)
    if network is None:
        raise ParameterError("gaps.no_network", name="")
    cells = snap(network, cell_xy[:, 0], cell_xy[:, 1], limit_m=walk.snap_limit_m)
    places = snap(network, place_xy[:, 0], place_xy[:, 1], limit_m=walk.place_snap_limit_m)
    costs = street_costs(network, cells, places)
    return Reach(walk, costs, cell_xy, cells.offset_m, places.offset_m, network, cells)
