"""The map of an area: its outline, its neighbours, streets and known places, with legend, scale bar and north arrow."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from exchange.dossier.model import Picture
from exchange.map_svg import AreaFill, areas_svg, document_svg, names_svg, north_svg, outlines, scale_svg, text_svg
from geo.crs import METRIC_CRS

if TYPE_CHECKING:
    from exchange.dossier.words import Words
    from exchange.map_svg import Outlines
    from geo.catalogue import Load
    from geo.profile import Profile

WIDTH: Final = 640.0
MAP_WIDTH: Final = 440.0
_GAP: Final = 12.0
_MARGIN_SHARE: Final = 0.08
_SMALLEST_M: Final = 600.0
_FLATTEST, _TALLEST = 0.62, 0.68  # height of the map as part of its width
_AROUND: Final = -1
_OWN: Final = AreaFill("#dcecee")
_BLANK: Final = AreaFill("#ffffff")
_OTHER: Final = AreaFill("#f4f4f1")
_STREET: Final = "#c3cacc"
_RADIUS: Final = 7.0
_NAME_SIZE: Final = 11.0
_SIGN_WIDTH: Final = 0.52  # of a sign, as part of the font's size
_SCALE_BOX: Final = (117.0, 28.0)
_LINE: Final = 12.0
_SIZE: Final = 10.0
_SIGNS: Final = 33  # of one line of the legend


def area_map(words: Words, load: Load, own: Profile) -> Picture:
    """Return the map of a profile's area, with the legend beside it."""
    area, t = own.area, words.t
    window = _window(area.geometry)
    clipped = _clipped(load("districts"), window)
    shapes = outlines(clipped, id_column="district_id", width=MAP_WIDTH, heavy=_frame([area.geometry & window]))
    origin = np.array([clipped.total_bounds[0], clipped.total_bounds[3]])
    shapes = replace(shapes, names=_names(shapes, "" if len(area.district_ids) > 1 else area.name))
    scale = shapes.metres_per_pixel
    fills = {_AROUND: _BLANK} | (dict.fromkeys(area.district_ids, _OWN) if area.whole else {})
    located = own.places[own.places.geometry.notna()]
    kinds = [kind for kind in words.catalogue.kinds if (located["kind"] == kind).any()]
    parts = [
        areas_svg(shapes, fills, _OTHER, prefix="m"),
        _streets(load, window, origin, scale),
        names_svg(shapes, size=_NAME_SIZE),
        _marks(words, located, origin, scale),
        f'<rect x="0" y="{shapes.height - _SCALE_BOX[1]:.1f}" width="{_SCALE_BOX[0]:g}" height="{_SCALE_BOX[1]:g}" '
        'fill="#ffffff" opacity="0.85"/>',
        scale_svg(shapes, 8, shapes.height - 8, lambda metres: t.distance(metres).replace("\u00a0", " ")),
        north_svg(shapes.width - 16, 6, t("gaps.files.north")),
    ]
    legend, bottom = _legend(words, located, kinds)
    alt = t("profile.map.alt", name=area.name, located=len(located), known=len(own.places))
    height = max(shapes.height, bottom)
    svg = document_svg(WIDTH, height, [_framed(parts, shapes.height), *legend], title=alt)
    return Picture(svg, alt, t("profile.map"), WIDTH, height)


def _window(geometry: Any) -> Any:
    """Return the part of the world that is drawn: the area with a margin, not too small, not too flat or too tall."""
    west, south, east, north = geometry.bounds
    width = max(east - west, _SMALLEST_M) * (1 + 2 * _MARGIN_SHARE)
    height = max(north - south, _SMALLEST_M) * (1 + 2 * _MARGIN_SHARE)
    width, height = max(width, height / _TALLEST), max(height, width * _FLATTEST)
    x, y = (west + east) / 2, (south + north) / 2
    return shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _names(shapes: Outlines, own: str) -> tuple[tuple[str, float, float, float], ...]:
    """Return the names moved off the frame and the scale bar; `own`, the title of the whole, is not said again."""
    found = []
    for name, x, y, free in shapes.names:
        half = len(name) * _NAME_SIZE * _SIGN_WIDTH / 2 + 3
        if name in {"", own} or 2 * half > MAP_WIDTH:
            continue
        moved_x = min(max(x, half), MAP_WIDTH - half)
        lowest = shapes.height - (_SCALE_BOX[1] + _NAME_SIZE if moved_x - half < _SCALE_BOX[0] else 6)
        found.append((name, moved_x, min(max(y, _NAME_SIZE), lowest), free))
    return tuple(found)


