"""What is in a dossier: sections of blocks, every word already in its language. Writers only decide how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from geo.area import Area


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short lines; `title` may be empty."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Single figures: label, value, and a note with date, level and source."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row is its heading.

    `notes` has a small line for cells, by row and column; `strong` names the cells that stand out. Cells that say no
    more than `quiet` (the word for unknown) are written in grey.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    strong: frozenset[tuple[int, int]] = frozenset()
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Numbers side by side: name, number (NaN = unknown) and the number in words; drawn, and readable without drawing."""

    title: str
    value: str
    rows: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG (`width` × `height` pixels) with its alternative text and a caption."""

    svg: str
    alt: str
    caption: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not known, and where to add it: name of a page, its address values and what to do there."""

    text: str
    page: str
    label: str
    address: Mapping[str, str] = field(default_factory=dict)


def in_area(area: Area) -> dict[str, str]:
    """Return the address values with which a page of one Stadtteil or own Quartier opens; none for a larger area."""
    return {str(area.level): area.id} if area.level in {"district", "quarter"} else {}


Block: TypeAlias = Paragraph | Bullets | Facts | Table | Bars | Picture | Missing


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; `key` names it for links and for the page."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A whole dossier.

    Attributes
    ----------
    language
        ``de`` or ``en``.
    program, title, subtitle, date
        Line at the top, name of the area, what it is, date or state of the data.
    sections
        The parts in their order.
    sources_title, sources
        Where everything comes from.
    to_add
        Beginning of the line that says where to add what is missing; the `label` of a `Missing` follows.
    contents_title
        Heading of the list of parts.
    """

    language: str
    program: str
    title: str
    subtitle: str
    date: str
    sections: tuple[Section, ...]
    sources_title: str
    sources: tuple[str, ...]
    to_add: str = ""
    contents_title: str = ""

    def how(self, block: Missing) -> str:
        """Return where to add what a block misses; empty if nothing is said about it."""
        return f"{self.to_add} {block.label}" if self.to_add and block.label else ""
