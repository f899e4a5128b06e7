"""What the population of an area says about age, origin and districts, to compare an evening's participants with.

Only what is counted is compared: three age classes, and districts by their people. Languages are counted nowhere.
Where a figure is not of the area itself, the area it is of stands beside it.
"""

from __future__ import annotations

from collections import Counter
from math import isnan, nan
from typing import TYPE_CHECKING, Final

from geo.figures import Figure, cell_count, reported
from geo.participation import Dimension, Population, dimension

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from geo.area import Area
    from geo.catalogue import Load

AGES: Final = ("under_18", "18_59", "60_plus")
_AGE_OF: Final = {
    "under_18": "under_18", "18_29": "18_59", "30_59": "18_59", "60_74": "60_plus", "75_plus": "60_plus",
    "18_59": "18_59", "60_plus": "60_plus",
}  # fmt: skip
"""Which class of the statistics the age groups of a session belong to."""

LANGUAGES: Final = ("german", "other")
ELSEWHERE: Final = "elsewhere"
_GERMAN: Final = ("de", "de-simple")
_WHOLE: Final = 100.0


def participation(
    load: Load,
    cells: pd.DataFrame,
    area: Area,
    *,
    by_age: Mapping[str | None, int],
    by_language: Mapping[str | None, int],
    by_district: Mapping[str | None, int],
    publish: bool = True,
) -> tuple[Dimension, ...]:
    """Return who took part and who did not, for age, language and (where the area has several) district.

    Parameters
    ----------
    load, cells
        Frames of the data package, and its population cells.
    area
        Of the session.
    by_age, by_language, by_district
        How many participants said which age group (`geo.workshop.AGE_GROUPS`), language of their page, and district
        (its number as text); None = did not say.
    publish
        Hide counts of one or two people, see `geo.participation`.
    """
    inside = {str(district) for district in area.district_ids}
    ages = _summed(by_age, _AGE_OF.get)
    spoken = _summed(by_language, lambda code: "german" if code in _GERMAN else "other")
    found = [
        dimension("age", ages, ages_of(load, area), publish=publish),
        dimension("language", spoken, languages_of(load, area), publish=publish),
    ]
    if len(inside) > 1:
        homes = _summed(by_district, lambda number: number if number in inside else ELSEWHERE)
        found.append(dimension("district", homes, districts_of(load, cells, area), publish=publish))
    return tuple(found)


def _summed(counts: Mapping[str | None, int], group: Callable[[str], str | None]) -> Counter[str | None]:
    """Return the counts by group; what was not said stays None."""
    found: Counter[str | None] = Counter()
    for value, count in counts.items():
        found[None if value is None else group(value)] += count
    return found


def ages_of(load: Load, area: Area) -> dict[str, Population]:
    """Return the share of each of `AGES`; the middle one is the rest, where both others are of one day and area."""
    young, old = reported(load, "under_18_share", area), reported(load, "age_60_plus_share", area)
    found = {"under_18": _share(young), "18_59": Population(nan), "60_plus": _share(old)}
    if young is not None and old is not None and (young.date, young.level_name) == (old.date, old.level_name):
        rest = (_WHOLE - young.value - old.value) / _WHOLE
        of = "" if young.own and old.own else young.level_name
        found["18_59"] = Population(rest if rest >= 0.0 else nan, young.date or "", young.source or "", of)
    return found


def languages_of(load: Load, area: Area) -> dict[str, Population]:
    """Return what stands in for other languages, for orientation only: nobody counts which languages people speak.

    People without German citizenship, of the area or its borough; where nobody knows, people with a background of
    migration. Most of both speak German: no verdict is made of it.
    """
    near = reported(load, "foreigners_share", area)
    if near is not None and near.level != "city":
        return {"german": Population(nan), "other": _share(near, proxy="citizenship")}
    return {
        "german": Population(nan),
        "other": _share(reported(load, "migration_background_share", area), proxy="migration"),
    }


def districts_of(load: Load, cells: pd.DataFrame, area: Area) -> dict[str, Population]:
    """Return the share of each district in the people of the area, from its population cells."""
    whole = cell_count(load, cells, area, "population", "persons")
    ids = cells["district_id"].to_numpy("float64", na_value=nan)
    weights = area.cell_weights(cells)
    people = cells["population"].fillna(0.0).to_numpy("float64") * weights
    total = float(people.sum())
    return {
        str(district): Population(
            float(people[ids == district].sum()) / total if total > 0.0 else nan, whole.date or "", whole.source or ""
        )
        for district in area.district_ids
    }


def _share(figure: Figure | None, *, proxy: str = "") -> Population:
    if figure is None or isnan(figure.value):
        return Population(nan, proxy=proxy)
    return Population(
        figure.value / _WHOLE, figure.date or "", figure.source or "", "" if figure.own else figure.level_name, proxy
    )
