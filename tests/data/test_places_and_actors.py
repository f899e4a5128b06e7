"""Places, organizations, actors, structures, network and catalogue as they are shipped."""

import re
from collections import Counter

import networkx as nx
import pytest

from geo.sources import open_package, read
from scripts.datapackage.names import name_key

CODE_OF_DAY = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su)")


def _by_id(rows):
    return {row["id"]: row for row in rows}


def test_nothing_is_dropped(tables):
    sizes = {name: len(tables[name]) for name in ("locations", "organization_roles", "committees", "network_members",
             "networks", "instruments", "standards", "stops")}  # fmt: skip
    assert sizes == {
        "locations": 461, "organization_roles": 228, "committees": 61, "network_members": 116, "networks": 24,
        "instruments": 40, "standards": 37, "stops": 963,
    }  # fmt: skip
    assert sum(stop["in_city"] == "true" for stop in tables["stops"]) == 521


def test_coordinate_quality_says_what_is_there(tables):
    for row in tables["locations"]:
        located = row["coordinate_quality"] in {"exact", "approximate"}
        assert located == bool(row["lon"] and row["lat"]), row["source_id"]
        if row["coordinate_quality"] == "address":
            assert row["street"]
        if row["coordinate_quality"] == "district":
            assert row["district_id"]
    counts = Counter(row["coordinate_quality"] for row in tables["locations"])
    assert counts["exact"] + counts["approximate"] == 256


def test_an_approximate_coordinate_has_its_error(tables):
    errors = {row["source_id"]: row["coordinate_error_m"] for row in tables["locations"]
              if row["coordinate_quality"] == "approximate"}  # fmt: skip
    unknown = {source_id for source_id, error in errors.items() if not error}
    assert unknown == {"P0334"}  # a pin on the street: the source states no error
    assert {float(error) for error in errors.values() if error} == {50, 100, 170, 400, 800}


def test_points_lie_in_their_district_unless_the_source_knows_better(data, tables):
    package = open_package(data)
    districts, locations = read(package, "districts"), read(package, "locations").set_index("source_id")
    joined = locations[locations.geometry.notna()].sjoin(districts[["district_id", "geometry"]], how="left")
    elsewhere = joined[joined["district_id_left"] != joined["district_id_right"]]
    assert set(elsewhere.index) == {"P0336", "P0363"}
    assert elsewhere["note"].str.contains("Quelle nennt").all()


def test_the_protected_address_has_no_location(tables):
    row = next(row for row in tables["locations"] if row["name"].startswith("Frauenhaus24"))
    for column in ("street", "house_number", "postal_code", "lon", "lat", "district_id"):
        assert row[column] == "", column
    assert row["coordinate_quality"] == "none"
    owner = next(o for o in tables["organizations"] if o["name"].startswith("Frauenhaus24"))
    assert owner["address"] == owner["district_id"] == owner["postal_code"] == ""


def test_no_organization_is_there_twice(tables):
    keys = Counter(name_key(row["name"]) for row in tables["organizations"])
    assert [key for key, count in keys.items() if count > 1] == []
    assert sum(row["is_actor"] == "true" for row in tables["organizations"]) == 214


def test_one_body_under_several_spellings_is_one_organization(tables):
    names = [row["name"] for row in tables["organizations"]]
    for word in ("AWO Region Hannover e.V.", "Diakonisches Werk Hannover", "Schreberjugend", "Spar- und Bauverein eG"):
        assert len([name for name in names if name.startswith(word)]) == 1, word
    assert not {"Trägerverein", "hanova", "Kulturförderverein"} & set(names)


def test_joined_actors_are_at_their_places(tables):
    organizations, locations = _by_id(tables["organizations"]), _by_id(tables["locations"])
    at = {
        (organizations[row["organization_id"]]["name"], locations[row["location_id"]]["source_id"])
        for row in tables["organizations_at_location"]
        if row["relation"] == "actor"
    }
    assert ("Freizeitheim Linden", "P0229") in at  # taken from the place
    assert ("kargah e.V.", "P0326") in at  # same name
    assert ("Quartierstreff Döhren (KSH)", "P0187") in at  # reviewed: same place under another name
    assert len({source_id for _, source_id in at}) >= 96