def _frame(geometries: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"id": range(len(geometries))}, geometry=geometries, crs=METRIC_CRS)


def _clipped(districts: gpd.GeoDataFrame, window: Any) -> gpd.GeoDataFrame:
    """Return the window, for what lies outside the city and stays blank, and the districts inside it."""
    cut = shapely.intersection(districts.geometry.to_numpy(), window)
    polygons = np.array([_polygons(each) for each in cut], dtype=object)
    kept = districts[["district_id", "name"]].assign(geometry=polygons)
    frame = gpd.GeoDataFrame(kept, geometry="geometry", crs=METRIC_CRS)
    around = gpd.GeoDataFrame({"district_id": [_AROUND], "name": [""]}, geometry=[window], crs=METRIC_CRS)
    return pd.concat([around, frame[~frame.geometry.is_empty]], ignore_index=True)


def _polygons(geometry: Any) -> Any:
    """Return only the polygons of what a cut left: edges and corners are no areas."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.multipolygons(parts) if parts else shapely.Polygon()


def _framed(parts: list[str], height: float) -> str:
    """Return the map cut off at its frame."""
    clip = f'<defs><clipPath id="frame"><rect width="{MAP_WIDTH:g}" height="{height:.1f}"/></clipPath></defs>'
    return f'{clip}<g clip-path="url(#frame)">{"".join(parts)}</g>'


def _streets(load: Load, window: Any, origin: Any, scale: float) -> str:
    nodes, edges = load("street_nodes"), load("street_edges")
    west, south, east, north = window.bounds
    spots = nodes[["node"]].assign(x=nodes.geometry.x, y=nodes.geometry.y) if "geometry" in nodes.columns else nodes
    inside = spots[spots["x"].between(west, east) & spots["y"].between(south, north)].set_index("node")
    kept = edges[edges["u"].isin(inside.index) & edges["v"].isin(inside.index)]
    ends = [_pixels(inside.loc[kept[end], ["x", "y"]].to_numpy(), origin, scale) for end in ("u", "v")]
    path = "".join(f"M{x:g},{y:g}L{u:g},{v:g}" for (x, y), (u, v) in zip(*ends, strict=True))
    return f'<path d="{path}" fill="none" stroke="{_STREET}" stroke-width="0.8"/>' if path else ""


def _pixels(xy: Any, origin: Any, scale: float) -> Any:
    return np.round((xy - origin) / scale * [1.0, -1.0], 1) + 0.0


def _marks(words: Words, located: gpd.GeoDataFrame, origin: Any, scale: float) -> str:
    spots = _pixels(shapely.get_coordinates(located.geometry.to_numpy()), origin, scale)
    return "".join(_mark(words, kind, x, y) for kind, (x, y) in zip(located["kind"], spots, strict=True))


def _mark(words: Words, kind: str, x: float, y: float) -> str:
    entry = words.catalogue.kinds[kind]
    circle = (
        f'<circle cx="{x:g}" cy="{y:g}" r="{_RADIUS:g}" fill="{entry.colour}" stroke="#ffffff" stroke-width="1.2"/>'
    )
    return circle + text_svg(entry.letter, x, round(y + 2.9, 1), size=8, weight=700, anchor="middle", colour="#ffffff")


def _legend(words: Words, located: pd.DataFrame, kinds: list[str]) -> tuple[list[str], float]:
    """Return what the signs mean, one below the other right of the map, and where that ends."""
    x, y = MAP_WIDTH + _GAP + _RADIUS, _RADIUS + 2
    parts = []
    for kind in kinds:
        count = int((located["kind"] == kind).sum())
        lines = textwrap.wrap(f"{words.kind(kind)} ({count})", _SIGNS, max_lines=2, placeholder="…")
        parts.append(_mark(words, kind, x, y))
        parts += [text_svg(line, x + 12, round(y + 3.5 + at * _LINE, 1), size=_SIZE) for at, line in enumerate(lines)]
        y += max(2 * _RADIUS + 3, _LINE * len(lines) + 5)
    return parts, y
