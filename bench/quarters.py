"""Own Quartiere: people of a drawn area against geopandas' overlay, and how long a new one waits for its gap cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from bench.compare import Comparison, compare, within_budget
from geo.area import CELL_SIDE_M, Area
from geo.crs import METRIC_CRS
from geo.gap_settings import GapSettings
from geo.gaps import gap_table, measure_reach
from geo.inputs import GapInputs, load_inputs
from geo.profile import Sources, gap_cards
from geo.quarter import inputs_with, people_of, quarter_of_polygon
from geo.sources import open_package, read
from scripts.serve import ROOT

CARD_S, CARDS_S = 0.5, 4.0
RADIUS_M = 900.0


def run() -> list[Comparison]:
    """Measure a circle in the middle of the city."""
    package = open_package(ROOT / "data")
    load = cache(lambda name: read(package, name))
    inputs = load_inputs(package)
    middle = shapely.union_all(load("districts").geometry.to_numpy()).centroid
    area = quarter_of_polygon(load, "bench", "Kreis", middle.buffer(RADIUS_M))
    settings = GapSettings()
    reach = measure_reach(inputs, settings.walk)

    def cards() -> int:
        own = inputs_with(inputs, area)
        sources = Sources(package, load, own, lambda kind: gap_table(own, reach, kind, settings))
        return len(gap_cards(sources, area))

    def one() -> int:
        return len(gap_table(inputs_with(inputs, area), reach, "primary_school", settings).areas)

    return [
        _people(f"people of a circle, {len(inputs.cells):,} cells", inputs, lambda: replace(area)),
        _people("people of a ragged area with 4,990 points", inputs, lambda: replace(area, geometry=_ragged(middle))),
        within_budget("gap card of one kind for a new Quartier", one, CARD_S),
        within_budget(f"gap cards of all {len(inputs.kind_names)} kinds for a new Quartier", cards, CARDS_S),
    ]


def _people(task: str, inputs: GapInputs, fresh: Callable[[], Area]) -> Comparison:
    """Compare the number of people; every round has an area that nothing is remembered of."""
    return compare(
        task,
        lambda: people_of(inputs.cells, fresh()),
        lambda: _overlay(inputs, fresh()),
        against="geopandas.overlay",
        limit=1.0,
        same=lambda ours, theirs: bool(np.isclose(ours, theirs, rtol=1e-6)),
    )


def _ragged(middle: Any) -> Any:
    angle = np.linspace(0, 2 * np.pi, 4_990, endpoint=False)
    radius = 4 * RADIUS_M + 40 * np.sin(400 * angle)
    return shapely.Polygon(np.column_stack([middle.x + radius * np.cos(angle), middle.y + radius * np.sin(angle)]))


def _overlay(inputs: GapInputs, area: Area) -> float:
    """Return the same number by cutting the cells as a frame of squares with the area."""
    cells = inputs.cells
    half = CELL_SIDE_M / 2.0
    x, y = cells["x"].to_numpy("float64"), cells["y"].to_numpy("float64")
    squares = gpd.GeoDataFrame(
        {"people": cells["population"].to_numpy("float64", na_value=np.nan)},
        geometry=shapely.box(x - half, y - half, x + half, y + half),
        crs=METRIC_CRS,
    )
    own: Any = gpd.GeoDataFrame(geometry=[area.geometry], crs=METRIC_CRS)
    cut = gpd.overlay(squares, own, how="intersection")
    return float(np.nansum(cut["people"] * cut.geometry.area / CELL_SIDE_M**2))
