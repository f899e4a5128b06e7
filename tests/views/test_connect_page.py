"""The page of the connectors: off without settings; else a dry run, the difference, one batch and its undo."""

from __future__ import annotations

import json

import pytest

from exchange.connect.online import Online
from store import view
from tests.exchange.local_server import serving
from tests.factories import base_tables, degrees, write_package
from tests.views.store_steps import beside, button, words


@pytest.mark.parametrize("language", ["de", "en"])
def test_off_by_default_and_the_page_says_how_to_switch_on(open_page, store_folder, language):
    page = open_page("connect_page", lang=language)
    assert not page.exception
    assert "QK_ALLOWED_HOSTS" in page.code[0].value
    assert "⟦" not in words(page)
    assert not [each for each in page.button if str(each.key) == "connect_ask"]
    assert not store_folder.exists()


def test_a_broken_file_is_named(open_page, tmp_path, monkeypatch):
    path = tmp_path / "connectors.json"
    path.write_text("{", encoding="utf-8")
    monkeypatch.setenv("QK_CONNECTORS", str(path))
    assert "QK_CONNECTORS" in words(open_page("connect_page")).replace("\\", "")


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A server with two libraries, and a file that names it as connector `osm`."""
    from views import settings

    elements = []
    for number, name, spot in ((1, "Bibliothek am Teich", (1.5, 1.5)), (2, "Bücherei am Berg", (0.2, 1.8))):
        lon, lat = degrees(*spot)
        tags = {"amenity": "library", "name": name}
        elements.append({"type": "node", "id": number, "lon": lon, "lat": lat, "tags": tags})
    answer = {"version": 0.6, "osm3s": {"timestamp_osm_base": "2026-11-20T10:00:00Z"}, "elements": elements}
    with serving(lambda _asked: answer) as server:
        path = tmp_path / "connectors.json"
        entry = {
            "type": "overpass",
            "url": f"{server.url}/api",
            "source": "OpenStreetMap (Test)",
            "licence": "ODbL 1.0",
        }
        path.write_text(json.dumps({"connectors": {"osm": entry}}), encoding="utf-8")
        monkeypatch.setattr(settings, "online", lambda: Online(local_server=server.address, connectors=path))
        yield server


def test_dry_run_then_one_batch_then_undo(open_page, store_folder, source, tmp_path):
    package = write_package(tmp_path / "package", base_tables())
    page = open_page("connect_page", package=package, connector="osm")
    assert source.asked == []
    button(page, "connect_ask").click().run()
    assert len(source.asked) == 1
    assert not (store_folder / "quartierskarte.sqlite").exists()
    assert "Was die Quelle anders sagt" in words(page)
    button(page, "import_apply").click().run()
    assert "Importiert" in words(page)
    with beside(store_folder, package) as store:
        places = view(store, "locations").set_index("name")
    assert places.loc["Bücherei am Berg", "source"] == "OpenStreetMap (Test)"
    button(page, "undo_").click().run()
    with beside(store_folder, package) as store:
        assert "Bücherei am Berg" not in set(view(store, "locations")["name"])


def test_who_may_not_import_asks_nobody(open_page, source, monkeypatch):
    from views import storage

    monkeypatch.setattr(storage, "actor", lambda: None)
    page = open_page("connect_page", connector="osm")
    assert not [each for each in page.button if str(each.key) == "connect_ask"]
    assert source.asked == []
