"""A storyline for an area that nobody has made one for: where it lies, who lives there, what is there, and the question."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import geopandas as gpd

from geo.crs import METRIC_CRS, to_lonlat
from geo.storyline import MAX_SENTENCE, MAX_TITLE, IndicatorFill, Step, Storyline, View, one_line

if TYPE_CHECKING:
    from geo.area import Area
    from workshop.stage.material import Material

KINDS: Final = ("neighbourhood_meeting", "community_centre", "library", "family_centre", "advice_centre")
_PEOPLE: Final = "population"
_WIDTH_PX, _HEIGHT_PX = 880, 620
_METRES_PER_PIXEL: Final = 156_543.0
_ZOOMS: Final = (9.0, 15.0)


def plain_storyline(
    material: Material, area: Area, *, title: str = "", question: str = "", ask_first: bool = False
) -> Storyline:
    """Return the storyline of an area in the material's language.

    Parameters
    ----------
    title
        Empty = the area's name.
    question
        Sentence of the step on which notes are collected, the last one; empty = a plain one.
    ask_first
        That step comes first: for a session under way.
    """
    t = material.t
    district = area.district_ids[0] if area.level == "district" else None
    view = None if district is not None or area.level == "city" else view_of(area)
    kinds = tuple(kind for kind in KINDS if kind in material.known.kinds)
    asked = one_line(question)[:MAX_SENTENCE] or t("stage.plain.question")
    steps = [Step(t("stage.plain.where", name=area.name)[:MAX_SENTENCE], district=district, view=view)]
    if _PEOPLE in material.known.indicators:
        steps.append(Step(t("stage.plain.people"), fill=IndicatorFill(_PEOPLE), district=district))
    if kinds:
        steps.append(Step(t("stage.plain.places"), kinds=kinds, district=district, view=view))
    question_step = Step(asked, kinds=kinds, district=district, view=view)
    steps = [question_step, *steps] if ask_first else [*steps, question_step]
    return Storyline(one_line(title or area.name)[:MAX_TITLE], t.language[:2], tuple(steps))


def view_of(area: Area) -> View:
    """Return the view that shows the whole of an area on a map of the pages."""
    west, south, east, north = to_lonlat(gpd.GeoSeries([area.geometry], crs=METRIC_CRS)).total_bounds
    left, bottom, right, top = area.geometry.bounds
    lat = (south + north) / 2
    per_pixel = max((right - left) / _WIDTH_PX, (top - bottom) / _HEIGHT_PX, 0.01) * 1.1
    zoom = math.log2(_METRES_PER_PIXEL * math.cos(math.radians(lat)) / per_pixel)
    return View(float(lat), float((west + east) / 2), min(max(zoom, _ZOOMS[0]), _ZOOMS[1]))
