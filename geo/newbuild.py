"""The requirement sheet of a new-build area: what is asked of it, and what keeps it from being worked out.

A sheet says where is built, which dwellings, and when people move in. Everything else is an assumption
(`geo.newbuild_assumptions`), which the sheet may replace by own values. `problems_of` names all faults at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from geo.errors import ParameterError
from geo.newbuild_assumptions import TENURES, Assumption, Triple, value_problems

ROOMS: Final = (1, 2, 3, 4, 5)
"""Sizes of dwellings by rooms; the last one is that many rooms and more."""
MAX_DWELLINGS: Final = 50_000
"""More than any new-build area has: a number above it is a typing error."""
FIRST_YEAR, LAST_YEAR = 2000, 2150
MAX_YEARS: Final = 60
MAX_TITLE: Final = 500

_HUGE: Final = 1e12


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is built where and when.

    Attributes
    ----------
    title
        Name of the project.
    area_level, area_id
        Area it belongs to (`geo.area.Area`).
    site
        GeoJSON geometry in degrees: a point or a polygon; None = the whole area.
    dwellings
        Tenure → dwellings by size, in the order of `ROOMS`.
    start, end
        First and last year in which people move in.
    until
        Last year that is worked out.
    phasing
        Year → dwellings that are finished and filled by the end of it; each year has the same mix.
    own_values
        Assumption → own low, middle and high value.
    standards
        Demand → planning standard that gives its value; without one the assumption counts.
    walk_standards
        Demand → planning standard that gives the longest walk; without one the assumption ``walk_m`` counts.
    own_free
        Demand → free places that somebody knows of, in place of what is worked out.
    """

    title: str
    area_level: str
    area_id: str
    site: str | None
    dwellings: Mapping[str, tuple[float, ...]]
    start: int
    end: int
    until: int
    phasing: Mapping[int, float]
    own_values: Mapping[str, Triple] = field(default_factory=dict)
    standards: Mapping[str, str] = field(default_factory=dict)
    walk_standards: Mapping[str, str] = field(default_factory=dict)
    own_free: Mapping[str, float] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        """Years that are worked out."""
        return tuple(range(self.start, self.until + 1))

    @property
    def total(self) -> float:
        """Number of dwellings."""
        return math.fsum(number for row in self.dwellings.values() for number in row)


def even_phasing(total: int, start: int, end: int) -> dict[int, int]:
    """Return dwellings by year, spread evenly; what is left over is finished in the first years. Empty if end < start."""
    years = range(start, end + 1)
    each, rest = divmod(total, max(1, len(years)))
    return {year: each + (at < rest) for at, year in enumerate(years)}


def problems_of(sheet: Sheet, assumptions: Mapping[str, Assumption]) -> list[ParameterError]:
    """Return everything that keeps a sheet from being worked out, in the order of the form; empty = nothing.

    Of years without dwellings only those with some count, so that a phasing may list years that stay empty.
    """
    counted = [*_dwelling_problems(sheet)]
    years = [*_year_problems(sheet)]
    phases = [] if years else [*_phase_problems(sheet, known=not counted)]
    return [*_head_problems(sheet), *counted, *years, *phases, *value_problems(assumptions, sheet.own_values),
            *_free_problems(sheet)]  # fmt: skip


def require_sheet(sheet: Sheet, assumptions: Mapping[str, Assumption]) -> None:
    """Raise the first of `problems_of`: ParameterError."""
    for problem in problems_of(sheet, assumptions):
        raise problem


def is_count(value: object) -> bool:
    """Return whether a value is a whole number, 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= _HUGE and float(value).is_integer()


def _head_problems(sheet: Sheet) -> Iterator[ParameterError]:
    if len(sheet.title) > MAX_TITLE:
        yield ParameterError("newbuild.long_title", length=len(sheet.title), most=MAX_TITLE)


def _dwelling_problems(sheet: Sheet) -> Iterator[ParameterError]:
    for tenure, row in sheet.dwellings.items():
        if tenure not in TENURES:
            yield ParameterError("parameter.unknown_value", name="tenure", value=tenure, allowed=", ".join(TENURES))
        if len(row) != len(ROOMS):
            yield ParameterError("parameter.length_mismatch", name=tenure, found=len(row), expected=len(ROOMS))
        for rooms, number in zip(ROOMS, row, strict=False):
            if not is_count(number):
                yield ParameterError("newbuild.bad_dwellings", tenure=tenure, rooms=rooms, value=number)
    if all(is_count(number) for row in sheet.dwellings.values() for number in row):
        if sheet.total == 0:
            yield ParameterError("newbuild.no_dwellings")
        if sheet.total > MAX_DWELLINGS:
            yield ParameterError("newbuild.too_many", value=int(sheet.total), most=MAX_DWELLINGS)


def _year_problems(sheet: Sheet) -> Iterator[ParameterError]:
    strange = False
    for name in ("start", "end", "until"):
        year = getattr(sheet, name)
        if not is_count(year) or not FIRST_YEAR <= year <= LAST_YEAR:
            strange = True
            yield ParameterError("newbuild.bad_year", name=name, value=year, first=FIRST_YEAR, last=LAST_YEAR)
    if strange:
        return
    if sheet.start > sheet.end:
        yield ParameterError("newbuild.start_after_end", start=sheet.start, end=sheet.end)
    elif sheet.until < sheet.end:
        yield ParameterError("newbuild.until_before_end", until=sheet.until, end=sheet.end)
    elif len(sheet.years) > MAX_YEARS:
        yield ParameterError("newbuild.too_long", start=sheet.start, until=sheet.until, most=MAX_YEARS)


def _phase_problems(sheet: Sheet, *, known: bool) -> Iterator[ParameterError]:
    fine = True
    for year, number in sheet.phasing.items():
        if not is_count(number):
            fine = False
            yield ParameterError("newbuild.bad_phase", year=year, value=number)
        elif number and not sheet.start <= year <= sheet.end:
            fine = False
            yield ParameterError("newbuild.phase_outside", year=year, value=int(number), start=sheet.start,
                                 end=sheet.end)  # fmt: skip
    if not (fine and known):
        return
    found, expected = int(sum(sheet.phasing.values())), int(sheet.total)
    if found < expected:
        yield ParameterError("newbuild.phasing_short", found=found, expected=expected, difference=expected - found)
    if found > expected:
        yield ParameterError("newbuild.phasing_over", found=found, expected=expected, difference=found - expected)


def _free_problems(sheet: Sheet) -> Iterator[ParameterError]:
    for demand, value in sheet.own_free.items():
        if not (isinstance(value, int | float) and 0 <= value <= _HUGE):
            yield ParameterError("newbuild.bad_free", demand=demand, value=value)
