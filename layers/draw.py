"""Drawing an area on the map: corners by click, tap, drag, keyboard; read back with `layers.clicks.read_drawing`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from layers.maplayer import MapLayer, make_layer

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY: Final = "draw"


@dataclass(frozen=True)
class DrawTexts:
    """The words of drawing, in the page's language.

    Attributes
    ----------
    middle, remove, undo, clear
        Buttons: set a corner in the middle of the map, take the chosen corner away, undo, take all away.
    corner
        Name of a corner for screen readers, with ``{number}`` and ``{count}``.
    """

    middle: str
    remove: str
    undo: str
    clear: str
    corner: str


def draw_layer(
    corners: Sequence[tuple[float, float]], *, texts: DrawTexts, turn: int = 0, move_view: bool = False
) -> MapLayer:
    """Return the layer that lets somebody draw.

    Parameters
    ----------
    corners
        (longitude, latitude) in degrees to begin with.
    texts
        Words.
    turn
        Another number is another drawing: what is being drawn in the browser is dropped for `corners`. While it
        stays the same, and `corners` too, the browser goes on with its own.
    move_view
        Move the view to what is drawn.
    """
    data = {
        "corners": [[lat, lon] for lon, lat in corners],
        "texts": asdict(texts),
        "turn": turn,
        "moveView": move_view,
    }
    return make_layer(KEY, "draw", data, count=len(corners))
