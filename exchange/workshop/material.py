"""What all papers of one evening are made from: area, grid, places, streets, stops, words, and the occasion."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import point_xy
from geo.print_grid import PrintGrid, print_grid

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from exchange.dossier.words import Words
    from geo.area import Area
    from geo.catalogue import Load

CATEGORIES: Final = ("need", "idea", "strength", "contact")
"""Categories of notes."""

_USED: Final = ("districts", "street_edges", "stops", "locations")
_MOST_STOPS: Final = 150


@dataclass(frozen=True, slots=True)
class Occasion:
    """The evening, as far as it is known before; empty texts are left to be filled in by hand.

    Attributes
    ----------
    title, question
        Heading, and what the people in the room are asked.
    date
        ISO date, or empty.
    categories
        Which of `CATEGORIES` are collected.
    code, link
        Short code and address to join by phone, or empty: paper only.
    """

    title: str = ""
    question: str = ""
    date: str = ""
    categories: tuple[str, ...] = CATEGORIES
    code: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place or stop on the map: name, kind (empty = a stop), coordinates in EPSG:25832, code of its cell."""

    name: str
    kind: str
    x: float
    y: float
    code: str


@dataclass(frozen=True, eq=False)
class Material:
    """Everything that maps, cards and forms of an evening need.

    Attributes
    ----------
    area
        Where the evening is about.
    load
        Gives the frame of a resource (districts, locations, stops, streets).
    words
        The language.
    descriptor
        Of the data package: sources and licences.
    today
        ISO date of making.
    occasion
        The evening.
    own_grid
        Grid of sheets printed before; None = the area's.
    """

    area: Area
    load: Load
    words: Words
    descriptor: Mapping[str, Any]
    today: str
    occasion: Occasion = field(default_factory=Occasion)
    own_grid: PrintGrid | None = None

    @cached_property
    def grid(self) -> PrintGrid:
        """The grid of all sheets."""
        return self.own_grid or print_grid(self.area.geometry)

    @cached_property
    def districts(self) -> gpd.GeoDataFrame:
        """The districts in the grid's window, cut off at its edge: ``district_id``, ``name`` and polygons."""
        frame = self.load("districts")
        cut = shapely.intersection(frame.geometry.to_numpy(), shapely.box(*self.grid.bounds))
        kept = frame[["district_id", "name"]].assign(geometry=[_polygons(each) for each in cut])
        made: gpd.GeoDataFrame = kept[[not each.is_empty for each in kept["geometry"]]]
        return made

    @cached_property
    def streets(self) -> npt.NDArray[np.float64]:
        """Pieces of streets in the window, shape (n, 4): x and y of both ends in EPSG:25832."""
        nodes, edges = self.load("street_nodes"), self.load("street_edges")
        if nodes.empty or edges.empty:
            return np.empty((0, 4))
        xy = nodes.set_index("node")[["x", "y"]]
        ends = np.hstack([xy.reindex(edges[end]).to_numpy("float64") for end in ("u", "v")])
        west, south, east, north = self.grid.bounds
        x, y = ends[:, [0, 2]], ends[:, [1, 3]]
        inside = (x.min(axis=1) <= east) & (x.max(axis=1) >= west) & (y.min(axis=1) <= north) & (y.max(axis=1) >= south)
        return ends[inside]

    @cached_property
    def stops(self) -> tuple[Spot, ...]:
        """Stops in the window, each name once; of very many only those of trams and trains, of a whole city none."""
        frame = self._inside(self.load("stops"))
        if len(frame) > _MOST_STOPS and "modes" in frame.columns:
            frame = frame[frame["modes"].fillna("") != "bus"]
        return self._spots(frame.drop_duplicates("name"), stop=True) if len(frame) <= _MOST_STOPS else ()

    @cached_property
    def places(self) -> tuple[Spot, ...]:
        """Known places in the window with a coordinate, in the order of the catalogue and of their names."""
        order = {kind: at for at, kind in enumerate(self.words.catalogue.kinds)}
        found = self._spots(self._inside(self.load("locations")))
        return tuple(sorted(found, key=lambda spot: (order.get(spot.kind, len(order)), spot.name.casefold())))

    @cached_property
    def sources(self) -> list[str]:
        """Where the map comes from, with licences: one line for each source."""
        lines: dict[str, list[str]] = {}
        for resource in self.descriptor.get("resources", ()):
            if resource.get("name") in _USED:
                licences = ", ".join(str(each.get("name")) for each in resource.get("licenses", ()))
                for source in resource.get("sources", ()):
                    title = str(source.get("title") or source.get("path") or "")
                    if title:
                        lines.setdefault(licences, []).append(title)
        texts = ("; ".join(dict.fromkeys(titles)) + (f" ({names})" if names else "") for names, titles in lines.items())
        return list(texts)

    def _inside(self, frame: Any) -> Any:
        """Return the rows of a frame of points that lie in the window."""
        if frame.empty or "geometry" not in frame.columns:
            return frame.iloc[:0]
        xy = point_xy(frame, name="places")
        west, south, east, north = self.grid.bounds
        with np.errstate(invalid="ignore"):
            kept = (xy[:, 0] >= west) & (xy[:, 0] <= east) & (xy[:, 1] >= south) & (xy[:, 1] <= north)
        return frame[kept]

    def _spots(self, frame: pd.DataFrame, *, stop: bool = False) -> tuple[Spot, ...]:
        if frame.empty:
            return ()
        xy = point_xy(frame, name="places")
        kinds = [""] * len(frame) if stop else frame["kind"].tolist()
        rows = zip(frame["name"], kinds, xy[:, 0], xy[:, 1], strict=True)
        return tuple(Spot(str(name), str(kind), x, y, self.grid.code_at(x, y) or "") for name, kind, x, y in rows)


def _polygons(geometry: Any) -> Any:
    """Return only the polygons of what a cut left: edges and corners are no areas."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.multipolygons(parts) if parts else shapely.Polygon()
