"""Planning standards as data: which one applies and what it asks for in metres or people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from geo.errors import ParameterError
from geo.speeds import walk_m

Standards = Mapping[str, Mapping[str, Any]]
"""Rows of the resource ``standards`` by id."""

Unit = Literal["m", "min", "persons_per_unit"]

DISTANCE_TYPES: Final = frozenset({"max_distance", "max_walk_time"})
PROVISION_TYPES: Final = frozenset({"persons_per_unit", "coverage_target"})
USABLE_TYPES: Final = DISTANCE_TYPES | PROVISION_TYPES
"""Types of standard a verdict can be made from; areas and observed values are shown only."""

_TYPE_OF_UNIT: Final[dict[str, str]] = {
    "m": "max_distance",
    "min": "max_walk_time",
    "persons_per_unit": "persons_per_unit",
}


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value the user sets instead of a standard's.

    Attributes
    ----------
    value
        Above 0 (a distance may be 0).
    unit
        ``"m"`` or ``"min"``: longest walk; ``"persons_per_unit"``: people for each place.
    """

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard a verdict is made with.

    Attributes
    ----------
    standard_id
        Id in the catalogue; None = none, the value is the user's alone.
    own
        Whether value and unit are the user's: every result then says "own value".
    type, value, unit
        As in the catalogue (``max_distance``, ``max_walk_time``, ``persons_per_unit``,
        ``coverage_target``).
    threshold_m
        Longest walk in metres; None for standards of provision.
    persons_per_unit
        People for each unit of capacity; None for distances.
    jurisdiction, year, status, distance_kind, source_title, source_url
        As in the catalogue; None = not stated, or own value without a standard.
    """

    standard_id: str | None
    own: bool
    type: str
    value: float
    unit: str
    threshold_m: float | None
    persons_per_unit: float | None
    jurisdiction: str | None = None
    year: int | None = None
    status: str | None = None
    distance_kind: str | None = None
    source_title: str | None = None
    source_url: str | None = None


def applicable(standards: Standards, kind: str) -> list[str]:
    """Return the ids of the standards that fit a kind and can give a verdict, in catalogue order."""
    return [name for name, row in standards.items() if kind in _ids(row["facility_kinds"]) and _usable(row)]


def apply_standard(
    standards: Standards, standard_id: str | None, own: OwnValue | None, *, kmh: float
) -> Standard | None:
    """Return the standard with what it asks for, or None if there is nothing to judge by.

    Parameters
    ----------
    standards
        Rows of the resource ``standards`` by id.
    standard_id
        Id in it; None = no standard.
    own
        Takes the place of the standard's value; the id stays as the origin of the idea.
    kmh
        Walking speed that turns minutes into metres.

    Raises
    ------
    ParameterError
        An unknown id, or an own value out of range.
    """
    row = _row(standards, standard_id)
    facts = {} if row is None else _facts(row)
    if own is not None:
        _check_own(own)
        return _standard(standard_id, _TYPE_OF_UNIT[own.unit], own.value, own.unit, facts, kmh, own=True)
    if row is None or not _usable(row):
        return None
    unit = _text(row["unit"]) or ""
    return _standard(standard_id, str(row["type"]), float(row["value"]), unit, facts, kmh, own=False)


def _standard(
    standard_id: str | None,
    kind: str,
    value: float,
    unit: str,
    facts: dict[str, Any],
    kmh: float,
    *,
    own: bool,
) -> Standard:
    threshold = {"max_distance": value, "max_walk_time": walk_m(value, kmh)}.get(kind)
    persons: float | None = None
    if kind in PROVISION_TYPES:
        persons = value if kind == "persons_per_unit" else 100.0 / value
    return Standard(standard_id, own, kind, value, unit, threshold, persons, **facts)


def _row(standards: Standards, standard_id: str | None) -> Mapping[str, Any] | None:
    if standard_id is None:
        return None
    if standard_id not in standards:
        raise ParameterError(
            "parameter.unknown_value", name="standard_id", value=standard_id, allowed=", ".join(standards)
        )
    return standards[standard_id]


def _usable(row: Mapping[str, Any]) -> bool:
    return row["type"] in USABLE_TYPES and bool(pd.notna(row["value"]))


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    texts = ("jurisdiction", "status", "distance_kind", "source_title", "source_url")
    year = None if pd.isna(row["year"]) else int(row["year"])
    return {name: _text(row[name]) for name in texts} | {"year": year}


def _check_own(own: OwnValue) -> None:
    if own.unit not in _TYPE_OF_UNIT:
        allowed = ", ".join(_TYPE_OF_UNIT)
        raise ParameterError("parameter.unknown_value", name="unit", value=own.unit, allowed=allowed)
    lowest_ok = own.value > 0 if own.unit == "persons_per_unit" else own.value >= 0
    if not lowest_ok or own.value == float("inf"):
        raise ParameterError(
            "parameter.out_of_range", name="value", value=own.value, minimum=0, maximum="a finite number"
        )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _ids(text: object) -> list[str]:
    return text.split(";") if isinstance(text, str) else []
