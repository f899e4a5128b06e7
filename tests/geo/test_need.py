"""The need index, its rank interval, need × supply, similar districts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ParameterError
from geo.need import Scale, bivariate_class, need_index, rank_interval
from geo.similar import similar_districts

NAN = np.nan
VALUES = pd.DataFrame(
    {"transfer": [10.0, 20.0, 30.0], "space": [60.0, 40.0, 20.0], "same": [1.0, 1.0, 1.0]}, index=[1, 2, 3]
)
SIGNS = {"transfer": 1, "space": -1, "same": 1}


def test_signs_are_aligned_and_z_scores_added():
    result = need_index(VALUES, {"transfer": 1.0, "space": 1.0}, SIGNS)
    step = 1.5**0.5  # 10, 20, 30 have the standard deviation √(200/3)
    np.testing.assert_allclose(result["score"], [-step, 0.0, step], atol=1e-12)
    assert result["rank"].tolist() == [3, 2, 1]
    assert result["weight_share"].tolist() == [1.0, 1.0, 1.0]
    assert result["missing"].tolist() == [(), (), ()]


def test_percentiles_count_the_smaller_and_half_of_the_equal():
    values = VALUES.assign(transfer=[10.0, 10.0, 30.0])
    result = need_index(values, {"transfer": 1.0}, SIGNS, scale=Scale.PERCENTILE)
    np.testing.assert_allclose(result["score"], [1 / 3, 1 / 3, 5 / 6])
    assert result["rank"].tolist() == [2, 2, 1]


def test_weights_shift_the_index_and_only_their_ratio_counts():
    mixed = VALUES.assign(space=[20.0, 40.0, 60.0])
    heavy = need_index(mixed, {"transfer": 3.0, "space": 1.0}, SIGNS)["score"]
    assert heavy.loc[3] == pytest.approx(0.5 * 1.5**0.5)
    same = need_index(mixed, {"transfer": 30.0, "space": 10.0}, SIGNS)["score"]
    pd.testing.assert_series_equal(same, heavy)


def test_a_missing_indicator_reduces_the_weight_and_is_named():
    values = VALUES.assign(space=[60.0, NAN, 20.0])
    result = need_index(values, {"transfer": 1.0, "space": 2.0}, SIGNS)
    assert result.loc[2, "missing"] == ("space",)
    assert result.loc[2, "weight_share"] == pytest.approx(1 / 3)
    assert np.isnan(result.loc[2, "score"])
    assert result["rank"].isna().tolist() == [False, True, False]
    kept = need_index(values, {"transfer": 1.0, "space": 2.0}, SIGNS, min_weight_share=1 / 3)
    assert kept.loc[2, "score"] == pytest.approx(0.0)


def test_an_indicator_that_is_the_same_everywhere_says_nothing():
    assert need_index(VALUES, {"same": 1.0}, SIGNS)["score"].tolist() == [0.0, 0.0, 0.0]
    assert need_index(VALUES, {"same": 1.0}, SIGNS)["rank"].tolist() == [1, 1, 1]


def test_an_indicator_nobody_has_gives_no_score():
    result = need_index(VALUES.assign(space=NAN), {"space": 1.0}, SIGNS)
    assert result["score"].isna().all()
    assert rank_interval(VALUES.assign(space=NAN), {"space": 1.0}, SIGNS)["rank_low"].isna().all()


def test_one_area_has_rank_one():
    result = need_index(VALUES.iloc[:1], {"transfer": 1.0}, SIGNS)
    assert result["rank"].tolist() == [1]
    assert rank_interval(VALUES.iloc[:1], {"transfer": 1.0}, SIGNS)["rank_high"].tolist() == [1]


@pytest.mark.parametrize(
    ("weights", "signs", "named"),
    [
        ({"nope": 1.0}, {"nope": 1}, "nope"),
        ({"transfer": -1.0}, SIGNS, "transfer"),
        ({"transfer": 0.0}, SIGNS, "above 0"),
        ({}, SIGNS, "weights"),
        ({"transfer": 1.0}, {"transfer": 0}, "transfer"),
        ({"transfer": 1.0}, {}, "transfer"),
    ],
)
def test_impossible_weights_and_signs_are_refused(weights, signs, named):
    with pytest.raises(ParameterError, match=named):
        need_index(VALUES, weights, signs)


def test_the_rank_interval_is_tight_where_indicators_agree_and_wide_where_not():
    weights = {"transfer": 1.0, "space": 1.0}
    agree = rank_interval(VALUES, weights, SIGNS)
    assert agree["rank_low"].tolist() == agree["rank_high"].tolist() == [3, 2, 1]
    against = VALUES.assign(space=[20.0, 40.0, 60.0])
    wide = rank_interval(against, weights, SIGNS)
    assert wide.loc[1, ["rank_low", "rank_high"]].tolist() == [1, 3]


def test_the_same_seed_gives_the_same_interval():
    rng = np.random.default_rng(1)
    values = pd.DataFrame(rng.uniform(size=(12, 3)), columns=list("abc"))
    weights, signs = dict.fromkeys("abc", 1.0), dict.fromkeys("abc", 1)
    one = rank_interval(values, weights, signs, draws=200, seed=7)
    pd.testing.assert_frame_equal(one, rank_interval(values, weights, signs, draws=200, seed=7))
    assert not one.equals(rank_interval(values, weights, signs, draws=3, seed=8))
    with pytest.raises(ParameterError, match="draws"):
        rank_interval(values, weights, signs, draws=0)


@given(st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_the_order_of_areas_and_units_of_indicators_change_nothing(seed, random):
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.uniform(1, 9, size=(6, 3)), columns=list("abc"))
    values = values.mask(rng.uniform(size=values.shape) < 0.2)
    weights, signs = {"a": 1.0, "b": 2.0, "c": 0.5}, {"a": 1, "b": -1, "c": 1}
    order = list(range(6))
    random.shuffle(order)
    for scale in Scale:
        one = need_index(values, weights, signs, scale=scale)["score"]
        other = need_index((values * 1000 + 5).iloc[order], weights, signs, scale=scale)["score"]
        pd.testing.assert_series_equal(other.sort_index(), one, rtol=1e-6, atol=1e-9)


def test_bivariate_thirds():
    need = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, NAN])
    supply = pd.Series([6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 1.0])
    classes = bivariate_class(need, supply)
    assert classes["need_third"].tolist()[:6] == [1, 1, 2, 2, 3, 3]
    assert classes["combined"].tolist()[:6] == [3, 3, 5, 5, 7, 7]
    assert classes["combined"].isna().tolist()[6]


def test_equal_values_share_a_third():
    classes = bivariate_class(pd.Series([0.0, 0.0, 0.0, 5.0]), pd.Series([1.0, 1.0, 1.0, 1.0]))
    assert classes["need_third"].tolist() == [1, 1, 1, 3]
    assert classes["supply_third"].tolist() == [1, 1, 1, 1]


def test_similar_districts_by_named_variables():
    values = pd.DataFrame({"old": [10.0, 11.0, 30.0, 31.0], "young": [20.0, 19.0, 5.0, NAN]}, index=[1, 2, 3, 4])
    found = similar_districts(values, ["old", "young"], count=1, min_shared=1)
    assert dict(zip(found["area"], found["similar"], strict=True)) == {1: 2, 2: 1, 3: 4, 4: 3}
    assert found.set_index("area").loc[3, "shared"] == 1
    both = similar_districts(values, ["old", "young"], min_shared=2)
    assert set(both["area"]) == {1, 2, 3}


def test_a_variable_that_is_the_same_everywhere_adds_no_difference():
    values = pd.DataFrame({"a": [1.0, 1.0], "b": [0.0, 2.0]})
    found = similar_districts(values, ["a", "b"])
    assert found["difference"].tolist() == [pytest.approx(2**0.5), pytest.approx(2**0.5)]


def test_similarity_needs_known_variables():
    for variables in ([], ["nope"]):
        with pytest.raises(ParameterError, match="variables"):
            similar_districts(VALUES, variables)


@given(st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_similarity_does_not_depend_on_the_order_of_rows(seed, random):
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.integers(0, 4, size=(6, 3)).astype(float), columns=list("abc"))
    order = list(range(6))
    random.shuffle(order)
    one, other = (similar_districts(frame, list("abc")) for frame in (values, values.iloc[order]))
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)