def test_roles_have_evidence_date_and_basis(tables):
    roles = {row["role"] for row in tables["roles"]}
    assert {row["role"] for row in tables["organization_roles"]} == roles
    assert sum(row["is_core"] == "true" for row in tables["roles"]) == 8
    assert Counter(row["basis"] for row in tables["organization_roles"]) == {"stated": 208, "derived": 20}
    actors = {row["id"] for row in tables["organizations"] if row["is_actor"] == "true"}
    assert {row["organization_id"] for row in tables["organization_roles"]} <= actors


def test_areas_are_numbers_that_exist(tables, data):
    package = open_package(data)
    known = {
        "district": {str(number) for number in read(package, "districts")["district_id"]},
        "borough": {str(number) for number in read(package, "boroughs")["borough_id"]},
        "city": {"hannover"},
    }
    for row in tables["organization_roles"]:
        ids = set(row["area_ids"].split(";")) - {""}
        assert ids <= known.get(row["area_level"], set())
        assert bool(ids) == bool(row["area_level"])
    for row in tables["service_areas"]:
        assert row["area_id"] in known.get(row["area_level"], {""}), row


def test_the_thirteen_boards_know_their_borough(tables):
    boards = [row for row in tables["committees"] if row["kind"] == "Stadtbezirksrat"]
    assert sorted(int(row["borough_ids"]) for row in boards) == list(range(1, 14))
    assert all(row["needs_check"] == "true" for row in boards)  # evidence predates the election
    ricklingen = next(row for row in boards if row["name"].endswith("Ricklingen"))
    assert (ricklingen["borough_ids"], ricklingen["district_ids"]) == ("9", "39;40;41;42;43")


def test_instruments_are_usable_only_while_they_run(tables):
    usable = {row["name"]: row["usable"] for row in tables["instruments"]}
    assert usable["Sozialer Zusammenhalt (früher Soziale Stadt)"] == "yes"
    assert usable["Integrationsfonds der Stadt"] == "no"
    assert usable["Mein Quartier 2030"] == "unknown"
    for row in tables["instruments"]:
        if row["usable"] == "yes":
            assert row["status_text"].startswith("laufend")
    fund = next(row for row in tables["instruments"] if row["name"].endswith("Stadtbezirksrats Ricklingen"))
    assert (fund["area_level"], fund["district_ids"]) == ("borough", "39;40;41;42;43")


def test_members_without_an_organization_keep_their_name(tables):
    unmatched = [row["member_name"] for row in tables["network_members"] if not row["organization_id"]]
    assert "Polizei (Kontaktdienst)" in unmatched
    assert len(unmatched) == 60
    assert all(unmatched)


def test_phones_belong_to_functions(tables):
    contacts = _by_id(tables["contacts"])
    for row in tables["phones"]:
        assert re.fullmatch(r"\+49 \d{2,5} \d{3,12}", row["number"])
        assert row["contact_id"] in contacts
    assert {row["title_de"] for row in contacts.values()} <= {"Auskunft", "Ansprechstelle"}
    per_owner = Counter((contacts[r["contact_id"]]["organization_id"] or contacts[r["contact_id"]]["location_id"],
                         contacts[r["contact_id"]]["location_id"], r["number"]) for r in tables["phones"])  # fmt: skip
    assert max(per_owner.values()) == 1


def test_opening_hours_keep_the_text(tables):
    assert len(tables["schedules"]) == 54
    assert all(row["text"] for row in tables["schedules"])
    for row in tables["schedules"]:
        if row["opening_hours"]:
            assert row["opening_hours"] == "24/7" or CODE_OF_DAY.match(row["opening_hours"])


def test_services_give_each_place_its_kinds(tables):
    services, locations = _by_id(tables["services"]), _by_id(tables["locations"])
    kinds = {}
    for link in tables["services_at_location"]:
        kinds.setdefault(link["location_id"], set()).add(services[link["service_id"]]["kind"])
    without = [locations[number]["source_id"] for number in locations if number not in kinds]
    assert without == ["P0375"]  # planned for 2027
    assert all(locations[number]["kind"] in found for number, found in kinds.items())


