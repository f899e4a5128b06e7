"""Floating catchments (2SFCA) against pysal/access, and how their time grows with the cells."""

import time
import warnings
from typing import Any

import numpy as np
import pandas as pd

from bench.compare import Comparison, compare, compare_measured
from bench.worlds import hannover_streets, points_on_streets
from geo.catchment import two_step
from geo.costs import CostTable
from geo.network import FloatArray, Network, snap
from geo.routing import street_costs

CELLS, PLACES, CATCHMENT_M = 10_000, 1_000, 2_000.0
GROWTH = (4, 16)
ROUNDING = 1e-6


def run() -> list[Comparison]:
    """Measure the whole way from places to result, the last step alone, and the growth."""
    network = hannover_streets()
    cells, places = points_on_streets(network, CELLS, 1), points_on_streets(network, PLACES, 2)
    people, capacity = amounts(CELLS, 3), amounts(PLACES, 4)
    near = costs_of(network, cells, places, CATCHMENT_M)
    near_pairs = cost_frame(near)

    homes = snap(network, *cells.T)  # as the street graph, prepared once

    def whole() -> FloatArray:
        costs = street_costs(network, homes, snap(network, *places.T), cutoff_m=CATCHMENT_M)
        return two_step(costs, people, capacity, catchment_m=CATCHMENT_M).access

    size = f"{CELLS:,} cells × {PLACES:,} places, 2 km"
    return [
        compare(
            f"2SFCA, {size}: places and streets → result",
            whole,
            lambda: pysal_two_step(cost_frame(costs_of(network, cells, places, np.inf)), people, capacity),
            against="pysal/access with its cost table of all pairs (by the same search)",
            limit=1 / 3,
            same=close,
            rounds=3,
        ),
        compare(
            f"2SFCA, {size}: cost table → result",
            lambda: two_step(near, people, capacity, catchment_m=CATCHMENT_M).access,
            lambda: pysal_two_step(near_pairs, people, capacity),
            against="pysal/access, only the pairs within the catchment",
            limit=1 / 3,
            same=close,
        ),
        *(growth(network, times) for times in GROWTH),
    ]


def growth(network: Network, times: int) -> Comparison:
    """Compare the time of more cells with that of the first size, scaled by the pairs within reach."""
    places, capacity = points_on_streets(network, 300, 5), amounts(300, 6)

    def measured(factor: int) -> tuple[float, Any]:
        cells = points_on_streets(network, 5_000 * factor, 7)
        people = amounts(len(cells), 8)
        before = time.process_time()
        costs = costs_of(network, cells, places, CATCHMENT_M)
        result = two_step(costs, people, capacity, catchment_m=CATCHMENT_M)
        took = time.process_time() - before
        return took / len(costs.target), result.supply_reached(people).sum() - capacity[result.demand > 0].sum()

    return compare_measured(
        f"2SFCA on {times} × 5,000 cells, time per pair",
        lambda: measured(times),
        lambda: measured(1),
        against="the same on 5,000 cells",
        limit=1.0,
        same=lambda ours, theirs: max(abs(ours), abs(theirs)) < ROUNDING,  # supply is conserved
        rounds=3,
        warm_up=True,
    )


def costs_of(network: Network, cells: FloatArray, places: FloatArray, cutoff_m: float) -> CostTable:
    """Snap both and measure."""
    here, there = snap(network, *cells.T), snap(network, *places.T)
    return street_costs(network, here, there, cutoff_m=cutoff_m)


def amounts(count: int, seed: int) -> FloatArray:
    """Return whole numbers from 1 to 199."""
    return np.random.default_rng(seed).integers(1, 200, count).astype("float64")


def cost_frame(costs: CostTable) -> pd.DataFrame:
    """Return a cost table as pysal/access wants it."""
    return pd.DataFrame({"origin": costs.origin, "dest": costs.target, "cost": costs.distance_m})


def pysal_two_step(pairs: pd.DataFrame, people: FloatArray, capacity: FloatArray) -> FloatArray:
    """Return pysal's access per cell, 0 where it gives none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from access import fca

        demand = pd.DataFrame({"demand": people}, index=pd.RangeIndex(len(people), name="geoid"))
        supply = pd.DataFrame({"supply": capacity}, index=pd.RangeIndex(len(capacity), name="geoid"))
        found = fca.two_stage_fca(demand, supply, pairs, max_cost=CATCHMENT_M, demand_index=True, supply_index=True)
    return found.reindex(demand.index).fillna(0.0).to_numpy()


def close(ours: FloatArray, theirs: FloatArray) -> bool:
    """Return whether both agree to 1e-9."""
    return bool(np.allclose(ours, theirs, rtol=1e-9, atol=1e-12))
