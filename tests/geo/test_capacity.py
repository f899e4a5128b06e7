"""Capacities of the package: used where all of a kind are known in one unit, else one unit per place."""

import numpy as np
import pytest

from geo.errors import ParameterError
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk
from geo.sources import open_package
from geo.validation import validate
from tests.factories import base_tables, uid, write_package

LINE = Walk(Method.LINE, detour=1.0)
SCHOOL, OTHER = uid("Schule Süd"), uid("Treff Nord")


def package_of(folder, *capacities):
    """Return the tiny city whose only school service is at some locations: (location, capacity, unit)."""
    links = [row for row in base_tables()["services_at_location"] if row["service_id"] != uid("Unterricht")]
    links += [
        {"id": uid(f"school {at}"), "service_id": uid("Unterricht"), "location_id": location}
        | {"capacity": capacity, "capacity_unit": unit}
        for at, (location, capacity, unit) in enumerate(capacities)
    ]
    return open_package(write_package(folder, base_tables() | {"services_at_location": links}))


def school_of(folder, *capacities):
    """Return the gap analysis of the schools."""
    inputs = load_inputs(package_of(folder, *capacities))
    return gap_table(inputs, measure_reach(inputs, LINE), "primary_school", GapSettings(walk=LINE, draws=0))


def test_known_capacities_count(tmp_path):
    """The places for 40 and 60 children each fall to somebody: together 100."""
    result = school_of(tmp_path, (SCHOOL, 40, "places"), (OTHER, 60, "places"))
    assert (result.capacity.basis, result.capacity.known) == ("capacity", 2)
    assert sorted(result.capacity.values) == [40.0, 60.0]
    assert result.level("city")["supply_reached"].iloc[0] == pytest.approx(100.0)


def test_one_unknown_capacity_makes_every_place_one_unit(tmp_path):
    result = school_of(tmp_path, (SCHOOL, 40, "places"), (OTHER, "", ""))
    assert (result.capacity.basis, result.capacity.known) == ("one_per_place", 1)
    assert result.level("city")["supply_reached"].iloc[0] == pytest.approx(2.0)


def test_units_are_never_mixed(tmp_path):
    result = school_of(tmp_path, (SCHOOL, 40, "places"), (OTHER, 3, "classes"))
    assert (result.capacity.basis, result.capacity.known) == ("one_per_place", 0)


def test_several_services_of_a_kind_at_a_place_are_added(tmp_path):
    result = school_of(tmp_path, (SCHOOL, 40, "places"), (SCHOOL, 5, "places"))
    assert result.capacity.values.tolist() == [45.0]


def test_a_closed_place_with_no_capacity_is_known_to_offer_nothing(tmp_path):
    result = school_of(tmp_path, (SCHOOL, 0, "places"))
    assert result.level("city")["supply_reached"].iloc[0] == 0.0


def test_a_negative_capacity_is_refused_with_its_row(tmp_path):
    package = package_of(tmp_path, (SCHOOL, -1, "places"))
    with pytest.raises(ParameterError, match=uid("school 0")):
        load_inputs(package)
    problems = [problem for problem in validate(package) if problem.severity == "error"]
    assert [(one.key, one.column, one.value) for one in problems] == [("cell.out_of_range", "capacity", "-1.0")]


def test_a_huge_capacity_stays_finite(tmp_path):
    areas = school_of(tmp_path, (SCHOOL, 1e6, "places")).areas
    assert np.isfinite(areas["supply_reached"]).all()
    assert areas["supply_reached"].max() == pytest.approx(1e6)