@pytest.mark.parametrize(
    ("kind", "state", "known", "expected"),
    [
        ("primary_school", "complete", 69, ""),
        ("hospital", "complete", 23, ""),
        ("library", "complete", 17, ""),
        ("swimming_pool", "complete", 16, ""),
        ("playground", "partial", 23, "448"),
        ("public_bookcase", "partial", 8, "50"),
        ("family_centre", "partial", 13, "30"),
        ("neighbourhood_meeting", "partial", 21, ""),
    ],
)
def test_inventory_statements(tables, kind, state, known, expected):
    row = next(row for row in tables["inventory_statements"] if row["facility_kind"] == kind)
    assert (row["state"], row["known_count"], row["expected_count"]) == (state, str(known), expected)
    assert row["source"]


def test_only_schools_hospitals_libraries_and_pools_are_complete(tables):
    complete = {row["facility_kind"] for row in tables["inventory_statements"] if row["state"] == "complete"}
    assert complete == {"primary_school", "secondary_school", "special_school", "vocational_school", "hospital",
                        "library", "swimming_pool"}  # fmt: skip
    assert len(tables["inventory_statements"]) == len(tables["facility_kinds"])
    states = {row["facility_kind"]: row["state"] for row in tables["inventory_statements"]}
    assert {row["kind"]: row["inventory_state"] for row in tables["facility_kinds"]} == states


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_signs_of_kinds_differ_and_are_seen_on_white(tables):
    kinds = tables["facility_kinds"]
    assert len({(row["shape"], row["letter"]) for row in kinds}) == len(kinds)
    assert len({row["letter"] for row in kinds}) == len(kinds)
    for row in kinds:
        assert 1.05 / (_luminance(row["colour"]) + 0.05) >= 3.0, row["kind"]
    groups = {row["group"]: (row["shape"], row["colour"]) for row in kinds}
    assert len(groups) == 8
    assert len(set(groups.values())) == 8


def test_default_standards_fit_their_kind(tables):
    standards = {row["id"]: row for row in tables["standards"]}
    for row in tables["facility_kinds"]:
        if row["standard_id"]:
            standard = standards[row["standard_id"]]
            assert row["kind"] in standard["facility_kinds"].split(";")
            assert standard["type"] == "max_distance"
            assert float(standard["value"]) > 0


def test_lists_name_what_the_catalogue_knows(tables, data):
    groups = {row["target_group"] for row in tables["target_groups"]}
    topics = {row["topic"] for row in tables["topics"]}
    kinds = {row["kind"] for row in tables["facility_kinds"]}
    for name in ("organizations", "services", "organization_roles"):
        for row in tables[name]:
            assert set(row["target_groups"].split(";")) - {""} <= groups
    for row in tables["facility_kinds"]:
        assert set(row["topics"].split(";")) <= topics
    for row in tables["standards"]:
        assert set(row["facility_kinds"].split(";")) - {""} <= kinds
    columns = set(tables["population_cells"][0])
    assert {row["population_column"] for row in tables["target_groups"]} - {""} <= columns
    assert len(topics) == 7


def test_the_street_graph_is_one_piece_in_the_city(data, tables):
    package = open_package(data)
    graph = nx.Graph((row["u"], row["v"]) for row in tables["street_edges"])
    pieces = sorted(nx.connected_components(graph), key=len, reverse=True)
    nodes, districts = read(package, "street_nodes"), read(package, "districts")
    city = districts.geometry.union_all()
    outside_main = nodes[~nodes["node"].astype(str).isin(pieces[0])]
    assert (len(nodes), len(tables["street_edges"])) == (13_308, 17_109)
    assert not outside_main.geometry.within(city).any()


def test_names_and_descriptions_speak_of_the_place_not_of_where_it_was_found(tables):
    texts = [row["name"] for row in tables["locations"]]
    texts += [row["description"] for name in ("locations", "services") for row in tables[name]]
    origin = re.compile(r"\bOSM|GitHub|GISCO|amenity|community_centre|in der Quelle|Namensvermutung")
    assert [text for text in texts if origin.search(text)] == []


def test_sources_are_named_in_german(tables):
    named = {row["source"] for name in ("indicators", "inventory_statements") for row in tables[name]}
    named |= {row["expected_note"] for row in tables["inventory_statements"]}
    english = re.compile(r"\b(?:persons|stated|more than|at least|the|derived:|public pages)\b")
    assert [text for text in named if english.search(text)] == []
