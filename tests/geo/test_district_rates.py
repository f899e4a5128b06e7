"""Rates of districts: sums over sums, and what secrecy leaves open."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from geo.district_rates import RATES, district_rate
from geo.errors import ParameterError


def _inputs(**columns):
    """Two districts (1, 7); cells of a third number lie outside."""
    cells = pd.DataFrame(columns)
    cells["district_id"] = cells["district_id"].astype("Int64")
    return SimpleNamespace(cells=cells, districts=pd.DataFrame({"district_id": [1, 7]}))


def test_a_share_is_the_sum_of_people_over_the_sum_of_people():
    inputs = _inputs(district_id=[1, 1, 7, 99], population=[10, 90, 50, 1000], under_18=[10, 0, 5, 1000])
    found = district_rate(inputs, "rate_under_18")
    assert found["value"].tolist() == [10.0, 10.0]
    assert found["low"].tolist() == found["high"].tolist() == [10.0, 10.0]


def test_a_cell_outside_and_a_cell_without_district_count_nowhere():
    inputs = _inputs(district_id=[1, None, 99], population=[10, 500, 500], under_18=[1, 500, 500])
    found = district_rate(inputs, "rate_under_18")
    assert found.loc[1, "value"] == 10.0
    assert np.isnan(found.loc[7, "value"])


def test_a_secret_cell_is_between_0_and_2():
    inputs = _inputs(district_id=[1, 1, 1], dwellings=[50, 30, 20], foreigners=[20, np.nan, np.nan])
    found = district_rate(inputs, "rate_foreigners")
    assert found.loc[1].tolist() == [22.0, 20.0, 24.0]  # the middle, then the bounds


def test_too_much_secrecy_is_unknown():
    inputs = _inputs(district_id=[1, 1, 7, 7], dwellings=[50, 50, 50, 50], foreigners=[2, np.nan, 1, np.nan])
    found = district_rate(inputs, "rate_foreigners")
    assert found.loc[1].tolist() == [3.0, 2.0, 4.0]  # the highest is exactly twice the lowest
    assert found.loc[7].isna().all()


def test_what_is_not_published_is_left_out_of_both_sums():
    inputs = _inputs(district_id=[1, 1], dwellings=[10, np.nan], floor_area_m2=[800, 9000])
    assert district_rate(inputs, "rate_floor_area").loc[1, "value"] == 80.0


def test_people_in_cells_without_dwellings_do_not_raise_a_rate_per_dwelling():
    inputs = _inputs(district_id=[1, 1], dwellings=[100, np.nan], foreigners=[10, 900])
    assert district_rate(inputs, "rate_foreigners").loc[1, "value"] == 10.0


def test_every_rate_says_how_it_is_read_and_an_unknown_one_is_refused():
    assert {rate.need_sign for rate in RATES.values()} <= {-1, 1}
    with pytest.raises(ParameterError, match="rate_castles"):
        district_rate(_inputs(district_id=[1]), "rate_castles")
