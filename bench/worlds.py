"""Made-up input for the measurements: points along Hannover's streets, and a street grid of any size."""

import numpy as np
import pandas as pd

from geo.network import FloatArray, Network, prepare_network
from geo.sources import open_package, read
from scripts.serve import ROOT

MISSING = 0.1


def hannover_streets() -> Network:
    """Return the street graph of the shipped data package."""
    package = open_package(ROOT / "data")
    return prepare_network(read(package, "street_nodes"), read(package, "street_edges"))


def points_on_streets(network: Network, count: int, seed: int) -> FloatArray:
    """Return points up to some tens of metres beside random streets, shape (count, 2)."""
    rng = np.random.default_rng(seed)
    edge, share = rng.integers(0, len(network.edge_u), count), rng.uniform(size=count)
    u, v = network.edge_u[edge], network.edge_v[edge]
    x = network.x[u] * (1 - share) + network.x[v] * share
    y = network.y[u] * (1 - share) + network.y[v] * share
    return np.c_[x, y] + rng.normal(0, 20, (count, 2))


def street_grid(side: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return nodes and edges of a crooked grid of side × side crossings about 100 m apart, a tenth of it missing."""
    rng = np.random.default_rng(seed)
    number = np.arange(side * side).reshape(side, side)
    column, row = np.meshgrid(np.arange(side), np.arange(side))
    xy = np.c_[column.ravel(), row.ravel()] * 100.0 + rng.normal(0, 15, (side * side, 2))
    u = np.r_[number[:, :-1].ravel(), number[:-1].ravel()]
    v = np.r_[number[:, 1:].ravel(), number[1:].ravel()]
    kept = rng.uniform(size=len(u)) >= MISSING
    u, v = u[kept], v[kept]
    length_m = np.hypot(*(xy[u] - xy[v]).T) * rng.uniform(1.0, 1.3, len(u))
    nodes = pd.DataFrame({"node": np.arange(side * side), "x": xy[:, 0], "y": xy[:, 1]})
    return nodes, pd.DataFrame({"u": u, "v": v, "length_m": length_m})
