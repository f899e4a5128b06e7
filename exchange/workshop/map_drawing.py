"""The workshop's map as SVG, one unit = one point on paper: area, neighbours, streets, stops, places, grid and codes.

It is made for black-and-white printers: the area is white between grey neighbours, kinds have letters, borders differ
in their lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from exchange.glyphs import drawable
from exchange.map_svg import INK, document_svg, north_svg, text_svg
from exchange.workshop.grid_drawing import grid_lines, grid_rim
from exchange.workshop.labels import Room, moved_marks, named
from exchange.workshop.signs import STOP_INK, note_svg, sign_svg, stop_svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from exchange.workshop.labels import Label
    from exchange.workshop.material import Material, Spot
    from exchange.workshop.signs import NoteMark

_GROUND: Final = "#e9ebeb"
_STREET: Final = "#9aa4a8"
_BORDER: Final = "#5c676b"
_LONGEST_NAME: Final = 44
_NAME, _STOP_NAME, _AREA_NAME = 6.4, 5.2, 9.0  # points on A4
_NAME_SIGN_WIDTH: Final = 0.6
_PLACES_AT_FULL_SIZE: Final = 60
_BAR_M: Final = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_BAR_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Style:
    """How a map is drawn.

    Attributes
    ----------
    metres_per_point
        Scale.
    type_size
        How large type and lines are, compared with a sheet of A4.
    rim
        Points around the grid for its letters and numbers.
    """

    metres_per_point: float
    type_size: float
    rim: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as SVG document, `width` × `height` points."""

    svg: str
    width: float
    height: float


def map_drawing(
    material: Material, style: Style, *, title: str, north: str, notes: Sequence[NoteMark] | None = None
) -> Drawing:
    """Return the map.

    Parameters
    ----------
    material
        Area, grid, places, streets.
    style
        Scale and sizes.
    title
        What screen readers say.
    north
        Letter of the north arrow.
    notes
        None = a map to work on, with places and their names; else a map of these notes, places are left out.
    """
    pen = _Pen(material, style)
    parts = [pen.ground(), pen.streets(), pen.borders(), pen.lines()]
    parts += pen.places() if notes is None else [*pen.notes(notes), pen.bar()]
    size = style.type_size
    parts += [
        f'<rect x="{pen.width - 22 * size:.1f}" y="{3 * size:g}" width="{19 * size:g}" height="{40 * size:g}" '
        f'fill="#ffffff" opacity="0.85" rx="{2 * size:g}"/>',
        f'<g transform="translate({pen.width - 12.5 * size:.1f} {6 * size:g}) scale({size:g})">{north_svg(0, 0, north)}</g>',
    ]
    clip = f'<defs><clipPath id="map"><rect width="{pen.width:.2f}" height="{pen.height:.2f}"/></clipPath></defs>'
    frame = (
        f'<rect width="{pen.width:.2f}" height="{pen.height:.2f}" fill="none" stroke="{INK}" stroke-width="{size:g}"/>'
    )
    inner = f'{clip}<g clip-path="url(#map)">{"".join(parts)}</g>{frame}{pen.rim()}'
    moved = f'<g transform="translate({style.rim:.2f} {style.rim:.2f})">{inner}</g>'
    width, height = pen.width + 2 * style.rim, pen.height + 2 * style.rim
    return Drawing(document_svg(round(width, 2), round(height, 2), [moved], title=drawable(title)), width, height)


