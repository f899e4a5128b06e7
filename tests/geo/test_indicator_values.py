"""Reported values by code: unknown stays away, the first row dates an indicator, each code is looked up once."""

import math

import pandas as pd

from geo.indicator_values import Indicators

ROWS = pd.DataFrame(
    [
        {"indicator": "a", "value": math.nan, "reference_date": "2020", "source": "first"},
        {"indicator": "a", "value": 3.0, "reference_date": "2024", "source": "second"},
        {"indicator": "population", "value": 9.0, "reference_date": None, "source": "x"},
        {"indicator": "population", "value": 9.0, "reference_date": "2022-12-31", "source": "x"},
        {"indicator": "population", "value": 9.0, "reference_date": "2024-12-31", "source": "x"},
    ]
)


def test_a_row_without_a_number_is_no_value_but_counts_for_the_date():
    known = Indicators(ROWS)
    assert [row["value"] for row in known.values("a")] == [3.0]
    assert known.dated("a") == ("2020", "first")
    assert known.values("b") == []
    assert known.dated("b") == (None, None)


def test_the_newest_day_of_the_population_counts():
    assert Indicators(ROWS).population_date == "2024-12-31"
    assert Indicators(ROWS.head(2)).population_date is None
