"""Colours that survive colour blindness, a projector and grey print.

Sources: ColorBrewer (YlGnBu, C. Brewer), matplotlib (viridis), Nuñez, Anderton & Renslow 2018 (cividis),
Okabe & Ito 2008 (categories). The bivariate square is our own: blue × orange, multiplied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from geo.errors import ParameterError
from layers.shapes import require_pattern

Rgb: TypeAlias = tuple[float, float, float]

# Light to dark, evenly spaced; classes are taken from between.
_SEQUENTIAL: Final = MappingProxyType(
    {
        "YlGnBu": (
            "#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#253494", "#081d58",
        ),
        "viridis": (
            "#fde725", "#b5de2b", "#6ece58", "#35b779", "#1f9e89", "#26828e", "#31688e", "#3e4989", "#482878",
            "#440154",
        ),
        "cividis": (
            "#fee838", "#e1cc55", "#c3b369", "#a59c74", "#8a8678", "#707173", "#575d6d", "#3b496c", "#123570",
            "#00224e",
        ),
    }
)  # fmt: skip
SEQUENTIAL_NAMES: Final = tuple(_SEQUENTIAL)
_MARGIN: Final = 0.06  # neither as light as the paper nor as dark as the ink
MAX_CLASSES: Final = 9

OKABE_ITO: Final = MappingProxyType(
    {
        "black": "#000000",
        "orange": "#e69f00",
        "sky_blue": "#56b4e9",
        "green": "#009e73",
        "yellow": "#f0e442",
        "blue": "#0072b2",
        "vermilion": "#d55e00",
        "purple": "#cc79a7",
    }
)
_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_BLUES: Final = ("#f4f4f4", "#a6cce8", "#3f8fcb")
_ORANGES: Final = ("#f4f4f4", "#fbc571", "#ee8d1c")


def require_colour(colour: str) -> str:
    """Return `colour` if it is ``#rrggbb``, else raise ParameterError."""
    if not isinstance(colour, str) or not _HEX.fullmatch(colour):
        raise ParameterError("parameter.unknown_value", name="colour", value=colour, allowed="#rrggbb")
    return colour


@dataclass(frozen=True)
class Fill:
    """How an area is filled: `colour` (#rrggbb) and over it an optional pattern in `pattern_colour`."""

    colour: str
    pattern: str | None = None
    pattern_colour: str = "#6b6b6b"

    def __post_init__(self) -> None:
        """Refuse what a browser could not draw."""
        require_colour(self.colour)
        require_colour(self.pattern_colour)
        if self.pattern is not None:
            require_pattern(self.pattern)


UNKNOWN: Final = Fill("#ececec", "hatch", "#767676")
"""No value known."""

NO_STATEMENT: Final = Fill("#f6f1e4", "dots", "#80703f")
"""Something is known (a count, say), but it allows no statement."""


def sequential(name: str, count: int) -> tuple[str, ...]:
    """Return `count` (0–9) colours of ``"YlGnBu"``, ``"viridis"`` or ``"cividis"``, light (little) to dark (much).

    None for no class: where no value is known there is nothing to colour.
    """
    if name not in _SEQUENTIAL:
        raise ParameterError("parameter.unknown_value", name="palette", value=name, allowed=", ".join(_SEQUENTIAL))
    if not 0 <= count <= MAX_CLASSES:
        raise ParameterError("parameter.out_of_range", name="count", value=count, minimum=0, maximum=MAX_CLASSES)
    if count == 1:
        return (_at(_SEQUENTIAL[name], 0.5),)
    step = (1 - 2 * _MARGIN) / (count - 1)
    return tuple(_at(_SEQUENTIAL[name], _MARGIN + i * step) for i in range(count))


def bivariate() -> tuple[tuple[str, ...], ...]:
    """Return the 3 × 3 square ``[a][b]``: `a` low to high turns blue, `b` low to high turns orange."""
    return tuple(tuple(_multiplied(blue, orange) for orange in _ORANGES) for blue in _BLUES)


def ink_on(colour: str) -> str:
    """Return black or white, whichever reads better on `colour`."""
    return "#000000" if contrast(colour, "#000000") >= contrast(colour, "#ffffff") else "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> Rgb:
    """Return red, green and blue of ``#rrggbb``, each 0 to 1."""
    require_colour(colour)
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)


def _hex(parts: Rgb) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _at(anchors: tuple[str, ...], position: float) -> str:
    place = position * (len(anchors) - 1)
    left = min(int(place), len(anchors) - 2)
    share = place - left
    one, other = rgb(anchors[left]), rgb(anchors[left + 1])
    red, green, blue = (a + share * (b - a) for a, b in zip(one, other, strict=True))
    return _hex((red, green, blue))


def _multiplied(one: str, other: str) -> str:
    red, green, blue = (a * b for a, b in zip(rgb(one), rgb(other), strict=True))
    return _hex((red, green, blue))


def _luminance(colour: str) -> float:
    linear = [_linear(part) for part in rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(part: float) -> float:
    """Undo the sRGB curve (IEC 61966-2-1)."""
    straight = 0.04045
    return part / 12.92 if part <= straight else float(((part + 0.055) / 1.055) ** 2.4)
