"""Municipal layers (WFS, OGC API Features), HSDS directories, the operator's file and the command line."""

from __future__ import annotations

import json

import pytest

from exchange.__main__ import main
from exchange.connect import command
from exchange.connect.definition import Definition, definition_of, definitions
from exchange.connect.gml import GEOMETRY_X, GEOMETRY_Y, read_gml
from exchange.connect.inward import City
from exchange.connect.online import Online
from exchange.connect.run import CONNECTORS, prepare
from exchange.errors import ConnectError, UploadError
from exchange.grid import Budget
from exchange.limits import DEFAULT_LIMITS
from store import LOCAL, undo_batch, view
from tests.exchange.local_server import serving
from tests.factories import degrees, metres, uid

pytestmark = pytest.mark.slow

DAY = "2026-11-22"
LAYER = {"layer": "stadt:treffs", "kind": "library", "source": "Stadt, WFS Treffs", "licence": "dl-de/by-2-0"}


@pytest.fixture(scope="module")
def city(package):
    return City.of_package(package)


def feature(number, spot=(0.5, 0.5), **properties):
    return {
        "type": "Feature",
        "id": f"treffs.{number}",
        "geometry": {"type": "Point", "coordinates": list(degrees(*spot))},
        "properties": {"bezeichnung": f"Lesestube {number}", "nummer": 1000 + number} | properties,
    }


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features)} | more


def asked(kind, city, store, answer, **settings):
    with serving(answer) as server:
        fields = {"fields": {"bezeichnung": "name"}} if kind in ("wfs", "ogc_api") else {}
        definition = Definition("treffs", kind, f"{server.url}/dienst", **(LAYER | fields | settings))
        return prepare(definition, server.client(), store, city, actor=LOCAL, day=DAY), server.asked


def test_a_wfs_layer_becomes_places_with_their_origin(city, store):
    answer = collection(feature(1), feature(2, (1.5, 0.5)), numberMatched=2)
    prepared, (request,) = asked("wfs", city, store, lambda _asked: answer)
    assert request.path == "/dienst"
    assert request.params | {"count": "", "startIndex": ""} == {
        "service": "WFS", "version": "2.0.0", "request": "GetFeature", "typeNames": "stadt:treffs",
        "outputFormat": "application/json", "count": "", "startIndex": "",
    }  # fmt: skip
    assert prepared.difference.counts["added"] == 2
    done = prepared.apply(store, LOCAL, prepared.plan())
    places = view(store, "locations", actor=LOCAL).set_index("name")
    place = places.loc["Lesestube 2"]
    assert (place["kind"], place["district_id"], place["source_date"]) == ("library", 2, DAY)
    assert (place["source"], place["source_licence"]) == (LAYER["source"], LAYER["licence"])
    assert "treffs.2" in place["note"]
    assert "typeNames=stadt%3Atreffs" in place["note"]
    again, _ = asked("wfs", city, store, lambda _asked: answer)
    assert again.difference.counts["same"] == 2
    undo_batch(store, LOCAL, done.batch_id)
    assert "Lesestube 2" not in view(store, "locations", actor=LOCAL)["name"].tolist()


