"""A map as a picture to hand in: title, map, legend, scale bar, north arrow, date and sources, as SVG or PNG."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exchange.map_svg import (
    AreaFill,
    areas_svg,
    document_svg,
    names_svg,
    north_svg,
    outlines,
    scale_svg,
    swatch_svg,
    text_svg,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import geopandas as gpd

    from exchange.map_svg import Outlines

FONTS: Final = Path(__file__).parent / "fonts"
MAP_WIDTH: Final = 900.0
MARGIN: Final = 30.0
_ROW: Final = 24.0
_PNG_PIXELS_PER_PIXEL: Final = 2
_POINTS_PER_INCH: Final = 72


@dataclass(frozen=True, eq=False)
class Picture:
    """What a picture shows; every text is already in its language.

    Attributes
    ----------
    title, subtitle
        Headings.
    fills
        Area id → fill.
    legend_title, legend
        Heading, then fill and words of each line; the fill of areas without one comes from the map's `other`.
    other
        Fill of areas that `fills` does not have.
    notes
        Lines below the map: date, sources, version.
    north
        Letter of the north arrow.
    distance
        Writes metres as text, for the scale bar.
    """

    title: str
    subtitle: str
    fills: Mapping[int, AreaFill]
    legend_title: str
    legend: Sequence[tuple[AreaFill, str]]
    other: AreaFill
    notes: Sequence[str]
    north: str
    distance: Callable[[float], str]


def picture_svg(
    picture: Picture, areas: gpd.GeoDataFrame, *, id_column: str, heavy: gpd.GeoDataFrame | None = None
) -> str:
    """Return the whole picture as an SVG document.

    Parameters
    ----------
    picture
        What to show.
    areas, id_column, heavy
        As in `exchange.map_svg.outlines`.
    """
    shapes = outlines(areas, id_column=id_column, width=MAP_WIDTH, heavy=heavy)
    top = _heading(picture)
    parts = [*top.parts, f'<g transform="translate({MARGIN:g} {top.y:g})">{map_svg(picture, shapes)}</g>']
    legend = _legend(picture, top.y + shapes.height + 30)
    notes = _notes(picture, legend.y + 8)
    width = MAP_WIDTH + 2 * MARGIN
    return document_svg(width, notes.y + MARGIN, [*parts, *legend.parts, *notes.parts], title=picture.title)


def map_svg(picture: Picture, shapes: Outlines) -> str:
    """Return the map alone with scale bar and north arrow, as SVG elements."""
    return (
        areas_svg(shapes, picture.fills, picture.other)
        + names_svg(shapes)
        + scale_svg(shapes, 0, shapes.height, picture.distance)
        + north_svg(shapes.width - 15, 4, picture.north)
    )


def png(svg: str, *, width: float | None = None) -> bytes:
    """Return an SVG document of `picture_svg` as PNG, twice as many pixels as the SVG has.

    `width` is the width of the document in pixels, if it is not that of a picture.
    """
    import typst

    points = MAP_WIDTH + 2 * MARGIN if width is None else width
    source = (
        f"#set page(width: {points}pt, height: auto, margin: 0pt)\n"
        '#image(bytes(sys.inputs.picture), format: "svg", width: 100%)'
    )
    made = typst.compile(
        source.encode(),
        format="png",
        ppi=_POINTS_PER_INCH * _PNG_PIXELS_PER_PIXEL,
        sys_inputs={"picture": svg},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return made if isinstance(made, bytes) else made[0]


@dataclass
class _Lines:
    """Parts of the picture and where the next one begins."""

    y: float
    parts: list[str]

    def add(self, text: str, *, size: float, weight: int = 400, most: int) -> None:
        """Add a text, broken into lines of at most `most` signs."""
        for line in textwrap.wrap(text, most) or [""]:
            self.y += size * 1.35
            self.parts.append(text_svg(line, MARGIN, self.y, size=size, weight=weight))


def _heading(picture: Picture) -> _Lines:
    lines = _Lines(MARGIN - 10, [])
    lines.add(picture.title, size=26, weight=700, most=66)
    if picture.subtitle:
        lines.add(picture.subtitle, size=15, most=118)
    lines.y += 18
    return lines


def _legend(picture: Picture, top: float) -> _Lines:
    """Return the legend in two columns."""
    lines = _Lines(top, [text_svg(picture.legend_title, MARGIN, top + 14, size=15, weight=700)])
    half = (len(picture.legend) + 1) // 2
    for at, (fill, words) in enumerate(picture.legend):
        x, y = MARGIN + (at // half) * MAP_WIDTH / 2, top + 28 + (at % half) * _ROW
        lines.parts.append(swatch_svg(fill, x, y, prefix=f"legend{at}"))
        lines.parts.append(text_svg(words, x + 36, y + 13, size=14))
    lines.y = top + 28 + half * _ROW
    return lines


def _notes(picture: Picture, top: float) -> _Lines:
    lines = _Lines(top, [])
    for note in picture.notes:
        lines.add(note, size=12, most=150)
    return lines
