"""The need page: index, need beside supply, distribution; on the real data and on the city made in code."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geo.gap_settings import GapSettings
from geo.need import Scale
from tests.factories import base_tables, write_package
from views import data, facts, need_equity, need_model, need_supply, supply

pytestmark = pytest.mark.slow

PARTS = ("index", "supply", "equity")


def _texts(page) -> str:
    kinds = (page.markdown, page.caption, page.title, page.subheader, page.info, page.warning)
    return " ".join(str(element.value) for kind in kinds for element in kind)


@pytest.fixture
def real(monkeypatch, root, store_folder):
    monkeypatch.setenv("QK_DATA", str(root / "data"))
    data.current_settings.cache_clear()
    yield
    data.current_settings.cache_clear()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("part", PARTS)
def test_every_part_shows_in_both_languages(open_page, part, language):
    page = open_page("need", part=part, lang=language)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in _texts(page)


@pytest.mark.parametrize("part", PARTS)
def test_the_city_made_in_code_works_too(open_page, tmp_path, part):
    page = open_page("need", package=write_package(tmp_path, base_tables()), part=part)
    assert not page.exception
    assert [each.value for each in page.error] == []


def test_the_default_figures_are_known_for_every_district(real):
    chosen = need_model.read(need_model.default())
    assert len(chosen) >= 3
    assert {code: facts.fact(code).known for code in chosen} == dict.fromkeys(chosen, 51)


def test_every_figure_says_date_level_and_source(open_page):
    page = open_page("need")
    about = {slider.label: slider.help for slider in page.slider}
    assert len(about) > 10
    for words in about.values():
        assert "Stand" in words
        assert "Stadtteil" in words
        assert "Bekannt für" in words


def test_a_weight_moves_the_ranking_and_goes_into_the_address(open_page):
    page = open_page("need")
    page.slider(key="widget_weight_rate_age_65_plus").set_value(0).run()
    page.slider(key="widget_weight_rate_floor_area").set_value(0).run()
    assert page.query_params["weights"] == "rate_under_18.2"
    values = facts.fact("rate_under_18").by_district["value"]
    first = data.district_names()[int(values.idxmax())]
    assert page.dataframe[0].value.iloc[0]["Stadtteil"] == first


def test_without_weights_the_page_says_what_to_do(open_page):
    page = open_page("need", weights="-")
    assert "mindestens einem Merkmal" in page.info[0].value
    assert not page.dataframe


def test_a_figure_nobody_knows_is_named_and_left_out(open_page):
    page = open_page("need", weights="castles.3,rate_under_18.1")
    assert "castles" in page.warning[0].value
    assert page.dataframe


def test_missing_figures_are_named_and_too_few_give_no_rank(open_page):
    page = open_page("need", weights="rate_under_18.1,transfer_share.5")
    table = page.dataframe[0].value
    unknown = table[table["Bedarfsindex"].isna()]
    assert 0 < len(unknown) < len(table)
    assert unknown["Rang"].isna().all()
    assert set(unknown["Fehlende Merkmale"]) == {"Beziehende von Transferleistungen"}
    assert list(table.index) == [*table.index.difference(unknown.index, sort=False), *unknown.index]  # unknown last


@pytest.mark.parametrize("scale", list(Scale))
def test_the_parts_add_up_to_the_score(real, scale):
    weights = {"rate_under_18": 2, "rate_floor_area": 3, "rate_single_parent": 1}
    ranking = need_model.ranking(weights, scale)
    for district in ranking.index[::7]:
        parts = need_model.contributions(weights, scale, district)
        assert parts["part"].sum() == pytest.approx(ranking.loc[district, "score"])


def test_weights_survive_the_address(real):
    weights = {"rate_under_18": 1, "transfer_share": 5}
    assert need_model.read(need_model.write(weights)) == weights
    assert set(need_model.write(weights)) <= set(need_model.allowed())


def test_an_incomplete_inventory_is_compared_only_on_request(open_page):
    page = open_page("need", part="supply", kind="neighbourhood_meeting")
    assert "unvollständig" in page.warning[0].value
    assert not page.dataframe
    page.toggle[0].set_value(True).run()
    assert page.dataframe
    assert page.query_params["known"] == "True"


def test_a_complete_inventory_whose_places_are_not_located_is_not_firm_either(real):
    assert not supply.firm(data.gap_result("library", supply.settings()))
    assert supply.firm(data.gap_result("primary_school", supply.settings()))


def test_most_need_and_least_supply_are_the_darkest_corner(real):
    ids = list(data.district_names())
    score = pd.Series(np.arange(len(ids), dtype="float64"), index=ids)
    ranking = pd.DataFrame({"name": "x", "score": score})
    result = data.gap_result("primary_school", supply.settings())
    rows = need_supply.compared(ranking, result, "access")
    worst = rows[(rows["need_third"] == 3) & (rows["lack_third"] == 3)]
    assert worst["need"].min() > rows.loc[rows["need_third"] == 1, "need"].max()
    assert worst["supply"].max() < rows.loc[rows["lack_third"] == 1, "supply"].min()


def test_a_share_within_is_what_is_not_beyond(real):
    result = data.gap_result("primary_school", GapSettings(draws=0))
    beyond = result.level("district").set_index("area_id")["share_beyond"]
    assert (supply.values(result, "within") + beyond).to_numpy() == pytest.approx(1.0)


def test_districts_of_which_nothing_is_known_do_not_count_as_zero(real):
    ranking = need_model.ranking({"rate_under_18": 1}, Scale.ZSCORE)
    rows = need_equity.spread(ranking, data.gap_result("primary_school", supply.settings()), "access")
    blank = rows.assign(supply=rows["supply"].where(rows.index != 1))
    assert need_equity.equity.used(blank["supply"], blank["people"])[0] == np.False_
    assert rows["used"].all()


@pytest.mark.parametrize(("gini", "said"), [(0.0, "even"), (0.2, "middle"), (0.4, "uneven"), (0.9, "uneven")])
def test_the_words_for_inequality_follow_the_number(gini, said):
    assert need_equity._step(gini) == said
