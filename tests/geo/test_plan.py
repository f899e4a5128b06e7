"""What is overdue, how far a goal is, and the path from gap to step."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.plan import first_day, last_day, milestone_states, missing_for_measuring, overdue, progress
from geo.plan_path import STAGES, leads_on, loose_ends, paths

TODAY = date(2027, 3, 15)
GOAL = {"indicator": "x", "indicator_text": None, "baseline": 10.0, "target_value": 30.0, "target_date": "2030",
        "current_value": 15.0, "status": "agreed"}  # fmt: skip


def step(name, status="planned", start=None, end=None):
    return {"id": name, "status": status, "start_date": start, "end_date": end}


def link(start, end):
    return {"from_entity": start[0], "from_id": start[1], "to_entity": end[0], "to_id": end[1]}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-03-31", date(2027, 3, 31), date(2027, 3, 31)),
        ("2027-13", None, None),
        ("2027-02-30", None, None),
        ("morgen", None, None),
        (None, None, None),
    ],
)
def test_a_date_as_precise_as_known_has_a_first_and_a_last_day(text, first, last):
    assert (first_day(text), last_day(text)) == (first, last)


def test_a_partial_date_is_over_on_its_last_day():
    rows = [step("year", end="2027"), step("month", end="2027-02"), step("today", end="2027-03-15")]
    found = overdue(steps=rows, today=TODAY)
    assert [(late.id, late.reason, late.since, late.days) for late in found] == [
        ("month", "not_finished", date(2027, 2, 28), 15)
    ]


def test_finished_and_dropped_things_are_never_overdue():
    rows = [step("a", "done", end="2020"), step("b", "dropped", end="2020"), step("c", end=None)]
    goals = [GOAL | {"id": "g", "status": "reached", "target_date": "2020"}]
    assert overdue(steps=rows, goals=goals, milestones=[{"id": "m", "planned_date": "2020", "done_date": "2021"}],
                   today=TODAY) == []  # fmt: skip


def test_the_longest_overdue_comes_first_with_its_reason():
    found = overdue(
        steps=[step("late start", start="2027-03-01", end="2027-12"), step("running", "running", "2026", "2027-03-01")],
        goals=[GOAL | {"id": "goal", "target_date": "2026"}],
        milestones=[{"id": "workshop", "planned_date": "2027-01", "done_date": None}],
        today=TODAY,
    )
    assert [(late.kind, late.reason) for late in found] == [
        ("goals", "not_reached"), ("milestones", "not_done"), ("steps", "not_started"), ("steps", "not_finished"),
    ]  # fmt: skip


def test_progress_is_the_way_gone_from_baseline_to_target():
    assert progress(GOAL).share == pytest.approx(0.25)
    less = progress(GOAL | {"baseline": 8.0, "target_value": 2.0, "current_value": 5.0})
    assert (less.share, less.away) == (pytest.approx(0.5), False)


def test_moving_away_is_no_progress_and_is_said():
    found = progress(GOAL | {"current_value": 5.0})
    assert (found.share, found.away) == (0.0, True)


@pytest.mark.parametrize("gap", ["baseline", "target_value", "current_value"])
def test_unknown_values_give_no_progress(gap):
    assert progress(GOAL | {gap: None}) is None


def test_equal_baseline_and_target_give_no_progress():
    assert progress(GOAL | {"target_value": 10.0}) is None


@given(*[st.floats(-1e9, 1e9)] * 3)
def test_progress_stays_between_nothing_and_everything(start, target, now):
    found = progress(GOAL | {"baseline": start, "target_value": target, "current_value": now})
    assert found is None or 0.0 <= found.share <= 1.0


def test_a_goal_says_what_it_lacks_to_be_measured():
    assert missing_for_measuring(GOAL) == ()
    assert missing_for_measuring(GOAL | {"indicator": None, "indicator_text": "Gäste"}) == ()
    bare = GOAL | {"indicator": None, "target_value": None, "target_date": None}
    assert missing_for_measuring(bare) == ("indicator", "target_value", "target_date")


def test_a_done_milestone_counts_before_a_planned_one():
    rows = [
        {"id": "1", "kind": "concept", "planned_date": "2027", "done_date": "2027-02-01"},
        {"id": "2", "kind": "concept", "planned_date": "2028", "done_date": None},
        {"id": "3", "kind": "other", "planned_date": "2028", "done_date": None},
    ]
    found = milestone_states(rows)
    assert found["concept"]["id"] == "1"
    assert found["goals"] is None
    assert "other" not in found


GAP, NEED, OTHER, GOAL_NODE, STEP_NODE = [
    ("noted_gaps", "1"), ("needs", "2"), ("needs", "3"), ("goals", "4"), ("steps", "5"),
]  # fmt: skip
NODES = (GAP, NEED, OTHER, GOAL_NODE, STEP_NODE)


def test_the_path_is_walked_in_both_directions_and_may_leave_out_stages():
    found = paths([link(GAP, NEED), link(NEED, GOAL_NODE), link(OTHER, GOAL_NODE), link(GOAL_NODE, STEP_NODE)], NODES)
    assert found.origins(GOAL_NODE) == (NEED, OTHER)
    assert found.results(NEED) == (GOAL_NODE,)
    assert found.whole(GAP) == {
        "noted_gaps": (GAP,), "needs": (NEED,), "ideas": (), "goals": (GOAL_NODE,), "steps": (STEP_NODE,),
    }  # fmt: skip
    assert found.whole(STEP_NODE)["needs"] == (NEED, OTHER)


def test_links_to_retired_entries_back_links_and_repeats_do_not_count():
    rows = [link(GAP, NEED), link(GAP, NEED), link(NEED, GAP), link(NEED, ("goals", "gone")), link(NEED, NEED)]
    found = paths(rows, NODES)
    assert found.results(GAP) == (NEED,)
    assert found.results(NEED) == ()
    assert found.origins(GAP) == ()


def test_loose_ends_are_what_nothing_came_of():
    found = paths([link(GAP, NEED), link(OTHER, STEP_NODE)], NODES)
    assert loose_ends(found, NODES) == {"noted_gaps": (), "needs": (NEED,), "ideas": (), "goals": (GOAL_NODE,)}


def test_only_later_stages_follow():
    assert [leads_on("ideas", stage) for stage in STAGES] == [False, False, False, True, True]
    assert not leads_on("milestones", "steps")
