"""Who works with whom: bridges are the articulation points that networkx finds; nobody is lost."""

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.actor_network import actor_network, bridges, combinations
from geo.area import named_area
from geo.sources import open_package, read
from tests.factories import base_tables, uid, write_package


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("1234")), unique=True))
def test_bridges_are_the_articulation_points_among_the_members(links):
    graph = nx.Graph(links)
    assert set(bridges(links)) == set(nx.articulation_points(graph)) & {member for member, _ in links}


def test_the_member_of_two_groups_is_a_bridge_and_one_of_many_is_not():
    assert bridges([("a", "1"), ("a", "2"), ("b", "1")]) == ("a",)
    assert bridges([("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")]) == ()
    assert bridges([]) == ()


@pytest.fixture
def load(tmp_path):
    tables = base_tables()
    network = {"source": "Testquelle", "source_date": "2024-05"}
    tables["networks"] = [
        network | {"id": uid("n1"), "name": "Runder Tisch", "kind": "network", "district_ids": "1"},
        network | {"id": uid("n2"), "name": "Weit weg", "kind": "network", "district_ids": "4"},
    ]
    tables["network_members"] = [
        network | {"id": uid("m1"), "network_id": uid("n1"), "organization_id": uid("Verein"), "member_name": "Verein"},
        network | {"id": uid("m2"), "network_id": uid("n1"), "member_name": "Nachbarn"},
        network | {"id": uid("m3"), "network_id": uid("n2"), "member_name": "Andere"},
    ]
    package = open_package(write_package(tmp_path, tables))
    return lambda name: read(package, name)


def test_groups_of_the_area_with_members_and_who_is_in_none(load):
    actors = pd.DataFrame(
        {"organization_id": [uid("Verein"), uid("Stadt")], "name": ["Verein", "Stadt"], "level": "district"}
    )
    found = actor_network(load, named_area(load, "district", 1), actors)
    assert "Runder Tisch" in [group.name for group in found.groups]
    assert "Weit weg" not in [group.name for group in found.groups]
    assert {"Verein", "Nachbarn"} <= {member.name for member in found.members}
    assert [name for _, name in found.isolated] == ["Stadt"]
    table = next(group for group in found.groups if group.name == "Runder Tisch")
    assert {member.name for member in found.members_of(table.id)} == {"Verein", "Nachbarn"}
    assert table in found.groups_of(uid("Verein"))


def test_a_group_for_which_nobody_offers_anything_is_named(load):
    groups = list(load("target_groups")["target_group"])
    found = combinations(load, named_area(load, "district", 1), groups)
    served = {group for group, _ in found.single}
    assert set(found.none) <= set(groups)
    assert not served & set(found.none)
    empty = combinations(load, named_area(load, "district", 1), ["nobody_knows_this_group"])
    assert empty.none == ("nobody_knows_this_group",)
