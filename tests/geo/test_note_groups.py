"""Similar notes: the ones a person would put together, whatever their order, and no more than a host can follow."""

from __future__ import annotations

import csv
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.note_groups import MOST_NOTES, NoteText, likeness, suggestions
from geo.note_words import words


def _notes(*texts: str) -> list[NoteText]:
    return [NoteText(f"{at:03}", text) for at, text in enumerate(texts)]


def _together(found, *ids: str) -> bool:
    return any(set(ids) <= set(one.note_ids) for one in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mehr Bänke im Park", "mehr baenke!!"),
        ("Ein Spielplatz", "SPIELPLÄTZE"),
        ("Straße", "Strasse"),
        ("ışık", "isik"),
        ("Hausarzt fehlt", "Hausaerzte"),
    ],
)
def test_umlauts_case_and_plurals_make_no_difference(one, other):
    assert likeness([one, other, "Buslinie am Sonntag"])[0, 1] > 0.6


def test_filler_is_left_out_unless_there_is_nothing_else():
    assert words("Wir brauchen mehr Bänke und es gibt keine") == words("Bänke")
    assert words("mehr, mehr, mehr") != ()
    assert words("!!! … 🙂") == ()


def test_compounds_and_typing_errors_are_found():
    found = suggestions(_notes("Kinderspielplatz", "Spielplaz", "Der Spielplatz ist kaputt", "Tempo 30"))
    assert [one.note_ids for one in found] == [("000", "001", "002")]
    assert found[0].central in {"000", "001", "002"}
    assert 0.25 <= found[0].likeness <= 1.0


def test_notes_sorted_by_hand_come_together_again(root):
    with (root / "tests/data/notes_by_topic.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = suggestions(_notes(*(row["text"] for row in rows)))
    group = {note: at for at, one in enumerate(found) for note in one.note_ids}
    pairs = list(combinations(range(len(rows)), 2))
    ours = {pair for pair in pairs if group.get(f"{pair[0]:03}", -1) == group.get(f"{pair[1]:03}", -2)}
    true = {pair for pair in pairs if rows[pair[0]]["topic"] == rows[pair[1]]["topic"]}
    assert len(ours & true) / len(ours) >= 0.9
    assert len(ours & true) / len(true) >= 0.55


def test_a_note_joins_the_group_that_is_there_and_groups_are_never_joined():
    notes = [
        NoteText("a", "Mehr Bänke", "g1"),
        NoteText("b", "Bänke im Park", "g1"),
        NoteText("c", "Bänke am Markt", "g2"),
        NoteText("d", "Bank im Park"),
        NoteText("e", "Hausarzt"),
    ]
    found = suggestions(notes)
    assert [(one.note_ids, one.group_id) for one in found] == [(("d",), "g1")]


@pytest.mark.parametrize("texts", [(), ("Bänke",), ("", ""), ("!!!", "???")])
def test_nothing_to_compare_suggests_nothing(texts):
    assert suggestions(_notes(*texts)) == []


def test_the_same_word_in_every_note_makes_no_group_of_everything():
    named = ("Hunde Brunnen Licht Fußball Rosen Grill Teich", "Zaun Schach Enten Kiosk Bühne Pavillon Obstwiese")
    things = " ".join(named).split()
    found = suggestions(_notes(*(f"Park {thing}" for thing in things), *(f"Park: mehr {thing}!" for thing in things)))
    assert len(found) > 5
    assert _together(found, "000", "014")
    assert not _together(found, "000", "001")


def test_more_notes_than_anybody_reads_are_cut_off():
    many = [NoteText(f"{at:05}", "Bänke") for at in range(MOST_NOTES + 5)]
    assert len(suggestions(many)[0].note_ids) == MOST_NOTES


texts = st.lists(st.text(max_size=60), max_size=12)


@given(texts, st.randoms())
def test_any_text_gives_the_same_suggestions_in_any_order(found, random):
    notes = _notes(*found)
    shuffled = list(notes)
    random.shuffle(shuffled)
    first = suggestions(notes)
    assert suggestions(shuffled) == first
    said = [note for one in first for note in one.note_ids]
    assert len(said) == len(set(said))
    assert all(len(one.note_ids) > 1 for one in first)


@given(texts)
def test_likeness_is_symmetric_between_0_and_1(found):
    like = likeness(found)
    assert like.shape == (len(found), len(found))
    assert np.array_equal(like, like.T)
    assert np.all((like >= 0.0) & (like <= 1.0))
