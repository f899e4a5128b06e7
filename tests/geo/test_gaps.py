"""Gap analysis of the tiny city: numbers reasoned by hand, unknown places, edge cases.

Cells lie in the middle of each quarter square, the school in the middle of district 1: 354 m from
its four cells, at least 790 m from all others (straight line, detour 1).
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.access import Decay
from geo.area_measures import area_measures
from geo.compare import difference
from geo.errors import ParameterError
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.levels import areas_of
from geo.reach import Method, Walk
from geo.sources import open_package
from geo.standards import OwnValue
from tests.factories import base_tables, place, uid, write_package

LINE = Walk(Method.LINE, detour=1.0)


def inputs_of(folder, **changes):
    """Return the inputs of the tiny city with some resources replaced."""
    return load_inputs(open_package(write_package(folder, base_tables() | changes)))


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Return the tiny city, unchanged."""
    return inputs_of(tmp_path_factory.mktemp("city"))


def analyse(inputs, kind, **settings):
    """Return the result along the straight line."""
    chosen = GapSettings(**{"walk": LINE, "draws": 40} | settings)
    return gap_table(inputs, measure_reach(inputs, chosen.walk), kind, chosen)


def districts(result):
    """Return the district rows by id."""
    return result.level("district").set_index("area_id")


def with_statement(state, expected=None, *, kind="senior_meeting"):
    """Return the inventory statements with another one for a kind."""
    rows = base_tables()["inventory_statements"]
    changed = {"state": state, "expected_count": expected}
    return [row | changed if row["facility_kind"] == kind else row for row in rows]


def test_shares_of_children_beyond_the_standard(city):
    result = analyse(city, "primary_school")
    table = districts(result)
    assert table["target_population"].tolist() == [40.0, 30.0, 20.0, 10.0]
    assert table["target_population_max"].tolist() == [44.0, 34.0, 24.0, 14.0]
    assert table["cells_secret"].tolist() == [2, 2, 2, 2]
    assert table["share_beyond"].tolist() == [0.0, 1.0, 1.0, 1.0]
    assert table["verdict"].tolist() == ["covered", "gap", "gap", "gap"]
    assert table["places_known"].tolist() == [1, 0, 0, 0]
    assert table.loc[1, "places_per_1000"] == 25.0
    assert table.loc[1, "mean_nearest_m"] == pytest.approx(353.553, abs=0.01)
    assert table.loc[1, "supply_reached"] == pytest.approx(1.0)
    assert table.loc[1, "access_2sfca_per_1000"] == pytest.approx(25.0)
    assert table["reason"].tolist() == ["gap.reason.none"] * 4


def test_boroughs_and_city_are_recomputed_from_sums(city):
    result = analyse(city, "primary_school")
    boroughs = result.level("borough").set_index("area_id")
    assert boroughs["share_beyond"].tolist() == [pytest.approx(30 / 70), 1.0]
    assert boroughs["verdict"].tolist() == ["partly", "gap"]
    whole = result.level("city").iloc[0]
    assert whole["people_beyond"] == 60.0
    assert whole["share_beyond"] == pytest.approx(0.6)
    assert whole["share_beyond_low"] == pytest.approx(60 / 104)
    assert whole["share_beyond_high"] == pytest.approx(72 / 112)
    assert whole["places_known"] == 1


def test_supply_across_the_border_counts(city):
    table = districts(analyse(city, "primary_school", own=OwnValue(800.0, "m")))
    assert table["share_beyond"].tolist() == [0.0, 1.0, 0.5, 1.0]
    assert table["share_beyond_low"].tolist() == [0.0, 30 / 34, 10 / 22, 1.0]
    assert table["places_known"].tolist() == [1, 0, 0, 0]
    assert table["supply_reached"].tolist() == [pytest.approx(0.8), 0.0, pytest.approx(0.2), 0.0]


def test_an_own_value_replaces_the_standards_and_says_so(city):
    standard = analyse(city, "primary_school").standard
    assert (standard.standard_id, standard.own, standard.threshold_m) == ("school_700m", False, 700.0)
    own = analyse(city, "primary_school", own=OwnValue(10.0, "min"), own_kmh=3.0).standard
    assert (own.standard_id, own.own, own.threshold_m) == ("school_700m", True, 500.0)


def test_walking_slower_makes_minutes_shorter(city):
    shares = [
        districts(analyse(city, "primary_school", own=OwnValue(5.0, "min"), own_kmh=kmh)).loc[1, "share_beyond"]
        for kmh in (4.8, 3.2)
    ]
    assert shares == [0.0, 1.0]


