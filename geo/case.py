"""One kind of facility with everything its measures and verdicts are made from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from geo.catchment import Capacity, resolve_capacity, weighed
from geo.cell_measures import cell_measures
from geo.freshness import first_day
from geo.gap_settings import GapSettings
from geo.inputs import GapInputs
from geo.inventory import Inventory, Statement, expected_in_city, inventory_of_districts
from geo.network import BoolArray, FloatArray, IntArray
from geo.reach import Reach
from geo.robustness import ANYWHERE, Inhabitants, UnknownPlaces, simulate, simulate_supply
from geo.speeds import walk_m
from geo.standards import Standard, apply_standard


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What is measured for one kind; make it with `build_case`.

    Attributes
    ----------
    kind, settings
        What was asked.
    target_group, population_column
        Who is counted; no column = nobody has counted the group.
    standard, catchment_m
        What it is judged by, and the catchment of the floating catchments in metres.
    places
        Rows of ``inputs.places`` that offer the kind; `located` says which have a coordinate,
        `on_street` which of these can be walked to (near enough to a street), `place_district` the
        number of their district (-1 = unknown or outside).
    capacity
        Of the located places.
    people
        People by which cells are weighted: the target group (NaN = secret), or everyone if nobody
        has counted it.
    cells
        From `geo.cell_measures.cell_measures`.
    inventory
        From `geo.inventory.inventory_of_districts`.
    expected
        Places the city is said to have; NaN = unknown.
    """

    kind: str
    settings: GapSettings
    target_group: str
    population_column: str | None
    standard: Standard | None
    catchment_m: float
    places: IntArray
    located: BoolArray
    on_street: BoolArray
    place_district: IntArray
    capacity: Capacity
    people: FloatArray
    cells: dict[str, FloatArray]
    inventory: list[Statement]
    expected: float
    stale: BoolArray

    @property
    def counted(self) -> bool:
        """Whether the target group has been counted."""
        return self.population_column is not None

    @property
    def threshold_m(self) -> float | None:
        """Longest walk of the standard in metres; None = it is about something else."""
        return None if self.standard is None else self.standard.threshold_m

    @property
    def in_unit(self) -> bool:
        """Whether supply is in the unit of a standard of people per unit: places of care need known capacities."""
        standard = self.standard
        if standard is None or standard.persons_per_unit is None:
            return False
        return self.capacity.basis == "capacity" or standard.type == "persons_per_unit"

    @property
    def blind(self) -> bool:
        """Whether distances are unknown: no place has a coordinate, and that does not mean there is none."""
        some = len(self.places) > 0
        return not self.located.any() and (some or any(row.state != Inventory.COMPLETE for row in self.inventory))

    @property
    def shown_cells(self) -> dict[str, FloatArray]:
        """The measures of the cells; all but ``unreached`` and ``to_street_m`` NaN if nothing is known (`blind`)."""
        if not self.blind:
            return self.cells
        unknown = np.full(len(self.people), np.nan)
        return {
            name: values if name in ("unreached", "to_street_m") else unknown for name, values in self.cells.items()
        }

    def unknown_places(self) -> UnknownPlaces | None:
        """Return the places whose location is unknown; None = nobody knows how many there are."""
        open_districts = np.flatnonzero([row.state != Inventory.COMPLETE for row in self.inventory])
        missing = 0
        if len(open_districts):
            if np.isnan(self.expected):
                return None
            missing = max(0, round(self.expected) - len(self.places))
        unlocated = np.where(self.place_district < 0, ANYWHERE, self.place_district)[~self.located]
        return UnknownPlaces(unlocated, missing, open_districts)


def build_case(inputs: GapInputs, reach: Reach, kind: str, settings: GapSettings) -> Case:
    """Return the case of a kind: who, by which standard, which places, and what every cell reaches.

    Raises
    ------
    ParameterError
        Unknown kind, target group or standard, or a negative capacity.
    """
    row = inputs.kind_row(kind)
    standard_id = settings.standard_id or _text(row["standard_id"])
    standard = apply_standard(inputs.standard_rows, standard_id, settings.own, kmh=settings.kmh)
    group = settings.target_group or str(row["target_group"])
    column = _text(inputs.target_group_row(group)["population_column"])
    people = inputs.people(column or "population")
    places, amounts = inputs.places_of(kind)
    located = inputs.located[places]
    stale = _stale(inputs, settings)[places]
    capacity = weighed(resolve_capacity(amounts[located]), np.where(stale[located], settings.stale_weight, 1.0))
    threshold_m = None if standard is None else standard.threshold_m
    catchment_m = walk_m(settings.catchment_min, settings.kmh) if threshold_m is None else threshold_m
    statements = inputs.statements_of(kind)
    return Case(
        kind=kind,
        settings=settings,
        target_group=group,
        population_column=column,
        standard=standard,
        catchment_m=catchment_m,
        places=places,
        located=located,
        on_street=np.isfinite(reach.place_offset_m[places]),
        place_district=inputs.place_district[places],
        capacity=capacity,
        people=people,
        cells=cell_measures(
            reach.costs.select(places[located]),
            people,
            capacity,
            settings,
            to_street_m=reach.cell_offset_m,
            threshold_m=threshold_m,
            catchment_m=catchment_m,
        ),
        inventory=inventory_of_districts(statements, inputs.district_ids),
        expected=expected_in_city(statements),
        stale=stale,
    )


def _stale(inputs: GapInputs, settings: GapSettings) -> BoolArray:
    """Return which places were last known to be true before the day of the settings, or nobody knows when."""
    if settings.fresh_since is None:
        return np.zeros(len(inputs.places), dtype=bool)
    since = date.fromisoformat(settings.fresh_since)
    days = inputs.places["last_known"]
    old: BoolArray = np.array([not isinstance(day, str) or first_day(day) < since for day in days], dtype=bool)
    return old


def draw(case: Case, inputs: GapInputs, reach: Reach) -> FloatArray | None:
    """Return what random draws of the unknown places give per district and draw (`geo.robustness`).

    With a standard of distance the people beyond the threshold, else the supply that the drawn
    places add. None: no standard, or capacities are not in its unit, or no draws wanted, or nobody
    knows how many places are missing. One column is enough if every place is known: all draws are
    the same.
    """
    unknown = case.unknown_places()
    if unknown is None or case.settings.draws == 0 or not (case.threshold_m is not None or case.in_unit):
        return None
    settings = case.settings if len(unknown) else replace(case.settings, draws=1)
    people = Inhabitants(inputs.people("population"), case.people, inputs.cell_district, len(inputs.districts))
    stream = zlib.crc32(case.kind.encode())
    if case.threshold_m is not None:
        nearest_m = case.cells["nearest_m"]
        return simulate(reach, nearest_m, people, unknown, settings, threshold_m=case.threshold_m, stream=stream)
    catchment_m, capacity = case.catchment_m, case.capacity
    return simulate_supply(reach, people, unknown, settings, capacity=capacity, catchment_m=catchment_m, stream=stream)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
