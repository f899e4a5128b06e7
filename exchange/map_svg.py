"""Areas as a vector map: coloured outlines with patterns, scale bar and north arrow, as parts of an SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import shapely

from geo.crs import require_metric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import geopandas as gpd

FONT: Final = "'Atkinson Hyperlegible Next', 'Noto Sans', 'Segoe UI', Arial, sans-serif"
INK: Final = "#1d272b"
_BORDER: Final = "#6b7377"
_SCALE_LENGTHS_M: Final = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
_SIGN_WIDTH: Final = 0.52  # of a sign, as part of the font's size
_OVERHANG: Final = 1.25  # a name may be that much longer than the circle it stands in
_SCALE_SHARE: Final = 0.22  # longest part of the width that the scale bar may take


@dataclass(frozen=True, slots=True)
class AreaFill:
    """How an area is filled.

    Attributes
    ----------
    colour
        ``#rrggbb``.
    pattern
        SVG path data of one tile, drawn over the colour; None = none.
    pattern_size, pattern_width, pattern_colour
        Side of the tile and width of its lines in pixels, and their colour.
    """

    colour: str
    pattern: str | None = None
    pattern_size: float = 7.0
    pattern_width: float = 1.5
    pattern_colour: str = "#767676"


@dataclass(frozen=True, eq=False)
class Outlines:
    """Areas as SVG paths, fitted into a width.

    Attributes
    ----------
    width, height
        Pixels.
    metres_per_pixel
        Scale of the map.
    paths
        Area id → path data.
    heavy
        Path data of borders drawn stronger (boroughs), may be empty.
    names
        Name, place and free width in pixels of each area that has a name.
    """

    width: float
    height: float
    metres_per_pixel: float
    paths: Mapping[int, str]
    heavy: tuple[str, ...] = ()
    names: tuple[tuple[str, float, float, float], ...] = ()


def outlines(
    areas: gpd.GeoDataFrame, *, id_column: str, width: float, heavy: gpd.GeoDataFrame | None = None
) -> Outlines:
    """Return the outlines of `areas`, `width` pixels wide.

    Parameters
    ----------
    areas
        Polygons in EPSG:25832 with ids in `id_column` and, for maps with names, ``name``.
    width
        Pixels; the height follows from the shape of the whole.
    heavy
        Areas whose borders are drawn stronger, or None.

    Raises
    ------
    CrsError
        Not in EPSG:25832.
    """
    require_metric(areas, name="areas")
    west, south, east, north = (float(each) for each in areas.total_bounds)
    scale = (east - west) / width
    origin = np.array([west, north])

    def path(geometry: Any) -> str:
        return _path(geometry, origin, scale)

    return Outlines(
        width=width,
        height=(north - south) / scale,
        metres_per_pixel=scale,
        paths={int(number): path(shape) for number, shape in zip(areas[id_column], areas.geometry, strict=True)},
        heavy=() if heavy is None else tuple(path(shape) for shape in heavy.geometry),
        names=_names(areas, origin, scale) if "name" in areas.columns else (),
    )


def _names(
    areas: gpd.GeoDataFrame, origin: np.ndarray[Any, Any], scale: float
) -> tuple[tuple[str, float, float, float], ...]:
    """Return where the names fit best: in the middle of the largest circle inside the area's largest part."""
    found = []
    for name, shape in zip(areas["name"], areas.geometry, strict=True):
        largest = max(shapely.get_parts(shape), key=shapely.area)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=20.0)
        x, y = (shapely.get_coordinates(circle)[0] - origin) / scale * [1.0, -1.0]
        found.append((str(name), float(x), float(y), 2.0 * float(shapely.length(circle)) / scale))
    return tuple(found)


def _path(geometry: Any, origin: np.ndarray[Any, Any], scale: float) -> str:
    rings = [ring for part in shapely.get_parts(geometry) for ring in (part.exterior, *part.interiors)]
    texts = []
    for ring in rings:
        xy = (shapely.get_coordinates(ring) - origin) / scale
        steps = np.round(xy * [1.0, -1.0], 1) + 0.0
        kept = np.r_[True, (np.diff(steps, axis=0) != 0).any(axis=1)]
        texts.append("M" + " ".join(f"{x:g},{y:g}" for x, y in steps[kept]) + "Z")
    return "".join(texts)


