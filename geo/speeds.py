"""How fast people walk: minutes to metres and back."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.errors import ParameterError

MAX_KMH: Final = 15.0


class Pace(StrEnum):
    """Presets of walking speed."""

    STANDARD = "standard"
    OLDER = "older"
    FRAME = "frame"
    """With a pram or a walking frame."""


WALKING_KMH: Final = MappingProxyType({Pace.STANDARD: 4.8, Pace.OLDER: 3.2, Pace.FRAME: 2.9})
"""Speed of each preset in km/h; used by every part of the program."""


def walk_m(walk_min: float, kmh: float) -> float:
    """Return the metres walked in `walk_min` minutes at `kmh`."""
    return walk_min * check_speed(kmh) * 1000.0 / 60.0


def walk_min(distance_m: float, kmh: float) -> float:
    """Return the minutes needed for `distance_m` metres at `kmh`."""
    return distance_m / (check_speed(kmh) * 1000.0 / 60.0)


def check_speed(kmh: float) -> float:
    """Return `kmh`, a speed above 0 and up to 15 km/h.

    Raises
    ------
    ParameterError
        Any other value.
    """
    if not 0.0 < kmh <= MAX_KMH:
        raise ParameterError("parameter.out_of_range", name="kmh", value=kmh, minimum="above 0", maximum=MAX_KMH)
    return kmh
