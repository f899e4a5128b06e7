"""What HSDS has no place for travels in tables of the profile: roles, instruments, networks, inventories, plans."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from frictionless import Package

from exchange.content import HANDED_ON, KNOWLEDGE, content_of_store
from exchange.errors import ExchangeError
from exchange.export import export
from exchange.hsds.outward import hsds_tables
from exchange.session import ImportSession
from store import LOCAL, Ground, create, view
from store.errors import ValidationError
from store.resources import resources
from tests.exchange.round_trip import ENDINGS, known
from tests.factories import uid

pytestmark = pytest.mark.slow
ACTOR = uid("A")
FORMS = ("hsds-json", "hsds-package")
AREA = {"area_level": "district", "area_id": "1"}


@pytest.fixture
def bare(package, store_of):
    """Return a function that opens an empty store that knows the catalogue only."""
    catalogue = Ground.of_package(package)
    return lambda: store_of(Ground("1", "x", catalogue.names - set(HANDED_ON), catalogue.frame))


@pytest.fixture
def full(bare, words):
    """Return a store with one entry at least of every resource."""
    store = bare()

    def add(name, /, **values):
        return create(store, LOCAL, name, values).id

    group, kind = min(words.groups), min(words.kinds)
    topic = str(store.ground.frame("topics")["topic"].iloc[0])
    role = str(store.ground.frame("roles")["role"].iloc[0])
    actor = add("organizations", name="Verein", organization_type="association")
    place = add("locations", name="Treff", kind=kind, organization_id=actor, lon=9.73, lat=52.37)
    service = add("services", name="Rat", kind=kind, organization_id=actor)
    add("services_at_location", service_id=service, location_id=place, capacity=3)
    add("organizations_at_location", organization_id=actor, location_id=place, relation="operator")
    contact = add("contacts", title_de="Kontaktstelle", organization_id=actor, is_public=True)
    inner = add("contacts", title_de="Intern", organization_id=actor)
    add("phones", contact_id=contact, number="+49 511 1680", is_public=True)
    add("schedules", location_id=place, text="Mo 9–12")
    add("service_areas", service_id=service, organization_id=actor, area_text="Nord")
    add("languages", location_id=place, name="Türkisch", code="tr")
    add("accessibility", location_id=place, description="Induktionsschleife")
    add("addresses", location_id=place, address_1="Postfach 1", city="Hannover", postal_code="30159", country="DE",
        address_type="postal")  # fmt: skip
    add("cost_options", service_id=service, option="Eintritt", amount=2.5, currency="EUR")
    term = add("taxonomy_terms", name="Umsonstladen", code="x")
    add("taxonomy_terms", name="Kleiderkammer", parent_id=term)
    add("attributes", link_id=service, link_entity="services", taxonomy_term_id=term)
    add("organization_roles", organization_id=actor, role=role, basis="stated", target_groups=group)
    add("offered_resources", organization_id=actor, location_id=place, resource_type="room", name="Saal", quantity=1.5)
    add("contact_areas", contact_id=contact, area_level="district", area_id="1")
    add("contact_areas", contact_id=inner, area_level="district", area_id="2")
    add("instruments", name="Fonds", kind="fund", usable="yes", organization_id=actor)
    committee = add("committees", name="Beirat", kind="other", level="district", needs_check=False)
    add("committee_members", committee_id=committee, member_name="Verein", organization_id=actor)
    network = add("networks", name="Netz", kind="other")
    add("network_members", network_id=network, member_name="Verein", organization_id=actor)
    add("observations", subject="contact_point", state="verified_none", **AREA)
    add("inventory_statements", facility_kind=kind, state="complete", known_count=0, **AREA)
    quarter = add("quarters", name="Mitte", kind="existing", district_ids="1;2")
    inside = {"area_level": "quartier", "area_id": quarter}
    add("noted_gaps", title="Lücke", facility_kind=kind, **AREA)
    need = add("needs", title="Bank", origin="person", **inside)
    add("ideas", title="Fest", origin="person", **AREA)
    goal = add("goals", title="Ziel", topic=topic, baseline=1.25, **inside)
    add("steps", title="Schritt", origin="person", partners=actor, **AREA)
    add("milestones", kind="concept", title="Konzept", **AREA)
    add("plan_links", from_entity="needs", from_id=need, to_entity="goals", to_id=goal)
    add("newbuild_sheets", title="Neues Quartier", sheet='{"a": "{{ü}}"}', **AREA)
    return store


def test_every_resource_of_the_store_is_handed_on():
    assert set(HANDED_ON) == set(resources())


@pytest.mark.parametrize("kind", FORMS)
def test_an_empty_store_holds_every_resource_afterwards(kind, full, bare, words):
    content = content_of_store(full)
    assert [name for name in HANDED_ON if not content.rows(name)] == []
    session = ImportSession.of_file(export(content, kind, words), "x" + ENDINGS[kind], words=words)
    store = bare()
    session.apply(store, LOCAL, session.plan(content_of_store(store, actor=LOCAL)))
    assert known(content_of_store(store, actor=LOCAL)) == known(content)


@pytest.mark.parametrize("kind", FORMS)
def test_a_file_read_twice_adds_nothing(kind, full, words):
    content = content_of_store(full, actor=LOCAL)
    session = ImportSession.of_file(export(content, kind, words), "x" + ENDINGS[kind], words=words)
    plan = session.plan(content)
    assert not any(plan.creates.values())
    assert plan.problems == ()


def test_the_area_of_a_contact_that_is_not_public_stays_here(full, words):
    everything = content_of_store(full, actor=LOCAL)
    assert len(everything.rows("contact_areas")) == 2
    for found in (hsds_tables(everything, words), hsds_tables(content_of_store(full), words)):
        assert [row["qk_area_id"] for row in found["qk_contact_areas"]] == ["1"]


def test_the_data_package_with_tables_of_the_profile_validates(full, words, tmp_path):
    data = export(content_of_store(full), "hsds-package", words)
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert {f"qk_{name}.csv" for name in KNOWLEDGE} <= {path.name for path in tmp_path.iterdir()}


def test_a_selection_takes_along_what_hangs_on_its_places_only(full, words):
    content = content_of_store(full)
    found = content.of_places(content.rows("locations"))
    taken = {name for name in KNOWLEDGE if found.rows(name)}
    assert taken == {"taxonomy_terms", "attributes", "organization_roles", "offered_resources", "contact_areas"}
    assert not any(content.of_places([]).rows(name) for name in KNOWLEDGE)


@pytest.mark.parametrize(
    "rubbish", [5, "x", {"id": 1}, [5], [["a"]], [{"id": {}}], [{"qk_name": ["a"]}], [{"id": "1"}]]
)
def test_rubbish_in_a_table_of_the_profile_is_refused_or_left_out(rubbish, bare, words):
    store = bare()
    document = {
        "services": [],
        "organizations": [{"id": ACTOR, "name": "A", "description": "a"}],
        "qk_networks": rubbish,
    }
    try:
        session = ImportSession.of_file(json.dumps(document).encode(), "x.json", words=words)
        plan = session.plan(content_of_store(store, actor=LOCAL))
        session.apply(store, LOCAL, plan)
    except (ExchangeError, ValidationError):
        pass
    assert len(view(store, "networks")) == 0


def test_a_website_without_a_scheme_does_not_cost_the_organisation(bare, words):
    store = bare()
    document = {
        "organizations": [{"id": ACTOR, "name": "A", "description": "a", "qk_website": "www.example.org"}],
        "services": [],
    }
    session = ImportSession.of_file(json.dumps(document).encode(), "x.json", words=words)
    session.apply(store, LOCAL, session.plan(content_of_store(store, actor=LOCAL)))
    assert view(store, "organizations")["website"].tolist() == ["https://www.example.org"]
