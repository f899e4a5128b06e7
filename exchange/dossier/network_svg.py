"""Who is in which network, as a calm picture: actors on the left, networks and committees on the right, lines between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from exchange.map_svg import INK, document_svg, text_svg

if TYPE_CHECKING:
    from geo.actor_network import ActorNetwork

WIDTH: Final = 900.0
_ROW: Final = 26.0
_LEFT, _RIGHT = 385.0, 515.0
_MOST_SIGNS: Final = 50
_LINE: Final = "#9aa5a8"
_ACCENT: Final = "#0b5c66"
_BRIDGE: Final = "#a34700"


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG document and its size in pixels."""

    svg: str
    width: float
    height: float


def network_svg(network: ActorNetwork, *, title: str = "") -> Drawing:
    """Return the picture; a bridge is drawn as a diamond and in bold. Groups without a known member are left out.

    `title` is what screen readers say.
    """
    groups = [group for group in network.groups if any(own == group.id for _, own in network.links)]
    group_at = {group.id: at for at, group in enumerate(groups)}
    places = {
        member.id: [group_at[own] for one, own in network.links if one == member.id] for member in network.members
    }
    members = sorted(network.members, key=lambda one: (sum(places[one.id]) / len(places[one.id]), one.name.casefold()))
    rows = max(len(groups), len(members))
    height = _ROW * rows + 24
    member_y = {one.id: _spread(at, len(members), rows) for at, one in enumerate(members)}
    group_y = {one.id: _spread(at, len(groups), rows) for at, one in enumerate(groups)}
    lines = [
        f'<path d="M{_LEFT:g},{member_y[one]:.1f}C{_LEFT + 65:g},{member_y[one]:.1f} {_RIGHT - 65:g},{group_y[own]:.1f} '
        f'{_RIGHT:g},{group_y[own]:.1f}" fill="none" stroke="{_BRIDGE if one in network.bridges else _LINE}" '
        f'stroke-width="{2 if one in network.bridges else 1.2}"/>'
        for one, own in network.links
    ]
    parts = [*lines]
    for one in members:
        bridge = one.id in network.bridges
        y = member_y[one.id]
        parts.append(_diamond(_LEFT, y) if bridge else f'<circle cx="{_LEFT:g}" cy="{y:.1f}" r="5" fill="{_ACCENT}"/>')
        weight = 700 if bridge else 400
        parts.append(text_svg(_cut(one.name), _LEFT - 12, round(y + 4, 1), size=13, weight=weight, anchor="end"))
    for group in groups:
        y = group_y[group.id]
        parts.append(f'<rect x="{_RIGHT - 5:g}" y="{y - 5:.1f}" width="10" height="10" fill="#ffffff" stroke="{INK}"/>')
        parts.append(text_svg(_cut(group.name), _RIGHT + 12, round(y + 4, 1), size=13))
    return Drawing(document_svg(WIDTH, height, parts, title=title), WIDTH, height)


def _spread(at: int, count: int, rows: int) -> float:
    """Return the height of entry `at` of `count` spread over `rows` rows."""
    return 12 + _ROW * rows * (at + 0.5) / count


def _diamond(x: float, y: float) -> str:
    return f'<path d="M{x:g},{y - 7:.1f}l7,7l-7,7l-7,-7Z" fill="{_BRIDGE}"/>'


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_SIGNS else name[: _MOST_SIGNS - 1].rstrip() + "…"
