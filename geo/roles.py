"""Who can be asked: the roles of actors per district and target group, with evidence and distance.

A role is *present* in a district if somebody is said to have it there; somebody who works for the
whole borough or city counts too, and the level says so. Nobody known is *unknown* unless an
inventory statement for that role is complete: only then it is *verified none*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.access import nearest_m
from geo.aggregate import group_mean
from geo.inventory import Inventory, inventory_of_districts
from geo.network import FloatArray
from geo.role_evidence import Evidence, RoleInputs

if TYPE_CHECKING:
    from geo.inputs import GapInputs
    from geo.reach import Reach

UNIVERSAL_GROUPS: Final = frozenset({"everyone", "residents"})
"""Target groups that include everybody: who is there for them is there for each group."""


class RoleState(StrEnum):
    """What is known about a role in a district."""

    PRESENT = "present"
    VERIFIED_NONE = "verified_none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class RoleResult:
    """Who can be asked, for one target group.

    Attributes
    ----------
    target_group
        Group asked for; None = any.
    table
        One row per district and role, ordered by district and role:
        ``district_id``, ``role``; ``state`` (`RoleState`); ``level`` (finest level somebody is
        present at: district, borough, city; None = nobody known); ``actors_district``,
        ``actors_borough``, ``actors_city`` (organizations known at each level);
        ``stated`` (whether a source states it for one of them; else it is derived from their kind);
        ``evidence_date`` (newest, None = no date known); ``located`` (organizations in the whole
        package with this role and a coordinate), ``mean_nearest_m`` (metres on foot to the nearest
        of them, mean over all people of the district; NaN = none located or district unreached).
    unplaced
        Statements about roles whose area nobody knows: they count in no district.
    """

    target_group: str | None
    table: pd.DataFrame
    unplaced: int

    def matrix(self, column: str = "state") -> pd.DataFrame:
        """Return one column of the table as districts × roles."""
        return self.table.pivot_table(index="district_id", columns="role", values=column, aggfunc="first", dropna=False)


def role_gaps(inputs: GapInputs, reach: Reach, roles: RoleInputs, *, target_group: str | None = None) -> RoleResult:
    """Return for every district and core role whether somebody is known who has it.

    Parameters
    ----------
    inputs, reach
        As in `geo.gaps.gap_table`.
    roles
        From `geo.role_evidence.load_roles`.
    target_group
        Only what is there for this group (or for everyone); None = for anybody. Statements that
        name none of the known groups count for None only.

    Raises
    ------
    ParameterError
        Unknown target group.
    """
    if target_group is not None:
        inputs.target_group_row(target_group)
    fitting = [one for one in roles.evidence if _fits(one, target_group)]
    rows = []
    for role in roles.core_roles:
        known = [one for one in fitting if one.role == role]
        distance_m, located = _distances(inputs, reach, known)
        complete = inventory_of_districts(inputs.statements_of(role), inputs.district_ids)
        for at, (district_id, _) in enumerate(inputs.district_ids):
            row = _row([one for one in known if at in one.districts])
            none = complete[at].state is Inventory.COMPLETE and row["level"] is None
            state = RoleState.PRESENT if row["level"] else RoleState.VERIFIED_NONE if none else RoleState.UNKNOWN
            ends = {"located": located, "mean_nearest_m": distance_m[at]}
            rows.append({"district_id": district_id, "role": role, "state": str(state)} | row | ends)
    table = pd.DataFrame(rows, columns=_COLUMNS).sort_values(["district_id", "role"], ignore_index=True)
    unplaced = sum(not one.districts and one.role in roles.core_roles for one in fitting)
    return RoleResult(target_group, table, unplaced)


_LEVELS: Final = ("district", "borough", "city")  # finest first
_COLUMNS: Final = [
    "district_id", "role", "state", "level", "actors_district", "actors_borough", "actors_city", "stated",
    "evidence_date", "located", "mean_nearest_m",
]  # fmt: skip


def _fits(one: Evidence, target_group: str | None) -> bool:
    return target_group is None or target_group in one.target_groups or bool(one.target_groups & UNIVERSAL_GROUPS)


def _row(here: list[Evidence]) -> dict[str, Any]:
    """Return what is known about one role in one district."""
    by_level = {level: {one.organization_id for one in here if one.level == level} for level in _LEVELS}
    dates = [one.date for one in here if one.date is not None]
    return {
        "level": next((level for level in _LEVELS if by_level[level]), None),
        **{f"actors_{level}": len(by_level[level]) for level in _LEVELS},
        "stated": any(one.stated for one in here),
        "evidence_date": max(dates, default=None),
    }


def _distances(inputs: GapInputs, reach: Reach, known: list[Evidence]) -> tuple[FloatArray, int]:
    """Return the mean walk to the nearest located actor per district, and how many are located."""
    located = {one.organization_id: one.places for one in known if one.places}
    places = np.unique([place for places in located.values() for place in places]).astype("int64")
    n = len(inputs.district_ids)
    if len(places) == 0:
        return np.full(n, np.nan), 0
    walk_m = nearest_m(reach.costs.select(places))
    return group_mean(walk_m, inputs.people("population"), inputs.cell_district, n), len(located)
