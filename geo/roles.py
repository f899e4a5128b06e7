"""Who can be asked: the roles of actors per district and target group, with evidence and distance.

A role is *present* in a district if somebody is said to have it there; somebody who works for the
whole borough or city counts too, and the level says so. Nobody known is *unknown*, unless somebody
looked and said that there is nobody (`geo.observations`): only then it is *verified none*.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.access import nearest_m
from geo.aggregate import group_mean
from geo.network import FloatArray
from geo.observations import EXISTS, NONE, UNIVERSAL_GROUPS, Observed, decisive
from geo.role_evidence import Evidence, RoleInputs
from geo.working_areas import LEVELS, Level

if TYPE_CHECKING:
    from geo.inputs import GapInputs
    from geo.reach import Reach

__all__ = ["UNIVERSAL_GROUPS", "RoleResult", "RoleState", "role_gaps"]


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
        present at: district, borough, city; None = nobody known); where a district or borough is
        *verified none*, ``level`` is that of those who work for more than that;
        ``checked``, ``checked_level``, ``checked_date`` (what somebody found who looked: ``exists``,
        ``verified_none`` or ``unknown``, for which level of area, when; None = nobody looked, or no
        date known); ``actors_district``,
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
        observed = [one for one in roles.observed if one.role == role]
        for at, (district_id, _) in enumerate(inputs.district_ids):
            row = _row([one for one in known if at in one.districts])
            said = _judged(row["level"], decisive(observed, target_group, at))
            ends = {"located": located, "mean_nearest_m": distance_m[at]}
            rows.append({"district_id": district_id, "role": role} | row | said | ends)
    table = pd.DataFrame(rows, columns=_COLUMNS).sort_values(["district_id", "role"], ignore_index=True)
    unplaced = sum(not one.districts and one.role in roles.core_roles for one in fitting)
    return RoleResult(target_group, table, unplaced)


_COLUMNS: Final = [
    "district_id", "role", "state", "level", "checked", "checked_level", "checked_date",
    "actors_district", "actors_borough", "actors_city", "stated", "evidence_date", "located", "mean_nearest_m",
]  # fmt: skip


def _fits(one: Evidence, target_group: str | None) -> bool:
    return target_group is None or target_group in one.target_groups or bool(one.target_groups & UNIVERSAL_GROUPS)


def _judged(level: Level | None, one: Observed | None) -> dict[str, Any]:
    """Return state and level from the finest level somebody is known at, and from what was observed.

    Somebody who is known counts more than an observation that there is nobody; those who work for
    more than the observed area are no contradiction to it.
    """
    state = RoleState.UNKNOWN if level is None else RoleState.PRESENT
    if one is not None and (level is None or LEVELS.index(level) > LEVELS.index(one.level)):
        if one.state == EXISTS:
            state, level = RoleState.PRESENT, one.level
        elif one.state == NONE:
            state = RoleState.VERIFIED_NONE
    checked = (None, None, None) if one is None else (one.state, one.level, one.date)
    return {"state": str(state), "level": level} | dict(
        zip(("checked", "checked_level", "checked_date"), checked, strict=True)
    )


def _row(here: list[Evidence]) -> dict[str, Any]:
    """Return what is known about one role in one district."""
    by_level = {level: {one.organization_id for one in here if one.level == level} for level in LEVELS}
    dates = [one.date for one in here if one.date is not None]
    return {
        "level": next((level for level in LEVELS if by_level[level]), None),
        **{f"actors_{level}": len(by_level[level]) for level in LEVELS},
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
