"""An evening as its protocol needs it: what was said, weighed and agreed, who took part, in one object without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exchange.normal import is_number
from store.workshop import became, feed, participation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.participation import Dimension
    from geo.print_grid import PrintGrid
    from store.database import Store
    from store.permissions import Actor
    from store.workshop import Became, Group, Note, Participation, Session


@dataclass(frozen=True)
class Item:
    """What dots are given to: a group with its notes, or a note alone; the first has most dots.

    Attributes
    ----------
    number
        Place in the order of the protocol, from 1.
    id, title
        Of the group or note; the title of a note is its text.
    is_group
        Whether it is a group.
    notes
        Its shown notes.
    dots
        Phones and paper together.
    became
        What was agreed on it or one of its notes.
    """

    number: int
    id: str
    title: str
    is_group: bool
    notes: tuple[Note, ...]
    dots: int
    became: tuple[Became, ...]


@dataclass(frozen=True)
class Evening:
    """One session with everything that its protocol says.

    Attributes
    ----------
    session
        Its question, area and dates.
    items
        Groups and notes that were shown, those with most dots first.
    not_shown
        Notes that were held or hidden: counted, never written.
    participants, voters
        Devices that joined, and that gave dots.
    channels
        Notes by the way they came: phone, host, paper.
    people
        Participants beside the population.
    grid
        Of the paper map, to say in which cell a place lies; None = unknown area.
    """

    session: Session
    items: tuple[Item, ...]
    not_shown: int = 0
    participants: int = 0
    voters: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)
    people: tuple[Dimension, ...] = ()
    grid: PrintGrid | None = None

    @property
    def notes(self) -> tuple[tuple[Item, Note], ...]:
        """All shown notes with the item they stand in."""
        return tuple((item, note) for item in self.items for note in item.notes)


def evening_of(
    store: Store,
    actor: Actor | None,
    session_id: str,
    *,
    people: Callable[[Session, Participation], tuple[Dimension, ...]] | None = None,
    grid: PrintGrid | None = None,
) -> Evening:
    """Return a session for its protocol; only a host may ask.

    Parameters
    ----------
    people
        Compares who took part with the population of the area; None = that part is left out.
    grid
        Of the area's paper map.

    Raises
    ------
    StoreError
        No such session, or not for this actor.
    """
    found, counted = feed(store, actor, session_id), participation(store, actor, session_id)
    session = found.session
    shown = [note for note in found.notes if note.state == "shown"]
    return Evening(
        session,
        items_of(found.notes, found.groups, found.totals, became(store, actor, session_id)),
        not_shown=sum(note.state != "shown" for note in found.notes),
        participants=counted.participants,
        voters=counted.voters,
        channels={name: sum(note.channel == name for note in shown) for name in ("phone", "host", "paper")},
        people=people(session, counted) if people is not None and counted.participants else (),
        grid=grid,
    )


def items_of(
    notes: Sequence[Note],
    groups: Sequence[Group],
    totals: Mapping[str, int],
    agreed: Mapping[str, tuple[Became, ...]],
) -> tuple[Item, ...]:
    """Return groups and notes alone that are shown, by dots, then in the order they came."""
    shown = sorted((note for note in notes if note.state == "shown"), key=_order)
    known = {group.id for group in groups}
    rows: list[tuple[str, str, bool, tuple[Note, ...]]] = []
    for group in groups:
        inside = tuple(note for note in shown if note.group_id == group.id)
        if inside:
            rows.append((group.id, group.title, True, inside))
    rows += [(note.id, note.text, False, (note,)) for note in shown if note.group_id not in known]
    rows.sort(key=lambda row: (-totals.get(row[0], 0), _order(row[3][0])))
    return tuple(
        Item(number, key, title, is_group, inside, totals.get(key, 0), _agreed(key, inside, agreed))
        for number, (key, title, is_group, inside) in enumerate(rows, 1)
    )


def _agreed(key: str, notes: Sequence[Note], agreed: Mapping[str, tuple[Became, ...]]) -> tuple[Became, ...]:
    own = dict.fromkeys([key, *(note.id for note in notes)])
    found = [one for each in own for one in agreed.get(each, ())]
    return tuple({(one.resource, one.entry_id): one for one in found}.values())


def _order(note: Note) -> tuple[str, int, str]:
    """Return what notes are ordered by: when they came, those of one moment by the numbers of their cards."""
    sticker = note.sticker or ""
    return note.created_at, int(sticker) if is_number(sticker) else 0, note.id
