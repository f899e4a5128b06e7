"""Long work: every item once and in order, a bar only where it takes long, nothing left behind."""

from __future__ import annotations

import pytest

from views import waiting


class Place:
    """Stands for st.empty(): keeps what was written into it."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        self.emptied = 0

    def progress(self, share: float, *, text: str) -> None:
        assert text == "Moment"
        self.seen.append(share)

    def empty(self) -> None:
        self.emptied += 1


@pytest.fixture
def place(monkeypatch):
    found = Place()
    monkeypatch.setattr(waiting.st, "empty", lambda: found)
    return found


def clock(monkeypatch, step_s):
    """Let every look at the clock be `step_s` later than the one before."""
    now = iter(range(1000))
    monkeypatch.setattr(waiting.time, "monotonic", lambda: next(now) * step_s)


def test_quick_work_shows_no_bar(monkeypatch, place):
    clock(monkeypatch, 0.01)
    assert list(waiting.through("abcd", "Moment")) == ["a", "b", "c", "d"]
    assert (place.seen, place.emptied) == ([], 1)


def test_long_work_says_how_far_it_is(monkeypatch, place):
    clock(monkeypatch, 1.0)
    assert list(waiting.through("abcd", "Moment")) == ["a", "b", "c", "d"]
    assert (place.seen, place.emptied) == ([0.0, 0.25, 0.5, 0.75], 1)


def test_work_that_is_left_takes_its_bar_away(monkeypatch, place):
    clock(monkeypatch, 1.0)
    going = waiting.through("abcd", "Moment")
    next(going)
    going.close()
    assert place.emptied == 1


def test_nothing_to_do(monkeypatch, place):
    clock(monkeypatch, 1.0)
    assert list(waiting.through("", "Moment")) == []
