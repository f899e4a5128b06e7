"""The page of a kit that works without a network: a storyline of one's own, or a short one about the area."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.crs import points_from_xy, to_lonlat
from geo.storyline import LANGUAGES, MAX_TITLE, Step, Storyline, View, one_line
from workshop.stage.page import Extras, stage_page

if TYPE_CHECKING:
    from exchange.workshop.material import Material
    from workshop.stage.material import Material as StageMaterial

_TILE_PIXELS: Final = 256.0
_SHOWN_PIXELS: Final = 620.0  # of the map's longer side on a small projector
_EQUATOR_M: Final = 40_075_016.7
_ZOOMS: Final = (9.0, 17.0)


def kit_page(paper: Material, stage: StageMaterial, storyline: Storyline | None = None) -> bytes:
    """Return the page as one HTML file, with the grid of the paper maps and the categories of the evening.

    Parameters
    ----------
    paper
        What the papers of the kit are made from.
    stage
        What scenes are made from, in the same language.
    storyline
        Steps to present; None = a short one about the area.

    Raises
    ------
    ParameterError
        The storyline names what the data package does not have.
    """
    area, occasion = paper.area, paper.occasion
    shown = storyline if storyline is not None and storyline.steps else area_storyline(paper)
    key = "-".join(part for part in (area.level, area.id, occasion.date, occasion.code) if part)
    extras = Extras(key=f"kit-{key}", grid=paper.grid, categories=occasion.categories, area=area)
    return stage_page(stage, replace(shown, language=stage.t.language), extras).html.encode("utf-8")


def area_storyline(paper: Material) -> Storyline:
    """Return three steps about the area: what is known there, how to get there, and the map for the cards."""
    area, t = paper.area, paper.words.t
    kinds = tuple(dict.fromkeys(spot.kind for spot in paper.places))
    district = int(area.id) if area.level == "district" else None
    view = None if district is not None else _view(paper)
    title = one_line(paper.occasion.title) or t("paper.map.title", name=area.name)
    ask = one_line(paper.occasion.question) or t("paper.map.subtitle")
    language = t.language if t.language in LANGUAGES else LANGUAGES[0]
    steps = (
        Step(t("paper.story.known", name=area.name), kinds=kinds, district=district, view=view),
        Step(t("paper.story.stops"), kinds=kinds, show=("stops",), district=district, view=view),
        Step(ask, kinds=kinds, district=district, view=view),
    )
    return Storyline(title[:MAX_TITLE], language, steps)


def _view(paper: Material) -> View:
    """Return the part of the map that shows the whole grid."""
    west, south, east, north = paper.grid.bounds
    middle = to_lonlat(points_from_xy([(west + east) / 2], [(south + north) / 2])).iloc[0]
    side = max(east - west, north - south)
    metres_at_zero = _EQUATOR_M * math.cos(math.radians(middle.y)) / _TILE_PIXELS
    zoom = math.log2(metres_at_zero * _SHOWN_PIXELS / side)
    return View(round(float(middle.y), 5), round(float(middle.x), 5), min(max(round(zoom, 1), _ZOOMS[0]), _ZOOMS[1]))
