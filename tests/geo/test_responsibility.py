"""Who is in charge: by role, kind and topic, from the district to the city, with language, evidence and contact."""

import pandas as pd
import pytest

from geo.claims import Remembering
from geo.errors import ParameterError
from geo.responsibility import CHAIN_COLUMNS, TABLES, chain, nearest_level
from geo.sources import open_package, read
from tests.factories import base_tables, uid, write_package


@pytest.fixture
def asked(tmp_path):
    """Hand over `asked(district, changes, role=…)`: the chain in the tiny city with some resources replaced."""

    def ask(district, changes=None, **question):
        package = open_package(write_package(tmp_path, base_tables() | (changes or {})))
        tables = {name: read(package, name) for name in TABLES}
        return chain(tables, district_id=district, **question)

    return ask


def role(name, owner, level=None, ids=None, **more):
    """Return a row of organization_roles."""
    row = {"id": uid(name), "organization_id": uid(owner), "role": "advise", "area_level": level, "area_ids": ids}
    return row | {"evidence_url": f"https://example.org/{name}", "basis": "stated", "date": "2021"} | more


def test_a_role_falls_back_from_the_district_to_the_borough_to_the_city(asked):
    rows = [
        role("c", "Stadt", "city", "stadt"),
        role("b", "Verein", "borough", "1"),
        role("a", "Initiative", "district", "2"),
    ]
    found = asked(2, {"organization_roles": rows}, role="advise")
    assert list(found["level"]) == ["district", "borough", "city"]
    assert list(found["name"]) == ["Initiative", "Verein", "Stadt"]
    assert tuple(found.columns) == CHAIN_COLUMNS
    assert list(nearest_level(found)["name"]) == ["Initiative"]
    assert list(nearest_level(asked(1, {"organization_roles": rows}, role="advise"))["name"]) == ["Verein"]
    assert list(nearest_level(asked(3, {"organization_roles": rows}, role="advise"))["name"]) == ["Stadt"]


def test_an_answer_has_evidence_and_a_way_to_get_in_touch(asked):
    found = asked(4, role="advise").iloc[0]
    assert (found["name"], found["level"], found["place"], found["district_id"]) == (
        "Verein",
        "borough",
        "Treff Nord",
        4,
    )
    assert (found["contact"], found["phones"], found["website"]) == (
        "Beratung",
        "+49 511 12345",
        "https://example.org/",
    )
    assert (found["date"], found["stated"], found["evidence_urls"]) == ("2021", True, ("https://example.org/",))


def test_nobody_known_is_an_empty_answer(asked):
    found = asked(1, {"organization_roles": []}, role="advise")
    assert found.empty
    assert nearest_level(found).empty


def test_two_statements_about_one_organization_are_one_answer_at_the_finer_level(asked):
    rows = [role("a", "Verein", "city", "stadt", date="2019"), role("b", "Verein", "district", "1", date="2022")]
    found = asked(1, {"organization_roles": rows}, role="advise")
    assert len(found) == 1
    assert (found.loc[0, "level"], found.loc[0, "date"], len(found.loc[0, "evidence_urls"])) == ("district", "2022", 2)


def test_an_offer_counts_where_its_place_is(asked):
    levels = {district: asked(district, kind="senior_meeting").iloc[0]["level"] for district in (1, 3, 4)}
    assert levels == {4: "district", 3: "borough", 1: "city"}
    assert asked([3, 4], kind="senior_meeting").iloc[0]["level"] == "district"


def test_an_offer_without_a_known_place_counts_for_the_working_area(asked):
    changes = {"services_at_location": []}
    assert asked(3, changes, kind="senior_meeting").iloc[0]["level"] == "borough"
    assert asked(1, changes, kind="senior_meeting").iloc[0]["level"] == "city"


def test_a_stated_language_goes_before_the_level(asked):
    found = asked(2, kind="library", language="TR")
    assert found["speaks"].isna().all()
    services = base_tables()["services"]
    services[3]["languages"] = "de;tr"  # the book corner in district 1; the reading hour is in district 2
    found = asked(2, {"services": services}, kind="library", language=["tr", "Türkisch"])
    assert list(found["place"]) == ["Schule Süd", "Bücherei ohne Ort"]
    assert bool(found.loc[0, "speaks"])
    assert list(nearest_level(found)["place"]) == ["Schule Süd"]
    services[3]["languages"] = "mehrsprachig"
    assert asked(2, {"services": services}, kind="library", language="tr")["speaks"].isna().all()


def test_topic_target_group_and_role_narrow_down(asked):
    assert set(asked(1, topic="families")["offers"]) == {"Unterricht"}
    assert set(asked(1, topic="ageing", target_group="seniors")["offers"]) == {"Mittagstisch"}
    assert list(asked(4, role="advise", kind="senior_meeting")["name"]) == ["Verein"]
    assert asked(4, role="advise", kind="library").empty


@pytest.mark.parametrize("question", [{}, {"role": "king"}, {"kind": "castle"}, {"topic": "war"}])
def test_what_cannot_be_asked_is_refused(asked, question):
    with pytest.raises(ParameterError):
        asked(1, **question)


def test_an_unknown_district_is_refused(asked):
    with pytest.raises(ParameterError, match="99"):
        asked(99, role="advise")
    with pytest.raises(ParameterError):
        asked([], role="advise")


def test_unknown_stays_unknown(asked):
    contacts = {"contacts": [], "phones": []}
    found = asked(4, contacts, role="advise").iloc[0]
    assert pd.isna(found["phones"])
    assert pd.isna(found["contact"])
    assert pd.isna(found["languages"])


def test_what_is_only_derived_gives_way_where_somebody_asked_and_what_is_stated_does_not(tmp_path):
    tables = base_tables()
    tables["organization_roles"] = [
        role("a", "Initiative", "district", "2", basis="derived"),
        role("b", "Verein", "district", "2"),
    ]
    asked_both = [
        {"id": uid(f"asked {name}"), "subject": "role", "subject_value": "advise", "organization_id": uid(name),
         "state": "verified_none", "source": "Telefon", "reference_date": "2026"}
        for name in ("Initiative", "Verein")
    ]  # fmt: skip
    tables["observations"] = asked_both
    package = open_package(write_package(tmp_path, tables))
    read_tables = {name: read(package, name) for name in (*TABLES, "observations")}
    assert list(chain(read_tables, district_id=2, role="advise")["name"]) == ["Verein"]


def test_tables_that_remember_give_the_same_answers(tmp_path):
    package = open_package(write_package(tmp_path, base_tables()))
    tables = {name: read(package, name) for name in TABLES}
    remembering = Remembering(tables)
    for district in (1, 4):
        for _ in range(2):
            pd.testing.assert_frame_equal(
                chain(remembering, district_id=district, role="advise"),
                chain(tables, district_id=district, role="advise"),
            )
    assert remembering.known
