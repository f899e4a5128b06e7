"""Maps as pictures: the same classes and patterns as on the map, for small maps beside each other and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.palette import NO_STATEMENT, UNKNOWN
from layers.shapes import PATTERNS
from views import data

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from exchange.map_svg import AreaFill, Outlines
    from layers.classify import Classes
    from layers.palette import Fill

SMALL = 300.0
CHOSEN = "#d55e00"


def area_fill(fill: Fill) -> AreaFill:
    """Return a map's fill as a picture draws it."""
    from exchange.map_svg import AreaFill

    if fill.pattern is None:
        return AreaFill(fill.colour)
    pattern = PATTERNS[fill.pattern]
    return AreaFill(fill.colour, pattern.path, pattern.size, pattern.width, fill.pattern_colour)


def fills(found: Classes, colours: Sequence[str], *, no_statement: Collection[int] = ()) -> dict[int, AreaFill]:
    """Return the fill of every area that is not simply unknown."""
    from exchange.map_svg import AreaFill

    known = {int(area): AreaFill(colours[at]) for area, at in found.series().items() if at >= 0}
    return known | {int(area): area_fill(NO_STATEMENT) for area in no_statement if area not in known}


def small_map(areas: dict[int, AreaFill], *, title: str, chosen: Iterable[int] = ()) -> str:
    """Return a small map of the districts as an SVG document without a ground."""
    from exchange.map_svg import areas_svg, chosen_svg, document_svg

    shapes = _outlines()
    body = areas_svg(shapes, areas, area_fill(UNKNOWN)) + chosen_svg(shapes, chosen, CHOSEN)
    moved = f'<g transform="translate(2 2)">{body}</g>'
    return document_svg(shapes.width + 4, shapes.height + 4, [moved], title=title, ground=None)


def _outlines() -> Outlines:
    from exchange.map_svg import outlines

    return data.kept(
        "outlines", SMALL, make=lambda: outlines(data.frame("districts"), id_column="district_id", width=SMALL)
    )
