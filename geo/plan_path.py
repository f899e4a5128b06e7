"""The path gap → need → idea → goal → step, walked in both directions.

A link says what came of what. Links never lead back to an earlier stage; if rows of a file do so nevertheless, every
function here still ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Node = tuple[str, str]
"""Resource and identifier."""

STAGES: Final = ("noted_gaps", "needs", "ideas", "goals", "steps")
"""Resources of the path in its order."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Links in both directions, as `paths` makes them."""

    before: Mapping[Node, tuple[Node, ...]] = field(default_factory=dict)
    after: Mapping[Node, tuple[Node, ...]] = field(default_factory=dict)

    def origins(self, node: Node) -> tuple[Node, ...]:
        """Return what it came from at once."""
        return self.before.get(node, ())

    def results(self, node: Node) -> tuple[Node, ...]:
        """Return what came of it at once."""
        return self.after.get(node, ())

    def whole(self, node: Node) -> dict[str, tuple[Node, ...]]:
        """Return everything on a path through `node`, itself included, by stage."""
        found = {node, *_reached(self.before, node), *_reached(self.after, node)}
        return {stage: tuple(sorted(one for one in found if one[0] == stage)) for stage in STAGES}


def paths(links: Iterable[Mapping[str, Any]], known: Iterable[Node]) -> Paths:
    """Return the paths that `links` (rows of ``plan_links``) make between known entries.

    Links from or to an entry that is not in use are left out, as are links that lead back and repeated ones.
    """
    there = set(known)
    before: dict[Node, dict[Node, None]] = {}
    after: dict[Node, dict[Node, None]] = {}
    for link in links:
        start, end = (link["from_entity"], link["from_id"]), (link["to_entity"], link["to_id"])
        if start in there and end in there and leads_on(start[0], end[0]):
            before.setdefault(end, {})[start] = None
            after.setdefault(start, {})[end] = None
    return Paths(
        {node: tuple(sorted(found, key=_place)) for node, found in before.items()},
        {node: tuple(sorted(found, key=_place)) for node, found in after.items()},
    )


def leads_on(start: str, end: str) -> bool:
    """Return whether something of stage `end` can come of something of stage `start`."""
    return start in STAGES and end in STAGES and STAGES.index(start) < STAGES.index(end)


def loose_ends(found: Paths, nodes: Iterable[Node]) -> dict[str, tuple[Node, ...]]:
    """Return what nothing came of, by stage: gaps without a need, needs without an idea …; steps are the end."""
    open_ones = sorted(node for node in nodes if node[0] != STAGES[-1] and not found.results(node))
    return {stage: tuple(node for node in open_ones if node[0] == stage) for stage in STAGES[:-1]}


def _place(node: Node) -> tuple[int, str]:
    return STAGES.index(node[0]), node[1]


def _reached(links: Mapping[Node, tuple[Node, ...]], start: Node) -> set[Node]:
    seen: set[Node] = set()
    waiting = [start]
    while waiting:
        for node in links.get(waiting.pop(), ()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return seen
