"""The work list, and the page behind a review link: only own entries, until it expires or is withdrawn."""

from __future__ import annotations

import pytest

from store import LOCAL, create, get, issue_link, links, revoke_link
from tests.views.store_steps import beside, button, field, words

pytestmark = pytest.mark.slow


@pytest.fixture
def two(store_folder):
    """Two organisations with a place each, and a link for the first."""
    with beside(store_folder) as store:
        made = [create(store, LOCAL, "organizations", {"name": f"Verein {name}"}) for name in ("Eins", "Zwei")]
        places = [
            create(
                store,
                LOCAL,
                "locations",
                {"name": f"Haus {one.values['name']}", "kind": "library", "organization_id": one.id},
            )
            for one in made
        ]
        return made, places, issue_link(store, LOCAL, made[0].id)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_work_list_shows_and_makes_no_store(open_page, store_folder, language):
    page = open_page("freshness", lang=language)
    assert not page.exception
    assert "⟦" not in words(page)
    assert [each for each in page.button if str(each.key).startswith("confirm_")]
    assert not store_folder.exists()


def test_one_click_confirms(open_page, store_folder, two):
    organization = two[0][0]
    page = open_page("freshness", organization=organization.id, fresh="all")
    button(page, f"confirm_{organization.id}").click().run()
    with beside(store_folder) as store:
        assert get(store, "organizations", organization.id).last_confirmed is not None


def test_a_link_is_made_and_withdrawn(open_page, store_folder, two):
    organization = two[0][1]
    page = open_page("freshness", organization=organization.id)
    button(page, "link_make").click().run()
    assert "pruefen?link=" in page.code[0].value
    with beside(store_folder) as store:
        newest = links(store, LOCAL)[0]
    assert newest.organization_id == organization.id
    button(page, f"revoke_{newest.id}").click().run()
    with beside(store_folder) as store:
        assert links(store, LOCAL)[0].revoked_at is not None


def test_a_link_shows_own_entries_only_and_corrects_them(open_page, store_folder, two, monkeypatch):
    from views import storage

    monkeypatch.setattr(storage, "actor", lambda: None)
    _, places, token = two
    page = open_page("review", link=token)
    assert "Haus Verein Eins" in words(page)
    assert "Verein Zwei" not in words(page)
    button(page, f"correct_{places[0].id}").click().run()
    field(page, "text_input", "name").set_value("Haus am Park").run()
    button(page, "review_save").click().run()
    button(page, f"confirm_{places[0].id}").click().run()
    with beside(store_folder) as store:
        now = get(store, "locations", places[0].id)
    assert now.values["name"] == "Haus am Park"
    assert now.updated_by.startswith("link:")
    assert now.last_confirmed is not None


@pytest.mark.parametrize("token", ["", "x", "0" * 400])
def test_no_valid_link_no_entries(open_page, two, token):
    page = open_page("review", link=token) if token else open_page("review")
    assert "ungültig" in words(page)
    assert "Verein" not in words(page)


def test_a_withdrawn_link_stops_at_once(open_page, store_folder, two):
    _, places, token = two
    page = open_page("review", link=token)
    with beside(store_folder) as store:
        revoke_link(store, LOCAL, links(store, LOCAL)[0].id)
    button(page, f"confirm_{places[0].id}").click().run()
    assert "ungültig" in words(page)
    with beside(store_folder) as store:
        assert get(store, "locations", places[0].id).last_confirmed is None
