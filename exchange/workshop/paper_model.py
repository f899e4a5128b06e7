"""Notes back from paper as plain data: what rows are read with, and what they give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.problems import RowProblem
    from geo.print_grid import PrintGrid
    from store.workshop import Note


@dataclass(frozen=True, slots=True)
class Paper:
    """What rows are read with.

    Attributes
    ----------
    session_id
        Identifiers of notes without one of their own are made from it.
    grid
        Of the printed map.
    categories
        Of the session.
    numbers
        Which numbers the cards of each category have; empty = not known.
    words
        What the categories are called in messages; one that is missing is called by its code.
    """

    session_id: str
    grid: PrintGrid
    categories: tuple[str, ...]
    numbers: Mapping[str, range]
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> str:
        """The categories of the session as people know them."""
        return ", ".join(self.words.get(name, name) for name in self.categories)


@dataclass(frozen=True, slots=True)
class TypedNote:
    """A note that can be stored: its row, its values as `store.workshop.enter_notes` takes them, and how sure its place is.

    `uncertainty_m`: greatest distance from where the paper stuck; None = exact, or without a place.
    """

    row: int
    values: dict[str, Any]
    uncertainty_m: float | None


@dataclass(frozen=True, slots=True)
class PaperRead:
    """What was read: notes, every problem, and how many rows were empty apart from number and category."""

    notes: tuple[TypedNote, ...]
    problems: tuple[RowProblem, ...]
    blank: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Notes that are new, those that the session has already, and those that it has with another content (beside it)."""

    new: tuple[TypedNote, ...]
    same: tuple[TypedNote, ...]
    changed: tuple[tuple[TypedNote, Note], ...]
