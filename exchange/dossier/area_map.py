"""The map of an area: its outline, its neighbours, streets and known places, with legend, scale bar and north arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely

from exchange.dossier.model import Picture
from exchange.map_svg import AreaFill, areas_svg, document_svg, names_svg, north_svg, outlines, scale_svg, text_svg
from geo.crs import METRIC_CRS

if TYPE_CHECKING:
    import pandas as pd

    from exchange.dossier.words import Words
    from geo.catalogue import Load
    from geo.profile import Profile

WIDTH: Final = 640.0
_MARGIN_SHARE: Final = 0.08
_SMALLEST_M: Final = 600.0
_OWN: Final = AreaFill("#dcecee")
_OTHER: Final = AreaFill("#f4f4f1")
_STREET: Final = "#c3cacc"
_RADIUS: Final = 8.0
_LEGEND_ROW: Final = 20.0
_COLUMNS: Final = 3


def area_map(words: Words, load: Load, own: Profile) -> Picture:
    """Return the map of a profile's area."""
    area, t = own.area, words.t
    window = _window(area.geometry)
    clipped = _clipped(load("districts"), window)
    shapes = outlines(clipped, id_column="district_id", width=WIDTH, heavy=_frame([area.geometry & window]))
    origin = np.array([clipped.total_bounds[0], clipped.total_bounds[3]])
    scale = shapes.metres_per_pixel
    fills = dict.fromkeys(area.district_ids, _OWN) if area.whole else {}
    located = own.places[own.places.geometry.notna()]
    kinds = [kind for kind in words.catalogue.kinds if (located["kind"] == kind).any()]
    parts = [
        areas_svg(shapes, fills, _OTHER, prefix="m"),
        _streets(load, window, origin, scale),
        names_svg(shapes, size=12),
        _marks(words, located, origin, scale),
        f'<rect x="0" y="{shapes.height - 30:.1f}" width="{0.22 * WIDTH + 20:.0f}" height="30" fill="#ffffff" opacity="0.85"/>',
        scale_svg(shapes, 8, shapes.height - 8, lambda metres: t.distance(metres).replace("\u00a0", " ")),
        north_svg(shapes.width - 16, 6, t("gaps.files.north")),
    ]
    top = shapes.height + 18
    legend, rows = _legend(words, located, kinds, top)
    height = top + rows * _LEGEND_ROW + 8
    alt = t("profile.map.alt", name=area.name, located=len(located), known=len(own.places))
    svg = document_svg(WIDTH, height, [_framed(parts, shapes.height), *legend], title=alt)
    return Picture(svg, alt, t("profile.map"), WIDTH, height)


def _window(geometry: Any) -> Any:
    """Return the part of the world that is drawn: the area with a margin, not smaller than a few hundred metres."""
    west, south, east, north = geometry.bounds
    side = max(east - west, north - south, _SMALLEST_M)
    margin = side * _MARGIN_SHARE
    x, y = (west + east) / 2, (south + north) / 2
    half_x, half_y = max(east - west, side * 0.8) / 2 + margin, max(north - south, side * 0.55) / 2 + margin
    return shapely.box(x - half_x, y - half_y, x + half_x, y + half_y)


def _frame(geometries: list[Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"id": range(len(geometries))}, geometry=geometries, crs=METRIC_CRS)


def _clipped(districts: gpd.GeoDataFrame, window: Any) -> gpd.GeoDataFrame:
    """Return the districts inside the window; what lies outside the city stays blank."""
    cut = shapely.intersection(districts.geometry.to_numpy(), window)
    polygons = np.array([_polygons(each) for each in cut], dtype=object)
    kept = districts[["district_id", "name"]].assign(geometry=polygons)
    frame = gpd.GeoDataFrame(kept, geometry="geometry", crs=METRIC_CRS)
    return frame[~frame.geometry.is_empty]


def _polygons(geometry: Any) -> Any:
    """Return only the polygons of what a cut left: edges and corners are no areas."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return shapely.multipolygons(parts) if parts else shapely.Polygon()


def _framed(parts: list[str], height: float) -> str:
    """Return the map cut off at its frame."""
    clip = f'<defs><clipPath id="frame"><rect width="{WIDTH:g}" height="{height:.1f}"/></clipPath></defs>'
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
    return circle + text_svg(entry.letter, x, round(y + 3.2, 1), size=9, weight=700, anchor="middle", colour="#ffffff")


def _legend(words: Words, located: pd.DataFrame, kinds: list[str], top: float) -> tuple[list[str], int]:
    """Return the legend in columns, and how many rows it takes."""
    rows = -(-len(kinds) // _COLUMNS)
    parts = []
    for at, kind in enumerate(kinds):
        x, y = (at // rows) * WIDTH / _COLUMNS + 10, top + (at % rows) * _LEGEND_ROW + 8
        count = int((located["kind"] == kind).sum())
        parts.append(_mark(words, kind, x, y))
        parts.append(text_svg(f"{words.kind(kind)} ({count})", x + 14, y + 4, size=11))
    return parts, rows
