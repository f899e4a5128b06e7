"""Nearest places on 60,000 crossings against networkx, and against pandana where it is installed."""

from importlib.util import find_spec

import networkx as nx
import numpy as np
import pandas as pd

from bench.compare import Comparison, compare
from bench.worlds import street_grid
from geo.access import nearest_m
from geo.network import FloatArray, Network, Snapped, prepare_network, snap
from geo.routing import street_costs, street_nearest

SIDE, PLACES, LIMIT_M = 245, 500, 2_000.0


def run() -> list[Comparison]:
    """Measure nearest-one and nearest-three from every crossing."""
    nodes, edges = street_grid(SIDE, 1)
    network = prepare_network(nodes, edges)
    at_nodes = np.random.default_rng(2).choice(len(nodes), PLACES, replace=False)
    everywhere = snap(network, network.x, network.y)
    places = everywhere.take(at_nodes)
    size = f"{len(nodes):,} crossings, {PLACES} places"
    compared = [against_networkx(network, everywhere, places, at_nodes, size)]
    if find_spec("pandana"):
        compared.append(against_pandana(network, everywhere, places, at_nodes, size))
    return compared


def against_networkx(
    network: Network, everywhere: Snapped, places: Snapped, at_nodes: np.ndarray, size: str
) -> Comparison:
    """Compare one search from all places; networkx has its graph ready, too."""
    graph = nx.Graph()
    graph.add_nodes_from(range(network.n_nodes))
    ends = zip(network.edge_u.tolist(), network.edge_v.tolist(), network.edge_m.tolist(), strict=True)
    graph.add_weighted_edges_from(ends)
    sources = set(at_nodes.tolist())

    def theirs() -> FloatArray:
        found = nx.multi_source_dijkstra_path_length(graph, sources)
        return np.array([found.get(node, np.inf) for node in range(network.n_nodes)])

    return compare(
        f"nearest place, {size}",
        lambda: street_nearest(network, everywhere, places)[0],
        theirs,
        against="networkx multi-source Dijkstra",
        limit=1 / 15,
        same=lambda ours, theirs: agree(ours, theirs, network, 1e-6),
    )


def against_pandana(
    network: Network, everywhere: Snapped, places: Snapped, at_nodes: np.ndarray, size: str
) -> Comparison:
    """Compare the three nearest within 2 km; the preparation of both graphs is not counted."""
    import pandana  # an optional rival, never a dependency

    x, y = pd.Series(network.x), pd.Series(network.y)
    weights = pd.DataFrame({"weight": network.edge_m})
    rival = pandana.Network(x, y, pd.Series(network.edge_u), pd.Series(network.edge_v), weights)
    rival.set_pois("places", LIMIT_M, 3, x.iloc[at_nodes], y.iloc[at_nodes])

    def ours() -> FloatArray:
        costs = street_costs(network, everywhere, places, cutoff_m=LIMIT_M)
        return np.minimum(np.column_stack([nearest_m(costs, k=k) for k in (1, 2, 3)]), LIMIT_M)

    return compare(
        f"three nearest places within 2 km, {size}",
        ours,
        lambda: rival.nearest_pois(LIMIT_M, "places", num_pois=3).to_numpy(),
        against="pandana",
        limit=1.0,
        same=lambda ours, theirs: agree(ours, theirs, network, 0.05),  # pandana rounds every edge to millimetres
    )


def agree(ours: FloatArray, theirs: FloatArray, network: Network, tolerance_m: float) -> bool:
    """Return whether both agree on every crossing with a street; the others hang on the next street here."""
    connected = np.diff(network.graph.indptr) > 0
    return bool(np.allclose(ours[connected], theirs[connected], rtol=0, atol=tolerance_m))
