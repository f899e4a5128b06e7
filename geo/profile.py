"""The profile of an area: everything that the package and the store know about it, and what they do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.cards import Line, card
from geo.figures import Figure, cell_count, figures, missing, population
from geo.indicator_values import Indicators, indicators_of
from geo.inventory import Inventory, Statement, combined, inventory_of_districts
from geo.joins import optional_table, table_or_empty
from geo.levels import CITY_ID
from geo.places import places
from geo.trend import Trend, trend
from geo.working_areas import items

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.area import Area
    from geo.catalogue import Load
    from geo.gaps import GapResult
    from geo.inputs import GapInputs
    from geo.sources import Package

ORIGIN: Final = (
    "foreigners", "multiple_citizenships", "born_eu27", "born_other_europe", "born_other_world", "citizenship_turkey",
    "citizenship_poland", "citizenship_russia", "citizenship_ukraine", "citizenship_romania", "citizenship_italy",
    "citizenship_greece", "citizenship_croatia", "citizenship_bosnia_herzegovina", "citizenship_kazakhstan",
    "citizenship_netherlands", "citizenship_austria", "citizenship_other",
)  # fmt: skip
HOUSEHOLDS: Final = (
    "households_seniors_only", "households_seniors_and_younger", "households_single_parent",
    "families_single_parent_under_18", "families_couple_under_18",
)  # fmt: skip
"""Counts of the population cells: census 2011."""

AREA_IN_GAPS: Final = 1_000_000
"""Id of an own Quartier in gap tables: it takes the place of a district there (`geo.quarter.gap_inputs_of`)."""


@dataclass(frozen=True)
class Sources:
    """Where a profile comes from.

    Attributes
    ----------
    package
        The data package.
    load
        Gives the frame of a resource, with what people changed.
    inputs
        Of the gap analysis, for the area.
    gap
        Gives the gap analysis of a kind of facility with the standard settings.
    shared
        What several areas need, worked out when the first one asks.
    """

    package: Package
    load: Load
    inputs: GapInputs
    gap: Callable[[str], GapResult]
    shared: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def indicators(self) -> Indicators:
        """The reported values."""
        found: Indicators = self._once("indicators", lambda: indicators_of(self.load))
        return found

    @property
    def places(self) -> gpd.GeoDataFrame:
        """All places, see `geo.places.places`; shared, never change it."""
        return self._once("places", lambda: places(self.package, load=self.load))

    def _once(self, key: str, make: Callable[[], Any]) -> Any:
        if key not in self.shared:
            self.shared[key] = make()
        return self.shared[key]


@dataclass(frozen=True, slots=True)
class KindKnown:
    """What is known about a kind of facility in an area: places known and located, and how complete that is."""

    kind: str
    known: int
    located: int
    inventory: Statement


@dataclass(frozen=True, slots=True)
class GapCard:
    """The verdict about one kind of facility in an area, and why."""

    kind: str
    verdict: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Profile:
    """What is known about an area.

    Attributes
    ----------
    area
        The area.
    population, figures
        Figures with date, level and source.
    missing
        Codes of figures of which nobody knows a value of the area itself.
    trend
        People over time.
    origin, households
        Counts from the cells with the range that secrecy leaves open.
    places
        Rows of `geo.places.places` in the area.
    kinds
        One entry per kind of the catalogue.
    instruments_here, instruments_city
        Rows of ``instruments`` for this area (or a part or the borough of it), and those for the whole city.
    resources
        Rows of ``offered_resources`` that reach the area.
    committees, networks
        Rows that name the area; those of the whole city are not in it.
    unplaced
        Places without a position in the districts of a drawn area: each may be inside.
    """

    area: Area
    population: Figure
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    trend: Trend
    origin: tuple[Figure, ...]
    households: tuple[Figure, ...]
    places: gpd.GeoDataFrame
    kinds: tuple[KindKnown, ...]
    instruments_here: pd.DataFrame
    instruments_city: pd.DataFrame
    resources: pd.DataFrame
    committees: pd.DataFrame
    networks: pd.DataFrame
    unplaced: int = 0


def profile(sources: Sources, area: Area) -> Profile:
    """Return the profile of an area.

    Raises
    ------
    QuartierError
        A resource that the profile cannot do without is missing or broken.
    """
    load, cells = sources.load, sources.inputs.cells
    located, known = sources.places, sources.indicators
    mine = located[area.holds(located.geometry.to_numpy(), located["district_id"])]
    perhaps = _perhaps(located, area)
    instruments, found = table_or_empty(load, "instruments"), tuple(figures(load, cells, area, known=known))
    city = (instruments["area_level"] == "city").fillna(value=False).astype(bool)
    return Profile(
        area=area,
        population=population(load, cells, area, known=known),
        figures=found,
        missing=tuple(missing(load, found)),
        trend=trend(load, area),
        origin=_counts(sources, area, ORIGIN),
        households=_counts(sources, area, HOUSEHOLDS),
        places=mine,
        kinds=tuple(_kinds(load, mine, area, perhaps)),
        instruments_here=instruments[~city & touches(instruments["district_ids"], area)],
        instruments_city=instruments[city],
        resources=_resources(load, mine, area),
        committees=_named(table_or_empty(load, "committees"), area),
        networks=_named(table_or_empty(load, "networks"), area),
        unplaced=len(perhaps),
    )


def _perhaps(located: gpd.GeoDataFrame, area: Area) -> gpd.GeoDataFrame:
    """Return places without a position in the districts of a drawn area: each may be inside, nobody knows."""
    near = located["district_id"].isin(list(area.district_ids)) & located.geometry.isna()
    return located.iloc[:0] if area.whole else located[near]


def gap_cards(sources: Sources, area: Area) -> list[GapCard]:
    """Return verdict and reasons for every kind of the catalogue, in its order (the slow part: seconds at first)."""
    level, number = _in_gaps(area)
    found = []
    for kind in sources.inputs.kind_names:
        result = sources.gap(kind)
        rows = result.level(level)  # type: ignore[arg-type]
        verdict = str(rows.loc[rows["area_id"] == number, "verdict"].iloc[0])
        lines = card(sources.inputs, result, level, number)  # type: ignore[arg-type]
        found.append(GapCard(kind, verdict, tuple(lines)))
    return found


def _in_gaps(area: Area) -> tuple[str, int]:
    """Return level and id of an area in gap tables."""
    if area.level == "quarter":
        return "district", AREA_IN_GAPS
    return area.level, CITY_ID if area.level == "city" else int(area.id)


def _counts(sources: Sources, area: Area, columns: tuple[str, ...]) -> tuple[Figure, ...]:
    cells = sources.inputs.cells
    present = [column for column in columns if column in cells.columns and cells[column].notna().any()]
    known = sources.indicators
    return tuple(
        _dated(known, cell_count(sources.load, cells, area, column, "persons", known=known)) for column in present
    )


def _dated(known: Indicators, figure: Figure) -> Figure:
    """Return a census count with the date and source of the indicator of the same name."""
    date, source = known.dated(f"census_2011_{figure.code}")
    return figure if date is None else replace(figure, date=date, source=source)


def _kinds(load: Load, mine: gpd.GeoDataFrame, area: Area, perhaps: gpd.GeoDataFrame) -> list[KindKnown]:
    """Return what is known of each kind; a complete inventory is partial where a place of the kind may be inside."""
    open_kinds = {kind for text in perhaps["kinds"] for kind in items(text)}
    statements: list[Any] = table_or_empty(load, "inventory_statements").to_dict("records")
    districts = load("districts")
    pairs = [
        (int(district), int(borough))
        for district, borough in zip(districts["district_id"], districts["borough_id"], strict=True)
        if int(district) in area.district_ids
    ]
    of_places = [set(items(text)) for text in mine["kinds"]]
    located = mine.geometry.notna().tolist()
    found = []
    for kind in map(str, load("facility_kinds")["kind"]):
        of_kind = [at for at, kinds in enumerate(of_places) if kind in kinds]
        said = [row for row in statements if row["facility_kind"] == kind]
        known = combined(inventory_of_districts(said, pairs))
        if kind in open_kinds and known.state is Inventory.COMPLETE:
            known = replace(known, state=Inventory.PARTIAL)
        found.append(KindKnown(kind, len(of_kind), sum(located[at] for at in of_kind), known))
    return found


def touches(lists: pd.Series[Any], area: Area) -> pd.Series[bool]:
    """Return where a ``;``-joined list of district numbers names a district of the area."""
    wanted = {str(number) for number in area.district_ids}
    return pd.Series([bool(wanted & set(items(text))) for text in lists], index=lists.index, dtype="bool")


def _named(table: pd.DataFrame, area: Area) -> pd.DataFrame:
    named = touches(table["district_ids"], area)
    if "borough_ids" in table.columns:
        boroughs = {str(number) for number in area.borough_ids}
        named |= pd.Series([bool(boroughs & set(items(text))) for text in table["borough_ids"]], index=table.index)
    return table[named].sort_values("name")


def _resources(load: Load, mine: gpd.GeoDataFrame, area: Area) -> pd.DataFrame:
    """Return offered resources that reach the area: by their own area, or else by the place they are at."""
    offered = optional_table(load, "offered_resources", _OFFERED)
    city = offered["area_level"] == "city"
    district = (offered["area_level"] == "district") & touches(offered["area_ids"], area)
    boroughs = {str(number) for number in area.borough_ids}
    borough = (offered["area_level"] == "borough") & pd.Series(
        [bool(boroughs & set(items(text))) for text in offered["area_ids"]], index=offered.index, dtype="bool"
    )
    here = offered["area_level"].isna() & offered["location_id"].isin(set(mine["id"]))
    return offered[(city | district | borough | here).fillna(value=False)]


_OFFERED: Final = (
    "id",
    "name",
    "resource_type",
    "description",
    "organization_id",
    "location_id",
    "area_level",
    "area_ids",
)
