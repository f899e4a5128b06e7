"""The pages on PostgreSQL: they read and write there, and nothing typed is lost while the database is away."""

from __future__ import annotations

import time

import pytest

from tests.factories import write_package
from tests.store.postgres import MAIN, running
from tests.views.store_steps import button, field, words

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL server of this module's own."""
    with running() as started:
        yield started


@pytest.fixture
def database(server, store_folder, monkeypatch):
    """Let the pages use the server's database, empty at first."""
    from views import storage

    address = server.emptied().render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", address)
    yield server
    storage.reading().close()
    storage._opened.clear()


@pytest.fixture
def package(tmp_path):
    return write_package(tmp_path / "package")


def names(server) -> str:
    return server.sql(MAIN, "SELECT name FROM quartierskarte.networks")


def test_the_pages_write_and_read_there(open_page, database, package, store_folder):
    page = open_page("entry", package=package, resource="networks", entry="new")
    field(page, "text_input", "name").set_value("Netz am Kanal").run()
    field(page, "text_input", "kind").set_value("Quartiersnetz").run()
    button(page, "entry_save").click().run()
    assert "Gespeichert" in words(page)
    assert names(database) == "Netz am Kanal\n"
    assert not (store_folder / "quartierskarte.sqlite").exists()
    page = open_page("freshness", package=package, fresh="all")
    assert not page.exception
    assert [each for each in page.button if str(each.key).startswith("confirm_")]


def test_while_the_database_is_away_pages_show_what_they_know_and_forms_keep_what_was_typed(
    open_page, database, package
):
    open_page("map", package=package)
    page = open_page("entry", package=package, resource="networks", entry="new")
    field(page, "text_input", "name").set_value("Netz im Sturm").run()
    field(page, "text_input", "kind").set_value("Quartiersnetz").run()
    database.stop()
    stopped = time.monotonic()
    button(page, "entry_save").click().run()
    assert "nicht erreichbar" in words(page)
    while time.monotonic() - stopped < 10:
        page.run()
        assert not page.exception
        assert "antwortet gerade nicht" in words(page)
        assert field(page, "text_input", "name").value == "Netz im Sturm"
        time.sleep(2)
    assert "Orte gezeigt" in words(open_page("map", package=package))
    database.start()
    time.sleep(3.1)  # a database that did not answer is left alone for so long
    page.run()
    assert "antwortet gerade nicht" not in words(page)
    button(page, "entry_save").click().run()
    assert "Gespeichert" in words(page)
    assert names(database) == "Netz im Sturm\n"
