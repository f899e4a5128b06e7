"""From cells to places: distances on the street graph or along the detoured straight line.

Both ways of measuring give the same `CostTable`, so that every measure works with either. scipy is imported where
something is measured: pages that measure nothing start half a second sooner without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.costs import CHUNK_VALUES, CostTable, cost_table
from geo.errors import ParameterError
from geo.network import BoolArray, FloatArray, IntArray, Network, Snapped

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_LONGEST_M: Final = float(np.finfo("float64").max)  # any walk there is; only ``inf`` is longer

DEFAULT_DETOUR: Final = 1.3
"""Walking distance over straight line, the median of Hannover's own street graph (300 to 3000 m)."""


def street_costs(network: Network, origins: Snapped, targets: Snapped, *, cutoff_m: float = np.inf) -> CostTable:
    """Return the shortest walks from every origin to every target on the street graph.

    One Dijkstra search per target (scipy), stopped at `cutoff_m`; the distance holds both ways
    from the street. Two points on the same edge may walk along it directly.

    Parameters
    ----------
    network
        From `prepare_network`.
    origins, targets
        Points snapped to that network; unreached ones have no entries.
    cutoff_m
        Longest walk that is kept, in metres.

    Raises
    ------
    ParameterError
        `cutoff_m` is negative or NaN.
    """
    _require_cutoff(cutoff_m)
    rows = np.flatnonzero(targets.reached)
    starts = np.flatnonzero(origins.reached)
    here = origins.take(starts)
    size = max(1, CHUNK_VALUES // max(1, network.n_nodes, len(starts)))
    longest = min(cutoff_m, _LONGEST_M)
    blocks = []
    for first in range(0, len(rows), size):
        there = targets.take(rows[first : first + size])
        distance = _block(network, here, there, cutoff_m)
        at, origin = np.divmod(np.flatnonzero(distance.ravel() <= longest), distance.shape[1])
        blocks.append((starts[origin], rows[first + at], distance[at, origin]))
    return cost_table(blocks, origins.reached, targets.reached, cutoff_m)


def street_walks(network: Network, start: Snapped, targets: Snapped) -> FloatArray:
    """Return the shortest walk from one start to every target, in one search.

    Parameters
    ----------
    network
        From `prepare_network`.
    start
        Exactly one point snapped to it.
    targets
        Points snapped to it.

    Returns
    -------
    numpy.ndarray
        Metres per target, both ways from the street included; ``inf`` = no way, NaN = the start or
        the target is unreached.
    """
    distance_m = np.full(len(targets), np.nan)
    rows = np.flatnonzero(targets.reached)
    if len(rows) and start.reached.all():
        distance_m[rows] = _block(network, targets.take(rows), start, np.inf)[0]
    return distance_m


def street_line(network: Network, start: Snapped, target: Snapped) -> FloatArray:
    """Return the crossings of the shortest walk between two snapped points, in order.

    Returns
    -------
    numpy.ndarray
        Metres (EPSG:25832), shape (crossings, 2), without the two points themselves; empty where
        there is no way, or where both hang on the same edge and the way along it is the shortest.
    """
    if not (start.reached.all() and target.reached.all()):
        return np.zeros((0, 2))
    from scipy.sparse.csgraph import dijkstra

    graph = _with_targets(network, start)
    nodes, before = dijkstra(graph, directed=True, indices=network.n_nodes, return_predecessors=True)
    by_u, by_v = nodes[target.u[0]] + target.to_u_m[0], nodes[target.v[0]] + target.to_v_m[0]
    direct = _same_edge(target, start)[2]
    if not np.isfinite(min(by_u, by_v)) or (len(direct) and direct.min() <= min(by_u, by_v)):
        return np.zeros((0, 2))
    at, way = int(target.u[0] if by_u <= by_v else target.v[0]), []
    while 0 <= at < network.n_nodes:
        way.append(at)
        at = int(before[at])
    return np.column_stack([network.x[way[::-1]], network.y[way[::-1]]])


def line_costs(
    origins: FloatArray,
    targets: FloatArray,
    *,
    cutoff_m: float = np.inf,
    detour: float = DEFAULT_DETOUR,
) -> CostTable:
    """Return straight-line distance × `detour` from every origin to every target.

    Parameters
    ----------
    origins, targets
        Coordinates in metres (EPSG:25832), shape (n, 2); NaN = no coordinate.
    cutoff_m
        Longest distance that is kept, after the detour factor.
    detour
        Factor for the way around, 1 or more.

    Raises
    ------
    ParameterError
        `cutoff_m` is negative or NaN, or `detour` is below 1.
    """
    from scipy.spatial.distance import cdist

    _require_cutoff(cutoff_m)
    _require_detour(detour)
    origin_known, target_known = _known(origins), _known(targets)
    starts, rows = np.flatnonzero(origin_known), np.flatnonzero(target_known)
    size = max(1, CHUNK_VALUES // max(1, len(starts)))
    longest = min(cutoff_m, _LONGEST_M)
    blocks = []
    for first in range(0, len(rows), size):
        distance = detour * cdist(targets[rows[first : first + size]], origins[starts])
        at, origin = np.divmod(np.flatnonzero(distance.ravel() <= longest), distance.shape[1])
        blocks.append((starts[origin], rows[first + at], distance[at, origin]))
    return cost_table(blocks, origin_known, target_known, cutoff_m)


def street_nearest(
    network: Network, origins: Snapped, targets: Snapped, *, limit_m: float = np.inf
) -> tuple[FloatArray, IntArray]:
    """Return the distance to the nearest target and its number, in one search from all targets.

    Returns
    -------
    tuple
        Metres per origin: ``inf`` = no target within `limit_m`, NaN = origin unreached; and the
        target's number, -1 where there is none. Equal targets: any of them.
    """
    _require_cutoff(limit_m)
    distance = np.where(origins.reached, np.inf, np.nan)
    nearest = np.full(len(origins), -1, dtype=np.int64)
    rows, starts = np.flatnonzero(targets.reached), np.flatnonzero(origins.reached)
    if len(rows) and len(starts):
        there, here = targets.take(rows), origins.take(starts)
        found, at = _nearest_block(network, here, there, limit_m)
        hit = np.isfinite(found) & (found <= limit_m)
        distance[starts[hit]], nearest[starts[hit]] = found[hit], rows[at[hit]]
    return distance, nearest


def line_nearest(
    origins: FloatArray, targets: FloatArray, *, limit_m: float = np.inf, detour: float = DEFAULT_DETOUR
) -> tuple[FloatArray, IntArray]:
    """Return straight-line distance × `detour` to the nearest target and its number.

    Same result as `street_nearest`: ``inf`` and -1 beyond the limit, NaN without a coordinate.
    """
    from scipy.spatial import cKDTree

    _require_cutoff(limit_m)
    _require_detour(detour)
    known = _known(origins)
    rows = np.flatnonzero(_known(targets))
    distance = np.where(known, np.inf, np.nan)
    nearest = np.full(len(origins), -1, dtype=np.int64)
    if len(rows) and known.any():
        found, at = cKDTree(targets[rows]).query(origins[known])
        found = found * detour
        hit = np.isfinite(found) & (found <= limit_m)
        starts = np.flatnonzero(known)[hit]
        distance[starts], nearest[starts] = found[hit], rows[at[hit]]
    return distance, nearest


def _block(network: Network, here: Snapped, there: Snapped, limit_m: float) -> FloatArray:
    """Return the distances of all targets `there` (rows) to all origins `here` (columns)."""
    from scipy.sparse.csgraph import dijkstra

    graph = _with_targets(network, there)
    sources = np.arange(network.n_nodes, network.n_nodes + len(there))
    nodes = dijkstra(graph, directed=True, indices=sources, limit=limit_m)
    if np.isfinite(limit_m):
        distance = _near_pairs(nodes, here)
    else:
        distance = np.minimum(nodes[:, here.u] + here.to_u_m, nodes[:, here.v] + here.to_v_m)
    at, origin, direct = _same_edge(here, there)
    np.minimum.at(distance, (at, origin), direct)
    return distance


def _near_pairs(nodes: FloatArray, here: Snapped) -> FloatArray:
    """Return distances to origins from distances to nodes, of which most are ``inf``: those are skipped."""
    n = nodes.shape[1]
    ends = np.concatenate([here.u, here.v])
    order = np.argsort(ends, kind="stable")
    origin, offset_m = order % len(here), np.concatenate([here.to_u_m, here.to_v_m])[order]
    first = np.searchsorted(ends[order], np.arange(n + 1))
    at, node = np.divmod(np.flatnonzero(nodes.ravel() < np.inf), n)
    count = np.diff(first)[node]
    entry = np.repeat(np.arange(len(node)), count)
    hanging = first[node][entry] + np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
    walk_m = nodes[at, node][entry] + offset_m[hanging]
    distance = np.full(len(nodes) * len(here), np.inf)
    np.minimum.at(distance, at[entry] * len(here) + origin[hanging], walk_m)
    return distance.reshape(len(nodes), len(here))


def _nearest_block(network: Network, here: Snapped, there: Snapped, limit_m: float) -> tuple[FloatArray, IntArray]:
    from scipy.sparse.csgraph import dijkstra

    graph = _with_targets(network, there)
    sources = np.arange(network.n_nodes, network.n_nodes + len(there))
    nodes, _, source = dijkstra(
        graph, directed=True, indices=sources, limit=limit_m, min_only=True, return_predecessors=True
    )
    by_u, by_v = nodes[here.u] + here.to_u_m, nodes[here.v] + here.to_v_m
    distance = np.minimum(by_u, by_v)
    at = np.where(by_u <= by_v, source[here.u], source[here.v]).astype(np.int64) - network.n_nodes
    row, origin, direct = _same_edge(here, there)
    better = direct < distance[origin]
    row, origin, direct = row[better], origin[better], direct[better]
    order = np.argsort(-direct, kind="stable")  # the shortest is written last
    distance[origin[order]], at[origin[order]] = direct[order], row[order]
    return distance, at


def _with_targets(network: Network, targets: Snapped) -> csr_array:
    """Return the graph with one more node per target, from which one may only leave."""
    from scipy.sparse import csr_array

    n, more = network.n_nodes, len(targets)
    leave = np.stack([targets.to_u_m, targets.to_v_m], axis=1).ravel()
    ends = np.stack([targets.u, targets.v], axis=1).ravel()
    data = np.concatenate([network.graph.data, leave])
    indices = np.concatenate([network.graph.indices, ends.astype(np.int32)])
    tail = network.graph.indptr[-1] + 2 * np.arange(1, more + 1)
    indptr = np.concatenate([network.graph.indptr, tail.astype(np.int32)])
    return csr_array((data, indices, indptr), shape=(n + more, n + more))


def _same_edge(here: Snapped, there: Snapped) -> tuple[IntArray, IntArray, FloatArray]:
    """Return target, origin and direct way of all pairs that hang on the same edge."""
    order = np.argsort(here.edge, kind="stable")
    edge = here.edge[order]
    first = np.searchsorted(edge, there.edge, side="left")
    count = np.searchsorted(edge, there.edge, side="right") - first
    row = np.repeat(np.arange(len(there)), count)
    inner = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    origin = order[np.repeat(first, count) + inner]
    along = (here.to_u_m - here.offset_m)[origin] - (there.to_u_m - there.offset_m)[row]
    return row, origin, np.abs(along) + here.offset_m[origin] + there.offset_m[row]


def _known(points: FloatArray) -> BoolArray:
    known: BoolArray = np.asarray(np.isfinite(points).all(axis=1))
    return known


def _require_cutoff(cutoff_m: float) -> None:
    if not cutoff_m >= 0:
        raise ParameterError("parameter.out_of_range", name="cutoff_m", value=cutoff_m, minimum=0, maximum="inf")


def _require_detour(detour: float) -> None:
    if not 1.0 <= detour < np.inf:
        raise ParameterError("parameter.out_of_range", name="detour", value=detour, minimum=1, maximum="inf")
