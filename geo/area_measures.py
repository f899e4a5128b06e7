"""From cells to areas: every figure is recomputed from sums over the area's cells."""

from __future__ import annotations

import numpy as np

from geo.access import UNKNOWN_MAX, ratio, share_bounds
from geo.aggregate import group_mean, group_median, group_sum
from geo.levels import Areas, Columns
from geo.network import FloatArray, IntArray

CellColumns = dict[str, FloatArray]


def area_measures(
    cells: CellColumns, people: FloatArray, areas: Areas, district: IntArray, *, counted: bool
) -> Columns:
    """Return the measures of a kind for areas.

    Parameters
    ----------
    cells
        From `geo.cell_measures.cell_measures`.
    people
        People per cell by which cells are weighted; NaN = secret, 0 to 2: left out of the sums,
        counted in ``cells_secret`` and in the bounds.
    areas
        Districts, boroughs, city.
    district
        District number of each cell, -1 = in none.
    counted
        Whether `people` counts the target group (else it is everyone, in place of a group nobody
        has counted).

    Returns
    -------
    dict
        One value per area. ``cells``, ``cells_secret`` (count kept secret), ``cells_unreached`` (on
        no street); ``target_population`` (known sum; NaN if not `counted`),
        ``target_population_max`` (with 2 in every secret cell), ``people_weighted`` (the sum all
        means are weighted by), ``people_unreached``, ``people_beyond``;
        ``share_beyond`` (of those reached), ``share_beyond_low``, ``share_beyond_high`` (with 0 to 2
        in every secret cell); mean over cells, median and mean over people of the distance to
        the nearest (``cell_mean_nearest_m``, ``median_nearest_m``, ``mean_nearest_m``) and to the
        third nearest (``…_third_m``); ``opportunities`` and ``gravity`` (mean over people);
        ``mean_to_street_m`` (mean over people of the way to the street, part of all walks);
        ``access_2sfca_per_1000``, ``access_e2sfca_per_1000`` (capacity per 1,000 people);
        ``supply_reached`` (capacity that falls to the area's people by 2SFCA). NaN = not defined:
        nobody counted or no standard; inf = somebody reaches no such place.
    """
    cell, group = areas.members(district)
    part = _Part({name: values[cell] for name, values in cells.items()}, people[cell], group, len(areas))
    return part.counts(counted=counted) | part.beyond() | part.distances() | part.reached()


class _Part:
    """Cells written out once for every area they lie in."""

    def __init__(self, cells: CellColumns, people: FloatArray, group: IntArray, n: int) -> None:
        self.cells, self.people, self.group, self.n = cells, people, group, n
        self.secret = np.isnan(people)

    def total(self, values: FloatArray) -> FloatArray:
        return group_sum(values, self.group, self.n)

    def known_total(self, values: FloatArray) -> FloatArray:
        """Return the sum of a measure, NaN if it is known nowhere (no standard, no located place)."""
        nowhere = len(values) > 0 and bool(np.isnan(values).all())
        return np.full(self.n, np.nan) if nowhere else self.total(values)

    def counts(self, *, counted: bool) -> Columns:
        unreached = self.cells["unreached"]
        known = self.total(self.people)
        secret = self.total(self.secret.astype("float64"))
        nobody_counted = np.full(self.n, np.nan)
        return {
            "cells": self.total(np.ones(len(self.people))).astype("int64"),
            "cells_secret": secret.astype("int64"),
            "cells_unreached": self.total(unreached).astype("int64"),
            "target_population": known if counted else nobody_counted,
            "target_population_max": known + UNKNOWN_MAX * secret if counted else nobody_counted,
            "people_weighted": known,
            "people_unreached": self.total(unreached * self.people),
        }

    def beyond(self) -> Columns:
        weight = self.cells["beyond"]
        far = self.total(self.people * weight)
        near = self.total(self.people * (1.0 - weight))
        secret_far = self.total(np.where(self.secret, weight, np.nan))
        secret_near = self.total(np.where(self.secret, 1.0 - weight, np.nan))
        lowest, highest = share_bounds(far, near, secret_far, secret_near)
        return {
            "people_beyond": self.known_total(self.people * weight),
            "share_beyond": ratio(far, far + near),
            "share_beyond_low": lowest,
            "share_beyond_high": highest,
        }

    def distances(self) -> Columns:
        inhabited = np.where(self.secret | (self.people > 0), 1.0, 0.0)
        columns: Columns = {}
        for name in ("nearest_m", "third_m"):
            distance_m = self.cells[name]
            columns[f"cell_mean_{name}"] = group_mean(distance_m, inhabited, self.group, self.n)
            columns[f"median_{name}"] = group_median(distance_m, self.people, self.group, self.n)
            columns[f"mean_{name}"] = group_mean(distance_m, self.people, self.group, self.n)
        return columns | {"mean_to_street_m": self.mean("to_street_m")}

    def mean(self, name: str) -> FloatArray:
        return group_mean(self.cells[name], self.people, self.group, self.n)

    def reached(self) -> Columns:
        return {
            "opportunities": self.mean("opportunities"),
            "gravity": self.mean("gravity"),
            "access_2sfca_per_1000": 1000.0 * self.mean("access_2sfca"),
            "access_e2sfca_per_1000": 1000.0 * self.mean("access_e2sfca"),
            "supply_reached": self.known_total(self.people * self.cells["access_2sfca"]),
        }
