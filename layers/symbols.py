"""What a place looks like: shape and letter beside the colour, so that colour is never the only sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.palette import ink_on, require_colour
from layers.shapes import require_shape

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Symbol:
    """A symbol: name shown to people, outline (`layers.shapes`), 1–2 letters, colour ``#rrggbb``."""

    label: str
    shape: str
    letter: str
    colour: str

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        require_shape(self.shape)
        require_colour(self.colour)

    def spec(self) -> dict[str, Any]:
        """Return what the browser draws it from."""
        return {
            "label": self.label,
            "shape": self.shape,
            "letter": self.letter,
            "colour": self.colour,
            "ink": ink_on(self.colour),
        }


def catalogue_symbols(kinds: pd.DataFrame, *, label: str) -> dict[str, Symbol]:
    """Return the symbol of each kind of facility.

    Parameters
    ----------
    kinds
        ``kind``, ``shape``, ``letter``, ``colour`` and the column `label`, e.g. "label_de".

    Raises
    ------
    ParameterError
        An unknown shape or a colour that is not ``#rrggbb``.
    """
    rows = zip(kinds["kind"], kinds[label], kinds["shape"], kinds["letter"], kinds["colour"], strict=True)
    return {
        str(kind): Symbol(str(name), str(shape), str(letter), str(colour)) for kind, name, shape, letter, colour in rows
    }