def test_a_soft_threshold_counts_people_near_it_in_part(city):
    table = districts(analyse(city, "primary_school", own=OwnValue(400.0, "m"), decay=Decay.LINEAR, width_m=100.0))
    assert table.loc[1, "share_beyond"] == pytest.approx((353.553 - 300.0) / 200.0, abs=1e-4)


def test_an_incomplete_inventory_allows_no_statement(city):
    result = analyse(city, "senior_meeting", own=OwnValue(400.0, "m"))
    table = districts(result)
    assert set(table["verdict"]) == {"no_statement"}
    assert set(table["reason"]) == {"gap.reason.inventory_partial"}
    assert table["class_of_known"].tolist() == ["gap", "gap", "gap", "covered"]
    assert table["draws_gap"].isna().all()
    assert result.level("city").loc[0, "places_known"] == 2
    assert table["places_known"].sum() == 1


def test_missing_places_are_spread_if_their_number_is_expected(tmp_path):
    inputs = inputs_of(tmp_path, inventory_statements=with_statement("partial", 9))
    table = districts(analyse(inputs, "senior_meeting", own=OwnValue(600.0, "m")))
    assert set(table["verdict"]) == {"no_statement"}
    assert set(table["reason"]) == {"gap.reason.inventory_partial_expected"}
    assert (table["draws_gap"] < 1).any()
    totals = table[["draws_covered", "draws_partly", "draws_gap"]].sum(axis=1)
    np.testing.assert_allclose(totals, 1.0)
    assert (table["share_draws_low"] <= table["share_draws_high"]).all()


def test_without_any_statement_the_inventory_is_unknown(tmp_path):
    inputs = inputs_of(tmp_path, inventory_statements=[])
    table = districts(analyse(inputs, "primary_school"))
    assert set(table["verdict"]) == {"no_statement"}
    assert set(table["reason"]) == {"gap.reason.inventory_unknown"}


def test_a_statement_on_a_district_goes_before_that_of_the_city(tmp_path):
    rows = with_statement("partial", kind="primary_school")
    own = {"facility_kind": "primary_school", "area_level": "district", "area_id": "2", "state": "complete"}
    rows.append(rows[0] | own | {"id": uid("own statement"), "expected_count": None})
    inputs = inputs_of(tmp_path, inventory_statements=rows)
    result = analyse(inputs, "primary_school")
    assert districts(result)["verdict"].tolist() == ["no_statement", "gap", "no_statement", "no_statement"]
    assert result.level("borough")["inventory_state"].tolist() == ["partial", "partial"]


def test_a_place_without_coordinate_is_drawn_inside_its_district(city):
    """The second library stands somewhere in district 2: it covers three of its four cells."""
    result = analyse(city, "library", own=OwnValue(600.0, "m"))
    table = districts(result)
    assert table["class_of_known"].tolist() == ["covered", "gap", "gap", "gap"]
    assert table["verdict"].tolist() == ["covered", "partly", "gap", "gap"]
    assert table.loc[2, ["draws_partly", "share_draws_low", "share_draws_high"]].tolist() == [1.0, 0.25, 0.25]
    assert table["places_unlocated"].tolist() == [0, 1, 0, 0]


def test_where_draws_disagree_there_is_no_statement(tmp_path):
    lost = [
        row | {"district_id": None, "district_source": "", "coordinate_quality": "none"}
        if row["name"] == "Bücherei ohne Ort"
        else row
        for row in base_tables()["locations"]
    ]
    table = districts(analyse(inputs_of(tmp_path, locations=lost), "library", own=OwnValue(600.0, "m")))
    assert table.loc[1, "verdict"] == "covered"
    assert table.loc[2, "verdict"] == "no_statement"
    assert table.loc[2, "reason"] == "gap.reason.places_not_located"
    assert 0.1 < table.loc[2, "draws_gap"] < 0.9


def test_the_same_seed_draws_the_same(tmp_path):
    inputs = inputs_of(tmp_path, inventory_statements=with_statement("partial", 5))
    one, same, other = (
        analyse(inputs, "senior_meeting", own=OwnValue(600.0, "m"), seed=seed).areas for seed in (3, 3, 4)
    )
    pd.testing.assert_frame_equal(one, same)
    assert not one["draws_gap"].equals(other["draws_gap"])


def test_without_draws_unlocated_places_allow_a_verdict_only_where_known_ones_suffice(city):
    table = districts(analyse(city, "library", own=OwnValue(600.0, "m"), draws=0))
    assert table["verdict"].tolist() == ["covered", "no_statement", "no_statement", "no_statement"]


