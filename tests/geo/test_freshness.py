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


@pytest.mark.parametrize("text", ["2020", "2020-03", "2020-03-31"])
def test_dates_count_as_days(text):
    assert is_day(text)


@pytest.mark.parametrize("text", ["", "ca 2017", "2018 or 2019", "2020-13", "2020-03-31-01x", None])
def test_other_texts_do_not_count_as_days(text):
    assert not is_day(text)
