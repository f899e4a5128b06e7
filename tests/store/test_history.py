"""History of every field, restore, retire and reinstate."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import LOCAL, create, get, history, open_store, reinstate, restore_version, retire, search, update, view
from store.errors import ConflictError, NotFoundError, StateError, ValidationError
from store.history import FieldChange
from tests.factories import uid

SCHOOL, VEREIN, KONTAKT = uid("Schule Süd"), uid("Verein"), uid("contact")


def test_the_history_tells_who_changed_which_field_from_what_to_what(store, local):
    made = create(store, local, "organizations", {"name": "A", "is_actor": False})
    update(store, local, "organizations", made.id, {"name": "B", "note": "n"}, version=1)
    first, second = history(store, local, "organizations", made.id)
    assert (first.version, first.action, first.by) == (1, "create", "local")
    assert FieldChange("is_actor", None, new=False) in first.changes
    assert (second.version, second.action) == (2, "update")
    assert second.changes == (FieldChange("name", "A", "B"), FieldChange("note", None, "n"))
    assert first.at <= second.at


def test_a_row_of_the_package_can_go_back_to_what_was_shipped(store, local):
    shipped = get(store, "locations", SCHOOL)
    update(store, local, "locations", SCHOOL, {"name": "B", "lon": None, "lat": None, "needs_check": True}, version=0)
    back = restore_version(store, local, "locations", SCHOOL, to=0, version=1)
    assert back.values == shipped.values
    assert back.version == 2
    assert [step.action for step in history(store, local, "locations", SCHOOL)] == ["update", "restore"]


def test_restore_of_a_version_that_was_retired_retires_again(store, local):
    made = create(store, local, "organizations", {"name": "A"})
    retire(store, local, "organizations", made.id, version=1, reason="aufgelöst")
    reinstate(store, local, "organizations", made.id, version=2)
    update(store, local, "organizations", made.id, {"name": "B"}, version=3)
    again = restore_version(store, local, "organizations", made.id, to=2, version=4)
    assert (again.is_retired, again.values["name"], again.version) == (True, "A", 5)
    used = restore_version(store, local, "organizations", made.id, to=4, version=5)
    assert (used.is_retired, used.values["name"]) == (False, "B")


@pytest.mark.parametrize("to", [-1, 0, 3])
def test_a_version_that_never_was_cannot_be_restored(store, local, to):
    made = create(store, local, "organizations", {"name": "A"})
    update(store, local, "organizations", made.id, {"name": "B"}, version=1)
    with pytest.raises(NotFoundError, match="no version"):
        restore_version(store, local, "organizations", made.id, to=to, version=2)
    assert get(store, "organizations", made.id).version == 2


def test_restore_checks_the_version_too(store, local):
    made = create(store, local, "organizations", {"name": "A"})
    update(store, local, "organizations", made.id, {"name": "B"}, version=1)
    with pytest.raises(ConflictError):
        restore_version(store, local, "organizations", made.id, to=1, version=1)


def test_retire_needs_consent_where_others_cannot_be_without(store, local):
    with pytest.raises(StateError, match="1 other entries") as error:
        retire(store, local, "contacts", KONTAKT, version=0)
    assert error.value.params["entries"] == (("phones", uid("phone")),)
    retire(store, local, "contacts", KONTAKT, version=0, with_dependents=True)
    assert len(view(store, "contacts")) == len(view(store, "phones")) == 0
    assert get(store, "phones", uid("phone"), actor=local).is_retired


def test_retire_leaves_what_only_may_refer(store, local):
    retire(store, local, "organizations", VEREIN, version=0, with_dependents=True)
    assert uid("Treff Nord") in set(view(store, "locations")["id"])
    gone = set(view(store, "organization_roles")["organization_id"])
    assert gone == {uid("Initiative")}


def test_references_through_local_changes_count(store, local):
    made = create(store, local, "organizations", {"name": "Neu"})
    update(store, local, "service_areas", uid("area 1"), {"organization_id": made.id}, version=0)
    with pytest.raises(StateError, match="1 other entries"):
        retire(store, local, "organizations", made.id, version=1)
    update(store, local, "service_areas", uid("area 1"), {"organization_id": VEREIN}, version=1)
    assert retire(store, local, "organizations", made.id, version=1).is_retired


def test_a_retired_entry_is_neither_changed_nor_referred_to_nor_found(store, local):
    made = create(store, local, "organizations", {"name": "Ehemalig"})
    retired = retire(store, local, "organizations", made.id, version=1, reason="aufgelöst")
    assert (retired.version, retired.retired_reason) == (2, "aufgelöst")
    assert search(store, "ehemalig") == []
    with pytest.raises(StateError, match="was retired"):
        update(store, local, "organizations", made.id, {"name": "x"}, version=2)
    with pytest.raises(StateError, match="was retired"):
        retire(store, local, "organizations", made.id, version=2)
    with pytest.raises(ValidationError, match="cannot be stored"):
        create(store, local, "contacts", {"title_de": "x", "organization_id": made.id})
    back = reinstate(store, local, "organizations", made.id, version=2)
    assert (back.version, back.is_retired) == (3, False)
    assert [hit.title for hit in search(store, "ehemalig")] == ["Ehemalig"]
    with pytest.raises(StateError, match="in use"):
        reinstate(store, local, "organizations", made.id, version=3)


CHANGES = st.dictionaries(
    st.sampled_from(["name", "alternate_name", "note", "is_actor", "district_id"]),
    st.integers(0, 3),
    min_size=1,
)
WORDS = {
    "name": ["a", "b", "c", "d"],
    "alternate_name": [None, "x", "y", "z"],
    "note": [None, "1", "2", "3"],
    "is_actor": [True, False, True, False],
    "district_id": [None, 1, 2, 3],
}


@settings(max_examples=15)
@given(st.lists(CHANGES, min_size=1, max_size=6), st.data())
def test_any_version_comes_back_exactly(tmp_path_factory, sqlite_template, changes, data):
    target = tmp_path_factory.mktemp("history") / "store.sqlite"
    target.write_bytes(sqlite_template.read_bytes())
    store = open_store(f"sqlite:///{target}")
    try:
        found = create(store, LOCAL, "organizations", {"name": "a"})
        versions = {1: found.values}
        for change in changes:
            values = {name: WORDS[name][number] for name, number in change.items()}
            found = update(store, LOCAL, "organizations", found.id, values, version=found.version)
            versions[found.version] = found.values
        to = data.draw(st.sampled_from(sorted(versions)))
        back = restore_version(store, LOCAL, "organizations", found.id, to=to, version=found.version)
        assert back.values == versions[to]
        assert get(store, "organizations", found.id).values == versions[to]
    finally:
        store.close()
