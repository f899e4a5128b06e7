"""Roles of actors: present, verified none or unknown; levels, groups, evidence, distance."""

import pytest

from geo.errors import ParameterError
from geo.gaps import measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk
from geo.role_evidence import load_roles
from geo.roles import role_gaps
from geo.sources import open_package
from geo.validation import validate
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


def observation(name, state="verified_none", **more):
    """Return a row of observations: somebody looked for advice in district 1."""
    row = {"id": uid(name), "subject": "role", "subject_value": "advise", "area_level": "district", "area_id": "1"}
    return row | {"state": state, "source": "Testquelle", "reference_date": "2025"} | more


def advise(folder, *rows, evidence=(), group=None):
    """Return the role "advise" in the four districts after some observations."""
    changes = {"organization_roles": list(evidence), "observations": list(rows)}
    table = roles_of(folder, group=group, **changes).table
    return table[table["role"] == "advise"].set_index("district_id")


def test_nobody_is_verified_only_where_somebody_looked(tmp_path):
    found = advise(tmp_path, observation("a", reference_date="2025-03"))
    assert found["state"].tolist() == ["verified_none", "unknown", "unknown", "unknown"]
    assert found.loc[1, ["checked", "checked_level", "checked_date"]].tolist() == [
        "verified_none",
        "district",
        "2025-03",
    ]
    assert found.loc[2, ["checked", "checked_level", "checked_date"]].isna().all()


def test_an_area_speaks_for_its_districts_and_the_finest_one_counts(tmp_path):
    of_borough = observation("a", area_level="borough", area_id="1")
    found = advise(tmp_path, of_borough, observation("b", "unknown", area_id="2", reference_date="2020"))
    assert found["state"].tolist() == ["verified_none", "unknown", "unknown", "unknown"]
    everywhere = advise(tmp_path / "city", observation("a", area_level="city", area_id="stadt"))
    assert set(everywhere["state"]) == {"verified_none"}


def test_the_later_observation_counts(tmp_path):
    rows = [observation("a", reference_date="2025-03"), observation("b", "unknown", reference_date="2025")]
    assert advise(tmp_path, *rows).loc[1, "state"] == "verified_none"
    rows[1]["reference_date"] = "2026"
    assert advise(tmp_path / "later", *rows).loc[1, "state"] == "unknown"


def test_somebody_known_here_counts_more_than_that_nobody_was_found(tmp_path):
    known = evidence("a", "advise", "Initiative", area_level="district", area_ids="1")
    found = advise(tmp_path, observation("b"), evidence=[known])
    assert found.loc[1, ["state", "level", "checked"]].tolist() == ["present", "district", "verified_none"]


def test_those_for_the_whole_city_are_no_contradiction_to_nobody_here(tmp_path):
    known = evidence("a", "advise", "Stadt", area_level="city", area_ids="stadt")
    found = advise(tmp_path, observation("b"), evidence=[known])
    assert found["state"].tolist() == ["verified_none", "present", "present", "present"]
    assert found["level"].tolist() == ["city"] * 4


def test_somebody_who_was_found_is_there_even_if_nobody_knows_who(tmp_path):
    found = advise(tmp_path, observation("a", "exists"))
    assert found.loc[1, ["state", "level", "actors_district"]].tolist() == ["present", "district", 0]


def test_nobody_for_anybody_is_nobody_for_each_group_but_not_the_other_way_round(tmp_path):
    for_seniors = observation("a", target_group="seniors")
    assert advise(tmp_path / "1", for_seniors).loc[1, "state"] == "unknown"
    assert advise(tmp_path / "2", for_seniors, group="seniors").loc[1, "state"] == "verified_none"
    assert advise(tmp_path / "3", for_seniors, group="children").loc[1, "state"] == "unknown"
    assert advise(tmp_path / "4", observation("a"), group="seniors").loc[1, "state"] == "verified_none"
    somebody = observation("a", "exists", target_group="seniors")
    assert advise(tmp_path / "5", somebody).loc[1, "state"] == "present"
    assert advise(tmp_path / "6", somebody, group="children").loc[1, "state"] == "unknown"


def test_the_checklists_contact_point_is_the_role(tmp_path):
    row = observation("a", subject="contact_point", subject_value="")
    roles = [{"role": "contact_point", "label_de": "Ansprechstelle", "label_en": "Contact point", "is_core": "true"}]
    table = roles_of(tmp_path, roles=roles, organization_roles=[], observations=[row]).table
    assert table["state"].tolist() == ["verified_none", "unknown", "unknown", "unknown"]


def test_what_one_organization_does_not_do_says_nothing_about_the_area(tmp_path):
    found = advise(tmp_path, observation("a", organization_id=uid("Initiative")))
    assert set(found["state"]) == {"unknown"}


def test_a_package_may_do_without_observations(tmp_path):
    tables = {name: rows for name, rows in base_tables().items() if name != "observations"}
    package = open_package(write_package(tmp_path, tables))
    assert load_roles(package, load_inputs(package)).observed == ()
    assert [problem for problem in validate(package) if problem.severity == "error"] == []


def test_a_role_nobody_knows_is_found_by_validation(tmp_path):
    tables = base_tables()
    tables["observations"][0]["subject_value"] = "juggle"
    problems = validate(open_package(write_package(tmp_path, tables)))
    assert [(p.key, p.column, p.value) for p in problems if p.severity == "error"] == [
        ("cell.no_target", "subject_value", "juggle")
    ]


def test_without_any_statement_everything_is_unknown(tmp_path):
    result = roles_of(tmp_path, organization_roles=[])
    assert set(result.table["state"]) == {"unknown"}
    assert len(result.table) == 2 * 4


def test_an_unknown_group_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="dragons"):
        roles_of(tmp_path, group="dragons")
