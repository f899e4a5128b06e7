"""Notes: sent once, limited, moderated; nothing held is ever seen; paper comes in as a whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from geo import workshop as rules
from geo.workshop import MAX_NOTE, NOTES_PER_MINUTE
from store import LOCAL, create, revision, together, workshop
from store.errors import (
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RequestReusedError,
    StateError,
    ValidationError,
)
from tests.store.workshop.sessions import go, opened_session, phone, write

HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}} {% raw %} {# x #}",
    "`${alert(1)}` \\",
    "'; DROP TABLE workshop_notes; --",
    "=HYPERLINK(1)",
    "مرحبا \u202eabc",
    "👩‍👩‍👧‍👦" * 40,
    "a\nb\tc",
]


@pytest.fixture
def made(store):
    return opened_session(store)


@pytest.fixture
def device(store, made):
    return phone(store, made)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(store, made, device, text):
    assert write(store, device, made, text).text == text
    assert [one.text for one in workshop.notes(store, LOCAL, made.id)] == [text]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "x" * (MAX_NOTE + 1)}, "text"),
        ({"text": "x" * 10_000}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": 5}, "text"),
        ({"text": ["x"]}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"category": "picture"}, "category"),
        ({"category": None}, "category"),
        ({"category": ["need"]}, "category"),
        ({"lon": 9.7}, "lat"),
        ({"lon": "9.7", "lat": 52.3}, "lon"),
        ({"lon": float("nan"), "lat": 52.3}, "lon"),
        ({"lon": float("inf"), "lat": 52.3}, "lon"),
        ({"lon": 9.7, "lat": 91}, "lat"),
        ({"lon": True, "lat": 52.3}, "lon"),
        ({"lon": 10**400, "lat": 52.3}, "lon"),
        ({"image": "data:image/png;base64,x"}, "image"),
        ({"state": "shown"}, "state"),
        ({"participant_id": "x"}, "participant_id"),
    ],
)
def test_what_is_no_note_is_refused_by_name(store, made, device, values, field):
    with pytest.raises(ValidationError) as found:
        write(store, device, made, **({"text": "x"} | values))
    assert [one.field for one in found.value.problems] == [field]
    assert workshop.notes(store, LOCAL, made.id) == []


@pytest.mark.parametrize("key", ["", "x", None, 5, "F79E4C58-1734-47E5-A5FB-392F14EC7D0E", "' OR 1=1", ["x"]])
def test_the_identifier_is_a_uuid(store, made, device, key):
    with pytest.raises(ValidationError):
        workshop.add_note(store, device, made.id, key, {"category": "need", "text": "x"})


def test_a_note_that_is_sent_again_is_stored_once(store, made, device):
    key = str(uuid4())
    first = write(store, device, made, "Eine Bank", note_id=key, lon=9.7, lat=52.4)
    again = write(store, device, made, " Eine Bank ", note_id=key, lon=9.7, lat=52.4)
    assert again == first
    assert len(workshop.notes(store, LOCAL, made.id)) == 1
    for other in ({"text": "Zwei Bänke"}, {"category": "idea"}, {"lon": None, "lat": None}):
        with pytest.raises(RequestReusedError):
            write(store, device, made, note_id=key, **({"text": "Eine Bank", "lon": 9.7, "lat": 52.4} | other))


def test_the_identifier_of_somebody_else_gives_nothing(store, made, device):
    note = write(store, device, made)
    for other in (phone(store, made), phone(store, elsewhere := opened_session(store))):
        session = made if workshop.host_session(store, other) == made.id else elsewhere
        with pytest.raises(RequestReusedError):
            write(store, other, session, note_id=note.id)
    assert [one.text for one in workshop.notes(store, LOCAL, made.id)] == ["Eine Bank"]


def test_a_repeat_counts_also_when_collecting_is_over(store, made, device):
    note = write(store, device, made)
    go(store, made, "vote")
    assert write(store, device, made, note_id=note.id) == note
    with pytest.raises(StateError, match="phase 'vote'"):
        write(store, device, made)


def test_a_flood_from_one_phone_is_refused_and_goes_on_a_minute_later(store, made, device):
    for number in range(NOTES_PER_MINUTE):
        write(store, device, made, f"{number}")
    for number in range(50):
        with pytest.raises(StateError) as found:
            write(store, device, made, f"mehr {number}")
    assert found.value.key == "workshop.too_fast"
    write(store, phone(store, made), made, "von anderen")
    later = replace(store, now=lambda: datetime.now(UTC) + timedelta(seconds=61))
    write(later, device, made, "später")


def test_a_device_and_a_session_take_only_so_many(store, made, device, monkeypatch):
    monkeypatch.setattr(rules, "NOTES_PER_DEVICE", 2)
    monkeypatch.setattr(rules, "NOTES_PER_SESSION", 3)
    write(store, device, made)
    write(store, device, made)
    with pytest.raises(StateError, match="limit of 2"):
        write(store, device, made)
    other = phone(store, made)
    write(store, other, made)
    with pytest.raises(StateError, match="limit of 3"):
        write(store, other, made)


def test_held_notes_are_seen_by_the_host_only(store):
    made = opened_session(store, moderation="hold")
    device = phone(store, made)
    note = write(store, device, made, "Frau Müller")
    assert note.state == "held"
    assert workshop.notes(store, device, made.id) == []
    seen = workshop.feed(store, device, made.id)
    assert (seen.notes, seen.gone) == ((), ())
    assert [one.id for one in workshop.feed(store, LOCAL, made.id).notes] == [note.id]
    workshop.moderate(store, LOCAL, made.id, [note.id], "shown")
    seen = workshop.feed(store, device, made.id, since=seen.number)
    assert [one.id for one in seen.notes] == [note.id]
    workshop.moderate(store, LOCAL, made.id, [note.id], "hidden")
    seen = workshop.feed(store, device, made.id, since=seen.number)
    assert (seen.notes, seen.gone) == ((), (note.id,))


def test_the_feed_tells_each_change_once(store, made, device):
    number = workshop.feed(store, LOCAL, made.id).number
    note = write(store, device, made)
    found = workshop.feed(store, LOCAL, made.id, since=number)
    assert [one.id for one in found.notes] == [note.id]
    assert (found.participants, found.voters) == (1, 0)
    assert workshop.feed(store, LOCAL, made.id, since=found.number).notes == ()
    workshop.change_note(store, LOCAL, made.id, note.id, {"category": "idea"}, version=note.version)
    (again,) = workshop.feed(store, LOCAL, made.id, since=found.number).notes
    assert (again.id, again.category, again.version) == (note.id, "idea", 2)


def test_two_hosts_who_correct_the_same_note_are_told(store, made, device):
    note = write(store, device, made, "Frau Müller will eine Bank")
    workshop.change_note(store, LOCAL, made.id, note.id, {"text": "Eine Bank"}, version=1)
    with pytest.raises(ConflictError) as found:
        workshop.change_note(store, LOCAL, made.id, note.id, {"text": "Anders"}, version=1)
    assert found.value.current.text == "Eine Bank"
    for wrong in ({"text": ""}, {"state": "shown"}, {"id": "x"}, {"lon": 9.7}, {"paper_dots": -1}):
        with pytest.raises(ValidationError):
            workshop.change_note(store, LOCAL, made.id, note.id, wrong, version=2)


def test_who_wrote_it_is_told_to_the_host_only_where_people_agreed(store, made, device):
    write(store, device, made)
    assert [one.participant_id for one in workshop.notes(store, LOCAL, made.id)] == [None]
    known = opened_session(store, anonymous=False)
    writer, reader = phone(store, known), phone(store, known)
    write(store, writer, known)
    assert [one.participant_id for one in workshop.notes(store, LOCAL, known.id)] == [writer.link_id]
    assert [one.participant_id for one in workshop.notes(store, reader, known.id)] == [None]


def test_an_own_note_can_be_taken_back_and_its_words_are_gone(store, made, device):
    note = write(store, device, made, "Frau Müller", lon=9.7, lat=52.4)
    with pytest.raises(NotFoundError):
        workshop.withdraw_note(store, phone(store, made), made.id, note.id)
    workshop.withdraw_note(store, device, made.id, note.id)
    (left,) = workshop.notes(store, LOCAL, made.id)
    assert (left.text, left.lon, left.state) == ("–", None, "hidden")
    assert workshop.participation(store, LOCAL, made.id).channels == {}


def _paper(number, **values):
    row = {
        "id": str(uuid4()),
        "category": "need",
        "text": f"Zettel {number}",
        "channel": "paper",
        "sticker": str(number),
    }
    return row | values


def test_paper_comes_in_as_a_whole_once(store, made):
    rows = [_paper(1, lon=9.7, lat=52.4, grid_code="B4", paper_dots=3), _paper(2)]
    first = workshop.enter_notes(store, LOCAL, made.id, rows)
    assert workshop.enter_notes(store, LOCAL, made.id, rows) == first
    assert [(one.sticker, one.grid_code, one.channel, one.state) for one in first] == [
        ("1", "B4", "paper", "shown"),
        ("2", None, "paper", "shown"),
    ]
    assert workshop.vote_totals(store, LOCAL, made.id) == {first[0].id: 3, first[1].id: 0}


def test_problems_on_paper_are_told_with_their_rows_and_nothing_is_stored(store, made):
    rows = [_paper(1), _paper(2, text=""), _paper(3, category="Wunsch", lon=9.7), _paper(4, id="4")]
    with pytest.raises(ValidationError) as found:
        workshop.enter_notes(store, LOCAL, made.id, rows)
    assert sorted((one.row, one.field) for one in found.value.problems) == [
        (1, "text"), (2, "category"), (2, "lat"), (3, "id")
    ]  # fmt: skip
    with pytest.raises(ValidationError) as found:
        workshop.enter_notes(store, LOCAL, made.id, [_paper(1), _paper(2), _paper(2)])
    assert [(one.row, one.key) for one in found.value.problems] == [(2, "workshop.sticker_taken")]
    assert workshop.notes(store, LOCAL, made.id) == []


def _enter_and_fail(store, made, key):
    with together(store, LOCAL) as target:
        workshop.enter_note(target, LOCAL, made.id, key, {"category": "need", "text": "weg"})
        create(target, LOCAL, "needs", {})


def test_the_host_writes_in_every_phase_and_together_with_entries(store):
    made = opened_session(store, "closed")
    with together(store, LOCAL) as target:
        create(target, LOCAL, "needs", {"area_level": "district", "area_id": "1", "title": "x"})
        workshop.enter_note(target, LOCAL, made.id, str(uuid4()), {"category": "need", "text": "am Tisch"})
    assert [one.channel for one in workshop.notes(store, LOCAL, made.id)] == ["host"]
    key = str(uuid4())
    with pytest.raises(ValidationError):
        _enter_and_fail(store, made, key)
    assert len(workshop.notes(store, LOCAL, made.id)) == 1
    device = phone(store, opened_session(store))
    with together(store, LOCAL) as target, pytest.raises(PermissionDeniedError):
        workshop.enter_note(target, device, made.id, str(uuid4()), {})


def test_notes_do_not_disturb_the_caches_of_the_pages(store, made, device):
    before = revision(store)
    note = write(store, device, made)
    assert revision(store) == before
    workshop.agree(store, LOCAL, made.id, "ideas", {"title": "x"}, note_id=note.id)
    assert revision(store) == before + 1
