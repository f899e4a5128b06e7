"""Pages for editors and administrators: contradictions with a new data package, accounts and roles."""

from __future__ import annotations

import pytest

from store import LOCAL, Actor, accounts, create, get, login, set_role, update, view
from tests.factories import base_tables, write_package
from tests.views.store_steps import beside, button, words

pytestmark = pytest.mark.slow


@pytest.fixture
def newer(store_folder, tmp_path):
    """Somebody renamed a place; then a package came in which it has another new name. Returns the package and the place."""
    tables = base_tables()
    place = tables["locations"][0]
    old = write_package(tmp_path / "old", tables)
    with beside(store_folder, old) as store:
        update(store, LOCAL, "locations", place["id"], {"name": "Unser Name"}, version=0)
    place["name"] = "Name des Pakets"
    return write_package(tmp_path / "new", tables), place["id"]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["conflicts", "accounts"])
def test_the_pages_show_and_make_no_store(open_page, store_folder, name, language):
    page = open_page(name, lang=language)
    assert not page.exception
    assert [each.value for each in page.error] == []
    assert "⟦" not in words(page)
    assert not store_folder.exists()


@pytest.mark.parametrize(("take", "name"), [("local", "Unser Name"), ("ground", "Name des Pakets")])
def test_a_contradiction_shows_both_sides_and_is_decided(open_page, store_folder, newer, take, name):
    package, place = newer
    page = open_page("conflicts", package=package)
    assert "Unser Name" in words(page)
    assert "Name des Pakets" in words(page)
    button(page, f"take_{take}_{place}").click().run()
    assert "Entschieden" in words(page)
    assert "keine Widersprüche" in words(page)
    with beside(store_folder, package) as store:
        assert get(store, "locations", place).values["name"] == name


def test_a_contradiction_decided_by_somebody_else_is_told(open_page, store_folder, newer):
    package, place = newer
    page = open_page("conflicts", package=package)
    with beside(store_folder, package) as store:
        update(store, LOCAL, "locations", place, {"name": "Noch ein Name"}, version=1)
    button(page, f"take_ground_{place}").click().run()
    assert page.error
    with beside(store_folder, package) as store:
        assert get(store, "locations", place).values["name"] == "Noch ein Name"


def test_an_administrator_gives_and_takes_roles(open_page, store_folder):
    page = open_page("accounts")
    page.text_input(key="accounts_subject_0").set_value("oidc|4711")
    page.selectbox(key="accounts_role_0").set_value("editor")
    page.button[-1].click().run() if not page.get("form_submit_button") else page.get("form_submit_button")[
        0
    ].click().run()
    assert "Die Rolle gilt ab jetzt" in words(page)
    with beside(store_folder) as store:
        assert [(one.subject, one.role) for one in accounts(store, LOCAL)] == [("oidc|4711", "editor")]
    page.selectbox(key="accounts_remove").set_value("oidc|4711").run()
    button(page, "accounts_remove_now").click().run()
    with beside(store_folder) as store:
        assert accounts(store, LOCAL) == []


class Visitor(dict):
    """What `st.user` says of somebody who logged in."""

    is_logged_in = True


@pytest.fixture
def logged_in(monkeypatch):
    """Let a login service be set up, and somebody be logged in: `logged_in("sub")`; None = nobody."""
    import streamlit as st

    from views import storage

    def visit(subject: str | None) -> None:
        user = Visitor(sub=subject)
        user.is_logged_in = subject is not None
        monkeypatch.setattr(st, "user", user)

    monkeypatch.setattr(storage, "login_configured", lambda: True)
    visit(None)
    return visit


def test_with_a_login_the_role_comes_from_the_table_and_ends_at_once(open_page, store_folder, logged_in):
    from views import storage

    assert "melden Sie sich bitte an" in words(open_page("accounts"))
    with beside(store_folder) as store:
        set_role(store, LOCAL, "chief", "admin")
        entry = create(store, LOCAL, "networks", {"name": "Netz", "kind": "Quartiersnetz"})
    logged_in("stranger")
    page = open_page("accounts")
    assert page.code[0].value == "stranger"
    assert "keine" in words(page)
    assert not [each for each in page.button if str(each.key).startswith("accounts_remove")]
    assert "nichts ändern" in words(open_page("entry", resource="networks", entry=entry.id))
    with beside(store_folder) as store:
        set_role(store, login("chief"), "stranger", "contributor")
    storage.forget()
    page = open_page("entry", resource="networks", entry=entry.id)
    name = next(each for each in page.text_input if each.key.endswith("_name"))
    name.set_value("Netz am Kanal").run()
    with beside(store_folder) as store:
        set_role(store, login("chief"), "stranger", None)
    button(page, "entry_save").click().run()
    assert "Gespeichert" not in words(page)
    with beside(store_folder) as store:
        assert view(store, "networks").set_index("id").loc[entry.id, "name"] == "Netz"


def test_who_sits_at_the_server_is_nobody_where_people_log_in(open_page, store_folder, logged_in):
    page = open_page("entry", entry="new")
    assert not [each for each in page.button if str(each.key).startswith("entry_save")]


def test_the_actor_of_a_login_is_its_subject_alone(logged_in):
    from views import storage

    logged_in("oidc|4711")
    assert storage.actor() == Actor("oidc|4711", "login")
