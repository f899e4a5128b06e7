"""Address services: asked only if set, once for each address, never trusted with a far or doubtful match."""

from __future__ import annotations

import json
import urllib.parse
from xml.etree import ElementTree as ET

import pytest

from exchange.addresses import Address
from exchange.errors import ConnectError
from exchange.geocode import Suggestion, search
from exchange.geocode_book import AddressBook
from exchange.geocode_online import service_of, street_filter
from tests.exchange.local_server import serving
from tests.factories import degrees, metres

TOWNS = frozenset({"hannover", "suedwest"})
EMPTY = AddressBook()


def nominatim(spot=(0.5, 0.5), *, road="Lange Straße", number="12", code="30159", kind="house", **more):
    lon, lat = degrees(*spot)
    address = {"road": road, "house_number": number, "postcode": code, "city": "Hannover"}
    address = {key: value for key, value in address.items() if value} | more
    label = f"{number}, {road}"
    return {"lon": f"{lon}", "lat": f"{lat}", "display_name": label, "addresstype": kind, "address": address}


def photon(spot=(0.5, 0.5), **properties):
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(degrees(*spot))},
            "properties": properties}  # fmt: skip


def asking(kind, words, answer, *texts, book=EMPTY):
    with serving(answer) as server:
        online = server.online(geocoder=kind, geocoder_url=f"{server.url}/search")
        service = service_of(online, server.client(), words, TOWNS)
        return [search(text, book, service) for text in texts], server.asked


def test_without_a_setting_there_is_no_service(words):
    with serving(lambda _asked: []) as server:
        assert service_of(server.online(), server.client(), words, TOWNS) is None
        assert search("Lange Straße 12", EMPTY).state == "nothing"
        assert server.asked == []


def test_nominatim_gives_one_house(words):
    (answer,), (request,) = asking("nominatim", words, lambda _asked: [nominatim()], "Lange Str. 12, 30159 Hannover")
    assert answer.state == "clear"
    assert (answer.clear.lon, answer.clear.lat) == degrees(0.5, 0.5)
    assert answer.clear.licence == "ODbL 1.0"
    assert request.params["q"] == "Lange Str. 12, 30159 Hannover"
    assert request.params["format"] == "jsonv2"


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (nominatim(number="14"), "weak"),  # another house of the street
        (nominatim(number=None, kind="road"), "weak"),
        (nominatim(code="30655"), "weak"),
        (nominatim(city="Garbsen"), "weak"),
        (nominatim(road="Kurze Gasse"), "nothing"),
        (nominatim(road=None, number=None, kind="suburb"), "weak"),
        (nominatim(spot=(60, 60)), "nothing"),  # far away, though it fits
        (nominatim() | {"lat": "nan"}, "nothing"),
        (nominatim() | {"lat": "x"}, "nothing"),
        (nominatim() | {"address": None}, "nothing"),
        ("x", "nothing"),
    ],
)
def test_anything_else_is_at_most_a_suggestion(words, entry, state):
    (answer,), _ = asking("nominatim", words, lambda _asked: [entry], "Lange Str. 12, 30159 Hannover")
    assert answer.state == state
    assert answer.clear is None
    assert all(one.level != "exact" or one.score < 0.9 for one in answer.suggestions)


def test_a_far_match_is_left_out_and_counted(words):
    far = nominatim(spot=(200, 0))
    (answer,), _ = asking("nominatim", words, lambda _asked: [far, nominatim()], "Lange Str. 12, 30159 Hannover")
    assert answer.left_out == 1
    assert (answer.clear.lon, answer.clear.lat) == degrees(0.5, 0.5)


def test_two_houses_that_fit_are_a_list(words):
    both = [nominatim(), nominatim(spot=(1.5, 1.5))]
    (answer,), _ = asking("nominatim", words, lambda _asked: both, "Lange Str. 12, 30159 Hannover")
    assert answer.state == "ambiguous"
    assert len(answer.suggestions) == 2


def test_the_same_address_is_asked_once(words):
    texts = ["Lange Straße 12, 30159 Hannover"] * 3
    answers, requests = asking("nominatim", words, lambda _asked: [nominatim()], *texts)
    assert len(requests) == 1
    assert answers[0] == answers[2]


