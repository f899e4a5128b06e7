"""Distances on the street graph against networkx, and along the straight line."""

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.costs import CostTable
from geo.errors import ParameterError
from geo.network import prepare_network, snap
from geo.routing import line_costs, line_nearest, street_costs, street_nearest


def dense(costs: CostTable):
    """Return distances origins × targets, inf where there is no entry."""
    table = np.full((costs.n_origins, costs.n_targets), np.inf)
    table[costs.origin, costs.target] = costs.distance_m
    return table


def path_graph(length_m=100.0, count=4):
    """Return nodes and edges of a straight street along x."""
    at = np.arange(count)
    nodes = pd.DataFrame({"node": at, "x": at * length_m, "y": 0.0})
    return nodes, pd.DataFrame({"u": at[:-1], "v": at[1:], "length_m": length_m})


@st.composite
def graphs(draw):
    """Random graphs, often in several pieces, some edges longer than the straight line."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(2, 14))
    nodes = pd.DataFrame({"node": rng.permutation(n) * 3, "x": rng.uniform(0, 500, n), "y": rng.uniform(0, 500, n)})
    count = draw(st.integers(0, 2 * n))
    ends = rng.integers(0, n, size=(count, 2))
    xy = nodes[["x", "y"]].to_numpy()
    straight = np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T)
    ids = nodes["node"].to_numpy()
    edges = pd.DataFrame({"u": ids[ends[:, 0]], "v": ids[ends[:, 1]], "length_m": straight * rng.uniform(1, 2, count)})
    points = [rng.uniform(0, 500, (draw(st.integers(0, 6)), 2)) for _ in range(2)]
    return nodes, edges, points[0], points[1]


def reference(network, origins, targets):
    """Return the distances by networkx, every point built into the graph as a node of its own.

    All points of an edge are strung on it in order, so no rule of the program is used here.
    """
    graph = nx.Graph()
    for edge in range(len(network.edge_u)):
        stops = [(0.0, ("n", network.edge_u[edge])), (network.edge_m[edge], ("n", network.edge_v[edge]))]
        for name, points in (("o", origins), ("t", targets)):
            for row in np.flatnonzero(points.edge == edge):
                stops.append((points.to_u_m[row] - points.offset_m[row], (name + "foot", row)))
                add_edge(graph, (name + "foot", row), (name, row), points.offset_m[row])
        stops.sort(key=lambda stop: stop[0])
        for (start, one), (end, other) in itertools.pairwise(stops):
            add_edge(graph, one, other, end - start)
    table = np.full((len(origins), len(targets)), np.inf)
    for target in np.flatnonzero(targets.reached):
        found = nx.single_source_dijkstra_path_length(graph, ("t", target))
        for origin in np.flatnonzero(origins.reached):
            table[origin, target] = found.get(("o", origin), np.inf)
    return table


def add_edge(graph, one, other, length):
    """Add an edge, the shortest one if there are several."""
    if not graph.has_edge(one, other) or graph[one][other]["weight"] > length:
        graph.add_edge(one, other, weight=max(0.0, length))


@given(graphs())
def test_many_to_many_agrees_with_networkx(instance):
    nodes, edges, cells, places = instance
    network = prepare_network(nodes, edges)
    origins, targets = (snap(network, *points.T, limit_m=400.0) for points in (cells, places))
    costs = street_costs(network, origins, targets)
    expected = reference(network, origins, targets)
    np.testing.assert_allclose(dense(costs), expected, rtol=0, atol=1e-9)
    nearest, which = street_nearest(network, origins, targets)
    best = expected.min(axis=1, initial=np.inf)
    np.testing.assert_allclose(nearest, np.where(origins.reached, best, np.nan), rtol=0, atol=1e-9)
    some = which >= 0
    assert (some == np.isfinite(nearest)).all()
    np.testing.assert_allclose(expected[some, which[some]], nearest[some], rtol=0, atol=1e-9)


@given(graphs(), st.floats(0, 600))
def test_a_cut_off_search_is_the_full_one_cut_off(instance, cutoff_m):
    nodes, edges, cells, places = instance
    network = prepare_network(nodes, edges)
    origins, targets = (snap(network, *points.T, limit_m=400.0) for points in (cells, places))
    costs = street_costs(network, origins, targets, cutoff_m=cutoff_m)
    full = street_costs(network, origins, targets)
    assert costs.target.tolist() == full.within(cutoff_m).target.tolist()
    assert costs.distance_m.tolist() == full.within(cutoff_m).distance_m.tolist()
    nearest, _ = street_nearest(network, origins, targets, limit_m=cutoff_m)
    best = dense(costs).min(axis=1, initial=np.inf)
    np.testing.assert_allclose(nearest[origins.reached], best[origins.reached], rtol=0, atol=1e-9)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(instance, random):
    nodes, edges, cells, places = instance
    orders = []
    for size in (len(nodes), len(edges)):
        order = list(range(size))
        random.shuffle(order)
        orders.append(order)
    tables = []
    for node_rows, edge_rows in ((nodes, edges), (nodes.iloc[orders[0]], edges.iloc[orders[1]])):
        network = prepare_network(node_rows, edge_rows)
        origins, targets = (snap(network, *points.T) for points in (cells, places))
        tables.append(dense(street_costs(network, origins, targets)))
    np.testing.assert_array_equal(tables[0], tables[1])


@given(graphs())
def test_nobody_walks_less_than_the_straight_line(instance):
    nodes, edges, cells, places = instance
    network = prepare_network(nodes, edges)
    origins, targets = (snap(network, *points.T) for points in (cells, places))
    walks = dense(street_costs(network, origins, targets))
    straight = np.hypot(*(cells[:, None, :] - places[None, :, :]).transpose(2, 0, 1))
    assert (walks >= straight - 1e-6).all()


def test_two_points_on_one_street_walk_along_it():
    network = prepare_network(*path_graph(length_m=1000.0, count=2))
    origins = snap(network, np.array([200.0]), np.array([5.0]))
    targets = snap(network, np.array([500.0, 300.0]), np.array([-3.0, 0.0]))
    assert dense(street_costs(network, origins, targets)).tolist() == [[308.0, 105.0]]
    nearest, which = street_nearest(network, origins, targets)
    assert (nearest.tolist(), which.tolist()) == ([105.0], [1])


def test_an_island_is_not_reached_and_an_unsnapped_cell_is_unknown():
    nodes, edges = path_graph(count=2)
    island = pd.DataFrame({"node": [8, 9], "x": [0.0, 100.0], "y": 900.0})
    bridge = pd.DataFrame({"u": [8], "v": [9], "length_m": 100.0})
    network = prepare_network(pd.concat([nodes, island]), pd.concat([edges, bridge]))
    origins = snap(network, np.array([0.0, 0.0, 0.0]), np.array([0.0, 900.0, 5000.0]))
    targets = snap(network, np.array([100.0, 100.0]), np.array([0.0, 9000.0]))
    costs = street_costs(network, origins, targets)
    assert costs.origin_known.tolist() == [True, True, False]
    assert costs.target_known.tolist() == [True, False]
    assert dense(costs)[:, 0].tolist() == [100.0, np.inf, np.inf]
    assert costs.distance_m.tolist() == [100.0]
    nearest, which = street_nearest(network, origins, targets)
    assert nearest[:2].tolist() == [100.0, np.inf]
    assert np.isnan(nearest[2])
    assert which.tolist() == [0, -1, -1]


def test_without_places_or_cells_the_table_is_empty():
    network = prepare_network(*path_graph())
    some, none = snap(network, np.array([0.0]), np.array([0.0])), snap(network, np.zeros(0), np.zeros(0))
    assert len(street_costs(network, some, none).target) == 0
    assert len(street_costs(network, none, some).target) == 0
    assert street_nearest(network, some, none)[0].tolist() == [np.inf]
    assert len(street_nearest(network, none, some)[0]) == 0


def test_a_cut_off_of_zero_keeps_what_is_at_the_door():
    network = prepare_network(*path_graph())
    at = snap(network, np.array([0.0, 50.0]), np.array([0.0, 0.0]))
    costs = street_costs(network, at, at, cutoff_m=0.0)
    assert (costs.origin.tolist(), costs.target.tolist()) == ([0, 1], [0, 1])


def test_entries_come_nearest_first_and_equals_by_number():
    network = prepare_network(*path_graph())
    origins = snap(network, np.array([100.0]), np.array([0.0]))
    targets = snap(network, np.array([300.0, 0.0, 200.0, 150.0]), np.zeros(4))
    costs = street_costs(network, origins, targets)
    assert costs.target.tolist() == [3, 1, 2, 0]


def test_selecting_places_renumbers_them():
    network = prepare_network(*path_graph())
    at = snap(network, np.array([0.0, 100.0, 300.0]), np.zeros(3))
    some = street_costs(network, at, at).select(np.array([0, 2]))
    assert some.n_targets == 2
    assert dense(some).tolist() == [[0, 300], [100, 200], [300, 0]]


@given(st.integers(0, 2**32 - 1), st.floats(1, 3), st.floats(0, 900))
def test_the_line_is_the_detoured_straight_line(seed, detour, cutoff_m):
    rng = np.random.default_rng(seed)
    cells, places = rng.uniform(0, 500, (6, 2)), rng.uniform(0, 500, (4, 2))
    cells[0], places[0] = np.nan, np.nan
    straight = detour * np.hypot(*(cells[:, None, :] - places[None, :, :]).transpose(2, 0, 1))
    expected = np.where(straight <= cutoff_m, straight, np.inf)
    costs = line_costs(cells, places, cutoff_m=cutoff_m, detour=detour)
    np.testing.assert_allclose(dense(costs), expected, rtol=1e-12)
    assert costs.origin_known.tolist() == [False] + [True] * 5
    nearest, which = line_nearest(cells, places, limit_m=cutoff_m, detour=detour)
    np.testing.assert_allclose(nearest[1:], expected[1:].min(axis=1), rtol=1e-12)
    assert np.isnan(nearest[0])
    assert (which[1:] >= 0).tolist() == np.isfinite(nearest[1:]).tolist()


@pytest.mark.parametrize("value", [-1.0, np.nan])
def test_an_impossible_cut_off_is_refused(value):
    with pytest.raises(ParameterError, match="cutoff_m"):
        line_costs(np.zeros((1, 2)), np.zeros((1, 2)), cutoff_m=value)


@pytest.mark.parametrize("value", [0.9, np.nan, np.inf])
def test_an_impossible_detour_is_refused(value):
    with pytest.raises(ParameterError, match="detour"):
        line_costs(np.zeros((1, 2)), np.zeros((1, 2)), detour=value)
