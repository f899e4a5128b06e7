"""An answer as places of this program: typed values, identifiers, only what lies in the city."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from exchange.connect.identity import identify, renewed
from exchange.convert import Converted, convert
from exchange.hsds.inward import entries
from exchange.hsds.plan import place_rows
from exchange.mapping import ColumnMapping
from exchange.positions import SYSTEMS
from exchange.propose import propose
from exchange.table import Table
from exchange.vocabulary import Vocabulary, vocabulary_of
from geo import sources
from geo.assign import assign_district
from geo.crs import from_lonlat

if TYPE_CHECKING:
    import geopandas as gpd

    from exchange.connect.answer import Answer
    from exchange.connect.definition import Definition
    from exchange.connect.identity import Tables
    from exchange.place_rows import PlaceRow
    from exchange.problems import RowProblem
    from geo.sources import Package
    from store.database import Store

_OUTSIDE: Final = "row.outside"


@dataclass(frozen=True)
class City:
    """Words and districts (EPSG:25832) of the city."""

    words: Vocabulary
    districts: gpd.GeoDataFrame

    @classmethod
    def of_package(cls, package: Package) -> City:
        """Return the city of a data package."""
        return cls(vocabulary_of(package), sources.read(package, "districts"))


@dataclass(frozen=True)
class Inward:
    """The places of an answer.

    Attributes
    ----------
    rows
        Places in the city, or without a coordinate, without errors; each with its identifier.
    refs, queries
        Row number → the source's name of the object, and the part of the query that found it.
    retired
        Identifiers of places that people took out of use here.
    outside
        How many lie outside the city.
    problems
        Of all rows, those outside left out.
    converted, tables
        What a plan is made of: the rows of a table, or the entries of HSDS.
    """

    rows: list[PlaceRow]
    refs: dict[int, str]
    queries: dict[int, str]
    retired: frozenset[str]
    outside: frozenset[int]
    problems: list[RowProblem]
    converted: Converted | None = None
    tables: Tables | None = None

    @property
    def faulty(self) -> frozenset[int]:
        """Numbers of rows with an error."""
        return frozenset(p.row for p in self.problems if p.severity == "error" and p.row is not None)


def inward(answer: Answer, definition: Definition, city: City, store: Store, *, day: str) -> Inward:
    """Return the places of `answer`; `day` (YYYY-MM-DD) is the day it was given."""
    if answer.tables is not None:
        return _of_hsds(answer, definition, city, store, day)
    converted = _converted(answer, definition, city.words, day)
    refs = dict(enumerate(answer.refs, 1))
    identified = identify(store, definition.source, refs.values())
    outside = {p.row for p in converted.problems if p.key == _OUTSIDE and p.row is not None}
    for row in converted.rows:
        key = identified.ids.get(refs[row.number])
        if key is not None:
            row.values["id"] = key
        if "lon" in row.values:
            row.values["coordinate_quality"] = "exact"
    outside |= _outside(converted.rows, city)
    problems = [problem for problem in converted.problems if problem.row not in outside]
    converted = replace(converted, problems=problems)
    left_out = outside | converted.faulty
    return Inward(
        rows=[row for row in converted.rows if row.number not in left_out],
        refs=refs,
        queries=dict(enumerate(answer.queries, 1)),
        retired=frozenset(identified.ids[ref] for ref in identified.retired),
        outside=frozenset(outside),
        problems=problems,
        converted=converted,
    )


def _converted(answer: Answer, definition: Definition, words: Vocabulary, day: str) -> Converted:
    columns = tuple(dict.fromkeys(column for record in answer.records for column in record))
    if not columns:
        return Converted([], [], None)
    rows = [[record.get(column) for column in columns] for record in answer.records]
    table = Table(definition.name, columns, rows, range(1, len(rows) + 1), None, {}, answer.crs)
    wanted = propose(table, words).mapping.columns if answer.mapping is None else answer.mapping
    mapping = ColumnMapping(
        columns={column: target for column, target in wanted.items() if column in columns and target != "id"},
        constants={"source": definition.source, "source_licence": definition.licence}
        | {"source_date": answer.data_date or day}
        | ({"kind": definition.kind} if definition.kind else {}),
    )
    found = convert(table, mapping, words, file=definition.name)
    if found.position is None and answer.crs in SYSTEMS:  # most of the layer lies elsewhere
        found = convert(table, replace(mapping, crs=answer.crs), words, file=definition.name)
    return found


def _of_hsds(answer: Answer, definition: Definition, city: City, store: Store, day: str) -> Inward:
    kind = definition.kind or None
    found = entries(answer.tables or {}, city.words, source=definition.source, default_kind=kind)
    tables, retired = renewed(store, found)
    for place in tables["locations"].values():
        place.setdefault("source_licence", definition.licence)
        place.setdefault("source_date", answer.data_date or day)
    rows = place_rows(tables)
    outside = _outside(rows, city)
    return Inward(
        rows=[row for row in rows if row.number not in outside],
        refs={row.number: str(row.values["id"]) for row in rows},
        queries={},
        retired=retired,
        outside=frozenset(outside),
        problems=[],
        tables=tables,
    )


def _outside(rows: list[PlaceRow], city: City) -> set[int]:
    """Return the numbers of places whose coordinate lies in no district."""
    placed = [row for row in rows if "lon" in row.values and "lat" in row.values]
    if not placed:
        return set()
    lon, lat = ([row.values[name] for row in placed] for name in ("lon", "lat"))
    found = assign_district(from_lonlat(lon, lat), city.districts)
    return {row.number for row, lost in zip(placed, found.isna().tolist(), strict=True) if lost}
