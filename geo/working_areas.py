"""Where somebody works: areas named in statements, each as the numbers of the districts in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from geo.schema import LIST_DELIMITER

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["district", "borough", "city"]
Area = tuple[Level, tuple[int, ...]]
"""Level of an area, and the numbers (0 …) of all districts in it; no numbers = nobody could place it."""

LEVELS: tuple[Level, ...] = ("district", "borough", "city")
"""Finest first."""


def named_area(level: object, ids: Iterable[str], district_ids: Sequence[tuple[int, int]]) -> Area:
    """Return a named area with its district numbers; no numbers if it names no known area.

    Parameters
    ----------
    level
        ``district``, ``borough`` or ``city``; anything else names no area.
    ids
        Official numbers of districts or boroughs as text.
    district_ids
        District and borough number of every district.
    """
    wanted = set(ids)
    if level == "city":
        return "city", tuple(range(len(district_ids)))
    if level == "borough":
        return "borough", tuple(at for at, (_, borough) in enumerate(district_ids) if str(borough) in wanted)
    if level == "district":
        return "district", tuple(at for at, (district, _) in enumerate(district_ids) if str(district) in wanted)
    return "district", ()


def working_areas(service_areas: pd.DataFrame, district_ids: Sequence[tuple[int, int]]) -> dict[str, list[Area]]:
    """Return the known working areas of each organization (resource ``service_areas``)."""
    found: dict[str, list[Area]] = {}
    for row in service_areas.to_dict("records"):
        area = named_area(row["area_level"], [str(row["area_id"])], district_ids)
        if area[1]:
            found.setdefault(str(row["organization_id"]), []).append(area)
    return found


def areas_of_role(
    row: Mapping[Any, Any],
    working: Mapping[str, list[Area]],
    of_places: Sequence[int],
    district_ids: Sequence[tuple[int, int]],
) -> list[Area]:
    """Return the areas a statement about a role holds for.

    Its own; if nobody could place that, the working areas of the organization; failing that, the
    districts of its places (`of_places`, district numbers).
    """
    own = named_area(row["area_level"], items(row["area_ids"]), district_ids)
    if own[1]:
        return [own]
    return working.get(str(row["organization_id"])) or [("district", tuple(sorted(set(of_places) - {-1})))]


def items(text: object) -> list[str]:
    """Return the items of a ``;``-joined list; none for an empty or unknown one."""
    return [item for item in text.split(LIST_DELIMITER) if item] if isinstance(text, str) else []
