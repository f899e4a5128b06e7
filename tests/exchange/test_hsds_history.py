"""The history of every field leaves as HSDS metadata: valid in both forms, without persons and internal values."""

from __future__ import annotations

import io
import json
import zipfile

import jsonschema
import pytest
from frictionless import Package

from exchange.content import content_of_store
from exchange.export import export
from exchange.hsds.metadata import NOT_PUBLIC, UNKNOWN
from exchange.hsds.spec import json_schema
from exchange.session import ImportSession
from store import LOCAL, changelog, confirm, create, login, set_role, update
from store.errors import PermissionDeniedError
from tests.factories import uid

PLACE = uid("Schule Süd")


@pytest.fixture
def changed(store):
    """A place of the package that two people changed, and an organization that was added here."""
    set_role(store, LOCAL, "sub-1", "editor", label="Fachbereich Soziales")
    set_role(store, LOCAL, "sub-2", "editor")
    update(store, login("sub-1"), "locations", PLACE, {"name": "Schule am Park", "wheelchair": None}, version=0)
    update(store, login("sub-2"), "locations", PLACE, {"name": "Schule am Parkweg"}, version=1)
    confirm(store, LOCAL, "locations", [PLACE])
    made = create(store, LOCAL, "organizations", {"name": "Verein", "website": "https://verein.example.org"})
    return made.id


def rows_of(store, words, kind="hsds-json"):
    content = content_of_store(store)
    return export(content, kind, words, history=changelog(store, LOCAL, list(content.versions)))


def test_every_change_of_every_field_is_there(store, words, changed):
    document = json.loads(rows_of(store, words))
    (organization,) = [one for one in document["organizations"] if one["id"] == changed]
    first = {row["field_name"]: row for row in organization["metadata"]}
    assert first["name"]["replacement_value"] == "Verein"
    assert first["name"]["previous_value"] == UNKNOWN
    assert first["name"]["qk_filled"] == "previous_value"
    assert first["website"]["last_action_type"] == "create"
    places = [link["location"] for service in document["services"] for link in service.get("service_at_locations", ())]
    place = next(one for one in places if one["id"] == PLACE)
    names = [row for row in place["metadata"] if row["field_name"] == "name"]
    assert [row["replacement_value"] for row in names] == ["Schule am Park", "Schule am Parkweg"]
    assert [row["updated_by"] for row in names] == ["Fachbereich Soziales", "login"]
    assert {row["resource_type"] for row in place["metadata"]} == {"location"}
    actions = {row["last_action_type"]: row["updated_by"] for row in place["metadata"]}
    assert actions["confirm"] == "local"


def test_both_forms_are_valid_and_read_back_without_the_history(store, words, changed, package, tmp_path):
    document = json.loads(rows_of(store, words))
    validator = jsonschema.Draft202012Validator(json_schema("organization", depth=4))
    assert [fault for one in document["organizations"] for fault in validator.iter_errors(one)] == []
    data = rows_of(store, words, "hsds-package")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    assert Package(str(tmp_path / "datapackage.json")).validate().flatten(["message"]) == []
    assert (tmp_path / "metadata.csv").exists()
    session = ImportSession.of_file(data, "x.zip", words=words)
    plan = session.plan(content_of_store(store, actor=LOCAL))
    assert not any(plan.creates.values()), "the entries are known by their identifiers"


def test_what_was_internal_stays_internal(store, words):
    row = {"title_de": "Leitung", "email": "intern@example.org", "location_id": PLACE}
    contact = create(store, LOCAL, "contacts", row)
    update(store, LOCAL, "contacts", contact.id, {"email": "info@example.org", "is_public": True}, version=1)
    hidden = create(store, LOCAL, "contacts", {"title_de": "Rufbereitschaft", "location_id": PLACE})
    text = rows_of(store, words).decode()
    assert "info@example.org" in text
    assert NOT_PUBLIC in text
    assert "intern@example.org" not in text
    assert hidden.id not in text
    assert "Rufbereitschaft" not in text


def test_who_may_not_read_the_history_gets_none(store):
    with pytest.raises(PermissionDeniedError):
        changelog(store, None, [PLACE])
