"""The selected area: a strong outline, and the view moved there when the choice came from outside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import ParameterError
from layers.maplayer import MapLayer, make_layer

if TYPE_CHECKING:
    from layers.boundaries import Boundaries

KEY: Final = "highlight"


def highlight_layer(
    boundaries: Boundaries, area_id: int, *, level: str = "district", move_view: bool = False
) -> MapLayer:
    """Return the outline of one area.

    Parameters
    ----------
    area_id
        Id of the district or borough.
    move_view
        Move the view so that the area is fully visible (for a choice in a list; after a click on the map
        the view should stay).

    Raises
    ------
    ParameterError
        An id that the boundaries do not have.
    """
    ids = boundaries.ids(level)
    if area_id not in ids:
        raise ParameterError("parameter.unknown_value", name="area_id", value=area_id, allowed=f"{ids[0]}, …")
    data = {"url": boundaries.url, "level": level, "outline": int(area_id), "moveView": move_view}
    return make_layer(KEY, "areas", data, count=1)
