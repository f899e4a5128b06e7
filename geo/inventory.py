"""What is known about how complete the known places are: unknown is not zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan
from typing import Any, Final

from geo.levels import Areas

_PRECEDENCE: Final = ("city", "borough", "district")  # the later, the more specific


class Inventory(StrEnum):
    """State of an inventory."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """What an inventory says about an area.

    Attributes
    ----------
    state
        Complete, partial or unknown.
    date
        Its date as precise as known; None = unknown.
    """

    state: Inventory
    date: str | None


NOTHING_SAID: Final = Statement(Inventory.UNKNOWN, None)


def inventory_of_districts(rows: list[dict[str, Any]], district_ids: list[tuple[int, int]]) -> list[Statement]:
    """Return what the inventory says about one kind in every district, in their order.

    The most specific statement counts: its own district, else its borough, else the city; of two
    for the same area the one with the later date. Without one the state is unknown.

    Parameters
    ----------
    rows
        Rows of the resource ``inventory_statements`` about that kind.
    district_ids
        District and borough number of every district.
    """
    found = [NOTHING_SAID] * len(district_ids)
    for row in sorted(rows, key=_rank):
        said = Statement(Inventory(row["state"]), _date(row["reference_date"]))
        for at, (district, borough) in enumerate(district_ids):
            own = {"district": district, "borough": borough}.get(row["area_level"])
            if own is None or str(own) == str(row["area_id"]):
                found[at] = said
    return found


def inventory_of_areas(found: list[Statement], areas: Areas) -> list[Statement]:
    """Return the statements of districts put together for every area."""
    groups: list[list[Statement]] = [[] for _ in range(len(areas))]
    for district, area in zip(areas.district.tolist(), areas.area.tolist(), strict=True):
        groups[area].append(found[district])
    return [combined(group) for group in groups]


def combined(statements: Iterable[Statement]) -> Statement:
    """Return one statement for several areas together.

    Complete if all are, unknown if all are (or there are none), else partial; as old as the oldest,
    of unknown date if one is.
    """
    rows = list(statements)
    states = {row.state for row in rows}
    dates = [row.date for row in rows]
    known = [date for date in dates if date is not None]
    date = min(known) if known and len(known) == len(dates) else None
    if states == {Inventory.COMPLETE}:
        return Statement(Inventory.COMPLETE, date)
    return Statement(Inventory.UNKNOWN if states <= {Inventory.UNKNOWN} else Inventory.PARTIAL, date)


def expected_in_city(rows: list[dict[str, Any]]) -> float:
    """Return the number of places a source gives for the whole city; NaN = unknown.

    `rows` are the inventory statements of one kind; of several numbers the greatest counts.
    """
    numbers = [float(row["expected_count"]) for row in rows if row["area_level"] == "city"]
    return max((number for number in numbers if not isnan(number)), default=nan)


def _rank(row: dict[str, Any]) -> tuple[int, str]:
    return _PRECEDENCE.index(row["area_level"]), _date(row["reference_date"]) or ""


def _date(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
