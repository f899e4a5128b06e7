"""Marks and names on a map that do not lie on each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

SIGN_WIDTH: Final = 0.54
"""Mean width of a sign as part of the type's size."""

_RINGS: Final = (0.0, 2.2, 4.2, 6.4)
_TURNS: Final = 8


class Room:
    """The free room on a map of `width` × `height`: what is taken stays taken."""

    def __init__(self, width: float, height: float) -> None:
        self._width = width
        self._height = height
        self._taken = np.empty((0, 4))

    def free(self, box: Box) -> bool:
        """Tell whether a box lies on the map and on nothing else."""
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self._width or bottom > self._height:
            return False
        taken = self._taken
        hit = (taken[:, 0] < right) & (taken[:, 2] > left) & (taken[:, 1] < bottom) & (taken[:, 3] > top)
        return not bool(hit.any())

    def take(self, box: Box) -> None:
        """Mark a box as taken."""
        self._taken = np.vstack([self._taken, box])


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark: where its text begins (``start``), ends (``end``) or stands in the middle; `size` of its type."""

    text: str
    x: float
    y: float
    anchor: str
    size: float


def moved_marks(spots: Sequence[tuple[float, float]], radius: float, room: Room) -> list[tuple[float, float]]:
    """Return where round marks are drawn: on their spot, or beside it where another one lies already.

    A spot for which there is no room nearby keeps its mark where it is.
    """
    found = []
    for x, y in spots:
        place = next((spot for spot in _around(x, y, radius) if room.free(_square(*spot, radius))), (x, y))
        room.take(_square(*place, radius))
        found.append(place)
    return found


def named(names: Iterable[tuple[str, float, float]], *, size: float, radius: float, room: Room) -> list[Label]:
    """Return the names that find room beside their mark (name, x, y), in their order; others are left out."""
    found = []
    for text, x, y in names:
        width = len(text) * size * SIGN_WIDTH
        for label, box in _beside(text, x, y, width, size, radius):
            if room.free(box):
                room.take(box)
                found.append(label)
                break
    return found


def _around(x: float, y: float, radius: float) -> Iterable[tuple[float, float]]:
    yield x, y
    for ring in _RINGS[1:]:
        for turn in range(_TURNS):
            angle = 2.0 * math.pi * turn / _TURNS
            yield x + ring * radius * math.cos(angle), y + ring * radius * math.sin(angle)


def _beside(text: str, x: float, y: float, width: float, size: float, radius: float) -> Iterable[tuple[Label, Box]]:
    away, half = radius + 0.25 * size, 0.5 * size
    for anchor, left, middle in (
        ("start", x + away, y), ("end", x - away - width, y),
        ("middle", x - width / 2, y + radius + half), ("middle", x - width / 2, y - radius - half),
        ("start", x + 0.7 * away, y - away), ("start", x + 0.7 * away, y + away),
        ("end", x - 0.7 * away - width, y - away), ("end", x - 0.7 * away - width, y + away),
    ):  # fmt: skip
        at = {"start": left, "end": left + width, "middle": left + width / 2}[anchor]
        yield Label(text, at, middle + 0.36 * size, anchor, size), (left, middle - half, left + width, middle + half)


def _square(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius
