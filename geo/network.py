"""The street graph, prepared once, and the snapping of points to its streets.

Everything is EPSG:25832, lengths are metres. A point is attached to the nearest *edge* (streets
are drawn straight between two nodes): the way to it is the distance to that edge plus the part of
the edge up to either end, so a place in the middle of a long street is not moved to a crossing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.errors import ParameterError

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

DEFAULT_SNAP_LIMIT_M: Final = 250.0
"""A point farther than this from every street counts as unreached."""

PLACE_SNAP_LIMIT_M: Final = 600.0
"""The same for places: their point lies in the middle of a hospital's grounds, a park or a lake, far from public streets."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A street graph ready for shortest paths; make it with `prepare_network`.

    Attributes
    ----------
    graph
        Symmetric CSR matrix of lengths in metres, shape (nodes, nodes); of parallel edges the
        shortest.
    x, y
        Coordinates of the nodes in metres (EPSG:25832), ordered by node id.
    edge_u, edge_v
        End nodes (row numbers of `x`) of every edge, ``edge_u < edge_v``, sorted.
    edge_m
        Length of every edge in metres.
    streets
        Spatial index over the edges as straight lines, in the order of `edge_u`.
    """

    graph: csr_array
    x: FloatArray
    y: FloatArray
    edge_u: IntArray
    edge_v: IntArray
    edge_m: FloatArray
    streets: shapely.STRtree

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.x)


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """Points attached to the street graph; one entry per point.

    Attributes
    ----------
    edge
        Row number of the edge, -1 = unreached (no coordinate or beyond the limit).
    offset_m
        Distance from the point to the edge; NaN = unreached.
    u, v
        End nodes of the edge; -1 = unreached.
    to_u_m, to_v_m
        Way from the point to either end: `offset_m` plus the part of the edge; NaN = unreached.
    """

    edge: IntArray
    offset_m: FloatArray
    u: IntArray
    v: IntArray
    to_u_m: FloatArray
    to_v_m: FloatArray

    def __len__(self) -> int:
        return len(self.edge)

    @property
    def reached(self) -> BoolArray:
        """Whether the point hangs on a street."""
        return self.edge >= 0

    def take(self, rows: npt.NDArray[Any]) -> Snapped:
        """Return the points of `rows` (positions or mask), in that order."""
        return Snapped(
            self.edge[rows],
            self.offset_m[rows],
            self.u[rows],
            self.v[rows],
            self.to_u_m[rows],
            self.to_v_m[rows],
        )


def prepare_network(nodes: pd.DataFrame, edges: pd.DataFrame) -> Network:
    """Return the street graph of a node and an edge table.

    Parameters
    ----------
    nodes
        Columns ``node`` (whole number, unique), ``x``, ``y`` (metres, EPSG:25832).
    edges
        Columns ``u``, ``v`` (node ids), ``length_m`` (0 or more). Edges go both ways; loops are
        dropped. The order of the rows of both tables changes nothing.

    Raises
    ------
    ParameterError
        A column is missing, a node is double or without coordinate, an edge ends at an unknown
        node or its length is negative or NaN; the message names the row (counted from 0).
    """
    _require_columns(nodes, "street_nodes", ("node", "x", "y"))
    _require_columns(edges, "street_edges", ("u", "v", "length_m"))
    ids, x, y = _sorted_nodes(nodes)
    length_m = edges["length_m"].to_numpy(dtype="float64", na_value=np.nan)
    _refuse(~(np.isfinite(length_m) & (length_m >= 0)), "network.bad_length", length_m)
    ends = [_positions(edges[name].to_numpy(), ids) for name in ("u", "v")]
    low, high = np.minimum(*ends), np.maximum(*ends)
    order = np.lexsort((length_m, high, low))
    order = order[low[order] != high[order]]
    u, v, length_m = low[order], high[order], length_m[order]
    lines = shapely.linestrings(np.stack([np.c_[x[u], y[u]], np.c_[x[v], y[v]]], axis=1))
    return Network(_matrix(u, v, length_m, len(ids)), x, y, u, v, length_m, shapely.STRtree(lines))


def snap(network: Network, x: FloatArray, y: FloatArray, *, limit_m: float = DEFAULT_SNAP_LIMIT_M) -> Snapped:
    """Attach points to their nearest edge; ties go to the first edge in the network's order.

    Parameters
    ----------
    network
        From `prepare_network`.
    x, y
        Metres (EPSG:25832), same length; NaN = no coordinate, which counts as unreached.
    limit_m
        Points farther than this from every edge are unreached.

    Raises
    ------
    ParameterError
        `limit_m` is negative or NaN.
    """
    if not limit_m >= 0:
        raise ParameterError("parameter.out_of_range", name="limit_m", value=limit_m, minimum=0, maximum="inf")
    edge = _nearest_edge(network, x, y, limit_m)
    offset_m, to_u_m, to_v_m = (np.full(len(x), np.nan) for _ in range(3))
    u, v = (np.full(len(x), -1, dtype=np.int64) for _ in range(2))
    hit = edge >= 0
    found = edge[hit]
    u[hit], v[hit] = network.edge_u[found], network.edge_v[found]
    offset_m[hit], share = _foot(network, found, x[hit], y[hit])
    to_u_m[hit] = offset_m[hit] + share * network.edge_m[found]
    to_v_m[hit] = offset_m[hit] + (1.0 - share) * network.edge_m[found]
    return Snapped(edge, offset_m, u, v, to_u_m, to_v_m)


def _nearest_edge(network: Network, x: FloatArray, y: FloatArray, limit_m: float) -> IntArray:
    edge = np.full(len(x), -1, dtype=np.int64)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if len(known) == 0 or len(network.edge_u) == 0:
        return edge
    points = shapely.points(x[known], y[known])
    if limit_m > 0 and np.isfinite(limit_m):
        row, found = network.streets.query_nearest(points, max_distance=limit_m, all_matches=True)
    else:
        row, found = network.streets.query_nearest(points, all_matches=True)
    order = np.lexsort((found, row))
    first = order[np.r_[True, np.diff(row[order]) > 0]] if len(order) else order
    edge[known[row[first]]] = found[first]
    hit = np.flatnonzero(edge >= 0)
    offset_m, _ = _foot(network, edge[hit], x[hit], y[hit])
    edge[hit[offset_m > limit_m]] = -1
    return edge


def _foot(network: Network, edge: IntArray, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the distance of each point to its edge and where on it (0 at u, 1 at v) it stands."""
    u, v = network.edge_u[edge], network.edge_v[edge]
    dx, dy = network.x[v] - network.x[u], network.y[v] - network.y[u]
    px, py = x - network.x[u], y - network.y[u]
    length2 = dx * dx + dy * dy
    share = np.divide(px * dx + py * dy, length2, out=np.zeros(len(x)), where=length2 > 0)
    share = np.clip(share, 0.0, 1.0)
    return np.hypot(px - share * dx, py - share * dy), share


def _matrix(u: IntArray, v: IntArray, length_m: FloatArray, n: int) -> csr_array:
    """Return the symmetric CSR matrix; the edges come sorted, the shortest parallel one first."""
    first = np.r_[True, (np.diff(u) > 0) | (np.diff(v) > 0)] if len(u) else np.zeros(0, dtype=bool)
    start, end = np.r_[u[first], v[first]], np.r_[v[first], u[first]]
    weight = np.r_[length_m[first], length_m[first]]
    order = np.lexsort((end, start))
    indptr = np.searchsorted(start[order], np.arange(n + 1))
    from scipy.sparse import csr_array

    return csr_array((weight[order], end[order].astype(np.int32), indptr.astype(np.int32)), shape=(n, n))


def _sorted_nodes(nodes: pd.DataFrame) -> tuple[npt.NDArray[Any], FloatArray, FloatArray]:
    ids = nodes["node"].to_numpy()
    order = np.argsort(ids, kind="stable")
    double = np.zeros(len(ids), dtype=bool)
    double[order[1:]] = ids[order[1:]] == ids[order[:-1]]
    _refuse(double, "network.duplicate_node", ids)
    x, y = (nodes[name].to_numpy(dtype="float64", na_value=np.nan)[order] for name in ("x", "y"))
    bad = np.zeros(len(ids), dtype=bool)
    bad[order] = ~(np.isfinite(x) & np.isfinite(y))
    _refuse(bad, "network.bad_coordinate", ids)
    return ids[order], x, y


def _positions(values: npt.NDArray[Any], ids: npt.NDArray[Any]) -> IntArray:
    at = np.searchsorted(ids, values)
    inside = at < len(ids)
    known = np.zeros(len(values), dtype=bool)
    known[inside] = ids[at[inside]] == values[inside]
    _refuse(~known, "network.unknown_node", values)
    return at


def _refuse(bad: BoolArray, key: str, values: npt.NDArray[Any]) -> None:
    rows = np.flatnonzero(bad)
    if len(rows):
        raise ParameterError(key, row=int(rows[0]), value=values[rows[0]].item())


def _require_columns(frame: pd.DataFrame, name: str, columns: tuple[str, ...]) -> None:
    for column in columns:
        if column not in frame.columns:
            available = ", ".join(map(str, frame.columns))
            raise ParameterError("parameter.missing_column", name=name, column=column, available=available)
