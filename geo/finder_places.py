"""All places as the finder needs them: columns of known and unknown, and the way of each to the street."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
import shapely

from geo.finder_languages import is_vague, language_codes
from geo.joins import collected, looked_up, table_or_empty
from geo.network import PLACE_SNAP_LIMIT_M, FloatArray, IntArray, Network, Snapped, prepare_network, snap
from geo.places import places as joined_places
from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.catalogue import Load
    from geo.sources import Package

FOR_ALL: Final = frozenset({"everyone", "residents"})
"""Target groups that leave nobody out."""

YES, UNKNOWN, NO = 0, 1, 2
"""What is known of a place about a wish; the order is the order of the answers."""


@dataclass(frozen=True, eq=False)
class FinderPlaces:
    """Places, districts and streets, prepared once; make it with `prepare_places`.

    Attributes
    ----------
    table
        One row per place in use, `geo.places.PLACE_COLUMNS` and ``roles`` (``;``-joined, of the
        organizations at the place); ordered by id.
    x, y
        Metres (EPSG:25832); NaN = no coordinate.
    snapped
        The places on the street graph; None without one.
    network
        Street graph; None = the package has none.
    districts
        ``district_id``, ``name``, ``borough_id``, ``borough``, geometry; ordered by id.
    starts
        Where people of a district live on average: metres, shape (districts, 2).
    stops
        ``name``, ``x``, ``y`` of the stops.
    free
        Whether it costs nothing: `YES`, `UNKNOWN` or `NO` per place.
    """

    table: pd.DataFrame
    x: FloatArray
    y: FloatArray
    snapped: Snapped | None
    network: Network | None
    districts: gpd.GeoDataFrame
    starts: FloatArray
    stops: pd.DataFrame
    free: IntArray

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def rows_by_kind(self) -> dict[str, IntArray]:
        """Rows of every kind."""
        return _inverted(self.table["kinds"])

    @cached_property
    def rows_by_role(self) -> dict[str, IntArray]:
        """Rows of every role of an organization at the place."""
        return _inverted(self.table["roles"])

    @cached_property
    def rows_by_group(self) -> dict[str, IntArray]:
        """Rows of every target group."""
        return _inverted(self.table["target_groups"])

    @cached_property
    def groups_known(self) -> IntArray:
        """Rows whose target groups are known."""
        return np.flatnonzero(self.table["target_groups"].notna())

    @cached_property
    def step_free(self) -> IntArray:
        """Whether a wheelchair gets in, per place; limited counts as unknown: it depends on the chair."""
        words = {"yes": YES, "no": NO}
        return np.array([words.get(word, UNKNOWN) for word in self.table["wheelchair"]], dtype=np.int64)

    @cached_property
    def languages(self) -> dict[str, IntArray]:
        """What is known about each language that any place names, per place."""
        texts = [(text,) for text in self.table["languages"]]
        codes = [language_codes(text) for text in texts]
        open_ended = np.array([not code or is_vague(text) for code, text in zip(codes, texts, strict=True)])
        found = {}
        for name in sorted(frozenset().union(*codes)):
            has = np.array([name in code for code in codes])
            found[name] = np.where(has, YES, np.where(open_ended, UNKNOWN, NO))
        return found

    def for_group(self, group: str) -> IntArray:
        """Return what is known about a target group, per place: places for everybody are for each group."""
        found = np.full(len(self), UNKNOWN, dtype=np.int64)
        found[self.groups_known] = NO
        for name in {group, *FOR_ALL}:
            found[self.rows_by_group.get(name, [])] = YES
        return found

    def speaks(self, language: str) -> IntArray:
        """Return what is known about a language (code), per place; German is spoken everywhere."""
        if language == "de":
            return np.full(len(self), YES, dtype=np.int64)
        nobody = np.where([bool(language_codes((text,))) for text in self.table["languages"]], NO, UNKNOWN)
        return self.languages.get(language, nobody)


def prepare_places(
    package: Package, *, load: Load, costs: pd.DataFrame | None = None, network: Network | None = None
) -> FinderPlaces:
    """Return everything that a search needs.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    load
        Gives the frames of resources.
    costs
        ``service_id`` and ``amount`` of what offers cost; None = nothing is known.
    network
        The prepared street graph; read and prepared here if None and the package has one.
    """
    located = joined_places(package, load=load).sort_values("id", kind="stable", ignore_index=True)
    table = located.assign(roles=_roles(load, located), languages=_languages(load, located))
    points = located.geometry
    x, y = np.full(len(table), np.nan), np.full(len(table), np.nan)
    known = points.notna().to_numpy()
    x[known], y[known] = points[known].x, points[known].y
    if network is None:
        nodes, edges = table_or_empty(load, "street_nodes"), table_or_empty(load, "street_edges")
        network = prepare_network(nodes, edges) if len(nodes) and len(edges) else None
    areas = load("districts").sort_values("district_id", kind="stable", ignore_index=True)
    return FinderPlaces(
        table=table,
        x=x,
        y=y,
        snapped=None if network is None else snap(network, x, y, limit_m=PLACE_SNAP_LIMIT_M),
        network=network,
        districts=areas,
        starts=_starts(load, areas),
        stops=_stops(load),
        free=_free(load, table, costs),
    )


def _roles(load: Load, located: pd.DataFrame) -> pd.Series[Any]:
    roles = table_or_empty(load, "organization_roles")
    of_owner = collected(roles["organization_id"], roles["role"])
    at = table_or_empty(load, "organizations_at_location")
    pairs = pd.concat(
        [
            located[["id", "organization_id"]].rename(columns={"id": "location_id"}),
            at[["location_id", "organization_id"]],
        ]
    )
    return looked_up(located["id"], collected(pairs["location_id"], looked_up(pairs["organization_id"], of_owner)))


def _languages(load: Load, located: pd.DataFrame) -> pd.Series[Any]:
    services = table_or_empty(load, "services").drop_duplicates("id").set_index("id")["languages"]
    pairs = table_or_empty(load, "services_at_location")
    keys = pd.concat([located["id"], pairs["location_id"]])
    texts = pd.concat([located["languages"], looked_up(pairs["service_id"], services)])
    return looked_up(located["id"], collected(keys, texts))


def _starts(load: Load, areas: pd.DataFrame) -> FloatArray:
    """Return where people live on average; a point of the area itself where nobody is counted."""
    inside = shapely.point_on_surface(areas["geometry"].to_numpy())
    found = np.column_stack([shapely.get_x(inside), shapely.get_y(inside)])
    cells = table_or_empty(load, "population_cells")
    if "geometry" in cells.columns:
        cells = pd.DataFrame(cells).assign(x=cells["geometry"].x, y=cells["geometry"].y)
    weight = cells["population"].fillna(0).to_numpy("float64")
    sums = pd.DataFrame({"id": cells["district_id"], "w": weight, "x": cells["x"] * weight, "y": cells["y"] * weight})
    totals = sums.groupby("id").sum().reindex(areas["district_id"]).fillna(0).to_numpy("float64")
    people = totals[:, 0] > 0
    found[people] = totals[people, 1:] / totals[people, :1]
    return found


def _stops(load: Load) -> pd.DataFrame:
    stops = table_or_empty(load, "stops")
    if "geometry" not in stops.columns:
        return pd.DataFrame({"name": [], "x": np.zeros(0), "y": np.zeros(0)})
    stops = stops[stops["geometry"].notna()]
    return pd.DataFrame({"name": stops["name"], "x": stops["geometry"].x, "y": stops["geometry"].y})


def _free(load: Load, table: pd.DataFrame, costs: pd.DataFrame | None) -> IntArray:
    found = np.full(len(table), UNKNOWN, dtype=np.int64)
    if costs is None or costs.empty:
        return found
    pairs = table_or_empty(load, "services_at_location").merge(costs[["service_id", "amount"]], on="service_id")
    highest = pairs.dropna(subset=["amount"]).groupby("location_id")["amount"].max()
    for row, location in enumerate(table["id"]):
        if location in highest.index:
            found[row] = YES if highest[location] == 0 else NO
    return found


def _inverted(lists: Iterable[object]) -> dict[str, IntArray]:
    found: dict[str, list[int]] = {}
    for row, text in enumerate(lists):
        for item in text.split(LIST_DELIMITER) if isinstance(text, str) else ():
            found.setdefault(item, []).append(row)
    return {item: np.array(rows, dtype=np.int64) for item, rows in found.items()}
