"""The hint that a note may hold personal data: what it has to find, and what would only make a host tired."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.first_names import FIRST_NAMES
from geo.name_hint import may_hold_name, name_hints


def _found(text: str) -> list[tuple[str, str]]:
    return [(hint.kind, text[hint.start : hint.end]) for hint in name_hints(text)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Ruf 0511 1234567 an", "phone", "0511 1234567"),
        ("0511/168-0 fragen", "phone", "0511/168-0"),
        ("+49 (511) 123 45 67", "phone", "+49 (511) 123 45 67"),
        ("0176-12345678", "phone", "0176-12345678"),
        ("ich: anna.m@web.de", "email", "anna.m@web.de"),
        ("anna (at) web.de", "email", "anna (at) web.de"),
        ("schreib @quartier_hh", "handle", "@quartier_hh"),
        ("Frau Yılmaz kennt alle", "salutation", "Frau Yılmaz"),
        ("frau yılmaz kennt alle", "salutation", "frau yılmaz"),
        ("Herr Dr. von Müller", "salutation", "Herr Dr. von Müller"),
        ("Familie Schmidt aus Nr. 4", "salutation", "Familie Schmidt"),
        ("Fatma Hanım hilft", "salutation", "Fatma Hanım"),
        ("Mrs Miller helps", "salutation", "Mrs Miller"),
        ("господин Иванов", "salutation", "господин Иванов"),
        ("Mein Name ist Uli", "said", "Mein Name ist Uli"),
        ("Меня зовут Лев", "said", "Меня зовут Лев"),
        ("Ayşe hilft immer", "first_name", "Ayşe"),
        ("jürgen weiß das", "first_name", "jürgen"),
    ],
)
def test_personal_data_is_found(text, kind, part):
    assert (kind, part) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Für jede Frau und jeden Mann",
        "Frau sein im Stadtteil",
        "Frauen und Familien mit Kindern",
        "Tempo 30 ab 1.1.2027, von 08:00 bis 17:00",
        "30159 Hannover",
        "2027-01-01",
        "Anna-Siemsen-Schule und Annastraße",
        "Martin Kirche",
        "Can we have more benches?",
        "In Linden und Herrenhausen",
        "",
    ],
)
def test_what_is_no_person_gives_no_hint(text):
    assert _found(text) == []


def test_ordinary_notes_give_no_hint(root):
    with (root / "tests/data/notes_by_topic.csv").open(encoding="utf-8") as file:
        assert [row["text"] for row in csv.DictReader(file) if may_hold_name(row["text"])] == []


def test_first_names_are_written_as_they_are_compared():
    assert {name for name in FIRST_NAMES if name != name.lower() or not name.isascii() or not name.isalpha()} == set()


@pytest.mark.parametrize(
    "text",
    [
        "Frau " * 2_000,
        "a@" * 5_000,
        "0 " * 5_000,
        "(" * 10_000,
        "a." * 5_000 + "@",
        "frau dr. " * 1_200,
        "\ud800 Frau Xanthippe",
    ],
    ids=range(7),
)
def test_hostile_texts_are_read_without_fault(text):
    assert isinstance(name_hints(text), list)


@given(st.text())
def test_hints_lie_in_the_text_in_order_and_do_not_overlap(text):
    ends = 0
    for hint in name_hints(text):
        assert ends <= hint.start < hint.end <= len(text)
        ends = hint.end
