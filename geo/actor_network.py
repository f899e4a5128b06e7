"""Who works with whom: actors joined by the networks and committees they are in, and what is missing there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.claims import records
from geo.joins import optional_table, table_or_empty
from geo.operators import root_operators
from geo.profile import touches
from geo.working_areas import items

if TYPE_CHECKING:
    import pandas as pd

    from geo.area import Area
    from geo.catalogue import Load


@dataclass(frozen=True, slots=True)
class Group:
    """A network or committee: `kind` is its kind in the words of the source, `table` its resource."""

    id: str
    name: str
    kind: str
    table: str
    city_wide: bool
    date: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a network or committee; `organization_id` None = not an organization of the inventory."""

    id: str
    name: str
    organization_id: str | None


@dataclass(frozen=True, slots=True)
class ActorNetwork:
    """Who is in which group.

    Attributes
    ----------
    groups, members
        Ordered by name. Groups without a known member are among them.
    links
        (member id, group id), each once.
    isolated
        Actors of the area of which nobody knows a network or committee: (id, name).
    bridges
        Members without whom groups that are joined now would have no connection, by id.
    """

    groups: tuple[Group, ...]
    members: tuple[Member, ...]
    links: tuple[tuple[str, str], ...]
    isolated: tuple[tuple[str, str], ...]
    bridges: tuple[str, ...]

    def groups_of(self, member: str) -> list[Group]:
        """Return the groups of a member."""
        own = {group for one, group in self.links if one == member}
        return [group for group in self.groups if group.id in own]

    def members_of(self, group: str) -> list[Member]:
        """Return the members of a group."""
        own = {one for one, each in self.links if each == group}
        return [member for member in self.members if member.id in own]


def actor_network(load: Load, area: Area, actors: pd.DataFrame) -> ActorNetwork:
    """Return the network of an area.

    Parameters
    ----------
    load
        Gives the frames of resources.
    area
        Groups that name the area, and groups of the whole city in which an actor of the area is.
    actors
        ``organization_id``, ``name``, ``level`` as in `geo.actor_matrix.ActorMatrix.actors`.
    """
    names = dict(zip(load("organizations")["id"], load("organizations")["name"], strict=True))
    own = set(actors.loc[actors["level"] == "district", "organization_id"])
    groups: list[Group] = []
    members: dict[str, Member] = {}
    links: list[tuple[str, str]] = []
    for table, member_table, key in (
        ("networks", "network_members", "network_id"),
        ("committees", "committee_members", "committee_id"),
    ):
        here = _groups(table_or_empty(load, table), table, area)
        rows = optional_table(load, member_table, ("id", key, "organization_id", "member_name"))
        for row in records(rows.sort_values("id")):
            group = here.get(str(row[key]))
            if group is None:
                continue
            member = _member(row, names)
            members[member.id] = member
            links.append((member.id, group.id))
        groups += here.values()
    near = {group.id for group in groups if not group.city_wide}
    near |= {group for member, group in links if members[member].organization_id in own}
    kept = [(member, group) for member, group in dict.fromkeys(links) if group in near]
    shown = {member for member, _ in kept}
    joined = {members[member].organization_id for member in shown}
    isolated = actors[(actors["level"] == "district") & ~actors["organization_id"].isin(joined)]
    return ActorNetwork(
        groups=tuple(sorted((group for group in groups if group.id in near), key=lambda one: one.name.casefold())),
        members=tuple(sorted((members[member] for member in shown), key=lambda one: one.name.casefold())),
        links=tuple(sorted(kept)),
        isolated=tuple(zip(isolated["organization_id"], isolated["name"], strict=True)),
        bridges=bridges(kept),
    )


