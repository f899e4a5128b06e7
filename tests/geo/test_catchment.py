"""Gravity and floating catchments: reasoned cases, laws, edge cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.catchment import gravity, resolve_capacity, two_step, weighted_catchment
from geo.decay import FAST_ZONES, SLOW_ZONES, gaussian, half_distance, thirds, zones
from geo.errors import ParameterError
from geo.routing import line_costs

INF, NAN = np.inf, np.nan


def along(cells, places, cutoff_m=np.inf):
    """Return the table of cells and places on a line (x in metres, no detour)."""
    points = [np.column_stack([np.asarray(x, float), np.zeros(len(x))]) for x in (cells, places)]
    return line_costs(*points, cutoff_m=cutoff_m, detour=1.0)


@st.composite
def instances(draw):
    """Random cells with people and places with capacities."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, m = draw(st.integers(1, 12)), draw(st.integers(0, 6))
    cells, places = rng.uniform(0, 2000, (n, 2)), rng.uniform(0, 2000, (m, 2))
    people = rng.integers(0, 200, n) * rng.integers(0, 2, n)
    return cells, places, people.astype(float), rng.uniform(0, 50, m)


def test_two_cells_share_one_place():
    result = two_step(along([0, 100, 900], [50]), [30.0, 70.0, 99.0], [10.0], catchment_m=100.0)
    assert result.demand.tolist() == [100.0]
    assert result.ratio.tolist() == [0.1]
    assert result.access.tolist() == [0.1, 0.1, 0.0]


def test_a_cell_between_two_places_adds_both_ratios():
    result = two_step(along([0, 100, 200], [0, 200]), [100.0, 100.0, 300.0], [2.0, 8.0], catchment_m=100.0)
    assert result.ratio.tolist() == [0.01, 0.02]
    np.testing.assert_allclose(result.access, [0.01, 0.03, 0.02])


def test_the_enhanced_form_weighs_both_steps():
    decay = zones([100.0, 200.0], [1.0, 0.5])
    result = two_step(along([0, 150], [0]), [100.0, 100.0], [30.0], catchment_m=200.0, decay=decay)
    assert result.demand.tolist() == [150.0]
    np.testing.assert_allclose(result.access, [0.2, 0.1])


def test_a_place_without_people_serves_no_one():
    result = two_step(along([0], [0, 5000]), [10.0], [1.0, 1.0], catchment_m=500.0)
    assert np.isnan(result.ratio[1])
    assert result.access.tolist() == [0.1]


def test_an_empty_cell_near_a_place_has_access_but_gets_no_supply():
    result = two_step(along([0, 10], [0]), [0.0, 10.0], [5.0], catchment_m=500.0)
    assert result.access.tolist() == [0.5, 0.5]
    assert result.supply_reached([0.0, 10.0]).tolist() == [0.0, 5.0]


def test_a_secret_cell_adds_no_demand_and_still_gets_access():
    result = two_step(along([0, 10], [0]), [NAN, 10.0], [5.0], catchment_m=500.0)
    assert result.demand.tolist() == [10.0]
    assert result.access.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("cells", "places", "expected"),
    [([0, NAN], [], [0.0, NAN]), ([], [0], []), ([0, NAN], [NAN], [0.0, NAN])],
)
def test_nothing_there_is_zero_and_nothing_known_is_nan(cells, places, expected):
    costs = along(cells, places)
    ones, units = np.ones(len(cells)), np.ones(len(places))
    np.testing.assert_array_equal(weighted_catchment(costs, units, cutoff_m=100.0), expected)
    np.testing.assert_array_equal(two_step(costs, ones, units, catchment_m=100.0).access, expected)


def test_a_catchment_of_zero_reaches_what_is_at_the_door():
    costs = along([0, 1], [0])
    assert two_step(costs, [10.0, 10.0], [5.0], catchment_m=0.0).access.tolist() == [0.5, 0.0]


def test_a_million_places_of_capacity_is_only_a_number():
    result = two_step(along([0], [0]), [1.0], [1e6], catchment_m=10.0)
    assert result.access.tolist() == [1e6]


def test_capacity_counts_if_it_is_known_for_all_places():
    known = resolve_capacity([80.0, 25.0])
    assert (known.values.tolist(), known.basis, known.known) == ([80.0, 25.0], "capacity", 2)
    mixed = resolve_capacity([80.0, NAN, 25.0])
    assert (mixed.values.tolist(), mixed.basis, mixed.known) == ([1.0, 1.0, 1.0], "one_per_place", 2)
    assert resolve_capacity([]).basis == "one_per_place"


