"""Stale places are marked wherever they are shown; a confirmation takes the mark away."""

from __future__ import annotations

from html import unescape

import pytest

from store import LOCAL, confirm
from tests.factories import base_tables, write_package
from tests.views.store_steps import beside, words


@pytest.fixture
def package(tmp_path):
    """The tiny city; one place's source is of 2017."""
    tables = base_tables()
    tables["locations"][0]["source_date"] = "2017-05-24"
    return write_package(tmp_path / "package", tables), tables["locations"][0]


def shown(page, name):
    table = next(each.value for each in page.dataframe if "Name" in each.value.columns)
    return table.set_index("Name").loc[name].to_string()


def test_list_panel_and_card_say_what_should_be_confirmed(open_page, store_folder, package):
    folder, place = package
    page = open_page("map", package=folder, kinds=place["kind"], district=str(place["district_id"]))
    assert "nicht mehr bestätigt" in shown(page, place["name"])
    assert "nicht bestätigt oder ohne Datum" in words(page)
    gaps = open_page("gaps", package=folder, kind=place["kind"])
    assert not gaps.exception
    assert "nicht bestätigt" in unescape(" ".join(str(each.proto.body) for each in gaps.get("html")))
    with beside(store_folder, folder) as store:
        confirm(store, LOCAL, "locations", [place["id"]])
    page = open_page("map", package=folder, kinds=place["kind"], district=str(place["district_id"]))
    assert "nicht mehr bestätigt" not in shown(page, place["name"])


def test_old_entries_can_count_less_in_the_gap_analysis_and_the_page_says_so(open_page, store_folder, package):
    folder, place = package
    page = open_page("gaps", package=folder, kind=place["kind"], stale_months="24", stale_weight="0.25")
    assert not page.exception
    assert "zählen bei der Versorgung nur zu 25" in words(page)
    with beside(store_folder, folder) as store:
        confirm(store, LOCAL, "locations", [place["id"]])
    page = open_page("gaps", package=folder, kind=place["kind"], stale_months="24", stale_weight="0.25")
    assert "zählen bei der Versorgung" not in words(page)


def test_the_day_of_any_entry_is_marked_where_it_is_old():
    from views.fresh import day, today
    from views.texts import Texts

    t = Texts("de")
    assert day(t, "2019-05") == t("fresh.stale", date=t.date("2019-05"))
    assert day(t, today().isoformat()) == t.date(today().isoformat())
    assert day(t, "ca 2017") == t.date("ca 2017")
    assert day(t, float("nan")) == t.date(None)