def test_if_no_place_has_a_coordinate_distances_are_unknown_not_infinite(tmp_path):
    places = [row for row in base_tables()["locations"] if row["name"] != "Treff Nord"]
    treff = place("Treff Nord", "senior_meeting", None, district=4)
    result = analyse(inputs_of(tmp_path, locations=[*places, treff]), "senior_meeting", own=OwnValue(600.0, "m"))
    table = districts(result)
    for column in ("mean_nearest_m", "share_beyond", "opportunities", "access_2sfca_per_1000", "supply_reached"):
        assert table[column].isna().all()
    assert table["class_of_known"].isna().all()
    assert table["places_known"].tolist() == [0, 0, 0, 1]
    assert result.cells["nearest_m"].isna().all()


def test_verified_none_in_the_whole_city_is_a_gap(tmp_path):
    """A complete inventory without a single place: everybody is beyond, the distance is infinite."""
    links = [row for row in base_tables()["services_at_location"] if row["service_id"] != uid("Unterricht")]
    result = analyse(inputs_of(tmp_path, services_at_location=links), "primary_school")
    table = districts(result)
    assert set(table["verdict"]) == {"gap"}
    assert np.isinf(table["mean_nearest_m"]).all()
    assert (table["places_known"] == 0).all()


def test_a_group_nobody_has_counted(city):
    result = analyse(city, "primary_school", target_group="refugees")
    table = districts(result)
    assert set(table["verdict"]) == {"no_target_population"}
    assert set(table["reason"]) == {"gap.reason.no_count"}
    assert table["target_population"].isna().all()
    assert table["places_per_1000"].isna().all()
    assert table["people_weighted"].tolist() == [400.0, 300.0, 200.0, 100.0]
    assert table.loc[1, "mean_nearest_m"] == pytest.approx(353.553, abs=0.01)


def cells_with(column, value, district):
    """Return the cells, one column of a district changed."""
    return [
        row | {column: value} if row["district_id"] == district else row for row in base_tables()["population_cells"]
    ]


@pytest.mark.parametrize(("value", "reason"), [(0, "gap.reason.nobody"), ("", "gap.reason.secret")])
def test_nobody_is_not_the_same_as_kept_secret(tmp_path, value, reason):
    inputs = inputs_of(tmp_path, population_cells=cells_with("under_10", value, 1))
    table = districts(analyse(inputs, "primary_school"))
    assert table.loc[1, "verdict"] == "no_target_population"
    assert table.loc[1, "reason"] == reason
    assert np.isnan(table.loc[1, "places_per_1000"])
    assert table.loc[1, "places_known"] == 1
    assert table.loc[2, "verdict"] == "gap"


def test_without_a_standard_there_are_measures_but_no_verdict(city):
    table = districts(analyse(city, "library"))
    assert set(table["verdict"]) == {"no_standard"}
    assert table["share_beyond"].isna().all()
    assert table.loc[1, "mean_nearest_m"] == pytest.approx(353.553, abs=0.01)


def test_people_per_place(city):
    """One school for 100 children: 40 of the 100 reach it within 1,200 m (15 min), with 30 + 20 others."""
    result = analyse(city, "primary_school", own=OwnValue(100.0, "persons_per_unit"))
    table = districts(result)
    assert result.catchment_m == 1200.0
    np.testing.assert_allclose(table["required"], [0.4, 0.3, 0.2, 0.1])
    assert table["supply_reached"].sum() == pytest.approx(1.0)
    np.testing.assert_allclose(table["coverage"], table["supply_reached"] / table["required"])
    np.testing.assert_allclose(table["required"] + table["surplus"] - table["deficit"], table["supply_reached"])
    assert table.loc[1, "verdict"] == "covered"


def test_places_of_care_need_capacities(tmp_path):
    target = {"id": "target", "facility": "Kita", "facility_kinds": "primary_school", "type": "coverage_target",
              "value": 50, "unit": "%", "jurisdiction": "Testland", "status": "goal", "source_title": "Test",
              "verified": "yes"}  # fmt: skip
    tables = base_tables()
    without = inputs_of(tmp_path, standards=[*tables["standards"], target])
    table = districts(analyse(without, "primary_school", standard_id="target"))
    assert set(table["reason"]) == {"gap.reason.capacity_unknown"}
    known = replace(without, offers=without.offers.assign(capacity=25.0))
    result = analyse(known, "primary_school", standard_id="target")
    assert result.capacity.basis == "capacity"
    assert districts(result)["required"].tolist() == [20.0, 15.0, 10.0, 5.0]
    assert districts(result)["supply_reached"].sum() == pytest.approx(25.0)


