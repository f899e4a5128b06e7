"""Asks the map what part of it is shown; the answer is a click (`layers.clicks.Click`) on the layer `KEY`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.maplayer import make_layer

if TYPE_CHECKING:
    from layers.maplayer import MapLayer

KEY: Final = "view"


def view_request(turn: str) -> MapLayer:
    """Return the layer that asks once: the answer's ``id`` is `turn`, its ``view`` what is shown. Draws nothing."""
    return make_layer(KEY, "view", {"turn": turn}, count=0)
