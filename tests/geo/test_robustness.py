"""Random draws of unknown places: the supply they add is what the floating catchment gives with them in the list."""

import numpy as np
import pytest

from geo.aggregate import group_sum
from geo.catchment import resolve_capacity, two_step
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import load_inputs
from geo.reach import Method, Walk, measure
from geo.robustness import ANYWHERE, Inhabitants, Pools, UnknownPlaces, simulate_supply
from geo.sources import open_package
from geo.standards import OwnValue
from tests.factories import write_package

CATCHMENT_M = 700.0
UNKNOWN = UnknownPlaces(np.array([1, ANYWHERE]), 2, np.array([0, 2, 3]))


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Return the tiny city."""
    return load_inputs(open_package(write_package(tmp_path_factory.mktemp("city"))))


def inhabitants(inputs):
    """Return everybody, and the children whose number is secret in every second cell."""
    return Inhabitants(inputs.people("population"), inputs.people("under_10"), inputs.cell_district, 4)


@pytest.mark.parametrize("walk", [Walk(Method.LINE, detour=1.0), Walk(Method.NETWORK, snap_limit_m=260.0)])
@pytest.mark.parametrize("capacity", [[np.nan, 3.0], [20.0, 3.0]])
def test_drawn_places_add_what_they_would_add_in_the_list(city, walk, capacity):
    reach = measure_reach(city, walk)
    settings, located = GapSettings(walk=walk, draws=12, seed=5), resolve_capacity(capacity)
    people = inhabitants(city)
    options = {"capacity": located, "catchment_m": CATCHMENT_M, "stream": 1}
    added = simulate_supply(reach, people, UNKNOWN, settings, **options)
    rng = np.random.default_rng([5, 1])
    pools = Pools(people, UNKNOWN)
    drawn = np.array([pools.draw(rng) for _ in range(12)])
    amounts = rng.choice(capacity, size=drawn.shape) if located.basis == "capacity" else np.ones(drawn.shape)
    for at in range(12):
        xy = city.cell_xy[drawn[at]]
        costs = measure(city.network, city.cell_xy, xy, walk).costs.within(CATCHMENT_M)
        access = two_step(costs, people.people, amounts[at], catchment_m=CATCHMENT_M).supply_reached(people.people)
        assert added[:, at] == pytest.approx(group_sum(access, people.district, 4), abs=1e-9)


def test_all_supply_falls_to_somebody_unless_nobody_lives_in_reach(city):
    """Conservation: four units each draw, if each has people of the group in its catchment."""
    everybody = Inhabitants(city.people("population"), city.people("population"), city.cell_district, 4)
    reach = measure_reach(city, Walk(Method.LINE))
    options = {"capacity": resolve_capacity([1.0]), "catchment_m": CATCHMENT_M, "stream": 2}
    added = simulate_supply(reach, everybody, UNKNOWN, GapSettings(draws=30), **options)
    assert added.sum(axis=0) == pytest.approx(np.full(30, 4.0))
    nobody = Inhabitants(city.people("population"), np.zeros(len(city.cells)), city.cell_district, 4)
    assert simulate_supply(reach, nobody, UNKNOWN, GapSettings(draws=3), **options).sum() == 0.0


def test_a_standard_of_people_per_place_is_judged_over_the_draws(city):
    """One library for 60 people: the one in district 2 has no coordinate, so it serves all who live about it."""

    def districts(persons, draws=40):
        walk = Walk(Method.LINE, detour=1.0)
        chosen = GapSettings(walk=walk, draws=draws, own=OwnValue(persons, "persons_per_unit"))
        return gap_table(city, measure_reach(city, walk), "library", chosen).level("district").set_index("area_id")

    rows = districts(300.0)
    assert rows[["draws_covered", "draws_partly", "draws_gap"]].sum(axis=1).tolist() == pytest.approx([1.0] * 4)
    assert (rows["coverage_draws_low"] <= rows["coverage_draws_high"]).all()
    assert (rows["coverage_draws_high"] >= rows["coverage"].fillna(0) - 1e-12).all()
    assert rows["share_draws_low"].isna().all()
    certain = rows[["draws_covered", "draws_partly", "draws_gap"]].max(axis=1) >= 0.9
    assert ((rows["verdict"] == "no_statement") == ~certain).all()
    assert districts(300.0).equals(rows)
    assert (districts(1e-6)["draws_gap"] == 1.0).all()
    assert districts(300.0, draws=0)["draws_gap"].isna().all()
