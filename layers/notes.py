"""What notes of a workshop look like on a map: one symbol per category, different in shape, letter and colour."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from layers.symbols import Symbol

if TYPE_CHECKING:
    from collections.abc import Mapping

# category → shape (as on paper, see exchange/workshop) and colour; the letter is the first one of its name
_STYLES: Final = MappingProxyType(
    {
        "need": ("circle", "#a84300"),
        "idea": ("square", "#6a3d9a"),
        "strength": ("diamond", "#00694c"),
        "contact": ("triangle", "#0072b2"),
    }
)
NOTE_CATEGORIES: Final = tuple(_STYLES)


def note_symbols(labels: Mapping[str, str]) -> dict[str, Symbol]:
    """Return the symbol of each category, named by `labels`; KeyError where one is missing."""
    return {
        category: Symbol(labels[category], shape, labels[category][:1], colour)
        for category, (shape, colour) in _STYLES.items()
    }