def bridges(links: list[tuple[str, str]]) -> tuple[str, ...]:
    """Return the members whose leaving would part groups that are joined now (articulation points).

    Parameters
    ----------
    links
        (member, group) pairs.
    """
    members = sorted({member for member, _ in links})
    groups = sorted({group for _, group in links})
    group_at = {group: at for at, group in enumerate(groups)}
    whole = _parts(links, group_at)
    found = [m for m in members if _parts([pair for pair in links if pair[0] != m], group_at) > whole]
    return tuple(found)


def _parts(links: list[tuple[str, str]], group_at: dict[str, int]) -> int:
    """Return into how many parts the groups fall."""
    member_at = {member: len(group_at) + at for at, member in enumerate(sorted({member for member, _ in links}))}
    n = len(group_at) + len(member_at)
    ends = np.array([(member_at[member], group_at[group]) for member, group in links], dtype=np.int64).reshape(-1, 2)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    count: int = connected_components(graph, directed=False)[0]
    return count


def _groups(rows: pd.DataFrame, table: str, area: Area) -> dict[str, Group]:
    """Return the groups that name the area or the whole city."""
    named = touches(rows["district_ids"], area)
    boroughs = {str(number) for number in area.borough_ids}
    found = {}
    for (_, row), is_named in zip(rows.iterrows(), named, strict=True):
        in_borough = bool(boroughs & set(items(row.get("borough_ids"))))
        whole = not items(row["district_ids"]) and not items(row.get("borough_ids"))
        if is_named or in_borough or whole:
            date = row["source_date"] if isinstance(row["source_date"], str) else None
            kind = str(row["kind"]) if isinstance(row["kind"], str) else ""
            found[str(row["id"])] = Group(
                str(row["id"]), str(row["name"]), kind, table, whole and area.level != "city", date
            )
    return found


def _member(row: dict[str, Any], names: dict[str, str]) -> Member:
    owner = row["organization_id"]
    if isinstance(owner, str) and owner in names:
        return Member(owner, str(names[owner]), owner)
    name = str(row["member_name"])
    return Member(f"name:{name.casefold()}", name, None)


@dataclass(frozen=True, slots=True)
class Combinations:
    """Which target groups have an operator here.

    Attributes
    ----------
    none
        Target groups for which no operator is known here.
    single
        (target group, name of the only operator).
    elsewhere
        (name of an operator that is active here, target groups it serves elsewhere in the city but not here,
        as far as anybody knows).
    """

    none: tuple[str, ...]
    single: tuple[tuple[str, str], ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]


def combinations(load: Load, area: Area, groups: list[str]) -> Combinations:
    """Return missing combinations of operator and target group among the offers of an area.

    Parameters
    ----------
    load
        Gives the frames of resources.
    area
        Offers count that are at a place in the area.
    groups
        Target groups that are asked about.
    """
    organizations = load("organizations")
    roots = root_operators(organizations)
    names = dict(zip(organizations["id"], organizations["name"], strict=True))
    offers = load("services").merge(
        load("services_at_location")[["service_id", "location_id"]], left_on="id", right_on="service_id"
    )
    located = load("locations").drop_duplicates("id").set_index("id")
    inside = dict(zip(located.index, area.holds(located.geometry.to_numpy(), located["district_id"]), strict=True))
    here: dict[str, set[str]] = {}
    away: dict[str, set[str]] = {}
    for row in records(offers):
        owner = row["organization_id"] or located["organization_id"].get(row["location_id"])
        if isinstance(owner, str):
            side = here if inside.get(row["location_id"]) else away
            side.setdefault(roots.get(owner, owner), set()).update(items(row["target_groups"]))
    served = {group: sorted(names.get(own, own) for own, known in here.items() if group in known) for group in groups}
    elsewhere = [
        (str(names.get(own, own)), tuple(group for group in groups if group in away.get(own, set()) - known))
        for own, known in here.items()
    ]
    return Combinations(
        none=tuple(group for group, own in served.items() if not own),
        single=tuple((group, own[0]) for group, own in served.items() if len(own) == 1),
        elsewhere=tuple(sorted((name, missing) for name, missing in elsewhere if missing)),
    )
