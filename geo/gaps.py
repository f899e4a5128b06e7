"""The gap analysis of a kind of facility: measures and verdicts for cells, districts, city.

``load_inputs`` (once per data package) → ``measure_reach`` (once per way of measuring) →
``gap_table`` (once per kind and setting, fractions of a second).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.area_measures import area_measures
from geo.case import Case, build_case, draw
from geo.catchment import Capacity
from geo.errors import ParameterError
from geo.gap_settings import GapSettings
from geo.inputs import GapInputs
from geo.judgement import supply_columns, verdict_columns
from geo.levels import LevelName
from geo.network import FloatArray
from geo.reach import Reach, Walk, measure
from geo.standards import Standard


@dataclass(frozen=True, slots=True, eq=False)
class GapResult:
    """Result for one kind.

    Attributes
    ----------
    kind, settings
        What was asked.
    target_group, population_column
        Who is counted, in which column of the cells; None = nobody has counted the group: the
        means are then those of all people.
    standard
        The standard of the verdicts; None = none applies.
    capacity
        Capacities of the located places and whether they are known.
    catchment_m
        Catchment of the floating catchments in metres.
    expected
        Places the city is said to have; NaN = unknown.
    drawn
        Places of unknown location that each draw spreads; None = nobody knows how many.
    cells
        One row per cell: ``cell_id``, ``district_id``, ``x``, ``y``, ``people`` (NaN = secret) and
        the columns of `geo.cell_measures.cell_measures`.
    areas
        One row per district, borough and the city: ``kind``, ``target_group``, ``area_level``,
        ``area_id``, ``area_name`` and the columns of `geo.area_measures.area_measures`,
        `geo.judgement.supply_columns` and `geo.judgement.verdict_columns`.
    data_version, data_hash
        Of the data package.
    stale_places
        How many places count with less weight (`GapSettings.stale_weight`).
    """

    kind: str
    settings: GapSettings
    target_group: str
    population_column: str | None
    standard: Standard | None
    capacity: Capacity
    catchment_m: float
    expected: float
    drawn: int | None
    cells: pd.DataFrame
    areas: pd.DataFrame
    data_version: str
    data_hash: str
    stale_places: int

    def level(self, name: LevelName) -> pd.DataFrame:
        """Return the rows of one level: ``district``, ``borough`` or ``city``."""
        return self.areas.loc[self.areas["area_level"] == name].reset_index(drop=True)


def measure_reach(inputs: GapInputs, walk: Walk) -> Reach:
    """Return the distances of all cells to all places of a package (about a second).

    Raises
    ------
    ParameterError
        The package has no street graph and `walk` asks for it.
    """
    return measure(inputs.network, inputs.cell_xy, inputs.place_xy, walk)


def gap_table(inputs: GapInputs, reach: Reach, kind: str, settings: GapSettings) -> GapResult:
    """Return the gap analysis of one kind of facility.

    Parameters
    ----------
    inputs
        From `geo.inputs.load_inputs`.
    reach
        From `measure_reach` with ``settings.walk``.
    kind
        Kind of facility of the catalogue.
    settings
        All parameters.

    Raises
    ------
    ParameterError
        Unknown kind, target group or standard, a negative capacity, or a reach measured in another
        way than the settings say.
    """
    if reach.walk != settings.walk:
        raise ParameterError("parameter.unknown_value", name="reach", value=reach.walk, allowed=settings.walk)
    case = build_case(inputs, reach, kind, settings)
    unknown = case.unknown_places()
    drawn = draw(case, inputs, reach)
    head = {name: inputs.cells[name] for name in ("cell_id", "district_id", "x", "y")}
    return GapResult(
        kind=kind,
        settings=settings,
        target_group=case.target_group,
        population_column=case.population_column,
        standard=case.standard,
        capacity=case.capacity,
        catchment_m=case.catchment_m,
        expected=case.expected,
        drawn=None if unknown is None else len(unknown),
        cells=pd.DataFrame({**head, "people": case.people, **case.shown_cells}),
        areas=_area_table(case, inputs, drawn),
        data_version=inputs.data_version,
        data_hash=inputs.data_hash,
        stale_places=int(case.stale.sum()),
    )


def _area_table(case: Case, inputs: GapInputs, drawn: FloatArray | None) -> pd.DataFrame:
    areas = inputs.areas
    measures = area_measures(case.shown_cells, case.people, areas, inputs.cell_district, counted=case.counted)
    measures |= supply_columns(case, areas, measures, inputs.approximate[case.places])
    verdicts = verdict_columns(case, areas, measures, drawn)
    head = {"area_level": areas.level, "area_id": areas.ids, "area_name": areas.names}
    return pd.DataFrame({"kind": case.kind, "target_group": case.target_group, **head, **measures, **verdicts})
