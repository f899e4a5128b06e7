"""Outlines of the map's symbols and fill patterns, as SVG path data: one source for map and legend.

Symbols lie around the origin and have about the same area; `letter_y` is where the letter's middle is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geo.errors import ParameterError


@dataclass(frozen=True)
class Shape:
    """SVG path data around (0, 0), the letter's height and its size in pixels."""

    path: str
    letter_y: float = 0.0
    letter_size: float = 12.0


@dataclass(frozen=True)
class Pattern:
    """A tile of `size` × `size` pixels, drawn with one path of `width` pixels."""

    size: float
    path: str
    width: float


def _polygon(corners: int, radius: float, *, inner: float | None = None, y: float = 0.0) -> str:
    """Return a regular polygon with a corner on top; with `inner`, a star."""
    count = corners if inner is None else 2 * corners
    points = []
    for i in range(count):
        r = radius if inner is None or i % 2 == 0 else inner
        angle = 2 * math.pi * i / count
        points.append(f"{r * math.sin(angle):.2f} {y - r * math.cos(angle):.2f}")
    return "M" + "L".join(points) + "Z"


SHAPES: Final = MappingProxyType(
    {
        "circle": Shape("M-10.5 0A10.5 10.5 0 1 1 10.5 0A10.5 10.5 0 1 1 -10.5 0Z"),
        "square": Shape("M-9.5 -9.5H9.5V9.5H-9.5Z"),
        "triangle": Shape(_polygon(3, 15.0, y=3.0), letter_y=4.0, letter_size=11.0),
        "diamond": Shape("M0 -13.5L13.5 0L0 13.5L-13.5 0Z"),
        "pentagon": Shape(_polygon(5, 12.5, y=0.8), letter_y=1.0),
        "hexagon": Shape(_polygon(6, 12.0)),
        "star": Shape(_polygon(5, 15.0, inner=8.2, y=1.0), letter_y=1.5, letter_size=11.0),
        "cross": Shape("M-5.5 -12H5.5V-5.5H12V5.5H5.5V12H-5.5V5.5H-12V-5.5H-5.5Z"),
    }
)

PATTERNS: Final = MappingProxyType(
    {
        "hatch": Pattern(7.0, "M-1 8L8 -1M-1 1L1 -1M6 8L8 6", 1.6),
        "cross": Pattern(8.0, "M0 0L8 8M8 0L0 8", 1.3),
        "dots": Pattern(7.0, "M3.5 3.49V3.51", 3.0),
    }
)


def require_shape(shape: str) -> Shape:
    """Return the outline called `shape`; ParameterError names the known ones."""
    if shape not in SHAPES:
        raise ParameterError("parameter.unknown_value", name="shape", value=shape, allowed=", ".join(SHAPES))
    return SHAPES[shape]


def require_pattern(pattern: str) -> Pattern:
    """Return the pattern called `pattern`; ParameterError names the known ones."""
    if pattern not in PATTERNS:
        raise ParameterError("parameter.unknown_value", name="pattern", value=pattern, allowed=", ".join(PATTERNS))
    return PATTERNS[pattern]
