"""Address search in the form: suggestions say how precise they are, and nothing moves before somebody confirms."""

from __future__ import annotations

import pytest

from exchange.connect.online import Online
from tests.exchange.local_server import serving
from tests.factories import base_tables, degrees, write_package
from tests.views.store_steps import button, field, words


@pytest.fixture
def package(tmp_path):
    """The tiny city with one exact address."""
    tables = base_tables()
    row = tables["locations"][0]
    lon, lat = degrees(0.5, 0.5)
    row |= {"street": "Lange Straße", "house_number": "12", "postal_code": "30159", "city": "Hannover", "lon": lon,
            "lat": lat, "coordinate_quality": "exact", "coordinate_error_m": None}  # fmt: skip
    return write_package(tmp_path / "package", tables)


def searched(page, text):
    box = next(each for each in page.text_input if str(each.key).startswith("address_text_"))
    box.set_value(text)
    return button(page, "address_go_").click().run()


def test_a_known_house_moves_the_pin_only_after_the_click(open_page, package):
    page = searched(open_page("entry", package=package, entry="new"), "Lange Str. 12, 30159 Hannover")
    assert "genau dieses Haus" in page.radio[0].options[0].replace("\\", "")
    assert field(page, "number_input", "lon").value is None
    button(page, "address_take_").click().run()
    lon, lat = degrees(0.5, 0.5)
    assert field(page, "number_input", "lon").value == pytest.approx(lon, abs=1e-5)
    assert field(page, "number_input", "lat").value == pytest.approx(lat, abs=1e-5)
    assert field(page, "text_input", "street").value == "Lange Straße"


def test_another_number_is_only_the_street_and_nothing_is_chosen(open_page, package):
    page = searched(open_page("entry", package=package, entry="new"), "Lange Straße 40, 30159 Hannover")
    assert "nicht bekannt" in words(page)
    assert "nur die Straße" in page.radio[0].options[0].replace("\\", "")
    assert page.radio[0].value is None
    assert button(page, "address_take_").disabled


def test_what_nobody_knows_is_said(open_page, package):
    page = searched(open_page("entry", package=package, entry="new"), "Unbekannter Weg 7")
    assert "nicht bekannt" in words(page)
    assert not [each for each in page.button if str(each.key).startswith("address_take_")]


def test_a_far_result_of_a_service_is_left_out_and_counted(open_page, package, monkeypatch):
    from views import settings

    berlin = {"lon": "13.4", "lat": "52.5", "display_name": "Neuer Weg 7, Berlin", "addresstype": "building",
              "address": {"road": "Neuer Weg", "house_number": "7", "city": "Berlin"}}  # fmt: skip
    with serving(lambda _asked: [berlin]) as server:
        online = Online(local_server=server.address, geocoder="nominatim", geocoder_url=f"{server.url}/search")
        monkeypatch.setattr(settings, "online", lambda: online)
        page = searched(open_page("entry", package=package, entry="new"), "Neuer Weg 7")
        assert len(server.asked) == 1
    assert "1 Treffer lagen außerhalb der Stadt" in words(page)
    assert not page.exception
    assert field(page, "number_input", "lon").value is None
