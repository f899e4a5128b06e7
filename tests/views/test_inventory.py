"""The inventory form: every answer is stored at once, counts in the gap analysis, and shows in the progress."""

from __future__ import annotations

import pytest

from store import LOCAL, history, view
from tests.views.store_steps import beside, button, words

pytestmark = pytest.mark.slow

STEPS = ("facilities", "contact_point", "resource", "meeting_place", "network", "instrument", "offers")


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_step_shows_in_both_languages_and_makes_no_store(open_page, store_folder, language):
    for step in STEPS:
        page = open_page("inventory", district="11", step=step, lang=language)
        assert not page.exception
        assert [each.value for each in page.error] == []
        assert "⟦" not in words(page)
    assert not store_folder.exists()


def test_without_a_district_all_are_listed(open_page):
    table = open_page("inventory").dataframe[0].value
    assert len(table) == 51


def test_a_statement_is_stored_at_once_and_the_gap_page_speaks(open_page, store_folder):
    address = {"kind": "public_bookcase", "standard": "own", "own_value": "500", "measure": "verdict"}
    assert "ohne Aussage" in words(open_page("gaps", **address))
    page = open_page("inventory", district="11")
    page.radio(key="inventory_11_kind_public_bookcase").set_value("complete").run()
    assert "Gespeichert" in words(page)
    with beside(store_folder) as store:
        rows = view(store, "inventory_statements")
    own = rows[(rows["area_level"] == "district") & (rows["area_id"] == "11")]
    assert own[["facility_kind", "state"]].to_numpy().tolist() == [["public_bookcase", "complete"]]
    assert "**50** ohne Aussage" in words(open_page("gaps", **address))


def test_the_last_answer_counts_and_the_earlier_one_stays_in_the_history(open_page, store_folder):
    page = open_page("inventory", district="11", step="network")
    page.radio(key="inventory_11_network").set_value("exists").run()
    page.radio(key="inventory_11_network").set_value("verified_none").run()
    assert "✓ Zusammenarbeit" in " ".join(page.radio(key="widget_step").options)
    with beside(store_folder) as store:
        row = view(store, "observations").iloc[0]
        steps = history(store, LOCAL, "observations", row["id"])
    assert row["state"] == "verified_none"
    assert len(steps) == 2


def test_a_quickly_added_meeting_place_lies_in_the_district_and_has_an_offer(open_page, store_folder):
    page = open_page("inventory", district="11", step="meeting_place")
    name = next(each for each in page.text_input if str(each.key).endswith("_name"))
    name.set_value("Treff am Park").run()
    button(page, "add_meeting_place_locations_save").click().run()
    assert "Treff am Park" in " ".join(each.label for each in page.button)
    with beside(store_folder) as store:
        places, offers = view(store, "locations"), view(store, "services")
        links = view(store, "services_at_location")
    place = places[places["name"] == "Treff am Park"].iloc[0]
    service = links[links["location_id"] == place["id"]]["service_id"].item()
    assert place["district_id"] == 11
    assert offers.set_index("id").loc[service, "kind"] == place["kind"]


def test_a_missing_offer_is_noted_once_and_can_be_taken_back(open_page, store_folder):
    page = open_page("inventory", district="11", step="offers")
    next(each for each in page.selectbox if str(each.key).startswith("about_")).select_index(0).run()
    button(page, "note_save").click().run()
    button(page, "note_save").click().run()
    with beside(store_folder) as store:
        assert view(store, "observations")["state"].tolist() == ["verified_none"]
    button(page, "withdraw_").click().run()
    with beside(store_folder) as store:
        assert view(store, "observations").empty


def test_progress_counts_what_is_answered(open_page, store_folder):
    page = open_page("inventory", district="11", step="resource")
    page.radio(key="inventory_11_resource").set_value("unknown").run()
    table = open_page("inventory").dataframe[0].value.set_index("Stadtteil")
    assert table.loc["Vahrenwald", "Schritte beantwortet"] == 1
    assert table["Schritte beantwortet"].sum() == 1
