"""The catalogue of a data package as typed objects: kinds of facility, target groups, roles, topics, standards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar

import pandas as pd

from geo.schema import LIST_DELIMITER
from geo.sources import Package, read

Load: TypeAlias = Callable[[str], pd.DataFrame]
"""Gives the frame of a resource by its name, as `geo.sources.read` does; pages hand in their cached one."""

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Labels:
    """A name in German and English."""

    de: str
    en: str

    def of(self, language: str) -> str:
        """Return the name in `language`; every language but English gets the German one."""
        return self.en if language.startswith("en") else self.de


@dataclass(frozen=True, slots=True)
class FacilityKind:
    """A kind of facility, its sign on the map, and whom it is for. `standard_id` None = no standard."""

    kind: str
    label: Labels
    plural: Labels
    group: str
    shape: str
    letter: str
    colour: str
    target_group: str
    topics: tuple[str, ...]
    standard_id: str | None
    inventory_state: Literal["complete", "partial", "unknown"]


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A group of people. `population_column` of ``population_cells`` counts them, None = no count known."""

    target_group: str
    label: Labels
    population_column: str | None
    note: Labels


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an actor; `is_core` = one of the eight that the concept asks for."""

    role: str
    label: Labels
    is_core: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A goal of the field of action "Inklusion, Integration und Teilhabe"."""

    topic: str
    label: Labels
    source: str


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """What an indicator measures; `need_sign` +1 = a higher value means more need, -1 less, 0 neither."""

    indicator: str
    label: Labels
    unit: str
    measure: Literal["count", "rate", "mean"]
    denominator: Labels
    need_sign: int


@dataclass(frozen=True, slots=True)
class PlanningStandard:
    """A guideline value with its jurisdiction and status. `value` None = the source gives words only."""

    id: str
    facility: str
    facility_kinds: tuple[str, ...]
    target_group_text: str
    type: str
    value: float | None
    value_text: str
    unit: str
    distance_kind: str
    jurisdiction: str
    year: int | None
    status: str
    source_title: str
    source_url: str
    verified: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries by their key, in the order of the package."""

    kinds: Mapping[str, FacilityKind]
    target_groups: Mapping[str, TargetGroup]
    roles: Mapping[str, Role]
    topics: Mapping[str, Topic]
    indicators: Mapping[str, IndicatorDefinition]
    standards: Mapping[str, PlanningStandard]


def loader(package: Package) -> Load:
    """Return the function that reads the resources of `package` from its files."""
    return partial(read, package)


def catalogue(package: Package, *, load: Load | None = None) -> Catalogue:
    """Return the catalogue of a package.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    load
        Gives the frames instead of reading the files again.

    Raises
    ------
    QuartierError
        One of the six tables is missing or broken; see `geo.sources.read`.
    """
    load = load or loader(package)
    return Catalogue(
        kinds=_entries(load("facility_kinds"), "kind", _kind),
        target_groups=_entries(load("target_groups"), "target_group", _target_group),
        roles=_entries(load("roles"), "role", _role),
        topics=_entries(load("topics"), "topic", _topic),
        indicators=_entries(load("indicator_definitions"), "indicator", _indicator),
        standards=_entries(load("standards"), "id", _standard),
    )


def _entries(frame: pd.DataFrame, key: str, make: Callable[[dict[str, Any]], Entry]) -> Mapping[str, Entry]:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return MappingProxyType({str(row[key]): make({str(name): value for name, value in row.items()}) for row in rows})


def _labels(row: dict[str, Any], name: str) -> Labels:
    german = row[f"{name}_de"] or ""
    return Labels(german, row[f"{name}_en"] or german)


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(item for item in (text or "").split(LIST_DELIMITER) if item)


def _kind(row: dict[str, Any]) -> FacilityKind:
    return FacilityKind(
        row["kind"], _labels(row, "label"), _labels(row, "plural"), row["group"], row["shape"], row["letter"],
        row["colour"], row["target_group"], _list(row["topics"]), row["standard_id"], row["inventory_state"],
    )  # fmt: skip


def _target_group(row: dict[str, Any]) -> TargetGroup:
    return TargetGroup(row["target_group"], _labels(row, "label"), row["population_column"], _labels(row, "note"))


def _role(row: dict[str, Any]) -> Role:
    return Role(row["role"], _labels(row, "label"), bool(row["is_core"]))


def _topic(row: dict[str, Any]) -> Topic:
    return Topic(row["topic"], _labels(row, "label"), row["source"])


def _indicator(row: dict[str, Any]) -> IndicatorDefinition:
    return IndicatorDefinition(
        row["indicator"], _labels(row, "label"), row["unit"], row["measure"], _labels(row, "denominator"),
        int(row["need_sign"]),
    )  # fmt: skip


def _standard(row: dict[str, Any]) -> PlanningStandard:
    texts = {name: row[name] or "" for name in _STANDARD_TEXTS}
    year = None if row["year"] is None else int(row["year"])
    return PlanningStandard(
        id=row["id"], facility_kinds=_list(row["facility_kinds"]), value=row["value"], year=year, **texts
    )


_STANDARD_TEXTS = (
    "facility", "target_group_text", "type", "value_text", "unit", "distance_kind", "jurisdiction", "status",
    "source_title", "source_url", "verified",
)  # fmt: skip
