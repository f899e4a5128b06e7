"""The street graph and the way of each place to it, small enough for a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from geo.finder_places import FinderPlaces


def street_content(places: FinderPlaces, origin: tuple[int, int]) -> dict[str, Any]:
    """Return nodes, edges and snapped places as lists of whole numbers.

    Parameters
    ----------
    places
        Prepared places.
    origin
        Metres (EPSG:25832) that all coordinates are counted from.

    Returns
    -------
    dict
        ``x``, ``y`` (metres from `origin`), ``u``, ``v``, ``m`` (metres) of every edge, and per place
        ``edge`` (-1 = on no street), ``toU``, ``toV`` and ``off`` in metres. Empty lists without streets.
    """
    network, snapped = places.network, places.snapped
    if network is None or snapped is None:
        return {key: [] for key in ("x", "y", "u", "v", "m", "edge", "toU", "toV", "off")}
    return {
        "x": _whole(network.x - origin[0]),
        "y": _whole(network.y - origin[1]),
        "u": network.edge_u.tolist(),
        "v": network.edge_v.tolist(),
        "m": _whole(network.edge_m),
        "edge": snapped.edge.tolist(),
        "toU": _whole(snapped.to_u_m),
        "toV": _whole(snapped.to_v_m),
        "off": _whole(snapped.offset_m),
    }


def _whole(values: np.ndarray) -> list[int]:
    found: list[int] = np.round(np.nan_to_num(values, nan=-1.0)).astype(np.int64).tolist()
    return found
