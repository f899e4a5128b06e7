"""Own Quartiere are entries like all others: rules, versions, permissions, history."""

from __future__ import annotations

import json

import pytest

from store import LOCAL, create, history, reinstate, retire, update, view
from store.errors import ConflictError, PermissionDeniedError, ValidationError
from store.permissions import login
from tests.factories import degrees, square

DRAWN = json.dumps(square(0, 0))
BOW_TIE = json.dumps(
    {"type": "Polygon", "coordinates": [[degrees(0, 0), degrees(1, 1), degrees(1, 0), degrees(0, 1), degrees(0, 0)]]}
)


def keys(error):
    return {(problem.field, problem.key) for problem in error.value.problems}


@pytest.mark.parametrize("area", [{"district_ids": "2;1"}, {"polygon": DRAWN}])
def test_a_quarter_is_joined_or_drawn(store, area):
    made = create(store, LOCAL, "quarters", {"name": "Süden"} | area)
    assert (made.values["kind"], made.version) == ("existing", 1)
    assert list(view(store, "quarters")["name"]) == ["Süden"]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, ("district_ids", "value.missing_one_of")),
        ({"polygon": BOW_TIE}, ("polygon", "value.bad_polygon")),
        ({"polygon": "[]"}, ("polygon", "value.bad_polygon")),
        ({"polygon": '{"type": "Point", "coordinates": [9.7, 52.4]}'}, ("polygon", "value.bad_polygon")),
        ({"district_ids": "1;99"}, ("district_ids", "value.unknown_reference")),
        ({"district_ids": "1", "name": "x" * 501}, ("name", "value.too_long")),
        ({"district_ids": "1", "kind": "castle"}, ("kind", "value.not_allowed")),
    ],
)
def test_what_is_no_quarter_is_refused_by_field(store, fields, problem):
    with pytest.raises(ValidationError) as error:
        create(store, LOCAL, "quarters", {"name": "Süden"} | fields)
    assert problem in keys(error)


def test_two_people_who_rename_it_at_once_are_told(store):
    made = create(store, LOCAL, "quarters", {"name": "Süden", "district_ids": "1;2"})
    update(store, LOCAL, "quarters", made.id, {"name": "Unten"}, version=1)
    with pytest.raises(ConflictError):
        update(store, LOCAL, "quarters", made.id, {"name": "Nebenan"}, version=1)
    changes = [change for step in history(store, LOCAL, "quarters", made.id) for change in step.changes]
    assert ("name", "Süden", "Unten") in {(change.field, change.old, change.new) for change in changes}


def test_it_goes_out_of_use_and_comes_back(store):
    made = create(store, LOCAL, "quarters", {"name": "Süden", "district_ids": "1;2"})
    retire(store, LOCAL, "quarters", made.id, version=1)
    assert view(store, "quarters").empty
    reinstate(store, LOCAL, "quarters", made.id, version=2)
    assert len(view(store, "quarters")) == 1


def test_who_has_no_role_makes_none(store):
    with pytest.raises(PermissionDeniedError):
        create(store, login("nobody"), "quarters", {"name": "Süden", "district_ids": "1"})
