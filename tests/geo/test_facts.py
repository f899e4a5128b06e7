"""Facts of a district: sums with bounds, levels kept apart, unknown is not zero."""

from __future__ import annotations

from functools import cache, partial

import numpy as np
import pytest

from geo.catalogue import loader
from geo.errors import ParameterError
from geo.facts import district_facts
from geo.sources import open_package
from tests.factories import FILES, base_tables, uid, write_package


@pytest.fixture
def tables():
    return base_tables()


@pytest.fixture
def package(tmp_path, tables):
    return open_package(write_package(tmp_path, tables))


@pytest.fixture(scope="module")
def facts_of(tmp_path_factory):
    """Return the facts by district number of a package that nobody changes, each table read once."""
    whole = open_package(write_package(tmp_path_factory.mktemp("city")))
    return partial(district_facts, whole, load=cache(loader(whole)))


def test_the_district_itself(facts_of):
    facts = facts_of(4)
    assert (facts.name, facts.borough_id, facts.borough, facts.area_m2) == ("Nordost", 2, "Oben", 1e6)


def test_people_are_summed_over_the_cells(facts_of):
    people = facts_of(1).population.loc["population"]
    assert (people["known"], people["cells"], people["unknown_cells"]) == (400, 4, 0)
    assert (people["low"], people["high"]) == (400, 400)


def test_a_secret_count_is_up_to_two_in_each_cell(facts_of):
    children = facts_of(1).population.loc["under_10"]
    # two of four cells are published with 20 children each, in the others 0 to 2 live
    assert (children["known"], children["unknown_cells"]) == (40, 2)
    assert (children["low"], children["high"]) == (40, 44)


def test_an_estimate_that_could_not_be_made_is_up_to_everybody_in_the_cell(tmp_path, tables):
    tables["population_cells"][0]["under_18"] = ""
    young = district_facts(open_package(write_package(tmp_path, tables)), 1).population.loc["under_18"]
    # three cells with 20 each are known, 100 people live in the fourth
    assert (young["known"], young["low"], young["high"]) == (60, 60, 160)


def test_an_amount_without_bounds_has_none(facts_of):
    space = facts_of(1).population.loc["floor_area_m2"]
    assert (space["unknown_cells"], space["low"]) == (4, 0)
    assert np.isnan(space["high"])


def test_without_the_cells_nothing_is_said(package):
    package.path("population_cells").unlink()
    population = district_facts(package, 1).population
    assert population["known"].isna().all()
    assert population["high"].isna().all()


def test_only_a_value_of_the_districts_own_is_called_so(facts_of):
    rows = facts_of(1).indicators
    shown = rows[["indicator", "area_level", "value_level", "is_own"]].apply(tuple, axis=1).to_list()
    assert shown == [
        ("population", "district", "district", True),
        ("unemployed_share", "district", "borough", False),
        ("unemployed_share", "borough", "borough", False),
        ("unemployed_share", "city", "city", False),
    ]


def test_values_of_other_districts_and_boroughs_are_left_out(facts_of):
    rows = facts_of(4).indicators
    assert set(rows["area_name"]) == {"Nordost", "Stadt"}


def test_newer_values_come_first_and_undated_ones_last(tmp_path, tables):
    first = tables["indicators"][0]
    dates = ["2016-12-31", "not stated", "2018-12-31 or 2019-12-31", "2022"]
    tables["indicators"] = [first | {"reference_date": date} for date in dates]
    rows = district_facts(open_package(write_package(tmp_path, tables)), 1).indicators
    assert rows["reference_date"].to_list() == ["2022", "2018-12-31 or 2019-12-31", "2016-12-31", "not stated"]


def test_a_merged_statistical_unit_belongs_to_each_of_its_districts(tmp_path, tables):
    unit = tables["indicators"][0] | {"area_level": "stat_unit", "area_id": "3/4", "area_name": "Nord"}
    tables["indicators"].append(unit | {"value_level": "stat_unit"})
    package = open_package(write_package(tmp_path, tables))
    assert "Nord" in set(district_facts(package, 3).indicators["area_name"])
    assert "Nord" not in set(district_facts(package, 1).indicators["area_name"])


def test_places_by_kind_with_what_the_inventory_says(facts_of):
    kinds = facts_of(2).kinds.set_index("kind")
    assert kinds.loc["library", ["known", "located", "inventory_state"]].to_list() == [1, 0, "complete"]
    assert kinds.loc["primary_school", ["known", "inventory_state"]].to_list() == [0, "complete"]
    assert kinds.loc["senior_meeting", ["known", "inventory_state"]].to_list() == [0, "partial"]


def test_a_place_counts_for_every_kind_of_its_services(facts_of):
    kinds = facts_of(1).kinds.set_index("kind")["known"]
    assert kinds.to_dict() == {"primary_school": 1, "senior_meeting": 0, "library": 1}


def test_without_a_statement_the_inventory_is_unknown(tmp_path, tables):
    tables["inventory_statements"] = tables["inventory_statements"][1:]
    kinds = district_facts(open_package(write_package(tmp_path, tables)), 1).kinds.set_index("kind")
    assert kinds.loc["primary_school", "inventory_state"] == "unknown"


def test_actors_that_are_here_or_work_here(facts_of):
    names = {number: facts_of(number).actors["name"].to_list() for number in (1, 2, 3, 4)}
    assert names == {1: ["Initiative"], 2: [], 3: ["Verein"], 4: ["Verein"]}


def test_places_are_those_of_the_district(facts_of):
    assert facts_of(2).places["id"].to_list() == [uid("Bücherei ohne Ort")]


def test_an_unknown_district_is_refused_with_those_that_exist(facts_of):
    with pytest.raises(ParameterError, match=r"unknown value 9\. Use one of: 1, 2, 3, 4"):
        facts_of(9)


@pytest.mark.parametrize("broken", ["indicators", "inventory_statements", "facility_kinds", "services", "contacts"])
def test_a_broken_side_table_leaves_the_rest(package, broken):
    (package.root / FILES[broken]).write_bytes(b"\xff")
    facts = district_facts(package, 1)
    assert facts.population.loc["population", "known"] == 400
    assert facts.places["name"].to_list() == ["Schule Süd"]
