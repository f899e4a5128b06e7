"""The tables hold what the schemas say, and the messages are complete."""

from __future__ import annotations

import json
import pickle
import re
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Double, Integer, Text

import store.errors
from geo.errors import QuartierError
from geo.schema import load_schema, schema_names
from store import MESSAGE_KEYS, PERMISSIONS, Operation, StoreError, resources
from store.models import MODELS
from store.permissions import ACCOUNT_ROLES, Role

TYPES = {"string": Text, "integer": Integer, "number": Double, "boolean": Boolean}
NOT_EDITABLE = {
    "boroughs", "districts", "example_steps", "facility_kinds", "indicator_definitions", "indicators", "life_situations",
    "newbuild_assumptions", "population_cells", "roles", "standards", "stops", "street_edges", "street_nodes",
    "target_groups", "topics",
}  # fmt: skip


def test_every_resource_of_the_package_is_editable_or_catalogue():
    assert set(schema_names()) - set(MODELS) == NOT_EDITABLE


@pytest.mark.parametrize("name", sorted(MODELS))
def test_columns_are_the_fields_with_their_types(name):
    kind = resources()[name]
    table = kind.table
    assert set(table.columns.keys()) == {"id", *kind.fields}
    for field in kind.fields.values():
        column = table.c[field.name]
        assert column.nullable != field.required, field.name
        if not column.foreign_keys:
            assert isinstance(column.type, TYPES[field.type]), field.name


@pytest.mark.parametrize("name", sorted(set(MODELS) & set(schema_names())))
def test_columns_of_the_package_come_first_and_in_its_order(name):
    assert resources()[name].package_columns == load_schema(name).names


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_profile_names_only_fields_that_exist(name):
    kind = resources()[name]
    fields = set(kind.fields)
    named = {*kind.owner, *kind.search, *kind.defaults, *kind.ground_defaults, *kind.fixed, *kind.single}
    named |= {field for group in (*kind.any_of, *kind.order) for field in group}
    named |= {*kind.linked, *kind.linked.values(), *([kind.label] if kind.label else [])}
    assert named <= fields
    assert all(field.title and field.description for field in kind.fields.values())


@pytest.mark.parametrize("name", sorted(MODELS))
def test_defaults_keep_the_rules(name):
    kind = resources()[name]
    for field, value in kind.defaults.items():
        allowed = kind.fields[field].constraints.get("enum", [value])
        assert value in allowed


def test_profile_files_hold_no_key_that_nobody_reads():
    known = {"name", "hsds", "label", "fields", "foreignKeys", "owner", "search", "confirmable", "defaults"}
    known |= {"ground_defaults", "fixed", "any_of", "order", "linked", "single", "optional", "formats"}
    for path in (Path(store.errors.__file__).parent / "schemas").glob("*.json"):
        assert set(json.loads(path.read_text(encoding="utf-8"))) <= known, path.name


def test_every_message_has_a_remedy_and_the_code_uses_exactly_the_keys():
    keys = {key for key in MESSAGE_KEYS if not key.endswith(".remedy")}
    assert set(MESSAGE_KEYS) == keys | {f"{key}.remedy" for key in keys}
    folder = Path(store.errors.__file__).parent
    code = "\n".join(p.read_text(encoding="utf-8") for p in folder.rglob("*.py") if p.name != "messages.py")
    used = set(re.findall(r'"((?:store|value|backup|workshop)\.[a-z_]+)"', code))
    assert used == keys


def test_a_message_is_filled_in():
    error = StoreError("store.conflict", expected=1, found=2)
    assert "1 → 2" in str(error)
    assert "choose" in error.remedy


def test_errors_are_the_domains_and_survive_a_process_border():
    error = StoreError("store.unknown_role", role="x", allowed="a, b")
    assert isinstance(error, QuartierError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), again.key, again.params) == (StoreError, error.key, error.params)


def test_roles_grow_and_every_operation_is_somebodys():
    rights = [PERMISSIONS[role] for role in ACCOUNT_ROLES]
    assert all(smaller < larger for smaller, larger in pairwise(rights))
    assert rights[-1] | PERMISSIONS[Role.PARTICIPANT] == set(Operation)
    assert not rights[-1] & PERMISSIONS[Role.PARTICIPANT]  # nobody else takes part for a participant
