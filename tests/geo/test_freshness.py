"""Ages count from the first day of a date as precise as known; what has no date is stale."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from geo.freshness import age_days, is_day, is_stale, stale

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("known", "days"), [("2026-11-23", 0), ("2026-11", 22), ("2026", 326), (None, None), ("", None)]
)
def test_a_partial_date_counts_from_its_first_day(known, days):
    assert age_days(known, TODAY) == days


def test_a_year_to_the_day_is_still_fresh():
    assert not is_stale("2025-11-23", TODAY)
    assert is_stale("2025-11-22", TODAY)
    assert not is_stale("2025-11-22", TODAY, after_days=366)


def test_a_column_with_unknown_days():
    known = pd.Series(["2026-11-01", None, "2017"], index=[7, 8, 9], dtype="str")
    assert stale(known, TODAY).to_dict() == {7: False, 8: True, 9: True}
    assert stale(pd.Series([], dtype="str"), TODAY).tolist() == []


@pytest.mark.parametrize(
    ("text", "known"),
    [("2020", True), ("2020-03", True), ("2020-03-31", True), ("", False), ("ca 2017", False), ("2018 or 2019", False)]
    + [("2020-13", False), (None, False)],
)
def test_only_dates_count_as_days(text, known):
    assert is_day(text) is known
