"""What people looked for and found, or verified not to be there: observations about roles.

"We looked: nobody here does it" is a fact of its own, with date and source. It is never concluded
from the absence of a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from geo.schema import Reference
from geo.working_areas import LEVELS, Level, named_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.inputs import GapInputs

SUBJECTS: Final[Mapping[str, Reference]] = MappingProxyType(
    {
        "facility_kind": Reference("facility_kinds", "kind"),
        "role": Reference("roles", "role"),
        "topic": Reference("topics", "topic"),
        "target_group": Reference("target_groups", "target_group"),
    }
)
"""Where the values of an observation's subject are listed; other subjects have no values."""

EXISTS: Final = "exists"
NONE: Final = "verified_none"
UNIVERSAL_GROUPS: Final = frozenset({"everyone", "residents"})
"""Target groups that include everybody: who is there for them is there for each group."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Somebody looked for a role in an area.

    Attributes
    ----------
    role, target_group
        What was looked for, and for whom (None = for anybody).
    level, districts
        Level of the area, and the numbers (0 …) of the districts in it.
    state
        ``exists``, ``verified_none``, or ``unknown`` (looked for without a result).
    date
        As precise as known; None = unknown.
    """

    role: str
    target_group: str | None
    level: Level
    districts: tuple[int, ...]
    state: str
    date: str | None


def role_observations(rows: pd.DataFrame, inputs: GapInputs) -> tuple[Observed, ...]:
    """Return the observations about roles in areas; `rows` are those of the resource ``observations``.

    "Contact point" is a subject of the council's checklist and a role: both say the same. Left out
    are rows about a single organization (what it does stands in ``organization_roles``) and rows
    whose area nobody knows.
    """
    found = []
    for row in rows.to_dict("records"):
        role = _role(row)
        level, districts = named_area(row["area_level"], [str(row["area_id"])], inputs.district_ids)
        if role is None or _text(row["organization_id"]) or not districts:
            continue
        group, date = _text(row["target_group"]), _text(row["reference_date"])
        found.append(Observed(role, group, level, districts, str(row["state"]), date))
    return tuple(found)


def decisive(observed: Iterable[Observed], target_group: str | None, district: int) -> Observed | None:
    """Return what was observed for a target group in a district; None = nobody looked.

    Parameters
    ----------
    observed
        Observations about one role.
    target_group
        None = for anybody: "nobody" then has to be said of anybody, "somebody" may be said of one
        group. For a group its own observations count, and "nobody for anybody".
    district
        Number (0 …) of the district.

    Returns
    -------
    Observed or None
        That of the finest area; of several the latest, of these the last.
    """
    fitting = [one for one in observed if district in one.districts and _speaks_for(one, target_group)]
    fitting.sort(key=lambda one: (-LEVELS.index(one.level), one.date or ""))
    return fitting[-1] if fitting else None


def _speaks_for(one: Observed, target_group: str | None) -> bool:
    if one.target_group == target_group:
        return True
    if one.state == EXISTS:
        return target_group is None or one.target_group in UNIVERSAL_GROUPS
    return one.state == NONE and one.target_group is None


def _role(row: Mapping[Any, Any]) -> str | None:
    if row["subject"] == "role":
        return _text(row["subject_value"])
    return "contact_point" if row["subject"] == "contact_point" else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def denied_roles(observations: pd.DataFrame) -> dict[tuple[str, str], str | None]:
    """Return (organization, role) of which somebody who asked found last that it is not so, with the day."""
    rows = observations[(observations["subject"] == "role") & observations["organization_id"].notna()]
    last: dict[tuple[str, str], tuple[str, str]] = {}
    dated = rows.assign(_date=rows["reference_date"].fillna("")).sort_values("_date", kind="stable")
    for row in dated.to_dict("records"):
        last[str(row["organization_id"]), str(row["subject_value"])] = (str(row["state"]), str(row["_date"]))
    return {key: date or None for key, (state, date) in last.items() if state == NONE}
