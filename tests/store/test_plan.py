"""The plan of an area: goals, steps and what came of what, by the same rules as all entries."""

from __future__ import annotations

import pytest

from store import LOCAL, create, history, restore_version, retire, update, view
from store.errors import StateError, ValidationError
from store.permissions import login

AREA = {"area_level": "district", "area_id": "1"}
GOAL = AREA | {"topic": "ageing", "title": "Kurze Wege für Ältere"}
STEP = AREA | {"title": "Mittagstisch"}


def keys(error):
    return {(problem.field, problem.key) for problem in error.value.problems}


def test_a_goal_without_an_indicator_is_kept_as_it_is(store):
    made = create(store, LOCAL, "goals", GOAL)
    assert (made.values["indicator"], made.values["target_value"], made.values["status"]) == (None, None, "draft")


def test_a_step_does_not_end_before_it_starts(store):
    with pytest.raises(ValidationError) as error:
        create(store, LOCAL, "steps", STEP | {"start_date": "2027-05-02", "end_date": "2027-05-01"})
    assert keys(error) == {("end_date", "value.wrong_order")}


@pytest.mark.parametrize(("start", "end"), [("2027-05", "2027"), ("2027", "2027-05"), ("2027-05-02", "2027-05")])
def test_dates_are_compared_as_far_as_both_are_known(store, start, end):
    assert create(store, LOCAL, "steps", STEP | {"start_date": start, "end_date": end}).version == 1


def test_a_target_lies_not_before_the_baseline(store):
    with pytest.raises(ValidationError) as error:
        create(store, LOCAL, "goals", GOAL | {"baseline_date": "2027", "target_date": "2026-12-31"})
    assert keys(error) == {("target_date", "value.wrong_order")}


def test_unknown_organisations_are_refused_alone_and_in_the_list_of_partners(store):
    nobody = "00000000-0000-5000-8000-000000000000"
    with pytest.raises(ValidationError) as error:
        create(store, LOCAL, "steps", STEP | {"organization_id": nobody, "partners": nobody})
    assert keys(error) == {("organization_id", "value.unknown_reference"), ("partners", "value.unknown_reference")}
    office = create(store, LOCAL, "organizations", {"name": "Amt", "organization_type": "city", "is_actor": True})
    made = create(store, LOCAL, "steps", STEP | {"organization_id": office.id, "partners": office.id})
    retire(store, LOCAL, "organizations", office.id, version=1)
    with pytest.raises(ValidationError) as error:
        update(store, LOCAL, "steps", made.id, {"partners": f"{office.id};{nobody}"}, version=1)
    assert ("partners", "value.unknown_reference") in keys(error)


def test_a_title_has_at_most_500_characters(store):
    assert create(store, LOCAL, "steps", STEP | {"title": "ä" * 500}).version == 1
    with pytest.raises(ValidationError) as error:
        create(store, LOCAL, "steps", STEP | {"title": "ä" * 501})
    assert keys(error) == {("title", "value.too_long")}


def test_an_area_is_one_of_the_package_or_an_own_quartier(store):
    quarter = create(store, LOCAL, "quarters", {"name": "Hafen", "district_ids": "1;2"})
    own = {"title": "Bänke", "area_level": "quartier"}
    need = create(store, LOCAL, "needs", own | {"area_id": quarter.id})
    with pytest.raises(ValidationError) as nowhere:
        create(store, LOCAL, "needs", own | {"area_id": "q-7"})
    assert keys(nowhere) == {("area_id", "value.unknown_reference")}
    retire(store, LOCAL, "quarters", quarter.id, version=1)
    assert update(store, LOCAL, "needs", need.id, {"title": "Mehr Bänke"}, version=1).version == 2
    with pytest.raises(ValidationError) as error:
        create(store, LOCAL, "needs", AREA | {"title": "Bänke", "area_id": "99"})
    assert keys(error) == {("area_id", "value.unknown_reference")}


def test_links_lead_from_entry_to_entry_and_go_with_a_retired_one(store):
    need = create(store, LOCAL, "needs", AREA | {"title": "Essen in Gesellschaft"})
    step = create(store, LOCAL, "steps", STEP)
    link = {"from_entity": "needs", "from_id": need.id, "to_entity": "steps", "to_id": step.id}
    create(store, LOCAL, "plan_links", link)
    with pytest.raises(ValidationError):
        create(store, LOCAL, "plan_links", link | {"from_entity": "goals"})
    with pytest.raises(StateError):
        retire(store, LOCAL, "needs", need.id, version=1)
    retire(store, LOCAL, "needs", need.id, version=1, with_dependents=True)
    assert view(store, "plan_links").empty
    assert view(store, "steps")["id"].tolist() == [step.id]


def test_the_history_of_a_step_is_its_change_log(store):
    step = create(store, LOCAL, "steps", STEP)
    step = update(store, LOCAL, "steps", step.id, {"status": "running"}, version=1)
    change = history(store, LOCAL, "steps", step.id)[-1].changes[0]
    assert (change.field, change.old, change.new) == ("status", "planned", "running")
    assert restore_version(store, LOCAL, "steps", step.id, to=1, version=2).values["status"] == "planned"


def test_who_has_no_role_plans_nothing(store):
    from store.errors import PermissionDeniedError

    with pytest.raises(PermissionDeniedError):
        create(store, login("nobody"), "goals", GOAL)
