"""Our catchments against pysal/access on random instances (its import takes seconds: keep it here)."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.catchment import gravity, two_step, weighted_catchment
from geo.decay import gaussian, thirds, zones
from geo.routing import line_costs

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from access import fca
    from access import weights as access_weights

pytestmark = pytest.mark.slow


def frames(seed, n, m):
    """Return costs of ours and the frames pysal/access wants; every cell has people."""
    rng = np.random.default_rng(seed)
    cells, places = rng.uniform(0, 3000, (n, 2)), rng.uniform(0, 3000, (m, 2))
    people, capacity = rng.integers(1, 500, n).astype(float), rng.integers(0, 90, m).astype(float)
    costs = line_costs(cells, places, detour=1.0)
    pairs = pd.DataFrame({"origin": costs.origin, "dest": costs.target, "cost": costs.distance_m})
    demand = pd.DataFrame({"demand": people}, index=pd.RangeIndex(n, name="geoid"))
    supply = pd.DataFrame({"supply": capacity}, index=pd.RangeIndex(m, name="geoid"))
    return costs, pairs, demand, supply


def filled(series, n):
    """Return the values of cells 0 … n − 1; a cell pysal leaves out reaches nothing."""
    return series.reindex(range(n)).fillna(0.0).to_numpy()


instances = st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 25), st.integers(1, 8), st.floats(100, 3500))


def pysal_two_step(pairs, demand, supply, cutoff_m, weight):
    """Return pysal's two-stage floating catchment per cell."""
    return fca.two_stage_fca(
        demand,
        supply,
        pairs,
        max_cost=cutoff_m,
        demand_index=True,
        supply_index=True,
        weight_fn=weight,
    )


@settings(max_examples=200)
@given(instances)
def test_all_measures_agree_with_pysal_access(instance):
    seed, n, m, cutoff_m = instance
    costs, pairs, demand, supply = frames(seed, n, m)
    people, capacity = demand["demand"], supply["supply"]

    ours = two_step(costs, people, capacity, catchment_m=cutoff_m).access
    np.testing.assert_allclose(
        ours, filled(pysal_two_step(pairs, demand, supply, cutoff_m, None), n), rtol=1e-9, atol=1e-12
    )
    step = access_weights.step_fn({cutoff_m / 3: 1.0, cutoff_m * 2 / 3: 0.68, cutoff_m: 0.22})
    ours = two_step(costs, people, capacity, catchment_m=cutoff_m, decay=thirds(cutoff_m)).access
    np.testing.assert_allclose(
        ours, filled(pysal_two_step(pairs, demand, supply, cutoff_m, step), n), rtol=1e-9, atol=1e-12
    )
    bell = access_weights.gaussian(700.0)
    ours = gravity(costs, capacity, gaussian(700.0))
    theirs = catchment(pairs, supply, None, bell)
    np.testing.assert_allclose(ours, filled(theirs, n), rtol=1e-9, atol=1e-12)
    bound_m = cutoff_m / 2
    ours = weighted_catchment(costs, capacity, cutoff_m=cutoff_m, decay=zones([bound_m], [3.0]))
    theirs = catchment(pairs, supply, cutoff_m, access_weights.step_fn({bound_m: 3.0}))
    np.testing.assert_allclose(ours, filled(theirs, n), rtol=1e-9)


def catchment(pairs, supply, cutoff_m, weight):
    """Return pysal's weighted catchment per cell."""
    return fca.weighted_catchment(
        supply,
        pairs,
        max_cost=cutoff_m,
        cost_source="dest",
        cost_dest="origin",
        loc_index=True,
        loc_value="supply",
        weight_fn=weight,
    )
