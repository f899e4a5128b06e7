"""Roles of actors: present, verified none or unknown; levels, groups, evidence, distance."""

import pytest

from geo.errors import ParameterError
from geo.gaps import measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk
from geo.role_evidence import load_roles
from geo.roles import role_gaps
from geo.sources import open_package
from tests.factories import base_tables, uid, write_package

LINE = Walk(Method.LINE, detour=1.0)


def roles_of(folder, *, group=None, **changes):
    """Return the roles of the tiny city with some resources replaced."""
    package = open_package(write_package(folder, base_tables() | changes))
    inputs = load_inputs(package)
    return role_gaps(inputs, measure_reach(inputs, LINE), load_roles(package, inputs), target_group=group)


def evidence(name, role, owner, **more):
    """Return a row of organization_roles."""
    row = {"id": uid(name), "organization_id": uid(owner), "role": role}
    return row | {"evidence_url": "https://example.org/", "basis": "stated"} | more


def test_the_matrix_of_the_tiny_city(tmp_path):
    """The association works in borough 2, the initiative in district 1; only they network."""
    result = roles_of(tmp_path)
    assert result.matrix().columns.tolist() == ["advise", "network"]
    assert result.matrix()["network"].tolist() == ["present", "unknown", "present", "present"]
    assert result.matrix("level")["network"].tolist()[0] == "district"
    assert result.matrix("level")["network"].tolist()[2:] == ["borough", "borough"]
    assert result.matrix()["advise"].tolist() == ["unknown", "unknown", "present", "present"]
    assert result.unplaced == 0


def test_evidence_has_date_basis_and_distance(tmp_path):
    table = roles_of(tmp_path).table.set_index(["district_id", "role"])
    north = table.loc[(3, "network")]
    assert (north["evidence_date"], bool(north["stated"]), north["actors_borough"]) == ("2019", False, 1)
    assert bool(table.loc[(1, "network"), "stated"])
    # The association sits in the middle of district 4, 354 m from its four cells.
    assert table.loc[(4, "network"), "mean_nearest_m"] == pytest.approx(353.55, abs=0.1)
    assert table.loc[(1, "network"), "located"] == 1


def test_nobody_located_leaves_the_distance_unknown(tmp_path):
    rows = [evidence("only", "advise", "Initiative")]
    table = roles_of(tmp_path, organization_roles=rows).table
    assert table["mean_nearest_m"].isna().all()
    assert (table["located"] == 0).all()


def test_a_group_is_served_by_those_for_it_and_for_everyone(tmp_path):
    rows = [
        evidence("a", "advise", "Verein", target_groups="seniors", area_level="district", area_ids="1"),
        evidence("b", "advise", "Verein", target_groups="everyone", area_level="district", area_ids="2"),
        evidence("c", "advise", "Verein", area_level="district", area_ids="3"),
    ]
    states = {
        group: roles_of(tmp_path / str(group), group=group, organization_roles=rows).matrix()["advise"].tolist()
        for group in (None, "seniors", "children")
    }
    assert states[None] == ["present", "present", "present", "unknown"]
    assert states["seniors"] == ["present", "present", "unknown", "unknown"]
    assert states["children"] == ["unknown", "present", "unknown", "unknown"]


def test_the_finest_level_is_named_and_all_levels_are_counted(tmp_path):
    rows = [
        evidence("city", "advise", "Stadt", area_level="city", area_ids="stadt"),
        evidence("borough", "advise", "Verein", area_level="borough", area_ids="1"),
        evidence("district", "advise", "Initiative", area_level="district", area_ids="2"),
    ]
    table = roles_of(tmp_path, organization_roles=rows).table
    advise = table[table["role"] == "advise"].set_index("district_id")
    assert advise["level"].tolist() == ["borough", "district", "city", "city"]
    counts = advise[["actors_district", "actors_borough", "actors_city"]]
    assert counts.loc[2].tolist() == [1, 1, 1]


def test_a_statement_nobody_can_place_counts_nowhere_and_is_shown(tmp_path):
    rows = [evidence("somewhere", "advise", "Stadt", area_text="Limmerstraße")]
    tables = base_tables()
    at = [row for row in tables["organizations_at_location"] if row["organization_id"] != uid("Stadt")]
    result = roles_of(tmp_path, organization_roles=rows, organizations_at_location=at)
    assert result.unplaced == 1
    assert set(result.matrix()["advise"]) == {"unknown"}


def test_without_a_stated_area_the_places_say_where(tmp_path):
    rows = [evidence("somewhere", "advise", "Stadt")]
    result = roles_of(tmp_path, organization_roles=rows)
    assert result.matrix()["advise"].tolist() == ["present", "unknown", "unknown", "unknown"]


def test_only_a_complete_inventory_verifies_that_there_is_none(tmp_path):
    tables = base_tables()
    kinds = [*tables["facility_kinds"], tables["facility_kinds"][0] | {"kind": "advise"}]
    statements = [
        *tables["inventory_statements"],
        tables["inventory_statements"][0]
        | {"id": uid("roles"), "facility_kind": "advise", "area_level": "borough", "area_id": "1"},
    ]
    result = roles_of(tmp_path, facility_kinds=kinds, inventory_statements=statements)
    assert result.matrix()["advise"].tolist() == ["verified_none", "verified_none", "present", "present"]


def test_without_any_statement_everything_is_unknown(tmp_path):
    result = roles_of(tmp_path, organization_roles=[])
    assert set(result.table["state"]) == {"unknown"}
    assert len(result.table) == 2 * 4


def test_an_unknown_group_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="dragons"):
        roles_of(tmp_path, group="dragons")
