"""Statements about who does what where, each with the districts it holds for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.catalogue import Load, loader
from geo.joins import table_or_empty
from geo.observations import Observed, role_observations
from geo.working_areas import Area, Level, areas_of_role, items, working_areas

if TYPE_CHECKING:
    from geo.inputs import GapInputs
    from geo.sources import Package


NEEDED: Final = ("organization_roles", "roles", "service_areas", "organizations_at_location")
"""Resources that say who has which role; ``observations`` say where nobody has it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement that an organization has a role.

    Attributes
    ----------
    organization_id, role
        Who and what.
    target_groups
        For whom; empty = the source names none of the known groups.
    level
        Level of the area; None = unknown.
    districts
        Numbers (0 …) of all districts in it; empty = unknown area.
    places
        Rows of ``GapInputs.places`` with a coordinate where the organization is.
    stated
        Whether the source states it; else it is derived from the kind of facility.
    date
        Date of the evidence as precise as known; None = unknown.
    """

    organization_id: str
    role: str
    target_groups: frozenset[str]
    level: Level | None
    districts: tuple[int, ...]
    places: tuple[int, ...]
    stated: bool
    date: str | None


@dataclass(frozen=True, slots=True)
class RoleInputs:
    """All statements, the eight roles the concept asks for in the order of the catalogue, and what was observed."""

    evidence: tuple[Evidence, ...]
    core_roles: tuple[str, ...]
    observed: tuple[Observed, ...]


def load_roles(package: Package, inputs: GapInputs, *, load: Load | None = None) -> RoleInputs:
    """Return the roles of a data package.

    Parameters
    ----------
    package
        From `geo.sources.open_package`.
    inputs
        From `geo.inputs.load_inputs`.
    load
        Gives the frames instead of reading the files again.

    Raises
    ------
    QuartierError
        A resource is missing or broken. ``observations`` may be missing.
    """
    load = load or loader(package)
    frames = {name: load(name) for name in NEEDED}
    return gather_roles(frames | {"observations": table_or_empty(load, "observations")}, inputs)


def gather_roles(frames: Mapping[str, pd.DataFrame], inputs: GapInputs) -> RoleInputs:
    """Return the roles from tables that are already read (keys: names of the resources).

    The area of a statement is its own; if nobody could place that, the working area of the
    organization; failing that, the districts of its places.
    """
    roles = frames["roles"]
    core = tuple(str(role) for role in roles.loc[roles["is_core"].astype(bool), "role"])
    working = working_areas(frames["service_areas"], inputs.district_ids)
    places = _places(frames, inputs)
    found = []
    for row in frames["organization_roles"].to_dict("records"):
        owner = str(row["organization_id"])
        here = places.get(owner, [])
        of_places = [int(inputs.place_district[place]) for place in here]
        areas = areas_of_role(row, working, of_places, inputs.district_ids)
        found += [_evidence(row, area, here, inputs) for area in areas]
    return RoleInputs(tuple(found), core, role_observations(frames["observations"], inputs))


def _evidence(row: Mapping[Any, Any], area: Area, here: list[int], inputs: GapInputs) -> Evidence:
    level, districts = area
    return Evidence(
        organization_id=str(row["organization_id"]),
        role=str(row["role"]),
        target_groups=frozenset(items(row["target_groups"])),
        level=level if districts else None,
        districts=districts,
        places=tuple(place for place in here if inputs.located[place]),
        stated=row["basis"] == "stated",
        date=row["date"] if isinstance(row["date"], str) and row["date"] else None,
    )


def _places(frames: Mapping[str, pd.DataFrame], inputs: GapInputs) -> dict[str, list[int]]:
    rows = {str(name): at for at, name in enumerate(inputs.places["location_id"])}
    found: dict[str, list[int]] = {}
    for row in frames["organizations_at_location"].to_dict("records"):
        at = rows.get(str(row["location_id"]))
        if at is not None:
            found.setdefault(str(row["organization_id"]), []).append(at)
    return {name: sorted(set(places)) for name, places in found.items()}