@pytest.mark.parametrize("limit", [7, 50])
def test_all_pages_are_fetched_also_if_the_service_gives_fewer_than_asked_for(city, store, limit, monkeypatch):
    monkeypatch.setattr("exchange.connect.wfs.PAGE", 10)
    every = [feature(n, (n % 5 / 4, n // 5 / 4)) for n in range(17)]

    def answer(request):
        start, count = int(request.params["startIndex"]), min(limit, int(request.params["count"]))
        return collection(*every[start : start + count], numberMatched=17)

    prepared, requests = asked("wfs", city, store, answer)
    assert len(prepared.answer.records) == 17
    assert len(requests) == (3 if limit == 7 else 2)
    assert prepared.difference.complete


def test_a_service_that_repeats_its_first_page_is_not_complete(city, store):
    page = [feature(n) for n in range(3)]
    prepared, requests = asked("wfs", city, store, lambda _asked: collection(*page, numberMatched=9))
    assert len(requests) == 2
    assert len(prepared.answer.records) == 3
    assert not prepared.difference.complete
    assert prepared.difference.gone == ()


def test_metres_and_the_property_that_identifies(city, store):
    x, y = metres(1.5, 1.5)
    one = feature(1) | {"geometry": {"type": "Point", "coordinates": [x, y]}, "id": "zufall.1"}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    first, _ = asked("wfs", city, store, lambda _asked: collection(one, crs=crs), id_field="nummer")
    first.apply(store, LOCAL, first.plan())
    (place,) = first.plan().creates["locations"]
    assert (place["lon"], place["lat"]) == pytest.approx(degrees(1.5, 1.5), abs=1e-7)
    moved = one | {"id": "zufall.99", "properties": one["properties"] | {"bezeichnung": "Neuer Name"}}
    second, _ = asked("wfs", city, store, lambda _asked: collection(moved, crs=crs), id_field="nummer")
    assert [finding.state for finding in second.difference.findings] == ["changed"]


def test_a_layer_of_the_whole_region_keeps_what_lies_in_the_city(city, store):
    features = [feature(n, (30 + n, 40)) for n in range(9)] + [feature(10), feature(11, (-2, 0.5))]
    prepared, _ = asked("wfs", city, store, lambda _asked: collection(*features))
    assert prepared.difference.outside == 10
    assert [finding.name for finding in prepared.difference.findings] == ["Lesestube 10"]


GML = """<?xml version="1.0" encoding="UTF-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
 xmlns:s="http://stadt" numberMatched="3">
 <wfs:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::25832"><gml:lowerCorner>1 2</gml:lowerCorner>
 </gml:Envelope></wfs:boundedBy>
 <wfs:member><s:treff gml:id="t.1"><gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326">
   <gml:pos>9 9</gml:pos></gml:Envelope></gml:boundedBy>
   <s:name>Treff Eins &amp; Zwei</s:name><s:plz>01067</s:plz>
   <s:geom><gml:Point srsName="urn:ogc:def:crs:EPSG::25832"><gml:pos>{x} {y}</gml:pos></gml:Point></s:geom>
 </s:treff></wfs:member>
 <wfs:member><s:treff gml:id="t.2"><s:name>Treff Fläche</s:name>
   <s:geom><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>
    {x} {y} {x2} {y} {x2} {y2} {x} {y2} {x} {y}</gml:posList></gml:LinearRing></gml:exterior>
    <gml:interior><gml:LinearRing><gml:posList>0 0 1 0 1 1 0 0</gml:posList></gml:LinearRing></gml:interior>
   </gml:Polygon></s:geom></s:treff></wfs:member>
 <wfs:member><s:treff gml:id="t.3"><s:name>Ohne Ort</s:name></s:treff></wfs:member>
</wfs:FeatureCollection>"""


def gml():
    (x, y), (x2, y2) = metres(0.5, 0.5), metres(0.7, 0.7)
    return GML.format(x=x, y=y, x2=x2, y2=y2).encode()


def test_gml_is_read_without_gdal():
    records, refs, crs = read_gml(gml(), Budget(DEFAULT_LIMITS))
    x, y = metres(0.5, 0.5)
    assert refs == ["t.1", "t.2", "t.3"]
    assert crs == "EPSG:25832"
    assert records[0]["name"] == "Treff Eins & Zwei"
    assert records[0]["plz"] == "01067"
    assert (float(records[0][GEOMETRY_X]), float(records[0][GEOMETRY_Y])) == (x, y)
    assert float(records[1][GEOMETRY_X]) == pytest.approx(metres(0.6, 0.6)[0], abs=100)
    assert records[2][GEOMETRY_X] is None


def test_gml_2_has_coordinates_with_commas():
    document = (
        b'<FeatureCollection><featureMember><treff fid="t.7"><name>Alt</name><geom><Point srsName='
        b'"http://www.opengis.net/gml/srs/epsg.xml#31467"><coordinates>3550000.5,5800000</coordinates></Point></geom>'
        b"</treff></featureMember></FeatureCollection>"
    )
    records, refs, crs = read_gml(document, Budget(DEFAULT_LIMITS))
    assert (refs, crs) == (["t.7"], "EPSG:31467")
    assert (records[0][GEOMETRY_X], records[0][GEOMETRY_Y]) == ("3550000.5", "5800000")


@pytest.mark.parametrize(
    "document",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b"<x>",
        b"<ExceptionReport><Exception><ExceptionText>no such layer</ExceptionText></Exception></ExceptionReport>",
        b"<c><member><t><g><pos>nan 1</pos></g></t></member></c>",
        b"<c><member><t><g><pos>eins zwei</pos></g></t></member></c>",
    ],
)
def test_other_xml_is_refused(document, city, store):
    with pytest.raises(UploadError):
        read_gml(document, Budget(DEFAULT_LIMITS))
    with pytest.raises(ConnectError) as caught:
        asked("wfs", city, store, lambda _asked: document)
    assert caught.value.key == "connect.answer"


def test_a_wfs_that_speaks_gml_only_becomes_places(city, store):
    prepared, _ = asked("wfs", city, store, lambda _asked: gml(), fields={"name": "name"})
    assert {f.name: f.state for f in prepared.difference.findings} == {
        "Treff Eins & Zwei": "added", "Treff Fläche": "added", "Ohne Ort": "added",
    }  # fmt: skip
    places = {place["name"]: place for place in prepared.plan().creates["locations"]}
    assert (places["Treff Eins & Zwei"]["lon"], places["Treff Eins & Zwei"]["lat"]) == pytest.approx(
        degrees(0.5, 0.5), abs=1e-7
    )
    assert "lon" not in places["Ohne Ort"]


def test_an_ogc_api_is_followed_from_page_to_page(city, store):
    def answer(request):
        if request.params.get("offset") == "1":
            return collection(feature(2, (1.5, 0.5)), numberMatched=2)
        links = [{"rel": "self", "href": "x"}, {"rel": "next", "href": "items?offset=1"}]
        return collection(feature(1), numberMatched=2, links=links)

    prepared, requests = asked("ogc_api", city, store, answer, layer="treffs/a b")
    assert [request.path for request in requests] == [
        "/dienst/collections/treffs%2Fa%20b/items",
        "/dienst/collections/treffs%2Fa%20b/items",
    ]
    assert len(prepared.answer.records) == 2
    assert prepared.difference.complete


@pytest.mark.parametrize("href", ["https://evil.example.org/items", "http://127.0.0.1:1/items", "file:///etc/passwd"])
def test_the_link_to_the_next_page_leads_nowhere_else(city, store, href):
    page = collection(feature(1), links=[{"rel": "next", "href": href}])
    with pytest.raises(ConnectError) as caught:
        asked("ogc_api", city, store, lambda _asked: page)
    assert caught.value.key in ("connect.host_not_allowed", "connect.bad_address")


def hsds_service(number, spot=(0.5, 0.5), **more):
    lon, lat = degrees(*spot)
    place = {"id": uid(f"hsds place {number}"), "location_type": "physical", "name": f"Lesehaus {number}",
             "latitude": lat, "longitude": lon}  # fmt: skip
    organization = {"id": uid("hsds org"), "name": "Leseverein", "description": "Verein"}
    link = {"id": uid(f"hsds link {number}"), "location": place}
    return {"id": uid(f"hsds service {number}"), "name": "Bibliothek", "status": "active",
            "organization": organization, "service_at_locations": [link]} | more  # fmt: skip


def page(number, pages, *contents):
    return {"total_items": 3, "total_pages": pages, "page_number": number, "size": len(contents),
            "first_page": number == 1, "last_page": number == pages, "empty": not contents,
            "contents": list(contents)}  # fmt: skip


def test_an_hsds_directory_is_fetched_page_by_page_and_taken_over(city, store):
    def answer(request):
        assert request.params["full"] == "true"
        number = int(request.params["page"])
        return page(
            number, 2, *([hsds_service(1), hsds_service(2, (1.5, 1.5))] if number == 1 else [hsds_service(3, (9, 9))])
        )

    settings = {"layer": "", "source": "Verzeichnis"}
    prepared, requests = asked("hsds_api", city, store, answer, **settings)
    assert [request.path for request in requests] == ["/dienst/services"] * 2
    assert prepared.difference.counts["added"] == 2
    assert prepared.difference.outside == 1
    for _ in range(2):  # undone and taken over again
        done = prepared.apply(store, LOCAL, prepared.plan())
        places = view(store, "locations", actor=LOCAL).set_index("name")
        assert {"Lesehaus 1", "Lesehaus 2"} <= set(places.index)
        assert "Lesehaus 3" not in places.index
        assert (places.loc["Lesehaus 2", "source"], places.loc["Lesehaus 2", "source_licence"]) == (
            "Verzeichnis", "dl-de/by-2-0")  # fmt: skip
        again, _ = asked("hsds_api", city, store, answer, **settings)
        assert again.difference.counts["same"] == 2
        assert again.plan().counts == {"updated": 0, "left_out_same": 3}
        undo_batch(store, LOCAL, done.batch_id)
        prepared, _ = asked("hsds_api", city, store, answer, **settings)
        assert prepared.difference.counts["added"] == 2


def test_an_hsds_directory_that_lists_only_summaries_is_asked_for_each_service(city, store):
    def answer(request):
        if request.path.endswith("/services"):
            return page(1, 1, {"id": "a/1", "name": "Bibliothek", "status": "active"})
        return hsds_service(1)

    prepared, requests = asked("hsds_api", city, store, answer, layer="")
    assert [request.path for request in requests] == ["/dienst/services", "/dienst/services/a%2F1"]
    assert prepared.difference.counts["added"] == 1


def test_gaps_of_a_place_that_the_directory_knows_better_are_filled(city, store):
    first, _ = asked("hsds_api", city, store, lambda _asked: page(1, 1, hsds_service(1)), layer="")
    first.apply(store, LOCAL, first.plan())
    richer = hsds_service(1)
    richer["service_at_locations"][0]["location"] |= {"description": "Mit Garten", "name": "Neuer Name"}
    second, _ = asked("hsds_api", city, store, lambda _asked: page(1, 1, richer), layer="")
    (change,) = second.plan().updates
    assert dict(change.changes) == {"description": "Mit Garten"}
    (change,) = second.plan(overwrite={"name"}).updates
    assert change.changes["name"] == "Neuer Name"
    second.apply(store, LOCAL, second.plan())


@pytest.mark.parametrize("document", [{"contents": "x"}, {"a": 1}, page(1, 1, {"id": 1}), [1]])
def test_another_answer_than_hsds_is_an_error(city, store, document):
    with pytest.raises(ConnectError) as caught:
        asked("hsds_api", city, store, lambda _asked: document, layer="")
    assert caught.value.key == "connect.answer"


def test_the_example_file_can_be_used(root):
    online = Online(connectors=root / "exchange/connect/example.json")
    found = definitions(online)
    assert {definition.type for definition in found.values()} == set(CONNECTORS)
    assert definition_of(online, "kitas").fields["strasse"] == "street"


@pytest.mark.parametrize(
    "entry",
    ["x", {}, {"type": "wfs"}, {"type": "ftp", "url": "u", "source": "s", "licence": "l"},
     {"type": "wfs", "url": "u", "source": "s", "licence": "l"}, {"type": "overpass", "url": 1},
     {"type": "overpass", "url": "u", "source": "s", "licence": "l", "geheim": 1},
     {"type": "overpass", "url": "u", "source": "s", "licence": "l", "kinds": "library"},
     {"type": "wfs", "url": "u", "source": "s", "licence": "l", "layer": "x", "fields": {"a": "nonsense"}},
     {"type": "wfs", "url": "u", "source": "s", "licence": "l", "layer": "x", "crs": "EPSG:1"}],
)  # fmt: skip
def test_a_wrong_connector_is_named(tmp_path, entry):
    path = tmp_path / "connectors.json"
    path.write_text(json.dumps({"connectors": {"meiner": entry}}), encoding="utf-8")
    with pytest.raises(ConnectError, match="meiner"):
        definitions(Online(connectors=path))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"connectors": []}', "[" * 100_000])
def test_a_wrong_file_is_said_to_be_one(tmp_path, content):
    path = tmp_path / "connectors.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConnectError) as caught:
        definitions(Online(connectors=path))
    assert caught.value.key == "connect.bad_file"
    with pytest.raises(ConnectError) as caught:
        definitions(Online(connectors=tmp_path / "missing.json"))
    assert caught.value.key == "connect.bad_file"


def test_the_command_line_shows_first_and_stores_only_when_told(tmp_path, monkeypatch, capsys, package, empty_database):
    import shutil

    monkeypatch.setenv("QK_STORE", str(tmp_path / "store"))
    (tmp_path / "store").mkdir()
    shutil.copy(empty_database, tmp_path / "store" / "quartierskarte.sqlite")
    arguments = ["--data", str(package.root), "connect"]
    assert main([*arguments, "treffs"]) == 2
    assert "QK_CONNECTORS" in capsys.readouterr().err
    with serving(lambda _asked: collection(feature(1))) as server:
        path = tmp_path / "connectors.json"
        entry = LAYER | {"type": "wfs", "url": server.url, "fields": {"bezeichnung": "name"}}
        path.write_text(json.dumps({"connectors": {"treffs": entry}}), encoding="utf-8")
        monkeypatch.setattr(command, "from_environment", lambda: server.online(connectors=path))
        assert main(arguments) == 0
        assert "treffs: wfs" in capsys.readouterr().out
        assert main([*arguments, "andere"]) == 2
        assert "treffs" in capsys.readouterr().err
        for _ in range(2):
            assert main([*arguments, "treffs", "--dry-run", "--report", str(tmp_path / "report.json")]) == 0
            assert "added: 'Lesestube 1'" in capsys.readouterr().out
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert report["counts"]["added"] == 1
        assert report["licence"] == LAYER["licence"]
        assert "GetFeature" in report["query"]
        assert main([*arguments, "treffs", "--apply"]) == 0
        assert "stored:" in capsys.readouterr().out
        assert main([*arguments, "treffs"]) == 0
        assert "'same': 1" in capsys.readouterr().out
