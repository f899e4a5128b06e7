"""The street graph: preparation, snapping, refused input."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import ParameterError
from geo.network import prepare_network, snap

NODES = pd.DataFrame({"node": [10, 20, 30], "x": [0.0, 100.0, 100.0], "y": [0.0, 0.0, 50.0]})
EDGES = pd.DataFrame({"u": [10, 30], "v": [20, 20], "length_m": [100.0, 50.0]})


def test_the_graph_goes_both_ways_with_the_nodes_in_order_of_their_ids():
    network = prepare_network(NODES.iloc[::-1], EDGES)
    assert network.n_nodes == 3
    assert network.x.tolist() == [0.0, 100.0, 100.0]
    assert network.graph.toarray().tolist() == [[0, 100, 0], [100, 0, 50], [0, 50, 0]]


def test_of_parallel_edges_the_shortest_counts_and_loops_are_dropped():
    more = pd.DataFrame({"u": [20, 10, 10], "v": [10, 20, 10], "length_m": [90.0, 300.0, 7.0]})
    network = prepare_network(NODES, pd.concat([EDGES, more]))
    assert network.graph.toarray()[0, 1] == 90.0
    assert network.graph.toarray()[0, 0] == 0.0
    assert len(network.edge_u) == 4


def test_a_point_hangs_on_the_middle_of_its_street_with_the_way_to_both_ends():
    point = snap(prepare_network(NODES, EDGES), np.array([30.0]), np.array([-4.0]))
    assert (point.u[0], point.v[0]) == (0, 1)
    assert point.offset_m[0] == 4.0
    assert point.to_u_m[0] == 34.0
    assert point.to_v_m[0] == 74.0


def test_the_part_of_a_curved_street_is_taken_from_its_true_length():
    curved = EDGES.assign(length_m=[200.0, 50.0])
    point = snap(prepare_network(NODES, curved), np.array([25.0]), np.array([0.0]))
    assert point.to_u_m[0] == 50.0
    assert point.to_v_m[0] == 150.0


def test_beyond_the_limit_or_without_coordinate_a_point_is_unreached():
    x, y = np.array([50.0, 50.0, np.nan, 50.0]), np.array([-10.0, -10.1, 0.0, np.inf])
    points = snap(prepare_network(NODES, EDGES), x, y, limit_m=10.0)
    assert points.reached.tolist() == [True, False, False, False]
    assert np.isnan(points.to_u_m[1:]).all()
    assert (points.u[1:] == -1).all()


def test_a_limit_of_zero_takes_points_on_the_street_only():
    points = snap(prepare_network(NODES, EDGES), np.array([50.0, 50.0]), np.array([0.0, 1.0]), limit_m=0.0)
    assert points.reached.tolist() == [True, False]


def test_a_point_between_two_streets_takes_the_first_whatever_the_order_of_rows():
    corner = np.array([100.0]), np.array([0.0])
    for edges in (EDGES, EDGES.iloc[::-1]):
        assert snap(prepare_network(NODES, edges), *corner).edge.tolist() == [0]


def test_a_graph_without_streets_reaches_nothing():
    network = prepare_network(NODES, EDGES.iloc[:0])
    assert not snap(network, np.array([0.0]), np.array([0.0])).reached.any()


def test_an_edge_without_extent_is_a_point():
    nodes = pd.DataFrame({"node": [0, 1], "x": [5.0, 5.0], "y": [0.0, 0.0]})
    edges = pd.DataFrame({"u": [0], "v": [1], "length_m": [12.0]})
    point = snap(prepare_network(nodes, edges), np.array([8.0]), np.array([4.0]))
    assert point.offset_m[0] == 5.0
    assert (point.to_u_m[0], point.to_v_m[0]) == (5.0, 17.0)


@pytest.mark.parametrize(
    ("nodes", "edges", "key", "row"),
    [
        (NODES, EDGES.assign(length_m=[100.0, -1.0]), "network.bad_length", 1),
        (NODES, EDGES.assign(length_m=[np.nan, 1.0]), "network.bad_length", 0),
        (NODES, EDGES.assign(u=[10, 99]), "network.unknown_node", 1),
        (NODES, EDGES.assign(v=[15, 20]), "network.unknown_node", 0),
        (NODES.assign(node=[10, 20, 10]), EDGES, "network.duplicate_node", 2),
        (NODES.assign(x=[0.0, np.nan, 1.0]), EDGES, "network.bad_coordinate", 1),
    ],
)
def test_broken_rows_are_named(nodes, edges, key, row):
    with pytest.raises(ParameterError, match=f"row {row}") as caught:
        prepare_network(nodes, edges)
    assert caught.value.key == key
    assert caught.value.params["row"] == row


def test_a_missing_column_is_named():
    with pytest.raises(ParameterError, match="length_m"):
        prepare_network(NODES, EDGES.drop(columns="length_m"))


def test_a_negative_limit_is_refused():
    with pytest.raises(ParameterError, match="limit_m"):
        snap(prepare_network(NODES, EDGES), np.array([0.0]), np.array([0.0]), limit_m=-1.0)
