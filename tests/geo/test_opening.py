"""Opening hours: the clocks change, holidays of Lower Saxony, and what nobody knows stays unknown."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.finder_times import window
from geo.opening import ZONE, day_spans, is_holiday, is_readable, midnight, state_at, state_between

OFFICE = "Mo-Fr 09:00-17:00"
REFORMATION = date(2025, 10, 31)  # a Friday; a holiday in Lower Saxony but not in all of Germany


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


def times(hours: str, day: date) -> list[tuple[str, str]] | None:
    found = day_spans(hours, day)
    return None if found is None else [(f"{span.start:%d %H:%M}", f"{span.end:%d %H:%M}") for span in found]


def test_open_closed_and_unknown_are_three_answers() -> None:
    assert state_at(OFFICE, at(2026, 11, 23, 9)) == "open"
    assert state_at(OFFICE, at(2026, 11, 23, 17)) == "closed"
    assert state_at(None, at(2026, 11, 23, 9)) == "unknown"
    assert state_at("nachmittags", at(2026, 11, 23, 9)) == "unknown"
    assert state_at("Mo unknown", at(2026, 11, 23, 9)) == "unknown"
    assert day_spans("Mo-Fr 09:00-17:00; SH off", date(2026, 11, 23)) is None


def test_a_day_with_23_hours_and_one_with_25() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    hours = {day: (midnight(day + timedelta(days=1)).timestamp() - midnight(day).timestamp()) / 3600
             for day in (spring, autumn)}  # fmt: skip
    assert hours == {spring: 23, autumn: 25}
    assert times("Mo-Su 01:00-04:00", spring) == [("29 01:00", "29 04:00")]
    night = day_spans("Mo-Su 20:00-06:00", date(2026, 10, 24))
    assert night is not None
    assert (night[-1].end.timestamp() - night[-1].start.timestamp()) / 3600 == 11  # one hour comes twice
    assert state_at("Mo-Su 20:00-06:00", at(2026, 10, 25, 2, 30)) == "open"
    assert state_at("Su 10:00-12:00", at(2026, 10, 25, 10)) == "open"


def test_the_extra_holiday_of_lower_saxony() -> None:
    assert is_holiday(REFORMATION)
    assert not is_holiday(date(2026, 1, 6))  # Epiphany is one in other states only
    assert times(f"{OFFICE}; PH off", REFORMATION) == []
    assert times(f"{OFFICE}; Su,PH 10:00-12:00", REFORMATION) == [("31 10:00", "31 12:00")]
    assert times(f"{OFFICE}; PH off", date(2025, 10, 30)) == [("30 09:00", "30 17:00")]
    assert times(f"{OFFICE}; PH off", date(2026, 12, 25)) == []


def test_a_holiday_of_which_the_entry_says_nothing_is_unknown() -> None:
    assert day_spans(OFFICE, REFORMATION) is None
    assert day_spans(OFFICE, date(2026, 4, 3)) is None
    assert state_at("24/7", datetime(2026, 4, 3, 3, tzinfo=ZONE)) == "open"


@pytest.mark.parametrize(
    ("when", "now", "expected"),
    [
        ("now", at(2026, 11, 25, 10), ("25 10:00", "25 10:01")),
        ("evening", at(2026, 11, 25, 10), ("25 17:00", "25 22:00")),
        ("evening", at(2026, 11, 25, 19, 30), ("25 19:30", "25 22:00")),
        ("evening", at(2026, 11, 25, 23), ("25 23:00", "25 23:01")),
        ("saturday", at(2026, 11, 25, 10), ("28 08:00", "28 20:00")),
        ("saturday", at(2026, 11, 28, 12), ("28 12:00", "28 20:00")),
        ("saturday", at(2026, 11, 28, 21), ("05 08:00", "05 20:00")),
        ("saturday", at(2026, 10, 19, 10), ("24 08:00", "24 20:00")),
    ],
)
def test_what_now_this_evening_and_saturday_mean(when: str, now: datetime, expected: tuple[str, str]) -> None:
    start, end = window(when, now)
    assert (f"{start:%d %H:%M}", f"{end:%d %H:%M}") == expected


def test_some_part_of_the_window_is_enough() -> None:
    assert state_between("Sa 19:00-23:00", at(2026, 11, 28, 8), at(2026, 11, 28, 20)) == "open"
    assert state_between("Sa 20:00-23:00", at(2026, 11, 28, 8), at(2026, 11, 28, 20)) == "closed"


@given(st.text(max_size=60), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_any_text_is_answered(hours: str, day: date) -> None:
    found = day_spans(hours, day)
    assert found is None or all(span.start < span.end for span in found)
    assert is_readable(hours) or found is None
