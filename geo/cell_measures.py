"""All measures of one kind of facility per population cell."""

from __future__ import annotations

from typing import Final

import numpy as np

from geo.access import beyond, nearest_m
from geo.catchment import Capacity, gravity, two_step, weighted_catchment
from geo.costs import CostTable
from geo.decay import half_distance, thirds
from geo.gap_settings import GapSettings
from geo.network import FloatArray

CHOICE_K: Final = 3
"""Which nearest place tells about choice: the third."""


def cell_measures(
    costs: CostTable,
    people: FloatArray,
    capacity: Capacity,
    settings: GapSettings,
    *,
    to_street_m: FloatArray,
    threshold_m: float | None,
    catchment_m: float,
) -> dict[str, FloatArray]:
    """Return what every cell reaches.

    Parameters
    ----------
    costs
        Cells → places of the kind that have a coordinate.
    people
        People of the target group per cell; NaN = secret (0 to 2).
    capacity
        Of the same places.
    settings
        Softness of the threshold.
    to_street_m
        Distance of each cell to its street, which its walks contain (`geo.reach.Reach`).
    threshold_m
        Longest walk of the standard; None = no standard of distance.
    catchment_m
        Catchment of the floating catchments; gravity halves with this distance.

    Returns
    -------
    dict
        One value per cell in the order of `costs`: ``unreached`` (1 = on no street, else 0);
        ``to_street_m``; ``nearest_m``, ``third_m`` (metres; inf = no such place on foot, NaN = cell unreached);
        ``beyond`` (0 to 1; NaN = cell unreached or no threshold);
        ``opportunities`` (places within the catchment); ``gravity`` (capacity, weighted);
        ``access_2sfca``, ``access_e2sfca`` (capacity per person). NaN = cell unreached.
    """
    distance_m = nearest_m(costs)
    weight = np.full(len(distance_m), np.nan)
    if threshold_m is not None:
        weight = beyond(distance_m, threshold_m, decay=settings.decay, width_m=settings.width_m)
    near = costs.within(catchment_m)
    plain = two_step(near, people, capacity.values, catchment_m=catchment_m)
    zoned = two_step(near, people, capacity.values, catchment_m=catchment_m, decay=thirds(catchment_m))
    potential = distance_m * np.nan
    if catchment_m > 0:
        potential = gravity(costs, capacity.values, half_distance(catchment_m))
    return {
        "unreached": np.where(costs.origin_known, 0.0, 1.0),
        "to_street_m": to_street_m,
        "nearest_m": distance_m,
        "third_m": nearest_m(costs, k=CHOICE_K),
        "beyond": weight,
        "opportunities": weighted_catchment(near, np.ones(near.n_targets)),
        "gravity": potential,
        "access_2sfca": plain.access,
        "access_e2sfca": zoned.access,
    }
