"""Places, offers and actors: everything joined, nothing lost, nothing doubled."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.actors import actors
from geo.crs import METRIC_CRS
from geo.errors import DataFileError
from geo.joins import collected, collected_texts, mapped_lists, with_item
from geo.places import PLACE_COLUMNS, at_places, offers, places
from geo.sources import open_package
from tests.factories import FILES, base_tables, metres, uid, write_package


@pytest.fixture
def tables():
    return base_tables()


@pytest.fixture
def package(tmp_path, tables):
    return open_package(write_package(tmp_path, tables))


def by_name(frame):
    return frame.set_index("name")


def test_every_location_is_there_once_with_all_columns(package):
    frame = places(package)
    assert frame["name"].to_list() == ["Schule Süd", "Treff Nord", "Bücherei ohne Ort", "Verborgene Hilfe"]
    assert tuple(frame.columns) == PLACE_COLUMNS
    assert frame.crs == METRIC_CRS
    assert frame.geometry.notna().to_list() == [True, True, False, False]


def test_a_place_knows_its_kinds_operator_and_district(package):
    school = by_name(places(package)).loc["Schule Süd"]
    assert school["kinds"] == "primary_school;library"
    assert (school["operator"], school["operator_type"]) == ("Stadt", "city")
    assert (school["district_id"], school["district"], school["borough_id"], school["borough"]) == (
        1, "Südwest", 1, "Unten",
    )  # fmt: skip
    assert school["address"] == "Südstraße 1, 30159 Hannover"
    assert (school["target_groups"], school["topics"]) == ("children", "families;ageing")


def test_hours_and_phones_of_the_operator(package):
    meeting = by_name(places(package)).loc["Treff Nord"]
    assert meeting["opening_hours"] == "Mo 14:00-17:00"
    assert meeting["opening_hours_text"] == "montags 14-17 Uhr".replace("-", "–")
    assert meeting["phones"] == "+49 511 12345"
    assert by_name(places(package))["phones"].notna().sum() == 1


def test_a_phone_of_one_place_comes_first_and_is_not_that_of_the_operators_other_places(tmp_path, tables):
    tables["contacts"].append(
        {"id": uid("c2"), "organization_id": uid("Stadt"), "location_id": uid("Schule Süd"), "title_de": "Büro"}
    )
    tables["phones"].append(
        {"id": uid("p2"), "contact_id": uid("c2"), "number": "+49 511 99999", "number_text": "0511 99999"}
    )
    frame = by_name(places(open_package(write_package(tmp_path, tables))))
    assert frame.loc["Schule Süd", "phones"] == "+49 511 99999"
    assert pd.isna(frame.loc["Bücherei ohne Ort", "phones"])


def test_what_nobody_knows_is_unknown(package):
    hidden = by_name(places(package)).loc["Verborgene Hilfe"]
    for column in ("operator", "district", "address", "wheelchair", "phones", "opening_hours"):
        assert pd.isna(hidden[column]), column
    assert hidden["district_id"] is pd.NA


@pytest.mark.parametrize("broken", ["services", "organizations", "districts", "schedules", "phones", "facility_kinds"])
def test_a_broken_side_table_takes_its_columns_away_but_not_the_places(tmp_path, tables, broken):
    write_package(tmp_path, tables)
    (tmp_path / FILES[broken]).write_bytes(b"\xff")
    frame = places(open_package(tmp_path))
    assert len(frame) == 4
    gone = {
        "services": "target_groups", "organizations": "operator", "districts": "district",
        "schedules": "opening_hours", "phones": "phones", "facility_kinds": "topics",
    }  # fmt: skip
    assert frame[gone[broken]].isna().all()
    assert frame["kinds"].notna().all()


def test_without_locations_there_is_nothing_to_show(package):
    package.path("locations").unlink()
    with pytest.raises(DataFileError, match="locations"):
        places(package)


def test_every_offer_is_there_at_every_place(tmp_path, tables):
    pair = {"id": uid("more"), "service_id": uid("Mittagstisch"), "location_id": uid("Schule Süd")}
    tables["services_at_location"].append(pair)
    tables["services_at_location"] = [
        row for row in tables["services_at_location"] if row["service_id"] != uid("Krisenhilfe")
    ]
    frame = offers(open_package(write_package(tmp_path, tables)))
    assert sorted(frame["name"]) == [
        "Bücherecke", "Krisenhilfe", "Lesestunde", "Mittagstisch", "Mittagstisch", "Unterricht",
    ]  # fmt: skip
    assert frame["id"].is_unique
    crisis = by_name(frame).loc["Krisenhilfe"]
    assert (crisis["id"], crisis["coordinate_quality"]) == (uid("Krisenhilfe"), "none")
    assert pd.isna(crisis["location"])
    assert crisis["geometry"] is None
    lunch = frame[frame["name"] == "Mittagstisch"]
    assert sorted(lunch["location"]) == ["Schule Süd", "Treff Nord"]
    assert sorted(lunch["district_id"]) == [1, 4]


def test_an_offer_has_the_point_of_its_place(package):
    school = by_name(offers(package)).loc["Unterricht"]
    assert (school["geometry"].x, school["geometry"].y) == pytest.approx(metres(0.5, 0.5), abs=0.01)
    assert (school["kind"], school["topics"], school["operator"]) == ("primary_school", "families;ageing", "Stadt")


def test_an_actor_is_once_at_each_place_with_its_roles(package):
    frame = actors(package)
    assert frame["name"].to_list() == ["Verein", "Initiative"]
    club = by_name(frame).loc["Verein"]
    assert club["relation"] == "actor;operator"
    assert (club["roles"], club["roles_stated"], club["roles_date"]) == ("advise;network", "advise", "2021")
    assert (club["location"], club["district_id"]) == ("Treff Nord", 4)
    assert club["phones"] == "+49 511 12345"


def test_working_areas_are_districts_and_a_borough_is_all_of_its_own(package):
    areas = by_name(actors(package))["district_ids"]
    assert areas["Verein"] == "3;4"
    assert areas["Initiative"] == "1"


def test_an_actor_without_a_place_stays(package):
    initiative = by_name(actors(package)).loc["Initiative"]
    assert initiative["id"] == initiative["organization_id"] == uid("Initiative")
    assert initiative["geometry"] is None
    assert initiative["coordinate_quality"] == "none"
    assert not initiative["city_wide"]


def test_a_working_area_of_the_whole_city_is_said_and_not_listed(tmp_path, tables):
    tables["service_areas"][1] |= {"area_level": "city", "area_id": "stadt"}
    initiative = by_name(actors(open_package(write_package(tmp_path, tables)))).loc["Initiative"]
    assert initiative["city_wide"]
    assert pd.isna(initiative["district_ids"])


@pytest.mark.parametrize(
    ("broken", "column"),
    [
        ("organizations_at_location", "location"),
        ("organization_roles", "roles"),
        ("service_areas", "area_text"),
        ("districts", "district_ids"),
    ],
)
def test_a_broken_side_table_leaves_the_actors(package, broken, column):
    (package.root / FILES[broken]).write_bytes(b"\xff")
    frame = actors(package)
    assert sorted(frame["name"]) == ["Initiative", "Verein"]
    gone = frame[column] if broken != "districts" else frame.loc[frame["name"] == "Verein", column]
    assert gone.isna().all()


def test_hostile_names_come_out_as_the_same_text(tmp_path, tables):
    hostile = "{{7*7}} `${x}` \\ </script> <b>"
    tables["locations"][0]["name"] = tables["organizations"][0]["name"] = hostile
    tables["facility_kinds"][0]["label_de"] = hostile
    row = places(open_package(write_package(tmp_path, tables))).iloc[0]
    assert (row["name"], row["operator"]) == (hostile, hostile)


def test_rows_of_no_place_at_all(package):
    located = places(package)
    rows = pd.DataFrame({"location_id": pd.Series([None, uid("nowhere")], dtype="str")}, index=[5, 7])
    for frame in (at_places(rows, located), at_places(rows, located.iloc[:0])):
        assert frame.index.to_list() == [5, 7]
        assert frame["coordinate_quality"].to_list() == ["none", "none"]
        assert frame.geometry.isna().all()


def test_lists_are_collected_without_doubles_in_their_order():
    lists = collected(["a", "a", "b", None], ["x;y", "y;z", None, "w"])
    assert lists.to_dict() == {"a": "x;y;z"}
    assert collected_texts(["a", "a"], ["b; c", "d"]).to_dict() == {"a": "b; c; d"}
    texts = mapped_lists(pd.Series(["k;l", "m", None]), {"k": "x;y", "l": "y;z"})
    assert texts.iloc[0] == "x;y;z"
    assert texts.isna().to_list() == [False, True, True]


def test_a_list_holds_whole_items_only():
    assert with_item(pd.Series(["12;3", "1;2", None]), "1").to_list() == [False, True, False]
