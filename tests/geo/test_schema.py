"""The table schemas as typed objects."""

from __future__ import annotations

import pytest

from geo.errors import ParameterError
from geo.schema import Reference, load_schema, schema_names
from tests.factories import FILES


def test_every_resource_of_the_package_has_a_schema():
    assert set(schema_names()) == set(FILES)


@pytest.mark.parametrize("name", schema_names())
def test_keys_and_references_point_to_columns_that_exist(name):
    schema = load_schema(name)
    assert set(schema.primary_key) <= set(schema.names)
    for column in schema.columns:
        if column.reference:
            load_schema(column.reference.resource).column(column.reference.column)


def test_types_can_hold_what_may_be_unknown():
    cells, organizations = load_schema("population_cells"), load_schema("organizations")
    assert cells.column("district_id").dtype == "int64"
    assert cells.column("under_10").dtype == "Int64"
    assert cells.column("under_18").dtype == "float64"
    assert organizations.column("is_actor").dtype == "bool"
    assert organizations.column("note").dtype == "str"


def test_coordinates_and_geometry_are_known():
    assert load_schema("locations").coordinates == ("lon", "lat")
    assert load_schema("population_cells").coordinates == ("x", "y")
    assert load_schema("services").coordinates is None
    assert load_schema("districts").has_geometry
    assert "geometry" not in [column.name for column in load_schema("districts").table_columns]


def test_references_come_from_keys_lists_and_the_table_itself():
    assert load_schema("locations").column("kind").reference == Reference("facility_kinds", "kind")
    assert load_schema("services").column("target_groups").reference == Reference("target_groups", "target_group")
    parent = load_schema("organizations").column("parent_organization_id")
    assert parent.reference == Reference("organizations", "id")
    assert load_schema("target_groups").column("population_column").reference is None


def test_unknown_names_are_refused_with_those_that_exist():
    with pytest.raises(ParameterError, match=r"'castles'.*locations"):
        load_schema("castles")
    with pytest.raises(ParameterError, match=r"no column 'height'.*coordinate_quality"):
        load_schema("locations").column("height")
