"""The matrix of actors and roles on the profile, edited in place: filled, verified none, unknown; all through the store."""

import pytest

from store import history, view
from store.permissions import LOCAL
from tests.factories import base_tables, uid, write_package
from tests.views.store_steps import beside, button, words

pytestmark = pytest.mark.slow

OWNER = uid("Verein")


@pytest.fixture
def tiny(tmp_path):
    return write_package(tmp_path / "city", base_tables())


def opened(open_page, tiny, role, area="stadtteil:4"):
    page = open_page("profile", package=tiny, area=area, part="who")
    page.selectbox(key="matrix_actor").select(OWNER).run()
    page.selectbox(key="matrix_role").select(role).run()
    return page


def say(page, role, state, *, url="", note=""):
    page.radio(key=f"matrix_state_{OWNER}_{role}").set_value(state)
    page.text_input(key=f"matrix_url_{OWNER}_{role}").set_value(url)
    page.text_input(key=f"matrix_note_{OWNER}_{role}").set_value(note)
    return button(page, "matrix_save").click().run()


def now(page):
    return next(each.value for each in page.markdown if each.value.startswith("Bisher"))


def test_a_cell_goes_from_stated_to_none_to_unknown_and_back(open_page, store_folder, tiny):
    page = opened(open_page, tiny, "advise")
    assert "belegt" in now(page)
    say(page, "advise", "verified_none", note="Angerufen, macht es nicht mehr")
    assert "nein, geprüft" in now(page)
    with beside(store_folder, tiny) as store:
        rows = view(store, "observations")
        mine = rows[rows["organization_id"] == OWNER]
        assert mine[["subject_value", "state", "note"]].to_numpy().tolist() == [
            ["advise", "verified_none", "Angerufen, macht es nicht mehr"]
        ]
        assert OWNER not in set(view(store, "organization_roles").query("role == 'advise'")["organization_id"])
    say(page, "advise", "unknown")
    assert "unbekannt" in now(page)
    say(page, "advise", "exists", url="https://example.org/neu")
    assert "belegt" in now(page)
    with beside(store_folder, tiny) as store:
        rows = view(store, "organization_roles").query("role == 'advise'")
        assert rows[["area_level", "area_ids", "evidence_url"]].to_numpy().tolist() == [
            ["district", "4", "https://example.org/neu"]
        ]
        seen = view(store, "observations")
        log = history(store, LOCAL, "observations", seen.loc[seen["organization_id"] == OWNER, "id"].iloc[0])
        assert [step.version for step in log] == [1, 2, 3]


def test_what_is_only_derived_gives_way_to_who_asked(open_page, tiny):
    page = opened(open_page, tiny, "network")
    before = now(page)
    say(page, "network", "verified_none")
    assert "abgeleitet" in before
    assert "nein, geprüft" in now(page)
    assert "ohne Datum" not in now(page)


def test_an_address_that_is_none_is_refused_and_nothing_is_stored(open_page, store_folder, tiny):
    page = opened(open_page, tiny, "advise")
    say(page, "advise", "exists", url="javascript:alert(1)")
    assert "keine Adresse im Netz" in words(page)
    assert "belegt" in now(page)


def test_a_borough_gets_a_statement_of_its_own_level(open_page, store_folder, tiny):
    page = opened(open_page, tiny, "network", area="stadtbezirk:2")
    say(page, "network", "exists", url="https://example.org/")
    with beside(store_folder, tiny) as store:
        rows = view(store, "organization_roles")
        added = rows[(rows["organization_id"] == OWNER) & (rows["role"] == "network") & (rows["basis"] == "stated")]
    assert added[["area_level", "area_ids"]].to_numpy().tolist() == [["borough", "2"]]
