"""How the number of people has changed and is expected to change, of an area or of the unit it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.dates import age_key

if TYPE_CHECKING:
    from geo.area import Area
    from geo.catalogue import Load

_NAMED: Final = "Stadtteile: "  # forecast units name their districts in the column "quality"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """People of an area at a date; `estimate` = not counted but estimated, `forecast` = expected."""

    date: str
    value: float
    estimate: bool
    forecast: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Trend:
    """People over time.

    Attributes
    ----------
    own
        Counts and estimates of the area itself, the oldest first; one per date.
    unit_level, unit_name
        Of the area that the forecast is made for: the area itself, a ``forecast_unit``, a ``borough``;
        empty = there is no forecast.
    unit_members
        Names of the unit's districts where the source gives them.
    forecast
        The unit today and in the future.
    """

    own: tuple[TrendPoint, ...]
    unit_level: str
    unit_name: str
    unit_members: tuple[str, ...]
    forecast: tuple[TrendPoint, ...]

    @property
    def change(self) -> float | None:
        """Expected change of the unit as a share of today's people; None = unknown."""
        if len(self.forecast) < 2 or self.forecast[0].value <= 0:  # noqa: PLR2004 -- a change has two ends
            return None
        return self.forecast[-1].value / self.forecast[0].value - 1.0


def trend(load: Load, area: Area) -> Trend:
    """Return past and expected numbers of people."""
    rows = load("indicators")
    people = rows[(rows["indicator"] == "population") & rows["value"].notna()]
    expected = rows[(rows["indicator"] == "population_forecast") & rows["value"].notna()]
    joined = area.level == "quarter" and area.whole and not area.withheld
    own = _joined(people, area) if joined else _points(_of(people, area.level, area), forecast=False)
    level, unit, members = _unit(expected, load, area)
    if unit is None:
        return Trend(own, "", "", (), ())
    name = str(unit["area_name"])
    same = people[(people["area_level"] == unit["area_level"]) & (people["area_id"] == unit["area_id"])]
    ahead = expected[(expected["area_level"] == unit["area_level"]) & (expected["area_id"] == unit["area_id"])]
    now = _points(same, forecast=False)[-1:]
    return Trend(own, level, name, members, now + _points(ahead, forecast=True))


def _joined(people: pd.DataFrame, area: Area) -> tuple[TrendPoint, ...]:
    """Return the sums over joined districts, of the dates of which every one of them has a number."""
    mine = people[people["area_level"] == "district"]
    found = [_points(mine[mine["area_id"] == str(number)], forecast=False) for number in area.district_ids]
    by_date = [{point.date: point for point in points} for points in found]
    shared = [point.date for point in found[0] if all(point.date in each for each in by_date)]
    return tuple(
        TrendPoint(
            date,
            sum(each[date].value for each in by_date),
            any(each[date].estimate for each in by_date),
            False,
            by_date[0][date].source if len({each[date].source for each in by_date}) == 1 else None,
        )
        for date in shared
    )


def _of(rows: pd.DataFrame, level: str, area: Area) -> pd.DataFrame:
    mine = rows[rows["area_level"] == level]
    return mine if level == "city" else mine[mine["area_id"] == area.id]


def _unit(expected: pd.DataFrame, load: Load, area: Area) -> tuple[str, Any, tuple[str, ...]]:
    """Return level, row and members of the smallest unit with a forecast that holds the whole area."""
    if area.level in {"borough", "city"}:
        mine = _of(expected, area.level, area)
        return (area.level, mine.iloc[0], ()) if len(mine) else ("", None, ())
    districts = load("districts").set_index("district_id")["name"]
    names = {str(districts[number]) for number in area.district_ids}
    units = expected[expected["area_level"] == "forecast_unit"]
    for _, row in units.iterrows():
        text = str(row["quality"])
        members = tuple(text.removeprefix(_NAMED).split(", ")) if text.startswith(_NAMED) else ()
        if names and names <= set(members):
            level = area.level if names == set(members) and area.whole else "forecast_unit"
            return level, row, members
    if len(area.borough_ids) == 1:
        mine = expected[(expected["area_level"] == "borough") & (expected["area_id"] == str(area.borough_ids[0]))]
        if len(mine):
            return "borough", mine.iloc[0], ()
    return "", None, ()


def _points(rows: pd.DataFrame, *, forecast: bool) -> tuple[TrendPoint, ...]:
    """Return one point per date, counted before estimated, the oldest first."""
    ordered = rows.assign(
        _estimate=(rows["value_level"] == "estimate").astype(int),
        _age=[age_key(text) for text in rows["reference_date"]],
    )
    ordered = ordered.sort_values(["_age", "_estimate"], ascending=[False, True], kind="stable")
    unique = ordered.drop_duplicates("reference_date")
    return tuple(
        TrendPoint(
            str(row["reference_date"]),
            float(row["value"]),
            bool(row["_estimate"]),
            forecast,
            row["source"] if isinstance(row["source"], str) else None,
        )
        for _, row in unique.iterrows()
        if age_key(row["reference_date"])
    )
