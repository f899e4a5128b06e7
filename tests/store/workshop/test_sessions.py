"""Sessions: rules at opening, phases, changes, several at once, host links."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from geo.workshop import join_code
from store import LOCAL, Actor, login, set_role, workshop
from store.errors import (
    ConflictError,
    LinkError,
    NotFoundError,
    PermissionDeniedError,
    StateError,
    ValidationError,
)
from tests.store.workshop.sessions import day, go, opened_session, phone, session_values, write


def test_a_session_begins_as_a_draft_with_a_code_of_its_own(store):
    made = [workshop.open_session(store, LOCAL, session_values()) for _ in range(5)]
    assert {one.phase for one in made} == {"draft"}
    assert len({one.code for one in made}) == 5
    assert all(join_code(one.code) == one.code for one in made)
    assert workshop.session(store, LOCAL, made[0].id) == made[0]
    assert {one.id for one in workshop.sessions(store, LOCAL)} == {one.id for one in made}


def test_all_problems_are_told_at_once(store):
    wrong = session_values(
        title=" ", area_level="street", categories=["need", "picture"], dots=21, moderation="maybe", languages=["x" * 30],
        deletion_date="31.12.2030", anonymous="yes", consent_text="x" * 2001, colour="red",
    )  # fmt: skip
    with pytest.raises(ValidationError) as found:
        workshop.open_session(store, LOCAL, wrong)
    assert {one.field for one in found.value.problems} == {
        "title", "area_level", "categories", "dots", "moderation", "languages", "deletion_date", "anonymous",
        "consent_text", "colour",
    }  # fmt: skip


@pytest.mark.parametrize("date", [day(0), day(-1), day(800), "2026-13-01", 20261231, None, ""])
def test_a_day_of_deletion_is_needed_and_lies_ahead(store, date):
    with pytest.raises(ValidationError) as found:
        workshop.open_session(store, LOCAL, session_values(deletion_date=date))
    assert [one.field for one in found.value.problems] == ["deletion_date"]


def test_two_hosts_who_change_the_same_are_told(store):
    made = opened_session(store)
    changed = workshop.change_session(store, LOCAL, made.id, {"title": "Neu", "dots": 5}, version=made.version)
    assert (changed.title, changed.dots, changed.version) == ("Neu", 5, made.version + 1)
    with pytest.raises(ConflictError) as found:
        workshop.change_session(store, LOCAL, made.id, {"title": "Anders"}, version=made.version)
    assert found.value.current.title == "Neu"
    with pytest.raises(ConflictError):
        workshop.set_phase(store, LOCAL, made.id, "vote", version=made.version)


def test_what_people_agreed_to_when_they_joined_stays(store):
    made = opened_session(store)
    for name, value in (("consent_text", "Anders"), ("anonymous", False), ("area_id", "2")):
        with pytest.raises(StateError) as found:
            workshop.change_session(store, LOCAL, made.id, {name: value}, version=made.version)
        assert found.value.key == "workshop.fixed"
    with pytest.raises(StateError) as found:
        workshop.change_session(store, LOCAL, made.id, {"deletion_date": day(61)}, version=made.version)
    assert found.value.key == "workshop.later"
    sooner = workshop.change_session(store, LOCAL, made.id, {"deletion_date": day(5)}, version=made.version)
    assert sooner.deletion_date == day(5)
    draft = workshop.open_session(store, LOCAL, session_values())
    later = workshop.change_session(
        store, LOCAL, draft.id, {"deletion_date": day(90), "consent_text": "Anders"}, version=1
    )
    assert later.deletion_date == day(90)


def test_phases_follow_each_other_and_never_lead_back_to_the_draft(store):
    made = opened_session(store, "draft")
    for wrong in ("vote", "closed", "draft", "party", ""):
        with pytest.raises(StateError):
            go(store, made, wrong)
    for step in ("collect", "vote", "collect", "vote", "closed", "vote"):
        assert go(store, made, step).phase == step


def test_sessions_run_beside_each_other_and_know_nothing_of_each_other(store):
    one, other = opened_session(store), opened_session(store)
    theirs, ours = phone(store, other), phone(store, one)
    note = write(store, ours, one)
    assert [found.id for found in workshop.notes(store, ours, one.id)] == [note.id]
    assert workshop.notes(store, theirs, other.id) == []
    with pytest.raises(PermissionDeniedError):
        workshop.notes(store, theirs, one.id)
    go(store, other, "vote")
    with pytest.raises(StateError, match="nothing shown"):
        workshop.vote(store, theirs, other.id, note.id, 1)
    for call in (workshop.moderate, workshop.put_into_group):
        with pytest.raises(NotFoundError):
            call(store, LOCAL, other.id, [note.id], "hidden" if call is workshop.moderate else None)


def test_a_second_host_takes_over_with_a_link_until_it_is_withdrawn(store):
    made = opened_session(store)
    set_role(store, LOCAL, "first", "contributor")
    token = workshop.issue_host_link(store, login("first"), made.id)
    second = workshop.open_host_link(store, f" {token}\n")
    assert workshop.host_session(store, second) == made.id
    assert [one.id for one in workshop.sessions(store, second)] == [made.id]
    assert go(store, made, "vote").phase == "vote"
    now = workshop.session(store, second, made.id)
    assert workshop.set_phase(store, second, made.id, "closed", version=now.version).phase == "closed"
    (link,) = workshop.host_links(store, LOCAL, made.id)
    workshop.revoke_host_link(store, LOCAL, made.id, link.id)
    workshop.revoke_host_link(store, LOCAL, made.id, link.id)
    with pytest.raises(LinkError):
        workshop.notes(store, second, made.id)
    with pytest.raises(LinkError):
        workshop.open_host_link(store, token)


def test_host_links_expire_and_cannot_be_made_up(store):
    made = opened_session(store)
    token = workshop.issue_host_link(store, LOCAL, made.id, days=2)
    second = workshop.open_host_link(store, token)
    identifier, _, secret = token.partition(".")
    for wrong in (
        "",
        ".",
        identifier,
        f"{identifier}.",
        f"{identifier}.x",
        f"x.{secret}",
        f"\x00.{secret}",
        "ä.ö\ud800",
    ):
        with pytest.raises(LinkError):
            workshop.open_host_link(store, wrong)
    later = replace(store, now=lambda: datetime.now(UTC) + timedelta(days=2, minutes=1))
    with pytest.raises(LinkError):
        workshop.notes(later, second, made.id)
    with pytest.raises(LinkError):
        workshop.open_host_link(later, token)
    with pytest.raises(LinkError):
        workshop.notes(store, Actor("host:x", "host", "made up"), made.id)


def test_the_secrets_of_links_and_devices_are_not_in_the_database(store, data_folder):
    made = opened_session(store)
    link = workshop.issue_host_link(store, LOCAL, made.id)
    device = workshop.join(store, made.code, asker="192.0.2.1")
    if not store.is_sqlite:
        pytest.skip("a file to look into is SQLite's")
    content = b"".join(path.read_bytes() for path in data_folder.iterdir() if path.name.startswith("store.sqlite"))
    for token in (link, device):
        identifier, _, secret = token.partition(".")
        assert identifier.encode() in content
        assert secret.encode() not in content
