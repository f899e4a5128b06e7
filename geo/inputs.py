"""What a gap analysis needs from a data package, read once and put in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.errors import ParameterError
from geo.levels import Areas, areas_of, district_number
from geo.network import BoolArray, FloatArray, IntArray, Network, prepare_network
from geo.sources import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.sources import Package


@dataclass(frozen=True, eq=False)
class GapInputs:
    """Tables of a gap analysis; make it with `load_inputs` or `gather`.

    Attributes
    ----------
    cells
        Population cells ordered by ``cell_id``: ``cell_id``, ``district_id`` (Int64, NA = outside),
        ``x``, ``y`` (metres, EPSG:25832) and the population columns (NaN = secret, 0 to 2).
    districts
        ``district_id``, ``name``, ``borough_id``, ``borough``, ordered by id.
    places
        Ordered by ``location_id``: ``location_id``, ``x``, ``y`` (NaN = no coordinate),
        ``district_id`` (Int64, NA = unknown), ``coordinate_quality``, ``last_known`` (day it was
        last known to be true, as precise as known; None = unknown).
    offers
        ``kind``, ``place`` (row of `places`), ``capacity`` (NaN = unknown); each pair once.
    kinds, target_groups, standards, statements
        The resources of the catalogue and the inventory statements.
    network
        Street graph; None = the package has none.
    data_version, data_hash
        Of the package; part of every passport.
    """

    cells: pd.DataFrame
    districts: pd.DataFrame
    places: pd.DataFrame
    offers: pd.DataFrame
    kinds: pd.DataFrame
    target_groups: pd.DataFrame
    standards: pd.DataFrame
    statements: pd.DataFrame
    network: Network | None
    data_version: str
    data_hash: str

    @cached_property
    def cell_xy(self) -> FloatArray:
        """Coordinates of the cells, shape (cells, 2)."""
        return _xy(self.cells)

    @cached_property
    def place_xy(self) -> FloatArray:
        """Coordinates of all places, shape (places, 2); NaN = none."""
        return _xy(self.places)

    @cached_property
    def located(self) -> BoolArray:
        """Which places have a coordinate."""
        known: BoolArray = np.asarray(np.isfinite(self.place_xy).all(axis=1))
        return known

    @cached_property
    def approximate(self) -> BoolArray:
        """Which places have a coordinate that is not exact."""
        exact: BoolArray = (self.places["coordinate_quality"] == "exact").to_numpy(dtype=bool)
        return self.located & ~exact

    @cached_property
    def areas(self) -> Areas:
        """Districts, boroughs and the city."""
        return areas_of(self.districts)

    @cached_property
    def district_ids(self) -> list[tuple[int, int]]:
        """District and borough number of every district."""
        numbers = self.districts[["district_id", "borough_id"]].to_numpy("int64")
        return [(int(district), int(borough)) for district, borough in numbers]

    @cached_property
    def cell_district(self) -> IntArray:
        """District number (0 …) of each cell, -1 = outside."""
        return district_number(self.districts, self.cells["district_id"])

    @cached_property
    def place_district(self) -> IntArray:
        """District number (0 …) of each place, -1 = outside or unknown."""
        return district_number(self.districts, self.places["district_id"])

    @property
    def kind_names(self) -> list[str]:
        """All kinds of the catalogue, in its order."""
        return [str(name) for name in self.kinds["kind"]]

    def people(self, column: str) -> FloatArray:
        """Return a population column of the cells; NaN = secret, 0 to 2."""
        return self.cells[column].to_numpy("float64", na_value=np.nan)

    def kind_row(self, kind: str) -> dict[str, Any]:
        """Return the catalogue's entry of a kind; ParameterError if there is none."""
        return _entry(self._kind_rows, "kind", kind)

    def target_group_row(self, group: str) -> dict[str, Any]:
        """Return the catalogue's entry of a target group; ParameterError if there is none."""
        return _entry(self._group_rows, "target_group", group)

    def statements_of(self, kind: str) -> list[dict[str, Any]]:
        """Return the inventory statements of a kind."""
        return self._statement_rows.get(kind, [])

    @cached_property
    def _kind_rows(self) -> dict[str, dict[str, Any]]:
        return {str(row["kind"]): row for row in records(self.kinds)}

    @cached_property
    def _group_rows(self) -> dict[str, dict[str, Any]]:
        return {str(row["target_group"]): row for row in records(self.target_groups)}

    @cached_property
    def _statement_rows(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in records(self.statements):
            found.setdefault(str(row["facility_kind"]), []).append(row)
        return found

    @cached_property
    def standard_rows(self) -> dict[str, dict[str, Any]]:
        """The standards by id, in the order of the catalogue."""
        return {str(row["id"]): row for row in records(self.standards)}

    @cached_property
    def _offer_rows(self) -> dict[str, tuple[IntArray, FloatArray]]:
        ordered = self.offers.sort_values(["kind", "place"], kind="stable")
        return {
            str(kind): (rows["place"].to_numpy("int64"), rows["capacity"].to_numpy("float64"))
            for kind, rows in ordered.groupby("kind")
        }

    def places_of(self, kind: str) -> tuple[IntArray, FloatArray]:
        """Return the rows of `places` that offer a kind, ascending, and their capacities."""
        nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
        return self._offer_rows.get(kind, nothing)


def load_inputs(package: Package) -> GapInputs:
    """Return the inputs of a gap analysis from a data package.

    Raises
    ------
    QuartierError
        A resource is missing or broken; see `geo.sources.read`.
    """
    names = (
        "population_cells", "districts", "locations", "services", "services_at_location",
        "facility_kinds", "target_groups", "standards", "inventory_statements",
    )  # fmt: skip
    frames: dict[str, pd.DataFrame] = {name: read(package, name) for name in names}
    network = None
    if {"street_nodes", "street_edges"} <= set(package.names):
        network = prepare_network(read(package, "street_nodes"), read(package, "street_edges"))
    version = str(package.descriptor.get("version", ""))
    return gather(frames, network=network, data_version=version, data_hash=package.hash)


def gather(
    frames: Mapping[str, pd.DataFrame],
    *,
    network: Network | None = None,
    data_version: str = "",
    data_hash: str = "",
) -> GapInputs:
    """Return the inputs from tables that are already read (keys: names of the resources)."""
    places = _places(frames["locations"])
    return GapInputs(
        cells=_cells(frames["population_cells"]),
        districts=_plain(frames["districts"], ["district_id", "name", "borough_id", "borough"]),
        places=places,
        offers=_offers(places, frames["services"], frames["services_at_location"]),
        kinds=frames["facility_kinds"],
        target_groups=frames["target_groups"],
        standards=frames["standards"],
        statements=frames["inventory_statements"],
        network=network,
        data_version=data_version,
        data_hash=data_hash,
    )


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    cells = pd.DataFrame(frame.drop(columns="geometry", errors="ignore")).copy()
    if "geometry" in frame.columns:
        cells["x"], cells["y"] = _coordinates(frame)
    cells["district_id"] = cells["district_id"].astype("Int64")
    return cells.sort_values("cell_id", kind="stable", ignore_index=True)


def _places(frame: pd.DataFrame) -> pd.DataFrame:
    x, y = _coordinates(frame)
    places = pd.DataFrame(
        {
            "location_id": frame["id"].to_numpy(),
            "x": x,
            "y": y,
            "district_id": frame["district_id"].astype("Int64").array,
            "coordinate_quality": frame["coordinate_quality"].to_numpy(),
            "last_known": _last_known(frame),
        }
    )
    return places.sort_values("location_id", kind="stable", ignore_index=True)


def _last_known(frame: pd.DataFrame) -> list[str | None]:
    """Return the day each place was last known to be true: as given, else the date of its source."""
    for name in ("last_known", "source_date"):
        if name in frame.columns:
            return [day if isinstance(day, str) else None for day in frame[name]]
    return [None] * len(frame)


def _offers(places: pd.DataFrame, services: pd.DataFrame, at_location: pd.DataFrame) -> pd.DataFrame:
    """Return kind × place; capacities of several services of a kind at a place are added.

    A kind whose capacities are in several units has none: units are never mixed.
    """
    _refuse_negative(at_location)
    joined = at_location.merge(services[["id", "kind"]], left_on="service_id", right_on="id")
    row = pd.Series(np.arange(len(places)), index=places["location_id"])
    joined = joined.assign(place=joined["location_id"].map(row)).dropna(subset=["place", "kind"])
    units = joined["capacity_unit"].where(joined["capacity"].notna()).groupby(joined["kind"]).nunique()
    joined["capacity"] = joined["capacity"].mask(joined["kind"].map(units) > 1)
    summed = joined.groupby(["kind", "place"])["capacity"].sum(min_count=1, skipna=False)
    offers = summed.reset_index()
    return offers.assign(place=offers["place"].astype("int64"))


def _refuse_negative(rows: pd.DataFrame) -> None:
    """Raise on the first negative capacity, with the identifier of its row."""
    wrong = rows[rows["capacity"] < 0]
    if len(wrong):
        first = wrong.iloc[0]
        raise ParameterError(
            "parameter.negative_value", name="capacity", value=float(first["capacity"]), row=str(first["id"])
        )


def _plain(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(frame[columns]).copy()
    table["district_id"] = table["district_id"].astype("int64")
    table["borough_id"] = table["borough_id"].astype("int64")
    return table.sort_values("district_id", kind="stable", ignore_index=True)


def _coordinates(frame: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    if "geometry" not in frame.columns:
        return frame["x"].to_numpy("float64"), frame["y"].to_numpy("float64")
    points: Any = frame["geometry"]
    present = points.notna().to_numpy()
    x, y = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    x[present], y[present] = points[present].x, points[present].y
    return x, y


def _xy(frame: pd.DataFrame) -> FloatArray:
    return frame[["x", "y"]].to_numpy("float64")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _entry(rows: dict[str, dict[str, Any]], name: str, value: str) -> dict[str, Any]:
    if value not in rows:
        raise ParameterError("parameter.unknown_value", name=name, value=value, allowed=", ".join(rows))
    return rows[value]