class _Pen:
    """Draws in points from the grid's north-west corner."""

    def __init__(self, material: Material, style: Style) -> None:
        self._material = material
        self._scale = style.metres_per_point
        self._size = style.type_size
        self._rim = style.rim
        grid = material.grid
        self._origin = np.array([grid.west, grid.north])
        self._side = grid.side_m / self._scale
        self.width, self.height = grid.width_m / self._scale, grid.height_m / self._scale

    def _points(self, xy: Any) -> npt.NDArray[np.float64]:
        made: npt.NDArray[np.float64] = np.round((np.asarray(xy) - self._origin) / self._scale * [1.0, -1.0], 1) + 0.0
        return made

    def _path(self, geometry: Any) -> str:
        rings = [
            ring
            for part in shapely.get_parts(geometry)
            if part.geom_type == "Polygon"
            for ring in (part.exterior, *part.interiors)
        ]
        return "".join(
            "M" + " ".join(f"{x:g},{y:g}" for x, y in self._points(shapely.get_coordinates(ring))) + "Z"
            for ring in rings
        )

    def ground(self) -> str:
        return (
            f'<rect width="{self.width:.2f}" height="{self.height:.2f}" fill="{_GROUND}"/>'
            f'<path d="{self._path(self._material.area.geometry)}" fill="#ffffff" fill-rule="evenodd"/>'
        )

    def streets(self) -> str:
        pieces = self._material.streets
        ends = [self._points(pieces[:, :2]), self._points(pieces[:, 2:])]
        path = "".join(f"M{x:g},{y:g}L{u:g},{v:g}" for (x, y), (u, v) in zip(*ends, strict=True))
        line = f'stroke="{_STREET}" stroke-width="{0.75 * self._size:g}" stroke-linecap="round"'
        return f'<path d="{path}" fill="none" {line}/>' if path else ""

    def borders(self) -> str:
        paths = "".join(f'<path d="{self._path(each)}"/>' for each in self._material.districts.geometry)
        own = self._path(self._material.area.geometry)
        size = self._size
        return (
            f'<g fill="none" stroke="{_BORDER}" stroke-width="{0.7 * size:g}" '
            f'stroke-dasharray="{4 * size:g} {2 * size:g}">{paths}</g>'
            f'<path d="{own}" fill="none" stroke="#ffffff" stroke-width="{4.2 * size:g}" stroke-linejoin="round"/>'
            f'<path d="{own}" fill="none" stroke="{INK}" stroke-width="{2.1 * size:g}" stroke-linejoin="round"/>'
        )

    def lines(self) -> str:
        """Return the grid's lines, and the code in every cell."""
        return grid_lines(self._material.grid, self._side, self._size)

    def rim(self) -> str:
        """Return letters above and below, numbers left and right."""
        return grid_rim(self._material.grid, self._side, self._rim)

    def places(self) -> list[str]:
        """Return stops and places with the names that find room; where signs would cover each other they are moved."""
        material, size = self._material, self._size
        room = Room(self.width, self.height)
        room.take((self.width - 22 * size, 0.0, self.width, 43 * size))
        radius = size * float(np.clip(5.6 * np.sqrt(_PLACES_AT_FULL_SIZE / max(len(material.places), 1)), 2.4, 5.6))
        stop_radius = min(3.0 * size, radius)
        spots = self._spots(material.places)
        signs = moved_marks(spots, radius, room)
        stops = moved_marks(self._spots(material.stops), stop_radius, room)
        names = self._names([each.name for each in material.places], signs, _NAME, radius, room)
        small = self._names([_stop_name(each.name) for each in material.stops], stops, _STOP_NAME, stop_radius, room)
        kinds = material.words.catalogue.kinds
        marks = [sign_svg(kinds.get(each.kind), *at, radius) for each, at in zip(material.places, signs, strict=True)]
        moved = [self._leader(spot, sign) for spot, sign in zip(spots, signs, strict=True) if spot != sign]
        return [
            self._area_names(room),
            self._written(small, STOP_INK),
            *(stop_svg(*at, stop_radius) for at in stops),
            *moved,
            *marks,
            self._written(names, INK),
        ]

    def notes(self, marks: Sequence[NoteMark]) -> list[str]:
        """Return the signs of notes, and names of districts and stops for orientation."""
        room = Room(self.width, self.height)
        radius = self._size * float(np.clip(6.0 * np.sqrt(_PLACES_AT_FULL_SIZE / max(len(marks), 1)), 2.6, 6.0))
        spots = [(float(x), float(y)) for x, y in self._points([(mark.x, mark.y) for mark in marks])] if marks else []
        signs = moved_marks(spots, radius * 1.15, room)
        stops = zip(self._material.stops, self._spots(self._material.stops), strict=True)
        stop_radius = 2.6 * self._size
        free = [(_stop_name(each.name), at) for each, at in stops if room.free(_box(at, stop_radius))]
        small = self._names([name for name, _ in free], [at for _, at in free], _STOP_NAME, stop_radius, room)
        return [
            self._area_names(room),
            self._written(small, STOP_INK),
            *(stop_svg(*at, stop_radius) for _, at in free),
            *(note_svg(mark, *at, radius) for mark, at in zip(marks, signs, strict=True)),
        ]

    def bar(self) -> str:
        """Return a scale bar in the south-west corner; sheets to work on have a larger one beside the map."""
        size = self._size
        longest = _BAR_SHARE * self.width * self._scale
        metres = max((each for each in _BAR_M if each <= longest), default=_BAR_M[0])
        wide, left, low = metres / self._scale, 6 * size, self.height - 6 * size
        words = drawable(self._material.words.t.distance(metres)).replace("\u00a0", " ")
        label = text_svg(words, left + 3 * size, low - 4 * size, size=8 * size)
        return (
            f'<rect x="0" y="{low - 16 * size:.1f}" width="{wide + 12 * size:.1f}" height="{22 * size:g}" fill="#ffffff" '
            f'opacity="0.9"/><path d="M{left:g},{low - 5 * size:.1f}V{low:.1f}h{wide:.2f}v{-5 * size:g}" fill="none" '
            f'stroke="{INK}" stroke-width="{1.2 * size:g}"/>{label}'
        )

    def _spots(self, spots: Sequence[Spot]) -> list[tuple[float, float]]:
        return [(float(x), float(y)) for x, y in self._points([(each.x, each.y) for each in spots])] if spots else []

    def _leader(self, spot: tuple[float, float], sign: tuple[float, float]) -> str:
        """Return the line from a place to its sign that had to be moved."""
        (x, y), (u, v), size = spot, sign, self._size
        line = f'<path d="M{x:g},{y:g}L{u:.1f},{v:.1f}" stroke="{INK}" stroke-width="{0.6 * size:g}"/>'
        return f'{line}<circle cx="{x:g}" cy="{y:g}" r="{1.1 * size:g}" fill="{INK}"/>'

    def _names(
        self, names: Sequence[str], spots: Sequence[tuple[float, float]], size: float, radius: float, room: Room
    ) -> list[Label]:
        rows = [(_short(drawable(name)), *at) for name, at in zip(names, spots, strict=True)]
        return named(rows, size=size * self._size, radius=radius, room=room)

    def _written(self, labels: Sequence[Label], colour: str) -> str:
        words = (
            text_svg(
                each.text,
                round(each.x, 1),
                round(each.y, 1),
                size=round(each.size, 2),
                anchor=each.anchor,
                colour=colour,
            )
            for each in labels
        )
        return self._with_rim("".join(words), 1.7)

    def _with_rim(self, words: str, width: float) -> str:
        """Return texts with a white rim that keeps them readable on lines."""
        line = f'stroke="#ffffff" stroke-width="{width * self._size:.2f}" stroke-linejoin="round" paint-order="stroke"'
        return f"<g {line}>{words}</g>"

    def _area_names(self, room: Room) -> str:
        """Return the names of the neighbours, where they find room."""
        area, frame = self._material.area, self._material.districts
        own = set(area.district_ids) if area.level == "district" else set()
        others = frame[~frame["district_id"].isin(own)]
        return self._with_rim("".join(map(self._area_name, others["name"], others.geometry, [room] * len(others))), 2.7)

    def _area_name(self, name: str, shape: Any, room: Room) -> str:
        size = _AREA_NAME * self._size
        largest = max(shapely.get_parts(shape), key=shapely.area)
        circle = shapely.maximum_inscribed_circle(largest, tolerance=20.0)
        x, y = self._points(shapely.get_coordinates(circle)[:1])[0]
        half = len(name) * size * _NAME_SIGN_WIDTH / 2
        for at in (y, y - 1.5 * size, y + 1.5 * size, y - 3 * size, y + 3 * size):
            box = (x - half, at - 0.6 * size, x + half, at + 0.6 * size)
            if room.free(box):
                room.take(box)
                word, low = drawable(str(name)), round(at + 0.36 * size, 1)
                return text_svg(word, round(x, 1), low, size=size, weight=700, anchor="middle", colour=_BORDER)
        return ""


def _box(at: tuple[float, float], radius: float) -> tuple[float, float, float, float]:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def _short(name: str) -> str:
    """Return a name that is not longer than a map bears."""
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip(" -,(") + "…"


def _stop_name(name: str) -> str:
    """Return the name of a stop without its town."""
    return name.split(", ", maxsplit=1)[0]
