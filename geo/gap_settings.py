"""All parameters of a gap analysis in one frozen object that can be written down and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from geo.access import Decay
from geo.errors import ParameterError
from geo.reach import Method, Walk
from geo.speeds import WALKING_KMH, Pace, check_speed
from geo.standards import OwnValue

MAX_DRAWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class GapSettings:
    """How gaps are measured and judged; the defaults are those of the page and the command line.

    Attributes
    ----------
    walk
        How distances are measured.
    pace, own_kmh
        Walking speed: a preset, or an own value in km/h that takes its place.
    standard_id
        Standard of the catalogue; None = the default of the kind.
    own
        Own value in place of the standard's.
    target_group
        Target group of the catalogue; None = that of the kind.
    decay, width_m
        How people near the threshold count (`geo.access.beyond`).
    gap_share
        A district is a gap if more than this share of the target group is beyond the threshold.
    covered_share
        It is covered if at most this share is; between both it is partly covered.
    catchment_min
        Walk in minutes that bounds the catchment of places where no standard gives a distance.
    draws, seed
        Random draws for places whose location is not known (`geo.robustness`); 0 = none.
    certainty
        Share of the draws that must agree before a verdict is given in spite of such places.
    fresh_since, stale_weight
        Places that were last known to be true before this day (YYYY-MM-DD), or nobody knows when, count
        with this weight (0–1) in everything that counts what places offer: gravity, floating catchments,
        supply and coverage. Walks stay as they are. None = all places count the same.
    """

    walk: Walk = field(default_factory=Walk)
    pace: Pace = Pace.STANDARD
    own_kmh: float | None = None
    standard_id: str | None = None
    own: OwnValue | None = None
    target_group: str | None = None
    decay: Decay = Decay.HARD
    width_m: float = 0.0
    gap_share: float = 0.5
    covered_share: float = 0.1
    catchment_min: float = 15.0
    draws: int = 100
    seed: int = 0
    certainty: float = 0.9
    fresh_since: str | None = None
    stale_weight: float = 0.5

    def __post_init__(self) -> None:
        if self.own_kmh is not None:
            check_speed(self.own_kmh)
        _within("gap_share", self.gap_share, 0, 1)
        _within("covered_share", self.covered_share, 0, self.gap_share)
        _within("certainty", self.certainty, 0.5, 1)
        _within("catchment_min", self.catchment_min, 0, 600)
        _within("draws", self.draws, 0, MAX_DRAWS)
        _within("width_m", self.width_m, 0, 1e6)
        _within("seed", self.seed, 0, 2**32 - 1)
        _within("stale_weight", self.stale_weight, 0, 1)
        if self.fresh_since is not None:
            _check_day("fresh_since", self.fresh_since)

    @property
    def kmh(self) -> float:
        """Walking speed in km/h."""
        return WALKING_KMH[self.pace] if self.own_kmh is None else self.own_kmh


def settings_to_dict(settings: GapSettings) -> dict[str, Any]:
    """Return the settings as plain numbers, texts and nested dictionaries (for JSON)."""
    return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(settings).items()} | {
        "walk": asdict(settings.walk) | {"method": str(settings.walk.method)}
    }


def settings_from_dict(values: Mapping[str, Any]) -> GapSettings:
    """Return the settings written by `settings_to_dict`; missing entries take their default.

    Raises
    ------
    ParameterError
        An unknown entry, an unknown choice or a value out of range or of the wrong type.
    """
    _known("settings", values, [item.name for item in fields(GapSettings)])
    plain = dict(values)
    walk, own = plain.pop("walk", {}), plain.pop("own", None)
    _known("walk", walk, ["method", "detour", "snap_limit_m", "place_snap_limit_m"])
    for name, kind in (("pace", Pace), ("decay", Decay)):
        if name in plain:
            plain[name] = _choice(name, plain[name], kind)
    if "method" in walk:
        walk = {**walk, "method": _choice("method", walk["method"], Method)}
    if own is not None:
        _known("own", own, ["value", "unit"])
    try:
        value = None if own is None else OwnValue(float(own["value"]), own["unit"])
        return GapSettings(walk=Walk(**walk), own=value, **plain)
    except (TypeError, KeyError, ValueError) as error:
        raise ParameterError(
            "parameter.wrong_type", name="settings", found=str(error), expected="numbers and texts"
        ) from error


def _choice(name: str, value: object, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(str(value))
    except ValueError as error:
        allowed = ", ".join(kind)
        raise ParameterError("parameter.unknown_value", name=name, value=value, allowed=allowed) from error


def _known(name: str, values: object, allowed: list[str]) -> None:
    if not isinstance(values, Mapping):
        found = type(values).__name__
        raise ParameterError("parameter.wrong_type", name=name, found=found, expected="a dictionary")
    for key in values:
        if key not in allowed:
            raise ParameterError("parameter.unknown_value", name=name, value=key, allowed=", ".join(allowed))


def _check_day(name: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ParameterError("parameter.unknown_value", name=name, value=value, allowed="YYYY-MM-DD") from error


def _within(name: str, value: float, minimum: float, maximum: float) -> None:
    if not minimum <= value <= maximum:
        raise ParameterError("parameter.out_of_range", name=name, value=value, minimum=minimum, maximum=maximum)
