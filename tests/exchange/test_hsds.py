"""HSDS 3: valid by the specification's rules, read from other programs too."""

from __future__ import annotations

import io
import json
import zipfile

import jsonschema
import pytest
from frictionless import Package

from exchange.content import content_of_store
from exchange.errors import UploadError
from exchange.export import export
from exchange.hsds.check import faults, object_faults
from exchange.hsds.outward import hsds_tables
from exchange.hsds.spec import json_schema, table_schema, tables
from exchange.session import ImportSession
from store import LOCAL
from store.values import is_id
from tests.factories import uid

pytestmark = pytest.mark.slow

FOREIGN = {
    "total_items": 1,
    "contents": [
        {
            "id": "ac148810-d857-441c-9679-408f346de14b",
            "name": "Community library",
            "status": "active",
            "description": "Books",
            "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Org", "description": "An org"},
            "service_at_locations": [
                {
                    "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
                    "location": {
                        "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                        "location_type": "physical",
                        "name": "House",
                        "latitude": 52.37,
                        "longitude": 9.73,
                        "addresses": [
                            {
                                "id": "74706e55-df26-4b84-80fe-ecc30b5befb4",
                                "address_1": "Lange Straße 12",
                                "city": "Hannover",
                                "state_province": "NI",
                                "postal_code": "30159",
                                "country": "DE",
                                "address_type": "physical",
                            }
                        ],
                    },
                    "contacts": [
                        {"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann Persona", "title": "Desk"}
                    ],
                    "phones": [{"id": "5554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "0511 2222"}],
                }
            ],
            "contacts": [
                {
                    "id": "2e7efce3-639b-4880-940c-b95cd30cdb50",
                    "name": "Ann Persona",
                    "phones": [{"id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "0511 168-0"}],
                }
            ],
        }
    ],
}


def changed(**values):
    document = json.loads(json.dumps(FOREIGN))
    document["contents"][0] |= values
    return json.dumps(document).encode()


def test_all_objects_of_the_specification_that_are_used_are_known():
    assert len(tables()) == 21
    assert tables()["service"].fields["organization_id"].table_required
    assert not tables()["service"].fields["organization_id"].required
    for table in tables().values():
        assert table.fields["id"].required
        assert all(child in tables() for child in (*table.one, *table.many.values()))
        assert all(f.refers_to is None or f.refers_to in tables() for f in table.fields.values())


def test_json_validates_against_the_schema(content, words):
    document = json.loads(export(content, "hsds-json", words))
    checker = jsonschema.FormatChecker()
    for key, kind in (("services", "service"), ("organizations", "organization")):
        schema = json_schema(kind, depth=4)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
        assert document[key]
        for entry in document[key]:
            assert list(validator.iter_errors(entry)) == []
            assert list(object_faults(kind, entry)) == []


def test_data_package_validates_with_frictionless(content, words, package, tmp_path):
    data = export(content, "hsds-package", words, descriptor=package.descriptor)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["message"]) == []
    descriptor = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["profile"] == "tabular-data-package"
    assert {"organization", "service", "location", "service_at_location"} <= {
        r["name"] for r in descriptor["resources"]
    }


def test_tables_have_no_faults(content, words):
    assert list(faults(hsds_tables(content, words))) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": None}, "name is missing"),
        ({"status": "open"}, "status is none of"),
        ({"id": "seven"}, "id is no uuid"),
        ({"minimum_age": "old"}, "minimum_age is no number"),
        ({"service_at_locations": {}}, "no list"),
        ({"organization": [1]}, "no object"),
        ({"email": "nobody"}, "email is no email"),
    ],
)
def test_our_check_and_the_json_schema_agree_on_faults(change, reason):
    entry = json.loads(changed(**change))["contents"][0]
    found = list(object_faults("service", entry))
    assert any(reason in fault for fault in found)
    validator = jsonschema.Draft202012Validator(
        json_schema("service", depth=2), format_checker=jsonschema.FormatChecker()
    )
    assert list(validator.iter_errors(entry))
    raw = json.dumps({"services": [entry]}).encode()
    with pytest.raises(UploadError) as caught:
        _ = ImportSession.of_file(raw, "x.json", words=None).entries
    assert caught.value.key == "hsds.not_valid"


def test_what_hsds_demands_and_nobody_knows_is_filled_in_and_said(content, words):
    found = hsds_tables(content, words)
    lone = next(row for row in found["service"] if row["id"] == uid("Krisenhilfe"))
    assert lone["qk_filled"] == "status;organization_id"
    placeholder = next(row for row in found["organization"] if row["id"] == lone["organization_id"])
    assert placeholder["qk_derived"]
    assert all(row["location_type"] == "physical" for row in found["location"])


def test_other_programs_find_terms_addresses_and_access(content, words):
    document = json.loads(export(content, "hsds-json", words))
    service = next(entry for entry in document["services"] if entry["id"] == uid("Unterricht"))
    terms = {entry["taxonomy_term"]["name"] for entry in service["attributes"]}
    assert terms == {"Grundschule", "Kinder"}
    assert {entry["name"] for entry in service["languages"]} == {"de", "tr"}
    location = service["service_at_locations"][0]["location"]
    assert location["addresses"][0]["address_1"] == "Südstraße 1"
    assert location["accessibility"][0]["description"] == "Rollstuhlgerecht"
    assert 52 < location["latitude"] < 53


def test_a_page_of_another_programs_api_is_read(words, store):
    session = ImportSession.of_file(changed(), "x.json", words=words)
    found = session.entries
    ((place_id, place),) = found["locations"].items()
    assert is_id(place_id)
    assert place["kind"] == "library", "told from the name of the service"
    assert (place["street"], place["house_number"], place["postal_code"]) == ("Lange Straße", "12", "30159")
    assert (place["lon"], place["lat"]) == (9.73, 52.37)
    assert sorted(row["title_de"] for row in found["contacts"].values()) == ["Ansprechstelle"] * 2 + ["Desk"]
    desk = next(row for row in found["contacts"].values() if row["title_de"] == "Desk")
    assert desk["location_id"] == place_id
    assert "Persona" not in repr(found), "names of persons are not read"
    assert sorted(row["number"] for row in found["phones"].values()) == ["+49 511 1680", "+49 511 2222"]
    session.apply(store, LOCAL, session.plan(content_of_store(store, actor=LOCAL)))
    again = session.plan(content_of_store(store, actor=LOCAL))
    assert not any(again.creates.values()), "the same file finds its entries again"


def test_a_kind_that_cannot_be_told_is_asked_for(words, store):
    content = content_of_store(store, actor=LOCAL)
    session = ImportSession.of_file(changed(name="Xyz"), "x.json", words=words)
    plan = session.plan(content)
    assert {problem.key for problem in plan.problems} == {"value.missing"}
    assert plan.creates["locations"] == plan.creates["services"] == plan.creates["services_at_location"] == []
    helped = session.with_constants({"kind": "library"}).plan(content)
    assert [row["kind"] for row in helped.creates["locations"]] == ["library"]


def test_schemas_of_tables_name_keys_and_required_fields():
    schema = table_schema("service", ("qk_kind",))
    by_name = {field["name"]: field for field in schema["fields"]}
    assert by_name["organization_id"]["constraints"]["required"]
    assert by_name["qk_kind"] == {"name": "qk_kind", "type": "string"}
    assert {"fields": "organization_id", "reference": {"resource": "organization", "fields": "id"}} in schema[
        "foreignKeys"
    ]
    own = table_schema("organization")["foreignKeys"]
    assert own == [{"fields": "parent_organization_id", "reference": {"resource": "", "fields": "id"}}]
