"""Who does what in an area: actors × roles, each cell filled, verified none or unknown; and who is in charge of each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from geo.claims import (
    Claim,
    Here,
    Remembering,
    Tables,
    area_asked,
    denied_of,
    places_of,
    records,
    remembered,
    role_claims,
    working_of,
)
from geo.joins import table_or_empty
from geo.observations import NONE, decisive, role_observations
from geo.responsibility import TABLES, chain, nearest_level
from geo.working_areas import LEVELS, Level

if TYPE_CHECKING:
    from geo.area import Area
    from geo.catalogue import Load
    from geo.inputs import GapInputs

STATED: Final = "stated"
DERIVED: Final = "derived"
VERIFIED_NONE: Final = "verified_none"
UNKNOWN: Final = "unknown"
Denied: TypeAlias = Mapping[tuple[str, str], str | None]
CELLS: Final = (STATED, DERIVED, VERIFIED_NONE, UNKNOWN)
"""What a cell can say: a source states the role; it follows from the kind of facility; somebody looked and the
actor does not do it; nobody knows."""


@dataclass(frozen=True, slots=True, eq=False)
class ActorMatrix:
    """Actors × roles of an area.

    Attributes
    ----------
    actors
        ``organization_id``, ``name``, ``organization_type``, ``level`` (finest at which the actor reaches the
        area), ``needs_check``; district first, then by name.
    cells
        Index ``organization_id`` in that order, one column per core role with a value of `CELLS`.
    dates
        Likewise the newest date of the evidence, or of the day somebody asked and it was not so; None = unknown or none.
    """

    actors: pd.DataFrame
    cells: pd.DataFrame
    dates: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class RoleAnswer:
    """Who is in charge of a role: `found` are the rows of `geo.responsibility.chain`, `nearest` those of the finest level.

    `verified_none` = somebody looked and nobody of the area itself does it.
    """

    role: str
    found: pd.DataFrame
    nearest: pd.DataFrame
    verified_none: bool

    @property
    def level(self) -> str | None:
        """Finest level somebody is known at; None = nobody."""
        return None if self.nearest.empty else str(self.nearest["level"].iloc[0])


def tables_of(load: Load) -> dict[str, pd.DataFrame]:
    """Return the tables that `chain` and the matrix read."""
    return Remembering({name: load(name) for name in TABLES} | {"observations": table_or_empty(load, "observations")})


def core_roles(tables: Tables) -> list[str]:
    """Return the roles the concept asks for, in the order of the catalogue."""
    roles = tables["roles"]
    return [str(role) for role in roles.loc[roles["is_core"].astype(bool), "role"]]


def actor_matrix(tables: Tables, area: Area) -> ActorMatrix:
    """Return every actor that has a role, a working area or a place in an area, and what it does there.

    Parameters
    ----------
    tables
        From `tables_of`.
    area
        From `geo.area`.
    """
    here, roles = area_asked(tables, area.district_ids), core_roles(tables)
    claims = {role: role_claims(tables, here, role, None) for role in roles}
    levels = _levels(tables, here, claims)
    owners = tables["organizations"][tables["organizations"]["id"].isin(levels)]
    actors = pd.DataFrame(
        [_actor(row, levels) for row in records(owners)],
        columns=["organization_id", "name", "organization_type", "level", "needs_check"],
    )
    order = pd.DataFrame(
        {
            "level": [LEVELS.index(level) for level in actors["level"]],
            "name": [str(n).casefold() for n in actors["name"]],
        }
    )
    actors = actors.loc[order.sort_values(["level", "name"], kind="stable").index].reset_index(drop=True)
    none = denied_of(tables)
    ids = [str(owner) for owner in actors["organization_id"]]
    cells = {role: [_cell(owner, role, claims[role], none) for owner in ids] for role in roles}
    dates = {role: [_date(owner, role, claims[role], none) for owner in ids] for role in roles}
    index = pd.Index(ids, name="organization_id", dtype="object")
    return ActorMatrix(actors, pd.DataFrame(cells, index=index), pd.DataFrame(dates, index=index, dtype="object"))


def role_answers(tables: Tables, inputs: GapInputs, area: Area) -> list[RoleAnswer]:
    """Return for every core role who is in charge in an area, and whether somebody verified that nobody is."""
    observed = remembered(tables, "observed", lambda: role_observations(tables["observations"], inputs))
    numbers = [at for at, (district, _) in enumerate(inputs.district_ids) if district in area.district_ids]
    answers = []
    for role in core_roles(tables):
        mine = [one for one in observed if one.role == role]
        said = [decisive(mine, None, number) for number in numbers]
        found = chain(tables, district_id=area.district_ids, role=role)
        none = bool(said) and all(one is not None and one.state == NONE for one in said)
        answers.append(RoleAnswer(role, found, nearest_level(found), none and "district" not in set(found["level"])))
    return answers


def _levels(tables: Tables, here: Here, claims: dict[str, list[Claim]]) -> dict[str, Level]:
    """Return the finest level at which each actor reaches the area."""
    found: dict[str, set[Level]] = {}
    for of_role in claims.values():
        for claim in of_role:
            found.setdefault(claim["organization_id"], set()).add(claim["level"])
    actors = set(tables["organizations"].loc[tables["organizations"]["is_actor"].astype(bool), "id"])
    for owner, areas in working_of(tables, here).items():
        level = here.level_of(areas)
        if level and owner in actors:
            found.setdefault(owner, set()).add(level)
    for owner, places in places_of(tables).items():
        if owner in actors and any(district in here.ids for _, district in places):
            found.setdefault(owner, set()).add("district")
    return {owner: min(levels, key=LEVELS.index) for owner, levels in found.items()}


def _actor(row: dict[str, Any], levels: dict[str, Level]) -> dict[str, Any]:
    return {
        "organization_id": row["id"],
        "name": row["name"],
        "organization_type": row["organization_type"] or "unknown",
        "level": levels[row["id"]],
        "needs_check": row["needs_check"] is True,
    }


def _cell(owner: str, role: str, claims: list[Claim], none: Denied) -> str:
    mine = [claim for claim in claims if claim["organization_id"] == owner]
    if mine:
        return STATED if any(claim["stated"] for claim in mine) else DERIVED
    return VERIFIED_NONE if (owner, role) in none else UNKNOWN


def _date(owner: str, role: str, claims: list[Claim], none: Denied) -> str | None:
    dates = [claim["date"] for claim in claims if claim["organization_id"] == owner and claim["date"]]
    return max(dates, default=none.get((owner, role)))
