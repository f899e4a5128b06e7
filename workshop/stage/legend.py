"""Legends of the stage: pictures and words, short enough to be read from far away."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.legend import swatch_svg
from workshop.legend_words import legend_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.wording import Texts
    from layers.legend import LegendItem


@dataclass(frozen=True)
class Legend:
    """A heading (may be empty) and lines of a picture (address of an SVG) and words."""

    title: str
    lines: tuple[tuple[str, str], ...]

    def spec(self) -> dict[str, Any]:
        """Return what the browser gets."""
        return {"title": self.title, "lines": [list(line) for line in self.lines]}


def legend_of(
    t: Texts, title: str, items: Sequence[LegendItem], *, digits: int = 0, factor: float = 1.0, counted: bool = False
) -> Legend:
    """Return the legend of `items`; see `workshop.legend_words.legend_text`."""
    lines = [(picture(swatch_svg(item)), legend_text(t, item, digits, factor, counted=counted)) for item in items]
    return Legend(title, tuple(lines))


def picture(svg: str) -> str:
    """Return the address of a picture that is inside the address itself."""
    whole = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return "data:image/svg+xml;base64," + b64encode(whole.encode()).decode("ascii")