def test_the_own_addresses_come_first(words, content):
    lon, lat = degrees(0.1, 0.1)
    own = Suggestion(
        "Lange Straße 12", "exact", lon, lat, None, 1.0, "eigene", address=Address("Lange Straße", "12", None, None)
    )
    book = AddressBook(streets={"langestrasse": [own]}, towns=TOWNS)
    (answer,), requests = asking("nominatim", words, lambda _asked: [nominatim()], "Lange Straße 12", book=book)
    assert answer.clear.source == "eigene"
    assert requests == []


def test_photon_knows_houses_streets_and_districts(words):
    house = photon(type="house", street="Lange Straße", housenumber="12", postcode="30159", city="Hannover")
    street = photon((0.6, 0.6), type="street", name="Lange Straße", city="Hannover")
    area = photon((0.7, 0.7), type="district", name="Südwest", city="Hannover")
    document = {"type": "FeatureCollection", "features": [area, street, house, {"properties": 1}, None]}
    (answer,), (request,) = asking("photon", words, lambda _asked: document, "Lange Straße 12, 30159 Hannover")
    assert [one.level for one in answer.suggestions] == ["exact", "street", "district"]
    assert answer.clear.level == "exact"
    west, south, east, north = map(float, request.params["bbox"].split(","))
    lon, lat = degrees(1, 1)
    assert west < lon < east
    assert south < lat < north


@pytest.mark.parametrize(("kind", "document"), [("nominatim", {}), ("photon", []), ("photon", {"features": 1})])
def test_another_answer_than_asked_for_is_an_error_without_the_address(words, kind, document):
    with pytest.raises(ConnectError) as caught:
        asking(kind, words, lambda _asked: document, "Geheimweg 12")
    assert caught.value.key == "connect.answer"
    assert "Geheim" not in str(caught.value)


def wfs(tmp_path, words, answer, text):
    with serving(answer) as server:
        entry = {"type": "wfs", "url": server.url, "layer": "adressen", "source": "Stadt", "licence": "frei",
                 "fields": {"str_name": "street", "hnr": "house_number", "plz": "postal_code"}}  # fmt: skip
        path = tmp_path / "connectors.json"
        path.write_text(json.dumps({"connectors": {"addresses": entry}}), encoding="utf-8")
        online = server.online(geocoder="wfs", connectors=path)
        return search(text, EMPTY, service_of(online, server.client(), words, TOWNS)), server.asked


def test_the_citys_own_addresses(tmp_path, words):
    def house(number, spot):
        properties = {"str_name": "Lange Straße", "hnr": number, "plz": "30159"}
        geometry = {"type": "Point", "coordinates": list(metres(*spot))}
        return {"type": "Feature", "id": f"a.{number}", "properties": properties, "geometry": geometry}

    crs = {"type": "name", "properties": {"name": "EPSG:25832"}}
    document = {"type": "FeatureCollection", "features": [house("12", (0.5, 0.5)), house("14", (0.6, 0.5))], "crs": crs}
    answer, (request,) = wfs(tmp_path, words, lambda _asked: document, "Lange Str. 12, Hannover")
    assert answer.state == "clear"
    assert (answer.clear.lon, answer.clear.lat) == pytest.approx(degrees(0.5, 0.5), abs=1e-7)
    assert (answer.clear.source, answer.clear.licence) == ("Stadt", "frei")
    assert "Lange str*" in request.params["filter"]
    assert "PropertyIsLike" in request.params["filter"]


def test_the_citys_own_addresses_need_a_connector(words):
    with serving(lambda _asked: {}) as server, pytest.raises(ConnectError) as caught:
        service_of(server.online(geocoder="wfs"), server.client(), words, TOWNS)
    assert caught.value.key == "connect.off"


@pytest.mark.parametrize("street", ["Lange Str.", "A & <b> ]]>", "Stern*weg? !", "</fes:Literal><x/>", '"'])
def test_a_street_cannot_become_part_of_the_filter(street):
    root = ET.fromstring(street_filter("strasse", street))  # noqa: S314 - made here
    literals = [element.text for element in root.iter() if element.tag.endswith("Literal")]
    assert len(literals) == 1
    assert literals[0].endswith("*")
    wild = literals[0][:-1].replace("!!", "").replace("!*", "").replace("!?", "")
    assert "*" not in wild
    assert "?" not in wild
    assert urllib.parse.quote(street_filter("strasse", street))