def areas_svg(shapes: Outlines, fills: Mapping[int, AreaFill], other: AreaFill, *, prefix: str = "p") -> str:
    """Return the filled areas as SVG elements; an area without a fill gets `other`.

    `prefix` begins the names of the patterns: it differs between maps of one document.
    """
    patterns: dict[AreaFill, str] = {}
    body = []
    for number, path in shapes.paths.items():
        fill = fills.get(number, other)
        body.append(f'<path d="{path}" fill="{fill.colour}"/>')
        if fill.pattern is not None:
            name = patterns.setdefault(fill, f"{prefix}{len(patterns)}")
            body.append(f'<path d="{path}" fill="url(#{name})" stroke="none"/>')
    defs = "".join(_pattern(fill, name) for fill, name in patterns.items())
    heavy = "".join(f'<path d="{path}"/>' for path in shapes.heavy)
    return (
        f"<defs>{defs}</defs>"
        f'<g stroke="{_BORDER}" stroke-width="0.7" stroke-linejoin="round" fill-rule="evenodd">{"".join(body)}</g>'
        f'<g fill="none" stroke="{INK}" stroke-width="1.3" stroke-linejoin="round">{heavy}</g>'
    )


def _pattern(fill: AreaFill, name: str) -> str:
    return (
        f'<pattern id="{name}" width="{fill.pattern_size:g}" height="{fill.pattern_size:g}" '
        f'patternUnits="userSpaceOnUse"><path d="{fill.pattern}" fill="none" stroke="{fill.pattern_colour}" '
        f'stroke-width="{fill.pattern_width:g}" stroke-linecap="round"/></pattern>'
    )


def chosen_svg(shapes: Outlines, areas: Iterable[int], colour: str) -> str:
    """Return a strong outline around some areas."""
    paths = "".join(f'<path d="{shapes.paths[area]}"/>' for area in areas if area in shapes.paths)
    return f'<g fill="none" stroke="{colour}" stroke-width="3" stroke-linejoin="round">{paths}</g>'


def names_svg(shapes: Outlines, *, size: float = 11) -> str:
    """Return the names that fit into their areas, with a white rim that keeps them readable on dark fills."""
    fitting = [each for each in shapes.names if len(each[0]) * size * _SIGN_WIDTH <= _OVERHANG * each[3]]
    words = "".join(
        text_svg(name, round(x, 1), round(y + size / 3, 1), size=size, anchor="middle") for name, x, y, _ in fitting
    )
    return f'<g stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke">{words}</g>'


def swatch_svg(fill: AreaFill, x: float, y: float, *, prefix: str) -> str:
    """Return a small rectangle of a legend at (x, y), 26 × 16 pixels."""
    frame = f'x="{x:g}" y="{y:g}" width="26" height="16"'
    border = f'stroke="{_BORDER}" stroke-width="0.8"'
    if fill.pattern is None:
        return f'<rect {frame} fill="{fill.colour}" {border}/>'
    over = f'<rect {frame} fill="url(#{prefix})" {border}/>'
    return f'<defs>{_pattern(fill, prefix)}</defs><rect {frame} fill="{fill.colour}"/>{over}'


def scale_svg(shapes: Outlines, x: float, y: float, written: Callable[[float], str]) -> str:
    """Return a scale bar whose left end is at (x, y); `written` turns metres into text."""
    longest = _SCALE_SHARE * shapes.width * shapes.metres_per_pixel
    metres = max((each for each in _SCALE_LENGTHS_M if each <= longest), default=_SCALE_LENGTHS_M[0])
    width = metres / shapes.metres_per_pixel
    return (
        f'<path d="M{x:g},{y - 6:g}V{y:g}H{x + width:.1f}V{y - 6:g}" fill="none" stroke="{INK}" stroke-width="1.5"/>'
        + text_svg(written(metres), x + 5, y - 5, size=12)
    )


def north_svg(x: float, y: float, letter: str) -> str:
    """Return an arrow to grid north with its point at (x, y)."""
    arrow = f'<path d="M{x:g},{y:g}l7,20l-7,-5l-7,5Z" fill="{INK}"/>'
    return arrow + text_svg(letter, x, y + 34, size=13, weight=700, anchor="middle")


def text_svg(
    text: str, x: float, y: float, *, size: float, weight: int = 400, anchor: str = "start", colour: str = INK
) -> str:
    """Return one line of text; what it says is only ever text."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family={quoteattr(FONT)} font-size="{size:g}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{colour}">{escape(_clean(text))}</text>'
    )


def document_svg(
    width: float, height: float, parts: Iterable[str], *, title: str, ground: str | None = "#ffffff"
) -> str:
    """Return a whole SVG document; `title` is what screen readers say, `ground` the colour below everything."""
    below = "" if ground is None else f'<rect width="{width:g}" height="{height:g}" fill="{ground}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img"><title>{escape(_clean(title))}</title>'
        f"{below}{''.join(parts)}</svg>"
    )


def _clean(text: str) -> str:
    """Return `text` without what XML has no place for."""
    return "".join(sign if sign.isprintable() or sign in "\t\n" else "�" for sign in text)
