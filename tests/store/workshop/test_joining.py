"""Joining: by code, not by guessing; what people tell about themselves is voluntary."""

from __future__ import annotations

import pytest

from geo import workshop as rules
from geo.workshop import PARTICIPANTS_PER_SESSION
from store import LOCAL, Actor, workshop
from store.errors import LinkError, NotFoundError, StateError, ValidationError
from store.workshop.sessions import new_code
from store.workshop.throttle import PER_ASKER, TOGETHER, WINDOW_S, Throttle
from tests.store.workshop.sessions import go, opened_session, phone, session_values, write


def test_who_has_the_code_joins_and_the_device_is_known_again(store):
    made = opened_session(store)
    found = workshop.find_session(store, f"{made.code[:4]}-{made.code[4:]}".lower(), asker="a")
    assert found.question == made.question
    token = workshop.join(store, made.code, asker="a", language="ar")
    actor, session_id = workshop.open_participant(store, token)
    assert session_id == made.id
    assert workshop.open_participant(store, token)[0] == actor
    assert workshop.participation(store, LOCAL, made.id).by_language == {"ar": 1}


@pytest.mark.parametrize("phase", ["draft", "closed"])
def test_drafts_and_closed_sessions_cannot_be_joined(store, phase):
    made = opened_session(store, phase)
    with pytest.raises(NotFoundError if phase == "draft" else StateError):
        workshop.join(store, made.code, asker="a")


def test_a_new_code_closes_the_old_one_and_who_has_joined_stays(store):
    made = opened_session(store)
    device = phone(store, made)
    changed = workshop.new_join_code(store, LOCAL, made.id, version=made.version)
    with pytest.raises(NotFoundError):
        workshop.join(store, made.code, asker="a")
    write(store, device, made)
    phone(store, changed)


def test_guessing_is_stopped_before_it_begins_to_help(store):
    made = opened_session(store)
    asker = "198.51.100.9"
    for _ in range(PER_ASKER):
        with pytest.raises(NotFoundError):
            workshop.find_session(store, new_code(), asker=asker)
    with pytest.raises(StateError) as found:
        workshop.find_session(store, made.code, asker=asker)
    assert 1 <= found.value.params["seconds"] <= WINDOW_S
    with pytest.raises(StateError):
        workshop.join(store, made.code, asker=asker)
    with pytest.raises(StateError):
        workshop.stand(store, made.code, asker=asker)
    assert workshop.find_session(store, made.code, asker="198.51.100.10").id == made.id


@pytest.mark.parametrize("wrong", [None, 5, ["x"], "' OR 1=1 --", "%", "\x00", "K" * 10_000])
def test_nothing_but_the_code_is_a_code(store, wrong):
    opened_session(store)
    with pytest.raises(NotFoundError):
        workshop.find_session(store, wrong, asker=f"asks {wrong!r}")


def test_many_guessers_together_lock_out_strangers_only_and_for_a_minute():
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    throttle.right("knows")
    for number in range(TOGETHER):
        throttle.check(f"bot {number}")
        throttle.wrong(f"bot {number}")
    with pytest.raises(StateError):
        throttle.check("stranger")
    throttle.check("knows")
    now[0] = WINDOW_S + 0.1
    throttle.check("stranger")


def test_addresses_are_not_kept_as_they_are():
    throttle = Throttle()
    throttle.wrong("203.0.113.77")
    throttle.right("203.0.113.78")
    assert "203.0.113" not in str(vars(throttle))


def test_the_memory_of_the_throttle_is_bounded():
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for number in range(20_000):
        now[0] += 0.01
        throttle.wrong(str(number))
        throttle.right(str(number))
    assert len(throttle._wrong) <= 10_000
    assert len(throttle._known) <= 10_000


def test_a_session_takes_only_so_many_devices(store, monkeypatch):
    monkeypatch.setattr(rules, "PARTICIPANTS_PER_SESSION", 2)
    made = opened_session(store)
    phone(store, made)
    phone(store, made)
    with pytest.raises(StateError, match="limit of 2"):
        phone(store, made)
    assert PARTICIPANTS_PER_SESSION >= 100


def test_tokens_cannot_be_made_up(store):
    made = opened_session(store)
    token = workshop.join(store, made.code, asker="a")
    link = workshop.issue_host_link(store, LOCAL, made.id)
    for wrong in ("", token[:-1], token + "x", link, "x.y", "\x00.\x00"):
        with pytest.raises(LinkError):
            workshop.open_participant(store, wrong)
    with pytest.raises(LinkError):
        workshop.notes(store, Actor("participant:x", "participant", "made up"), made.id)


def test_facts_are_voluntary_checked_and_can_be_taken_back(store):
    made = opened_session(store)
    device, silent = phone(store, made, language="de"), phone(store, made)
    workshop.tell(store, device, made.id, {"age_group": "75_plus", "district_id": "1"})
    found = workshop.participation(store, LOCAL, made.id)
    assert found.by_age_group == {"75_plus": 1, None: 1}
    assert found.by_district == {"1": 1, None: 1}
    workshop.tell(store, device, made.id, {"age_group": None, "language": None})
    found = workshop.participation(store, LOCAL, made.id)
    assert found.by_age_group == {None: 2}
    assert found.by_language == {None: 2}
    with pytest.raises(ValidationError) as wrong:
        workshop.tell(store, silent, made.id, {"age_group": 75, "district_id": "999", "name": "Frau M."})
    assert {one.field for one in wrong.value.problems} == {"age_group", "district_id", "name"}


def test_later_the_code_shows_what_became_of_the_notes(store):
    made = workshop.open_session(store, LOCAL, session_values(moderation="hold"))
    made = go(store, made, "collect")
    device = phone(store, made)
    shown, held = write(store, device, made, "Bank"), write(store, device, made, "Frau Müller, Weg 3")
    workshop.moderate(store, LOCAL, made.id, [shown.id], "shown")
    workshop.agree(store, LOCAL, made.id, "steps", {"title": "Bank aufstellen"}, note_id=shown.id)
    workshop.agree(store, LOCAL, made.id, "needs", {"title": "Geheim"}, note_id=held.id)
    go(store, made, "closed")
    found = workshop.stand(store, made.code, asker="a")
    assert [note.text for note in found.notes] == ["Bank"]
    assert found.totals == {shown.id: 0}
    ((became,),) = found.became.values()
    assert (became.resource, became.title, became.status) == ("steps", "Bank aufstellen", "planned")
    assert became.responsible is None