def test_a_district_on_no_street_has_no_distance(tmp_path):
    west = [row for row in base_tables()["street_edges"] if row["u"] % 5 < 2 and row["v"] % 5 < 2]
    inputs = inputs_of(tmp_path, street_edges=west)
    result = analyse(inputs, "primary_school", walk=Walk(Method.NETWORK, snap_limit_m=260.0))
    table = districts(result)
    assert table["cells_unreached"].tolist() == [0, 4, 0, 4]
    assert table.loc[2, "verdict"] == "no_distance"
    assert table.loc[2, "people_unreached"] == 30.0
    assert np.isnan(table.loc[2, "share_beyond"])


def test_the_way_to_the_street_is_part_of_the_walk_and_reported(city):
    """All cells of the tiny city lie 250 m from their street; on the straight line there is no such way."""
    street = analyse(city, "primary_school", walk=Walk(Method.NETWORK, snap_limit_m=260.0))
    assert set(street.cells["to_street_m"]) == {250.0}
    assert set(districts(street)["mean_to_street_m"]) == {250.0}
    assert (street.cells["nearest_m"] >= 250.0).all()
    assert set(districts(analyse(city, "primary_school"))["mean_to_street_m"]) == {0.0}


def test_a_place_too_far_from_every_street_is_counted(tmp_path):
    moved = [
        row | ({"lon": 10.2, "lat": 52.6} if row["name"] == "Treff Nord" else {}) for row in base_tables()["locations"]
    ]
    result = analyse(
        inputs_of(tmp_path, locations=moved), "senior_meeting", walk=Walk(Method.NETWORK, snap_limit_m=260.0)
    )
    assert districts(result)["places_unreached"].sum() == 1
    assert result.level("city")["places_unreached"].tolist() == [1]
    assert analyse(inputs_of(tmp_path, locations=moved), "senior_meeting").level("city")[
        "places_unreached"
    ].tolist() == [0]


def test_a_walk_along_the_streets_is_longer_than_the_line(city):
    street = districts(analyse(city, "primary_school", walk=Walk(Method.NETWORK, snap_limit_m=260.0)))
    line = districts(analyse(city, "primary_school"))
    assert (street["mean_nearest_m"] > line["mean_nearest_m"]).all()


def test_the_reach_must_be_measured_as_the_settings_say(city):
    reach = measure_reach(city, LINE)
    with pytest.raises(ParameterError, match="reach"):
        gap_table(city, reach, "primary_school", GapSettings())


@pytest.mark.parametrize(
    "asked",
    [{"kind": "castle"}, {"standard_id": "nope"}, {"target_group": "dragons"}],
    ids=["kind", "standard", "group"],
)
def test_unknown_names_are_refused(city, asked):
    with pytest.raises(ParameterError, match="unknown value"):
        analyse(city, **{"kind": "primary_school"} | asked)


def test_without_a_street_graph_only_the_line_works(tmp_path):
    tables = {name: rows for name, rows in base_tables().items() if not name.startswith("street")}
    inputs = load_inputs(open_package(write_package(tmp_path, tables)))
    assert districts(analyse(inputs, "primary_school")).loc[1, "verdict"] == "covered"
    with pytest.raises(ParameterError, match="street graph"):
        measure_reach(inputs, Walk())


def test_the_order_of_rows_changes_nothing(tmp_path, city):
    tables = {name: rows[::-1] for name, rows in base_tables().items()}
    mirrored = load_inputs(open_package(write_package(tmp_path, tables)))
    for kind in ("primary_school", "library"):
        one, other = (analyse(inputs, kind, own=OwnValue(600.0, "m")).areas for inputs in (city, mirrored))
        pd.testing.assert_frame_equal(one, other)


def test_one_district_alone(tmp_path):
    tables = base_tables()
    tables["districts"], tables["boroughs"] = tables["districts"][:1], tables["boroughs"][:1]
    tables["population_cells"] = [row for row in tables["population_cells"] if row["district_id"] == 1]
    inputs = load_inputs(open_package(write_package(tmp_path, tables)))
    result = analyse(inputs, "primary_school")
    assert result.areas["verdict"].tolist() == ["covered"] * 3


def test_without_cells_nobody_lives_there(tmp_path):
    table = districts(analyse(inputs_of(tmp_path, population_cells=[]), "primary_school"))
    assert set(table["verdict"]) == {"no_target_population"}
    assert table["places_known"].tolist() == [1, 0, 0, 0]


