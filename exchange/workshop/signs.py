"""Signs on the workshop's maps: places, stops and notes, each told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from exchange.map_svg import INK, text_svg

if TYPE_CHECKING:
    from geo.catalogue import FacilityKind

STOP_INK: Final = "#33474d"
GRID_INK: Final = "#3f7f8a"
_OTHER: Final = "#333333"
_NOTE: Final = "#0b5c66"
_LEAST_LETTER_RADIUS: Final = 3.4


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note on the map of a protocol: what stands in its sign, where (EPSG:25832), and its category."""

    text: str
    x: float
    y: float
    category: str


def sign_svg(entry: FacilityKind | None, x: float, y: float, radius: float) -> str:
    """Return the sign of a kind of place: a dark circle with its letter; without one where it would be too small."""
    colour = _OTHER if entry is None else entry.colour
    rim = f'stroke="#ffffff" stroke-width="{radius * 0.16:.2f}"'
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{colour}" {rim}/>'
    if radius < _LEAST_LETTER_RADIUS or entry is None:
        return circle
    return circle + _centred(entry.letter, x, y, radius * (1.25 if len(entry.letter) == 1 else 1.0), "#ffffff")


def stop_svg(x: float, y: float, radius: float) -> str:
    """Return the sign of a stop: a white circle with an H."""
    rim = f'stroke="{STOP_INK}" stroke-width="{radius * 0.3:.2f}"'
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="#ffffff" {rim}/>'
    return circle + _centred("H", x, y, 1.35 * radius, STOP_INK)


def note_svg(mark: NoteMark, x: float, y: float, radius: float) -> str:
    """Return the sign of a note: its number in a shape that says its category without colour.

    Need: dark circle; idea: white square; strength: dark diamond; contact and others: white triangle.
    """
    r = radius
    half, wide, high = 1.3 * r, 1.4 * r, 2.3 * r
    diamond = f"M{x:.1f},{y - half:.1f}l{half:.2f},{half:.2f}l{-half:.2f},{half:.2f}l{-half:.2f},{-half:.2f}Z"
    shapes = {
        "need": f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}"',
        "idea": f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r:g}" height="{2 * r:g}"',
        "strength": f'<path d="{diamond}"',
    }
    triangle = f'<path d="M{x:.1f},{y - wide:.1f}l{wide:.2f},{high:.2f}h{-2 * wide:.2f}Z"'
    fill, ink = (_NOTE, "#ffffff") if mark.category in {"need", "strength"} else ("#ffffff", INK)
    size = r * (1.15 if len(mark.text) <= 2 else 0.85)  # noqa: PLR2004 -- three digits are set smaller
    low = 0.0 if mark.category in shapes else 0.18 * r  # a triangle is widest below
    rim = f'fill="{fill}" stroke="{INK}" stroke-width="{r * 0.12:.2f}"/>'
    return f"{shapes.get(mark.category, triangle)} {rim}{_centred(mark.text, x, y + low, size if not low else 0.85 * size, ink)}"


def line_svg(colour: str, width: float, *, dashes: str = "none") -> str:
    """Return a line of a legend, 14 × 12 points."""
    return f'<path d="M0,6H14" stroke="{colour}" stroke-width="{width:g}" stroke-dasharray="{dashes}"/>'


def cell_svg() -> str:
    """Return a cell of the grid for a legend, 14 × 12 points."""
    return f'<rect x="2" y="1" width="10" height="10" fill="none" stroke="{GRID_INK}" stroke-width="0.6"/>'


def _centred(text: str, x: float, y: float, size: float, colour: str) -> str:
    low = round(y + 0.36 * size, 1)
    return text_svg(text, round(x, 1), low, size=round(size, 2), weight=700, anchor="middle", colour=colour)
