"""Dots: n per device, whatever is tried; they follow notes into groups and come back from what is not shown."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest

from store import LOCAL, workshop
from store.errors import ConflictError, NotFoundError, StateError, ValidationError
from tests.store.workshop.sessions import go, opened_session, phone, write


@pytest.fixture
def made(store):
    return opened_session(store)


@pytest.fixture
def device(store, made):
    return phone(store, made)


@pytest.fixture
def notes(store, made, device):
    """Return three shown notes of a session in which people vote, three dots each."""
    found = [write(store, device, made, text).id for text in "abc"]
    go(store, made, "vote")
    return found


def test_a_vote_says_how_many_there_are_so_that_a_repeat_gives_nothing(store, made, device, notes):
    for _ in range(3):
        found = workshop.vote(store, device, made.id, notes[0], 2)
    assert (dict(found.dots), found.left) == ({notes[0]: 2}, 1)
    with pytest.raises(StateError) as refused:
        workshop.vote(store, device, made.id, notes[1], 2)
    assert refused.value.params == {"dots": 2, "left": 1}
    found = workshop.vote(store, device, made.id, notes[0], 0)
    assert (dict(found.dots), found.left) == ({}, 3)
    assert workshop.feed(store, device, made.id).ballot == found


def test_racing_tabs_never_give_more_dots(store, made, device, notes):
    def give(number):
        try:
            workshop.vote(store, device, made.id, notes[number % 3], 1 + number % 3)
        except StateError:
            return 1
        return 0

    with ThreadPoolExecutor(8) as pool:
        refused = sum(pool.map(give, range(48)))
    ballot = workshop.feed(store, device, made.id).ballot
    assert sum(ballot.dots.values()) <= 3
    assert sum(workshop.vote_totals(store, LOCAL, made.id).values()) == sum(ballot.dots.values())
    assert refused > 0


def test_votes_of_others_are_not_told_until_it_is_over(store, made, device, notes):
    workshop.vote(store, device, made.id, notes[0], 3)
    other = phone(store, made)
    found = workshop.feed(store, other, made.id)
    assert (found.totals, dict(found.ballot.dots), found.voters) == ({}, {}, None)
    assert workshop.feed(store, LOCAL, made.id).totals[notes[0]] == 3
    go(store, made, "closed")
    assert workshop.feed(store, other, made.id).totals[notes[0]] == 3


def test_votes_are_for_the_phase_and_for_what_is_shown(store, made, device, notes):
    workshop.moderate(store, LOCAL, made.id, [notes[2]], "hidden")
    for target in (notes[2], "x", "", 5):
        with pytest.raises((StateError, ValidationError)):
            workshop.vote(store, device, made.id, target, 1)
    for dots in (-1, 21, 1.5, "1", True, None, 10**30):
        with pytest.raises(ValidationError):
            workshop.vote(store, device, made.id, notes[0], dots)
    go(store, made, "collect")
    with pytest.raises(StateError, match="phase 'collect'"):
        workshop.vote(store, device, made.id, notes[0], 1)


def test_dots_follow_notes_into_a_group_and_nobody_has_more_by_that(store, made, device, notes):
    workshop.vote(store, device, made.id, notes[0], 1)
    workshop.vote(store, device, made.id, notes[1], 1)
    group = workshop.open_group(store, LOCAL, made.id, "Zusammen", notes[:2])
    found = workshop.feed(store, device, made.id).ballot
    assert (dict(found.dots), found.left) == ({group.id: 2}, 1)
    with pytest.raises(StateError, match="nothing shown"):
        workshop.vote(store, device, made.id, notes[0], 1)
    workshop.vote(store, device, made.id, group.id, 3)
    workshop.change_group(store, LOCAL, made.id, group.id, {"paper_dots": 4}, version=1)
    assert workshop.vote_totals(store, LOCAL, made.id) == {group.id: 7, notes[2]: 0}
    workshop.dissolve_group(store, LOCAL, made.id, group.id)
    assert workshop.feed(store, device, made.id).ballot.left == 3
    assert workshop.groups(store, LOCAL, made.id) == []


def test_dots_on_what_is_hidden_go_back(store, made, device, notes):
    workshop.vote(store, device, made.id, notes[0], 3)
    workshop.moderate(store, LOCAL, made.id, [notes[0]], "hidden")
    assert workshop.feed(store, device, made.id).ballot.left == 3
    workshop.vote(store, device, made.id, notes[1], 3)
    workshop.moderate(store, LOCAL, made.id, [notes[0]], "shown")
    assert workshop.vote_totals(store, LOCAL, made.id) == {notes[0]: 0, notes[1]: 3, notes[2]: 0}


def test_dots_on_a_group_of_which_nothing_is_shown_can_be_taken_back(store, made, device, notes):
    group = workshop.open_group(store, LOCAL, made.id, "Zusammen", notes[:1])
    workshop.vote(store, device, made.id, group.id, 3)
    workshop.moderate(store, LOCAL, made.id, notes[:1], "hidden")
    with pytest.raises(StateError, match="nothing shown"):
        workshop.vote(store, device, made.id, group.id, 2)
    assert workshop.vote(store, device, made.id, group.id, 0).left == 3


def test_many_devices_vote_at_once_and_every_dot_counts(store, made, notes):
    devices = [phone(store, made) for _ in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(
            pool.map(lambda pair: workshop.vote(store, pair[0], made.id, pair[1], 1), itertools.product(devices, notes))
        )
    assert workshop.vote_totals(store, LOCAL, made.id) == dict.fromkeys(notes, 12)
    assert workshop.feed(store, LOCAL, made.id).voters == 12


def test_groups_are_changed_by_version_and_stay_when_agreed(store, made, notes):
    group = workshop.open_group(store, LOCAL, made.id, "Zusammen", notes[:1])
    changed = workshop.change_group(store, LOCAL, made.id, group.id, {"title": "Bänke"}, version=1)
    assert (changed.title, changed.version) == ("Bänke", 2)
    with pytest.raises(ConflictError):
        workshop.change_group(store, LOCAL, made.id, group.id, {"title": "x"}, version=1)
    with pytest.raises(ValidationError):
        workshop.change_group(store, LOCAL, made.id, group.id, {"title": " ", "colour": 1}, version=2)
    with pytest.raises(NotFoundError):
        workshop.put_into_group(store, LOCAL, made.id, notes[1:], "x")
    workshop.agree(store, LOCAL, made.id, "needs", {"title": "x"}, group_id=group.id)
    with pytest.raises(StateError) as found:
        workshop.dissolve_group(store, LOCAL, made.id, group.id)
    assert found.value.key == "workshop.has_outcome"
