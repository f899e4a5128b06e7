"""Statements that reach an area: who has a role there, who offers something there or for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from geo.errors import ParameterError
from geo.observations import UNIVERSAL_GROUPS, denied_roles
from geo.working_areas import LEVELS, Area, Level, areas_of_role, items, working_areas

Tables: TypeAlias = Mapping[str, pd.DataFrame]
"""Tables by the name of their resource, as `geo.sources.read` gives them."""

Made = TypeVar("Made")

Claim: TypeAlias = dict[str, Any]
"""``level``, ``organization_id``, ``location_id`` (None = unknown or several), ``for_whom``, ``stated``, ``date`` and
``evidence_url``; of an offer also ``offer`` (its name) and ``languages``. None = unknown."""


class Remembering(dict[str, pd.DataFrame]):
    """Tables that remember what was worked out from them: for many questions about the same tables."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.known: dict[object, Any] = {}


def remembered(tables: Tables, key: object, make: Callable[[], Made]) -> Made:
    """Return ``make()``; of `Remembering` tables only the first time. What comes back is shared: never change it."""
    if not isinstance(tables, Remembering):
        return make()
    if key not in tables.known:
        tables.known[key] = make()
    found: Made = tables.known[key]
    return found


class Here:
    """The area that is asked about."""

    def __init__(self, pairs: list[tuple[int, int]], wanted: set[int]) -> None:
        self.pairs = pairs
        self.ids = wanted
        self.boroughs = {borough for district, borough in pairs if district in wanted}
        self.borough_of = dict(pairs)
        self.number = {district: at for at, (district, _) in enumerate(pairs)}
        self.numbers = {self.number[district] for district in wanted}

    def level_of(self, areas: list[Area]) -> Level | None:
        """Return the finest level of the areas that reach here."""
        levels = {level for level, numbers in areas if self.numbers & set(numbers)}
        return next((level for level in LEVELS if level in levels), None)

    def level_of_place(self, district: int | None) -> Level:
        """Return how near a place in `district` is; None = unknown."""
        if district in self.ids:
            return "district"
        return "borough" if district is not None and self.borough_of.get(district) in self.boroughs else "city"


def area_asked(tables: Tables, district_id: int | Collection[int]) -> Here:
    """Return the area made of one district or several; ParameterError for none or an unknown one."""
    rows = tables["districts"].sort_values("district_id")
    numbers = rows[["district_id", "borough_id"]].to_numpy("int64")
    pairs = [(int(district), int(borough)) for district, borough in numbers]
    wanted = {district_id} if isinstance(district_id, int) else set(district_id)
    unknown = wanted - {district for district, _ in pairs}
    if unknown or not wanted:
        allowed = ", ".join(str(district) for district, _ in pairs)
        raise ParameterError("parameter.unknown_value", name="district_id", value=sorted(unknown), allowed=allowed)
    return Here(pairs, wanted)


def role_claims(tables: Tables, here: Here, role: str, target_group: str | None) -> list[dict[str, Any]]:
    """Return every statement about a role that reaches here.

    What is only derived from the kind of an actor gives way where somebody asked that actor and found that it is not so.
    """
    denied = denied_of(tables)
    working = working_of(tables, here)
    places = places_of(tables)
    rows = tables["organization_roles"]
    found = []
    for row in remembered(tables, ("role", role), lambda: records(rows[rows["role"] == role])):
        owner = str(row["organization_id"])
        if row["basis"] != "stated" and (owner, role) in denied:
            continue
        own = places.get(owner, [])
        numbers = [here.number[district] for _, district in own if district in here.number]
        level = here.level_of(areas_of_role(row, working, numbers, here.pairs))
        if level is None or not _fits(row["target_groups"], target_group):
            continue
        near = [place for place, district in own if district in here.ids] or [place for place, _ in own]
        found.append(
            {
                "level": level,
                "organization_id": owner,
                "location_id": near[0] if len(near) == 1 else None,
                "for_whom": row["target_group_text"],
                "stated": row["basis"] == "stated",
                "date": row["date"],
                "evidence_url": row["evidence_url"],
            }
        )
    return found


def offer_claims(
    tables: Tables, here: Here, kind: str | None, topic: str | None, target_group: str | None
) -> list[dict[str, Any]]:
    """Return every offer of a kind or topic at every place; one without a place once."""
    kinds = {kind} if kind else set(tables["facility_kinds"]["kind"])
    if topic:
        of_kind = tables["facility_kinds"].set_index("kind")["topics"]
        kinds = {name for name in kinds if topic in items(of_kind[name])}
    services = tables["services"][tables["services"]["kind"].isin(kinds)]
    pairs = tables["services_at_location"][["service_id", "location_id"]]
    rows = services.merge(pairs, left_on="id", right_on="service_id", how="left")
    located = tables["locations"].drop_duplicates("id").set_index("id")
    owners, districts = located["organization_id"].to_dict(), located["district_id"].to_dict()
    working = working_of(tables, here)
    found = []
    for row in records(rows):
        place = row["location_id"]
        owner = row["organization_id"] or owners.get(place)
        if not isinstance(owner, str) or not _fits(row["target_groups"], target_group):
            continue
        district = districts.get(place)
        level = here.level_of(working.get(owner, [])) if pd.isna(district) else here.level_of_place(int(district))
        found.append(
            {
                "level": level or "city",
                "organization_id": owner,
                "location_id": place,
                "offer": row["name"],
                "for_whom": row["target_group_text"],
                "languages": row["languages"],
                "stated": True,
                "date": row["source_date"],
                "evidence_url": row["source"],
            }
        )
    return found


def places_of(tables: Tables) -> dict[str, list[tuple[str, int | None]]]:
    """Return the places of each organization with their districts, in the order of their ids."""
    return remembered(tables, "places", lambda: _places_of(tables))


def denied_of(tables: Tables) -> dict[tuple[str, str], str | None]:
    """Return what `denied_roles` finds; nothing without observations."""
    if "observations" not in tables:
        return {}
    return remembered(tables, "denied", lambda: denied_roles(tables["observations"]))


def working_of(tables: Tables, here: Here) -> dict[str, list[Area]]:
    """Return the working areas of each organization."""
    return remembered(tables, "working", lambda: working_areas(tables["service_areas"], here.pairs))


def _places_of(tables: Tables) -> dict[str, list[tuple[str, int | None]]]:
    districts = tables["locations"].set_index("id")["district_id"].to_dict()
    found: dict[str, dict[str, int | None]] = {}
    for row in records(tables["organizations_at_location"].sort_values(["organization_id", "location_id"])):
        district = districts.get(row["location_id"])
        known = None if pd.isna(district) else int(district)
        found.setdefault(str(row["organization_id"]), {})[str(row["location_id"])] = known
    return {owner: list(places.items()) for owner, places in found.items()}


def _fits(groups: object, target_group: str | None) -> bool:
    named = set(items(groups))
    return target_group is None or target_group in named or bool(named & UNIVERSAL_GROUPS)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows with None for everything unknown, without geometry."""
    columns = {}
    for name in frame.columns.drop("geometry", errors="ignore"):
        series = frame[name]
        values = series.to_numpy(dtype=object, copy=True)
        values[series.isna().to_numpy()] = None
        columns[str(name)] = values
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
