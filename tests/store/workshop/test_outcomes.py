"""Agreements reach the plan and keep where they came from; deletion takes everything but the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from store import LOCAL, backup, create, get, history, restore, retire, view, workshop
from store.check import faults
from store.errors import LinkError, NotFoundError, PermissionDeniedError, ValidationError
from store.models import Base
from tests.factories import uid
from tests.store.workshop.sessions import day, go, opened_session, phone, write

VEREIN = uid("Verein")
OURS = [table for table in Base.metadata.sorted_tables if table.name.startswith("workshop_")]


@pytest.fixture
def made(store):
    return opened_session(store)


@pytest.fixture
def note(store, made):
    return write(store, phone(store, made), made, "Zettelgeheimnis")


def test_a_note_becomes_a_step_and_says_where_it_came_from(store, made, note):
    values = {"title": "Bank aufstellen", "organization_id": VEREIN, "end_date": "2027-05", "area_id": "2"}
    first = workshop.agree(store, LOCAL, made.id, "steps", values, note_id=note.id, key="form 1")
    again = workshop.agree(store, LOCAL, made.id, "steps", values, note_id=note.id, key="form 1")
    assert first.id == again.id
    step = get(store, "steps", first.id)
    assert (step.values["area_id"], step.values["origin"]) == ("1", "workshop")
    assert step.values["origin_note"].startswith("Abend im Norden")
    (outcome,) = workshop.outcomes(store, LOCAL, made.id)
    assert (outcome.note_id, outcome.resource, outcome.entry_id) == (note.id, "steps", step.id)
    ((one,),) = workshop.became(store, LOCAL, made.id).values()
    assert (one.title, one.responsible, one.date) == ("Bank aufstellen", "Verein", "2027-05")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("needs", {"title": "x"}),
        ("ideas", {"title": "x", "description": "y"}),
        ("goals", {"title": "x", "topic": "good_life"}),
    ],
)
def test_every_kind_of_plan_entry_can_come_of_a_group(store, made, note, name, values):
    group = workshop.open_group(store, LOCAL, made.id, "Zusammen", [note.id])
    if name == "goals":
        values = values | {"topic": min(store.ground.values("topics", "topic") or {"good_life"})}
    made_entry = workshop.agree(store, LOCAL, made.id, name, values, group_id=group.id)
    assert [one.entry_id for one in workshop.became(store, LOCAL, made.id)[group.id]] == [made_entry.id]


def test_a_host_by_link_agrees_for_the_sessions_area_only(store, made, note):
    host = workshop.open_host_link(store, workshop.issue_host_link(store, LOCAL, made.id))
    step = workshop.agree(store, host, made.id, "steps", {"title": "x", "area_id": "2"}, note_id=note.id)
    assert get(store, "steps", step.id).values["area_id"] == "1"
    assert history(store, LOCAL, "steps", step.id)[0].by.startswith("host:")
    with pytest.raises(PermissionDeniedError):
        create(store, host, "steps", {"title": "x", "area_level": "district", "area_id": "1"})
    with pytest.raises(PermissionDeniedError):
        workshop.agree(store, host, opened_session(store).id, "steps", {"title": "x"}, note_id=note.id)


def test_what_leads_nowhere_is_refused_and_nothing_is_made(store, made, note):
    group = workshop.open_group(store, LOCAL, made.id, "Zusammen", [note.id])
    foreign = write(store, phone(store, other := opened_session(store)), other)
    for source in ({}, {"note_id": note.id, "group_id": group.id}, {"note_id": "x"}, {"note_id": foreign.id}):
        with pytest.raises(NotFoundError):
            workshop.agree(store, LOCAL, made.id, "needs", {"title": "x"}, **source)
    for name, values in (("locations", {"name": "x"}), ("needs", {"title": ""}), ("steps", {"title": "x", "cost": 1})):
        with pytest.raises(ValidationError):
            workshop.agree(store, LOCAL, made.id, name, values, note_id=note.id)
    assert workshop.outcomes(store, LOCAL, made.id) == []
    assert view(store, "needs").empty


def test_an_entry_of_the_plan_can_be_linked_and_the_link_taken_back(store, made, note):
    step = create(store, LOCAL, "steps", {"area_level": "district", "area_id": "1", "title": "Schon da"})
    link = workshop.link_outcome(store, LOCAL, made.id, "steps", step.id, note_id=note.id)
    assert workshop.outcomes(store, LOCAL, made.id) == [link]
    retire(store, LOCAL, "steps", step.id, version=1)
    assert workshop.became(store, LOCAL, made.id)[note.id][0].is_retired
    workshop.unlink_outcome(store, LOCAL, made.id, link.id)
    assert workshop.outcomes(store, LOCAL, made.id) == []
    for wrong in (step.id, "x", VEREIN):
        with pytest.raises(NotFoundError):
            workshop.link_outcome(store, LOCAL, made.id, "steps", wrong, note_id=note.id)


def _rows(store):
    with store.read() as connection:
        return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in OURS}


def _full_session(store):
    """Return a session with everything that can hang on one, and a device of it."""
    made = opened_session(store)
    device = phone(store, made, language="ar")
    workshop.tell(store, device, made.id, {"age_group": "75_plus", "district_id": "1"})
    found = write(store, device, made, "Zettelgeheimnis Alpha")
    group = workshop.open_group(store, LOCAL, made.id, "Gruppengeheimnis", [found.id])
    workshop.agree(store, LOCAL, made.id, "steps", {"title": "Bleibt"}, group_id=group.id)
    workshop.issue_host_link(store, LOCAL, made.id)
    go(store, made, "vote")
    workshop.vote(store, device, made.id, group.id, 2)
    return made, device


def _after(store, days):
    return replace(store, now=lambda: datetime.now(UTC) + timedelta(days=days))


def test_on_its_day_a_session_is_gone_before_anybody_has_deleted_it(store):
    made, device = _full_session(store)
    last_day, then = _after(store, 59), _after(store, 60)
    assert workshop.session(last_day, LOCAL, made.id).deletion_date == day(60)
    for call in (
        lambda: workshop.session(then, LOCAL, made.id),
        lambda: workshop.feed(then, device, made.id),
        lambda: workshop.stand(then, made.code, asker="a"),
        lambda: write(then, device, made),
    ):
        with pytest.raises(NotFoundError):
            call()
    assert workshop.sessions(then, LOCAL) == []


def test_deletion_takes_everything_but_the_plan(store, data_folder):
    made, device = _full_session(store)
    kept, _ = _full_session(store)
    workshop.change_session(
        store, LOCAL, kept.id, {"title": "Bleibt"}, version=workshop.session(store, LOCAL, kept.id).version
    )
    before = _rows(store)
    assert all(before.values())
    assert workshop.purge_due(store) == 0
    workshop.change_session(
        store, LOCAL, made.id, {"deletion_date": day(1)}, version=workshop.session(store, LOCAL, made.id).version
    )
    assert workshop.purge_due(_after(store, 1)) == 1
    assert workshop.purge_due(_after(store, 1)) == 0
    assert _rows(store) == {name: count // 2 for name, count in before.items()}
    assert view(store, "steps")["title"].tolist() == ["Bleibt", "Bleibt"]
    assert faults(store) == []
    with pytest.raises(LinkError):
        workshop.feed(store, device, made.id)
    workshop.delete_session(store, LOCAL, kept.id)
    workshop.delete_session(store, LOCAL, kept.id)
    assert set(_rows(store).values()) == {0}
    if store.is_sqlite:
        content = b"".join(path.read_bytes() for path in data_folder.iterdir())
        for secret in (b"Zettelgeheimnis", b"Gruppengeheimnis", b"75_plus"):
            assert secret not in content
        assert b"Bleibt" in content


def test_nothing_of_a_long_evening_stays_in_the_file(store, data_folder):
    if not store.is_sqlite:
        pytest.skip("a file to look into is SQLite's")
    made = opened_session(store, moderation="hold")
    host = [
        {"id": uid(f"note {number}")[:14] + "5" + uid(f"note {number}")[15:], "category": "idea",
         "text": f"Zettelgeheimnis {number} " + "x" * (number % 400)}
        for number in range(600)
    ]  # fmt: skip
    made_notes = workshop.enter_notes(store, LOCAL, made.id, host)
    for turn in ("hidden", "shown"):
        workshop.moderate(store, LOCAL, made.id, [one.id for one in made_notes[::3]], turn)
    for one in made_notes[1::3]:
        workshop.change_note(store, LOCAL, made.id, one.id, {"text": "Zettelgeheimnis kurz"}, version=1)
    workshop.delete_session(store, LOCAL, made.id)
    content = b"".join(path.read_bytes() for path in data_folder.iterdir())
    assert content.count(b"Zettelgeheimnis") == 0


def test_a_restart_and_a_new_session_delete_what_is_due(store, opened):
    made, _ = _full_session(store)
    then = _after(store, 61)
    again = replace(opened(), now=then.now)
    assert workshop.purge_due(again) == 1
    made, _ = _full_session(store)
    from tests.store.workshop.sessions import session_values

    workshop.open_session(then, LOCAL, session_values(deletion_date=day(100)))
    with store.read() as connection:
        table = Base.metadata.tables["workshop_sessions"]
        assert made.id not in set(connection.execute(select(table.c.id)).scalars())


def test_a_backup_does_not_bring_back_what_had_to_go(store, data_folder):
    if not store.is_sqlite:
        pytest.skip("the rule is one line for both databases")
    _full_session(store)
    then = _after(store, 61)
    backup(store, data_folder / "sicherung")
    assert workshop.purge_due(then) == 1
    restore(then, data_folder / "sicherung")
    assert set(_rows(store).values()) == {0}
    assert view(store, "steps")["title"].tolist() == ["Bleibt"]
