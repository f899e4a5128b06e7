"""Parameters, standards, speeds and inventory statements: written, read, refused."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.access import Decay
from geo.errors import ParameterError
from geo.gap_settings import GapSettings, settings_from_dict, settings_to_dict
from geo.inventory import Inventory, Statement, combined, expected_in_city, inventory_of_districts
from geo.reach import Method, Walk
from geo.speeds import WALKING_KMH, Pace, walk_m, walk_min
from geo.standards import OwnValue, applicable, apply_standard

NAN = math.nan


def standard(**changes):
    """Return a row of standards."""
    row = {
        "id": "a", "facility_kinds": "library;school", "type": "max_distance", "value": 500.0, "unit": "m",
        "jurisdiction": "Land", "year": 1996, "status": "advice", "distance_kind": NAN,
        "source_title": "Title", "source_url": NAN,
    }  # fmt: skip
    return row | changes


def test_presets_of_walking_speed():
    assert dict(WALKING_KMH) == {Pace.STANDARD: 4.8, Pace.OLDER: 3.2, Pace.FRAME: 2.9}
    assert walk_m(15, 4.8) == 1200.0
    assert walk_min(1200.0, 4.8) == 15.0


@pytest.mark.parametrize("kmh", [0.0, -1.0, 15.1, NAN])
def test_impossible_speeds_are_refused(kmh):
    with pytest.raises(ParameterError, match="kmh"):
        walk_m(1.0, kmh)
    with pytest.raises(ParameterError, match="kmh"):
        GapSettings(own_kmh=kmh)


def test_an_own_speed_takes_the_place_of_the_preset():
    assert GapSettings(pace=Pace.FRAME).kmh == 2.9
    assert GapSettings(pace=Pace.FRAME, own_kmh=4.0).kmh == 4.0


@given(
    st.builds(
        GapSettings,
        walk=st.builds(Walk, st.sampled_from(Method), st.floats(1, 3), st.floats(0, 1000)),
        pace=st.sampled_from(Pace),
        own_kmh=st.none() | st.floats(0.5, 15),
        own=st.none() | st.builds(OwnValue, st.floats(1, 5000), st.sampled_from(["m", "min", "persons_per_unit"])),
        target_group=st.none() | st.just("children"),
        decay=st.sampled_from(Decay),
        width_m=st.floats(0, 500),
        draws=st.integers(0, 1000),
        seed=st.integers(0, 2**32 - 1),
    )
)
def test_settings_survive_json(settings):
    assert settings_from_dict(json.loads(json.dumps(settings_to_dict(settings)))) == settings


def test_missing_settings_take_their_default():
    assert settings_from_dict({}) == GapSettings()


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"nope": 1}, "nope"),
        ({"pace": "gallop"}, "gallop"),
        ({"decay": 3}, "decay"),
        ({"walk": {"method": "fly"}}, "fly"),
        ({"walk": {"wings": 2}}, "wings"),
        ({"walk": 3}, "walk"),
        ({"own": {"value": "x", "unit": "m"}}, "x"),
        ({"own": {"unit": "m"}}, "value"),
        ({"gap_share": "half"}, "str"),
        ({"gap_share": 1.5}, "gap_share"),
        ({"covered_share": 0.9}, "covered_share"),
        ({"certainty": 0.2}, "certainty"),
        ({"draws": -1}, "draws"),
        ({"width_m": NAN}, "width_m"),
        ({"seed": -1}, "seed"),
        ({"catchment_min": 1e9}, "catchment_min"),
    ],
)
def test_impossible_settings_are_refused(values, named):
    with pytest.raises(ParameterError, match=named):
        settings_from_dict(values)


def test_a_standard_of_distance_and_one_of_time():
    by_metres = apply_standard({"a": standard()}, "a", None, kmh=4.8)
    assert (by_metres.threshold_m, by_metres.persons_per_unit, by_metres.own) == (500.0, None, False)
    assert (by_metres.jurisdiction, by_metres.year, by_metres.distance_kind) == ("Land", 1996, None)
    by_minutes = apply_standard({"a": standard(type="max_walk_time", value=15.0)}, "a", None, kmh=3.2)
    assert by_minutes.threshold_m == pytest.approx(800.0)


def test_standards_of_provision():
    per_doctor = apply_standard({"a": standard(type="persons_per_unit", value=1585.0)}, "a", None, kmh=4.8)
    assert (per_doctor.threshold_m, per_doctor.persons_per_unit) == (None, 1585.0)
    target = apply_standard({"a": standard(type="coverage_target", value=60.0)}, "a", None, kmh=4.8)
    assert target.persons_per_unit == pytest.approx(1 / 0.6)


@pytest.mark.parametrize("changes", [{"type": "min_size"}, {"value": NAN}, {"type": "observed_range"}])
def test_what_gives_no_verdict_is_no_standard(changes):
    rows = {"a": standard(**changes)}
    assert apply_standard(rows, "a", None, kmh=4.8) is None
    assert applicable(rows, "library") == []


def test_applicable_standards_of_a_kind():
    rows = {"a": standard(), "b": standard(id="b", facility_kinds="pool"), "c": standard(facility_kinds=NAN)}
    assert applicable(rows, "school") == ["a"]
    assert applicable(rows, "scho") == []


def test_an_own_value_without_a_standard():
    own = apply_standard({}, None, OwnValue(600.0, "m"), kmh=4.8)
    assert (own.standard_id, own.own, own.threshold_m, own.jurisdiction) == (None, True, 600.0, None)
    assert apply_standard({}, None, None, kmh=4.8) is None


@pytest.mark.parametrize(
    "own",
    [OwnValue(-1.0, "m"), OwnValue(NAN, "min"), OwnValue(math.inf, "m"), OwnValue(0.0, "persons_per_unit")],
    ids=str,
)
def test_impossible_own_values_are_refused(own):
    with pytest.raises(ParameterError, match="value"):
        apply_standard({}, None, own, kmh=4.8)


def test_unknown_units_are_refused():
    with pytest.raises(ParameterError, match="miles"):
        apply_standard({}, None, OwnValue(1.0, "miles"), kmh=4.8)


def said(level, area, state, date="2024", expected=NAN):
    """Return a row of inventory statements."""
    return {
        "area_level": level, "area_id": area, "state": state, "reference_date": date, "expected_count": expected,
    }  # fmt: skip


def test_the_most_specific_statement_counts_and_of_two_the_later():
    rows = [
        said("district", "1", "complete"),
        said("borough", "7", "unknown", "2023"),
        said("borough", "7", "partial", "2024-05"),
        said("city", "hannover", "complete", NAN),
    ]
    found = inventory_of_districts(rows, [(1, 7), (2, 7), (3, 8)])
    assert [row.state for row in found] == [Inventory.COMPLETE, Inventory.PARTIAL, Inventory.COMPLETE]
    assert [row.date for row in found] == ["2024", "2024-05", None]
    assert inventory_of_districts([], [(1, 7)]) == [Statement(Inventory.UNKNOWN, None)]


def test_statements_together_are_as_weak_and_old_as_the_weakest_and_oldest():
    new, old = Statement(Inventory.COMPLETE, "2024"), Statement(Inventory.COMPLETE, "2019")
    assert combined([new, old]) == old
    assert combined([new, Statement(Inventory.UNKNOWN, None)]) == Statement(Inventory.PARTIAL, None)
    assert combined([]) == Statement(Inventory.UNKNOWN, None)


def test_the_number_expected_in_the_city():
    rows = [said("city", "x", "partial", expected=50.0), said("district", "1", "partial", expected=99.0)]
    assert expected_in_city(rows) == 50.0
    assert math.isnan(expected_in_city([said("city", "x", "partial")]))
    assert math.isnan(expected_in_city([]))
