"""Legends as data, made from the same classes and symbols as the map; the page draws and translates them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.errors import ParameterError
from layers.escape import html_text
from layers.palette import NO_STATEMENT, UNKNOWN, Fill, ink_on
from layers.shapes import PATTERNS, require_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers.classify import Classes
    from layers.symbols import Symbol

_SIDE: Final = 36
_WIDTH: Final = 30
_HEIGHT: Final = 20
_PAPER: Final = "#ffffff"
_INK: Final = "#1d272b"


@dataclass(frozen=True)
class LegendItem:
    """One line of a legend.

    Attributes
    ----------
    role
        ``"class"`` (numbers), ``"unknown"``, ``"no_statement"`` or ``"symbol"``: what the page says beside it.
    fill
        Colour and pattern; for a symbol its colour.
    shape, letter
        Of a symbol, else None.
    lower, upper
        Limits of a class; None = open. The upper limit belongs to the class.
    count
        Number of areas or places.
    label
        A symbol's own name (outside text), else None.
    outlined
        Whether the symbol is an outline on white, as of actors and offers.
    """

    role: str
    fill: Fill
    count: int
    shape: str | None = None
    letter: str | None = None
    lower: float | None = None
    upper: float | None = None
    label: str | None = None
    outlined: bool = False


def class_legend(
    classes: Classes,
    colours: Sequence[str],
    *,
    unknown: Fill = UNKNOWN,
    no_statement: int = 0,
    no_statement_fill: Fill = NO_STATEMENT,
) -> list[LegendItem]:
    """Return one item per class, then "no statement" and "unknown" where there are any.

    Parameters
    ----------
    classes
        The map's classes.
    colours
        One ``#rrggbb`` per class, as on the map.
    no_statement
        How many of the unknown values are "no statement" (see `layers.choropleth`).
    """
    if len(colours) != len(classes):
        raise ParameterError(
            "parameter.out_of_range", name="number of colours", value=len(colours), minimum=len(classes),
            maximum=len(classes),
        )  # fmt: skip
    items = [
        LegendItem("class", Fill(colour), count, lower=_open(lower), upper=_open(upper))
        for colour, count, lower, upper in zip(colours, classes.counts, classes.lowers, classes.uppers, strict=True)
    ]
    rest = [
        ("no_statement", no_statement_fill, no_statement),
        ("unknown", unknown, classes.unknown - no_statement),
    ]
    return items + [LegendItem(role, fill, count) for role, fill, count in rest if count]


def symbol_legend(symbols: Iterable[Symbol], counts: Iterable[int]) -> list[LegendItem]:
    """Return one item per symbol, with the number of its places on the map."""
    return [
        LegendItem("symbol", Fill(each.colour), count, shape=each.shape, letter=each.letter, label=each.label)
        for each, count in zip(symbols, counts, strict=True)
    ]


def _open(limit: float) -> float | None:
    return float(limit) if np.isfinite(limit) else None


def swatch_svg(item: LegendItem) -> str:
    """Return the item's picture as SVG (no text but the symbol's letter), hidden from screen readers.

    Streamlit removes SVG from HTML: show it as an image with a ``data:`` address.
    """
    return _symbol_svg(item) if item.shape is not None else _area_svg(item.fill)


def _symbol_svg(item: LegendItem) -> str:
    shape = require_shape(item.shape or "")
    letter = "".join(sign for sign in item.letter or "" if sign.isprintable())
    colour = item.fill.colour
    fill, line, width, ink = (_PAPER, colour, 3, _INK) if item.outlined else (colour, _PAPER, 1.5, ink_on(colour))
    return (
        f'<svg aria-hidden="true" focusable="false" width="24" height="24" '
        f'viewBox="{-_SIDE / 2} {-_SIDE / 2} {_SIDE} {_SIDE}">'
        f'<path d="{shape.path}" fill="{fill}" stroke="{line}" stroke-width="{width}"/>'
        f'<text y="{shape.letter_y}" dy="0.36em" text-anchor="middle" font-family="sans-serif" font-weight="700" '
        f'font-size="{shape.letter_size}" fill="{ink}">{html_text(letter)}</text></svg>'
    )


def _area_svg(fill: Fill) -> str:
    frame = f'width="{_WIDTH - 1}" height="{_HEIGHT - 1}" x="0.5" y="0.5"'
    border = 'stroke="#6b6b6b" stroke-width="1"'
    head = f'<svg aria-hidden="true" focusable="false" width="{_WIDTH}" height="{_HEIGHT}">'
    rect = f'<rect {frame} fill="{fill.colour}" {border}/>'
    if fill.pattern is None:
        return f"{head}{rect}</svg>"
    # Tiles one by one instead of an SVG pattern: no ids that could meet again elsewhere on the page.
    pattern = PATTERNS[fill.pattern]
    tiles = "".join(
        f'<path d="{pattern.path}" transform="translate({x} {y})"/>'
        for x in np.arange(0, _WIDTH, pattern.size)
        for y in np.arange(0, _HEIGHT, pattern.size)
    )
    lines = f'<g stroke="{fill.pattern_colour}" stroke-width="{pattern.width}" stroke-linecap="round">{tiles}</g>'
    return f'{head}{rect}{lines}<rect {frame} fill="none" {border}/></svg>'
