"""Who stands behind an organization: its operator, also where parents go round in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def root_operators(organizations: pd.DataFrame) -> dict[str, str]:
    """Return the topmost parent of every organization, by id; one without a known parent is its own.

    In a circle of parents everybody stands for the one with the smallest id: nobody is above the others.
    """
    parents = {
        str(own): str(parent)
        for own, parent in zip(organizations["id"], organizations["parent_organization_id"], strict=True)
        if isinstance(parent, str)
    }
    known = {str(own) for own in organizations["id"]}
    return {own: _root(own, parents, known) for own in known}


def circles(organizations: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return every circle of parents as sorted ids: a mistake in the data that somebody has to put right."""
    parents = dict(zip(organizations["id"].astype(str), organizations["parent_organization_id"], strict=True))
    found = set()
    for own in parents:
        way: list[str] = []
        at: object = own
        while isinstance(at, str) and at in parents and at not in way:
            way.append(at)
            at = parents[at]
        if isinstance(at, str) and at in way:
            found.add(tuple(sorted(way[way.index(at) :])))
    return sorted(found)


def _root(own: str, parents: dict[str, str], known: set[str]) -> str:
    way = [own]
    while (above := parents.get(way[-1])) is not None and above in known:
        if above in way:
            return min(way[way.index(above) :])
        way.append(above)
    return way[-1]
