"""Who has which role where: the analysis of one target group, and the organisations behind each cell of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from views import data, supply
from views.map_list import is_blank

if TYPE_CHECKING:
    import pandas as pd

    from geo.role_evidence import RoleInputs
    from geo.roles import RoleResult

ANYBODY = ""
LEVELS = ("district", "borough", "city")
STATES = (*LEVELS, "verified_none", "unknown")


def role_inputs() -> RoleInputs:
    """Return all statements about roles, see `geo.role_evidence.load_roles`."""
    from geo.role_evidence import load_roles

    return data.kept("role_inputs", make=lambda: load_roles(data.package(), data.gap_inputs(), load=data.frame))


def audiences() -> tuple[str, ...]:
    """Return the target groups that a statement names, in the order of the catalogue."""
    named = {group for one in role_inputs().evidence for group in one.target_groups}
    return tuple(group for group in data.catalogue().target_groups if group in named)


def result(audience: str) -> RoleResult:
    """Return the roles of every district for one target group; empty = for anybody."""
    from geo.roles import role_gaps

    def make() -> RoleResult:
        reach = data.reach(supply.settings().walk)
        return role_gaps(data.gap_inputs(), reach, role_inputs(), target_group=audience or None)

    return data.kept("roles", audience, make=make)


def states(found: RoleResult) -> pd.DataFrame:
    """Return districts × roles: the finest level somebody is known at, ``verified_none`` or ``unknown``."""
    matrix = found.matrix("state")
    levels = found.matrix("level").reindex_like(matrix)
    return levels.where(matrix == "present", matrix)[list(role_inputs().core_roles)]


def distances(found: RoleResult) -> pd.DataFrame:
    """Return districts × roles: mean walk in metres to the nearest located actor; NaN = unknown."""
    return found.matrix("mean_nearest_m")[list(role_inputs().core_roles)].astype("float64")


@dataclass(frozen=True)
class Knowledge:
    """Districts by what is known of them in any role: each is in one of the lists."""

    own: list[int]
    """Somebody is known who is there for the district itself."""
    checked: list[int]
    """Nobody is known, and for at least one role somebody looked and found nobody."""
    blank: list[int]
    """Nobody is known and nobody looked."""


def knowledge(found: RoleResult) -> Knowledge:
    """Return which districts have somebody of their own, which were checked, and of which nothing is known."""
    rows = found.table
    own = (rows["state"] == "present") & (rows["level"] == "district")
    flags = rows.assign(own=own, none=rows["state"] == "verified_none").groupby("district_id")[["own", "none"]].any()

    def those(mask: pd.Series) -> list[int]:
        return [int(district) for district in flags.index[mask]]

    return Knowledge(those(flags["own"]), those(~flags["own"] & flags["none"]), those(~flags["own"] & ~flags["none"]))


def checked(found: RoleResult, district: int, role: str) -> dict[str, Any] | None:
    """Return what those found who looked for a role in a district: ``state``, ``level``, ``date``; None = nobody looked."""
    rows = found.table
    row = rows[(rows["district_id"] == district) & (rows["role"] == role)].to_dict("records")[0]
    if is_blank(row["checked"]):
        return None
    date = None if is_blank(row["checked_date"]) else row["checked_date"]
    return {"state": row["checked"], "level": row["checked_level"], "date": date}


def who(audience: str, district: int, role: str) -> list[dict[str, Any]]:
    """Return the organisations that have a role in a district, nearest level first.

    Each with ``level``, ``stated``, ``date`` (newest, None = unknown), ``urls``, ``for_whom`` (as in the source) and
    columns of its organisation.
    """
    from geo.roles import UNIVERSAL_GROUPS

    at = [number for number, _ in data.gap_inputs().district_ids].index(district)
    found: dict[str, dict[str, Any]] = {}
    for one in role_inputs().evidence:
        fits = not audience or audience in one.target_groups or bool(one.target_groups & UNIVERSAL_GROUPS)
        if one.role != role or at not in one.districts or not fits:
            continue
        entry = found.setdefault(one.organization_id, {"level": one.level, "stated": False, "date": None})
        entry["level"] = min(entry["level"], one.level, key=LEVELS.index)
        entry["stated"] |= one.stated
        entry["date"] = max(filter(None, (entry["date"], one.date)), default=None)
    rows = [entry | _organization(owner) | _evidence(owner, role) for owner, entry in found.items()]
    return sorted(rows, key=lambda row: (LEVELS.index(row["level"]), row["name"].casefold()))


def _organization(owner: str) -> dict[str, Any]:
    rows = data.actors()
    rows = rows[rows["organization_id"] == owner]
    if rows.empty:
        names = data.frame("organizations").set_index("id")["name"]
        return {"name": str(names.get(owner, owner)), "organization_type": "unknown"}
    row = rows.iloc[0]
    columns = ("name", "organization_type", "website", "address", "phones", "needs_check", "status_text")
    return {column: row[column] for column in columns}


def _evidence(owner: str, role: str) -> dict[str, Any]:
    rows = data.frame("organization_roles")
    rows = rows[(rows["organization_id"] == owner) & (rows["role"] == role)]
    urls = [url for url in rows["evidence_url"].unique() if not is_blank(url)]
    texts = [text for text in rows["target_group_text"].unique() if not is_blank(text)]
    return {"urls": urls, "for_whom": "; ".join(texts)}