@given(st.integers(0, 2**32 - 1))
def test_a_district_split_in_two_gives_the_same_sums(seed):
    rng = np.random.default_rng(seed)
    n = 30
    people = np.where(rng.uniform(size=n) < 0.2, np.nan, rng.integers(0, 50, n))
    names = ("nearest_m", "third_m", "opportunities", "gravity", "access_2sfca", "access_e2sfca")
    cells = {name: rng.uniform(0, 2000, n) for name in names}
    cells |= {"beyond": rng.uniform(size=n), "unreached": np.zeros(n), "to_street_m": rng.uniform(0, 250, n)}
    whole = pd.DataFrame({"district_id": [1], "name": ["A"], "borough_id": [1], "borough": ["B"]})
    halves = pd.DataFrame({"district_id": [1, 2], "name": ["A", "A2"], "borough_id": [1, 1], "borough": ["B", "B"]})
    one = area_measures(cells, people, areas_of(whole), np.zeros(n, dtype=int), counted=True)
    two = area_measures(cells, people, areas_of(halves), rng.integers(0, 2, n), counted=True)
    for name, values in one.items():
        np.testing.assert_allclose(two[name][-1], values[0], rtol=1e-9, equal_nan=True)
    for name in ("cells", "cells_secret", "target_population", "people_beyond", "supply_reached"):
        np.testing.assert_allclose(two[name][:2].sum(), one[name][0], rtol=1e-9)


def test_a_longest_walk_of_nothing_is_a_gap_everywhere(city):
    table = districts(analyse(city, "primary_school", own=OwnValue(0.0, "m")))
    assert set(table["verdict"]) == {"gap"}
    assert set(table["supply_reached"]) == {0.0}
    assert table["gravity"].isna().all()


def test_capacities_are_used_as_they_are_and_negative_ones_refused(city):
    many = analyse(replace(city, offers=city.offers.assign(capacity=1e6)), "primary_school")
    assert many.level("city").loc[0, "supply_reached"] == pytest.approx(1e6)
    some = analyse(replace(city, offers=city.offers.assign(capacity=np.nan)), "primary_school")
    assert (some.capacity.basis, some.capacity.known) == ("one_per_place", 0)
    with pytest.raises(ParameterError, match=r"-1.0 in row 0"):
        analyse(replace(city, offers=city.offers.assign(capacity=-1.0)), "primary_school")


def test_the_difference_between_two_settings(city):
    near, far = (analyse(city, "primary_school", own=OwnValue(metres, "m")) for metres in (300.0, 800.0))
    change = difference(near, far, "district").set_index("area_id")
    assert change["changed"].tolist() == [True, False, True, False]
    assert change.loc[1, ["verdict_one", "verdict_other", "share_beyond"]].tolist() == ["gap", "covered", -1.0]
    assert change.loc[3, "share_beyond"] == -0.5
    assert change["mean_nearest_m"].tolist() == [0.0] * 4
    assert change["mean_third_m"].isna().all()
    with pytest.raises(ParameterError, match="library"):
        difference(near, analyse(city, "library"), "district")


def test_places_nobody_confirmed_for_long_count_less_in_supply_and_walks_stay(tmp_path):
    tables = base_tables()
    school = next(row for row in tables["locations"] if row["kind"] == "primary_school")
    school["source_date"] = "2017-05"
    inputs = inputs_of(tmp_path, locations=tables["locations"])
    plain = analyse(inputs, "primary_school")
    half = analyse(inputs, "primary_school", fresh_since="2025-01-01", stale_weight=0.5)
    fresh = analyse(inputs, "primary_school", fresh_since="2017-05-01", stale_weight=0.5)
    measures = ["access_2sfca_per_1000", "gravity", "supply_reached"]
    ours, theirs = (districts(result)[measures] for result in (half, plain))
    pd.testing.assert_frame_equal(ours, theirs * 0.5)
    assert districts(plain)["access_2sfca_per_1000"].loc[1] > 0
    walks = ["share_beyond", "mean_nearest_m", "places_known", "verdict"]
    pd.testing.assert_frame_equal(districts(half)[walks], districts(plain)[walks])
    assert (plain.stale_places, half.stale_places, fresh.stale_places) == (0, 1, 0)
    pd.testing.assert_frame_equal(districts(fresh), districts(plain))


@pytest.mark.parametrize("wrong", [{"fresh_since": "gestern"}, {"fresh_since": "2025-13-01"}, {"stale_weight": 1.5}])
def test_a_wrong_day_or_weight_is_refused(wrong):
    with pytest.raises(ParameterError):
        GapSettings(**wrong)
