"""The compare page: side by side, ranking, small maps, two settings."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from geo.speeds import Pace
from layers.classify import classes
from tests.factories import base_tables, write_package
from views import compare_controls, compare_difference, compare_panels, compare_side, data, facts, pictures, supply
from views.texts import Texts

pytestmark = pytest.mark.slow


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
@pytest.mark.parametrize("part", compare_controls.PARTS)
def test_every_part_shows_in_both_languages(open_page, part, language):
    page = open_page("compare", compare=part, lang=language, districts="12,42,53")
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in _texts(page)


@pytest.mark.parametrize("part", compare_controls.PARTS)
def test_the_city_made_in_code_works_too(open_page, tmp_path, part):
    page = open_page("compare", package=write_package(tmp_path, base_tables()), compare=part)
    assert not page.exception
    assert [each.value for each in page.error] == []


def test_fewer_than_two_districts_say_what_to_do(open_page):
    assert "mindestens zwei" in open_page("compare", districts="12").info[0].value
    assert not open_page("compare", districts="12,42").info


def test_side_by_side_unknown_is_a_word_and_every_value_has_its_origin(real):
    html = compare_side._table(Texts("de"), [12, 42], ["rate_under_18", "transfer_share", "unemployed_share"])
    rows = [row.split("</tr>")[0] for row in html.split("<tr>")[2:]]
    assert len(rows) == 3
    assert "9.5.2011" not in rows[0]
    assert "31.12.2024" in rows[0]
    assert rows[0].count("Sch&#228;tzung, eigene Sch&#228;tzung") == 1  # shared, so it stands once
    for row in rows[1:]:
        cells = row.split("<td>")[1:]
        assert all("unbekannt" in cell or "Stand" in cell or "Stand" in row.split("<td>")[0] for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("0", "<"))]


def test_a_value_of_the_borough_is_not_shown_as_the_districts_own(real):
    values = facts.fact("transfer_share").by_district
    assert set(values["value_level"].dropna()) <= {"district", "estimate"}
    assert values["value"].isna().sum() > 20


def test_similar_districts_never_name_the_district_itself(real):
    found = compare_side.similar()
    assert (found["area"] != found["similar"]).all()
    assert found.groupby("area").size().max() == compare_side.SIMILAR
    assert found.groupby("area")["difference"].is_monotonic_increasing.all()


def test_the_variables_of_the_comparison_are_named(open_page):
    page = open_page("compare", districts="12,42")
    text = _texts(page)
    assert all(facts.name(Texts("de"), code) in text for code in compare_side.variables())


def test_the_ranking_goes_down_and_names_unknown_districts(open_page, real):
    unknown = facts.fact("transfer_share").by_district["value"].isna()
    district = int(unknown.index[unknown][0])
    page = open_page("compare", compare="ranking", ranked="transfer_share", districts=f"12,{district}")
    table = page.dataframe[0].value
    values = table.iloc[:, 2].dropna()
    assert values.is_monotonic_decreasing
    assert table["Rang"].isna().sum() == unknown.sum()
    assert data.district_names()[district] in _texts(page)


def test_a_ranking_by_supply_needs_a_firm_inventory(open_page):
    page = open_page("compare", compare="ranking", ranked="supply_distance", kind="playground")
    assert "unvollständig" in page.warning[0].value
    assert not page.dataframe
    page = open_page("compare", compare="ranking", ranked="supply_distance", kind="primary_school")
    assert page.dataframe


def test_a_kind_without_a_firm_inventory_has_a_map_without_a_statement(open_page):
    page = open_page("compare", compare="panels", panels="primary_school,playground")
    text = _texts(page)
    assert text.count("Keine Aussage") == 1
    assert list(page.dataframe[0].value.columns) == ["Stadtteil", "Grundschulen"]


def test_a_colour_means_the_same_on_every_small_map():
    pooled = classes(pd.Series([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), k=3)
    same = compare_panels._same(pd.Series([1.5, 5.5, float("nan")], index=[1, 2, 3]), pooled)
    assert same.index.tolist() == [0, 2, -1]


def test_a_small_map_has_every_district_and_hatches_the_unknown(real):
    ids = list(data.district_names())
    found = classes(pd.Series([1.0] * 50 + [float("nan")], index=ids), k=1)
    svg = pictures.small_map(pictures.fills(found, ["#123456"]), title="Test", chosen=ids[:2])
    root = ET.fromstring(svg)  # noqa: S314 -- our own document
    fills = [each.get("fill") for each in root.iter("{http://www.w3.org/2000/svg}path")]
    assert fills.count("#123456") == 50
    assert sum(str(fill).startswith("url(") for fill in fills) == 1
    assert "href" not in svg


def test_the_same_setting_twice_says_so(open_page):
    page = open_page("compare", compare="difference", pace_other="standard")
    assert "gleich" in page.info[0].value


def test_walking_slower_never_reaches_more(real):
    selection = {"method_one": "network", "method_other": "network", "minutes": 10.0}
    paces = {"pace_one": str(Pace.STANDARD), "pace_other": str(Pace.FRAME)}
    values = {
        side: supply.values(
            data.gap_result("primary_school", compare_difference.settings(selection | paces, side)), "within"
        )
        for side in ("one", "other")
    }
    rows = compare_difference.compared(values)
    assert len(rows) == 51
    assert (rows["points"] <= 1e-9).all()
    assert rows["points"].min() < -1
    assert rows["points"].abs().is_monotonic_decreasing


def test_an_own_speed_is_measured_and_named(open_page):
    page = open_page("compare", compare="difference", pace_other="own", own_kmh_other="2.5")
    assert not page.exception
    assert "eigenes Tempo (2,5 km/h)" in str(list(page.dataframe[0].value.columns))
    assert page.number_input(key="widget_own_kmh_other").value == 2.5
    selection = {"method_one": "network", "method_other": "network", "minutes": 10.0}
    chosen = selection | {"pace_one": "standard", "pace_other": "own", "own_kmh_one": 4.0, "own_kmh_other": 2.49}
    assert [compare_difference.settings(chosen, side).kmh for side in ("one", "other")] == [4.8, 2.5]


def test_the_minutes_are_called_an_own_value(open_page):
    assert "eigener Wert" in _texts(open_page("compare", compare="difference", minutes="15"))