def test_a_negative_capacity_is_refused_with_its_row():
    with pytest.raises(ParameterError, match=r"-3.0 in row 1"):
        resolve_capacity([80.0, -3.0])
    with pytest.raises(ParameterError, match=r"row 0"):
        two_step(along([0], [0]), [1.0], [-1.0], catchment_m=10.0)


def test_negative_people_and_unknown_capacities_are_refused_with_their_row():
    with pytest.raises(ParameterError, match=r"population.*row 1"):
        two_step(along([0, 1], [0]), [1.0, -2.0], [1.0], catchment_m=10.0)
    with pytest.raises(ParameterError, match=r"supply.*row 1"):
        weighted_catchment(along([0], [0, 1]), [1.0, NAN])


def test_a_catchment_beyond_the_table_is_refused():
    costs = along([0], [0], cutoff_m=400.0)
    with pytest.raises(ParameterError, match=r"400"):
        two_step(costs, [1.0], [1.0], catchment_m=500.0)
    with pytest.raises(ParameterError, match="cutoff_m"):
        weighted_catchment(costs, [1.0], cutoff_m=NAN)


def test_a_wrong_length_is_refused():
    with pytest.raises(ParameterError, match="2 values, not 1"):
        two_step(along([0], [0]), [1.0, 2.0], [1.0], catchment_m=10.0)


def test_gravity_halves_with_every_half_distance():
    potential = gravity(along([0], [0, 500, 1000]), [8.0, 8.0, 8.0], half_distance(500.0))
    assert potential.tolist() == [8.0 + 4.0 + 2.0]


def test_zones_include_their_bound_and_end_with_nothing():
    decay = thirds(300.0, SLOW_ZONES)
    assert decay(np.array([0.0, 100.0, 100.1, 200.0, 300.0, 300.1])).tolist() == [1, 1, 0.68, 0.68, 0.22, 0]
    assert thirds(300.0, FAST_ZONES)(np.array([300.0])).tolist() == [0.03]


def test_the_gaussian_falls_to_exp_minus_half_at_its_width():
    np.testing.assert_allclose(gaussian(200.0)(np.array([0.0, 200.0])), [1.0, np.exp(-0.5)])


@pytest.mark.parametrize(
    ("bounds", "weights"), [([1.0], [1.0, 2.0]), ([2.0, 1.0], [1.0, 1.0]), ([1.0], [-1.0]), ([NAN], [1.0])]
)
def test_impossible_zones_are_refused(bounds, weights):
    with pytest.raises(ParameterError):
        zones(bounds, weights)


@pytest.mark.parametrize("value", [0.0, -1.0, INF, NAN])
def test_impossible_widths_are_refused(value):
    with pytest.raises(ParameterError, match="half_m"):
        half_distance(value)
    with pytest.raises(ParameterError, match="width_m"):
        gaussian(value)


@given(instances(), st.floats(0, 2500), st.sampled_from([None, gaussian(400.0), half_distance(300.0)]))
def test_supply_is_conserved(instance, catchment_m, decay):
    cells, places, people, capacity = instance
    costs = line_costs(cells, places, detour=1.0)
    result = two_step(costs, people, capacity, catchment_m=catchment_m, decay=decay)
    assert result.supply_reached(people).sum() == pytest.approx(capacity[result.demand > 0].sum(), abs=1e-9)


@given(instances(), st.floats(0, 2500), st.floats(0, 50))
def test_more_supply_never_lowers_access(instance, catchment_m, extra):
    cells, places, people, capacity = instance
    more_places = np.vstack([places, [[1000.0, 1000.0]]])
    before = line_costs(cells, places, detour=1.0)
    after = line_costs(cells, more_places, detour=1.0)
    more = np.r_[capacity * 1.5, extra]
    for measure in (
        lambda costs, supply: two_step(costs, people, supply, catchment_m=catchment_m).access,
        lambda costs, supply: weighted_catchment(costs, supply, cutoff_m=catchment_m),
        lambda costs, supply: gravity(costs, supply, half_distance(400.0)),
    ):
        assert (measure(after, more) >= measure(before, capacity) - 1e-12).all()


@given(instances(), st.randoms(use_true_random=False), st.floats(0, 2500))
def test_the_order_of_cells_and_places_changes_nothing(instance, random, catchment_m):
    cells, places, people, capacity = instance
    rows, columns = list(range(len(cells))), list(range(len(places)))
    random.shuffle(rows)
    random.shuffle(columns)
    one = two_step(line_costs(cells, places), people, capacity, catchment_m=catchment_m)
    other = two_step(line_costs(cells[rows], places[columns]), people[rows], capacity[columns], catchment_m=catchment_m)
    np.testing.assert_allclose(other.access, one.access[rows], rtol=1e-12)
