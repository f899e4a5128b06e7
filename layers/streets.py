"""The street graph as a quiet background: a base map that contacts no host."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo import crs
from geo.crs import points_from_xy, to_lonlat
from geo.errors import ParameterError
from layers import geometry
from layers.assets import publish, published, remember
from layers.geometry import Steps, steps

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


_NAME: Final = "streets"


@dataclass(frozen=True)
class Streets:
    """The published street lines: `url` for the map's frame, `edge_count` for tests and notes."""

    url: str
    edge_count: int


def source_key(files: Iterable[Path]) -> str:
    """Return what the published lines depend on: the bytes of the graph's files, and this program."""
    digest = hashlib.sha256()
    for path in (*files, Path(__file__), Path(geometry.__file__), Path(crs.__file__)):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]


def published_streets(source: str) -> Streets | None:
    """Return the lines that an earlier process published from the same source (`source_key`); None = none, or damaged."""
    found = published(_NAME, source)
    return None if found is None else Streets(*found)


def publish_streets(nodes: pd.DataFrame, edges: pd.DataFrame, *, source: str = "") -> Streets:
    """Publish the street graph as lines and return their address.

    Parameters
    ----------
    nodes
        ``node``, ``x``, ``y`` (EPSG:25832, metres).
    edges
        ``u``, ``v``: ids of nodes. Each edge is drawn as a straight line.
    source
        From `source_key`: a later process finds the lines by it; empty = it makes them anew.

    Raises
    ------
    ParameterError
        An edge names a node that `nodes` does not have.
    """
    text = json.dumps({"lines": street_lines(nodes, edges)}, separators=(",", ":"))
    made = Streets(url=publish(_NAME, text), edge_count=len(edges))
    if source:
        remember(_NAME, source, made.url, made.edge_count)
    return made


def street_lines(nodes: pd.DataFrame, edges: pd.DataFrame) -> list[Steps]:
    """Return the street graph as long lines in steps of a degree, see `publish_streets`."""
    ids = nodes["node"].to_numpy()
    order = np.argsort(ids, kind="stable")
    ends = _positions(ids[order], edges[["u", "v"]].to_numpy())
    points = points_from_xy(nodes["x"].to_numpy(), nodes["y"].to_numpy())
    coordinates = shapely.get_coordinates(to_lonlat(points).to_numpy())[order]
    return [steps(coordinates[trail]) for trail in trails(ends.tolist())]


def _positions(
    sorted_ids: np.ndarray[tuple[int], np.dtype[np.int64]],
    wanted: np.ndarray[tuple[int, int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    if not len(wanted):
        return np.empty((0, 2), dtype=np.intp)
    known = np.isin(wanted, sorted_ids)
    if not known.all():
        lost = wanted[~known][0]
        raise ParameterError("parameter.unknown_value", name="edges", value=int(lost), allowed="the ids of nodes")
    return np.searchsorted(sorted_ids, wanted)


def trails(edges: list[list[int]]) -> list[list[int]]:
    """Join edges (pairs of node numbers) to long lines; each edge is in exactly one line, once.

    A line goes on from its last node along any edge not yet drawn, and ends where there is none.
    Long lines take a fraction of the space of single edges and are drawn faster.
    """
    open_edges: defaultdict[int, list[int]] = defaultdict(list)
    for number, (u, v) in enumerate(edges):
        open_edges[u].append(number)
        open_edges[v].append(number)
    drawn = [False] * len(edges)
    lines = []
    # Nodes with an odd number of edges first: a line has to end there anyway.
    for start in sorted(open_edges, key=lambda node: (len(open_edges[node]) % 2 == 0, node)):
        while (line := _walk(start, edges, open_edges, drawn)) is not None:
            lines.append(line)
    return lines


def _walk(
    start: int, edges: list[list[int]], open_edges: defaultdict[int, list[int]], drawn: list[bool]
) -> list[int] | None:
    line = [start]
    node = start
    while True:
        waiting = open_edges[node]
        while waiting and drawn[waiting[-1]]:
            waiting.pop()
        if not waiting:
            return line if len(line) > 1 else None
        number = waiting.pop()
        drawn[number] = True
        u, v = edges[number]
        node = v if node == u else u
        line.append(node)
