"""The requirement sheet that is being worked on: kept for the visit, turned into a `geo.newbuild.Sheet`, worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.newbuild import ROOMS, Sheet, even_phasing, is_count, problems_of
from geo.newbuild_assumptions import TENURES, assumptions_of
from views import areas, data

if TYPE_CHECKING:
    from geo.errors import ParameterError
    from geo.newbuild_assumptions import Assumption, Triple
    from geo.newbuild_result import Requirement
    from geo.reach import Walk

_KEY = "newbuild_state"
EXAMPLE: dict[str, tuple[int, ...]] = {
    "rent": (30, 60, 70, 35, 5),
    "subsidised": (15, 30, 30, 20, 5),
    "owner": (0, 5, 25, 35, 15),
    "senior": (10, 10, 0, 0, 0),
}
"""A mix to begin with: 400 dwellings."""


@dataclass
class State:
    """What the visitor has entered; see `geo.newbuild.Sheet`. `turn` grows when all fields begin anew."""

    title: str = ""
    site: str | None = None
    dwellings: dict[str, list[Any]] = field(default_factory=lambda: {name: [0] * len(ROOMS) for name in TENURES})
    start: Any = 0
    end: Any = 0
    until: Any = 0
    even: bool = True
    phasing: dict[int, Any] = field(default_factory=dict)
    own_values: dict[str, Triple] = field(default_factory=dict)
    standards: dict[str, str] = field(default_factory=dict)
    walk_standards: dict[str, str] = field(default_factory=dict)
    own_free: dict[str, Any] = field(default_factory=dict)
    entry: tuple[str, int] | None = None
    turn: int = 0

    @property
    def total(self) -> int:
        """Dwellings, as far as they are whole numbers."""
        return sum(int(number) for row in self.dwellings.values() for number in row if is_count(number))

    @property
    def blank(self) -> bool:
        """Whether no dwelling has been entered yet."""
        return all(number == 0 for row in self.dwellings.values() for number in row)


def state() -> State:
    """Return the sheet of this visit."""
    found = st.session_state.get(_KEY)
    if not isinstance(found, State):
        found = _fresh(0)
        st.session_state[_KEY] = found
    return found


def begin_anew() -> None:
    """Let the sheet be empty."""
    st.session_state[_KEY] = _fresh(state().turn + 1)


def put_example() -> None:
    """Fill in a mix of dwellings to begin with."""
    now = state()
    now.dwellings = {name: list(EXAMPLE[name]) for name in TENURES}
    now.turn += 1


def take(sheet: Sheet, *, entry: tuple[str, int] | None = None) -> None:
    """Let a saved sheet be the one that is worked on."""
    even = even_phasing(int(sheet.total), sheet.start, sheet.end) if _counts(sheet) else {}
    st.session_state[_KEY] = State(
        title=sheet.title,
        site=None if _is_quarter(sheet) else sheet.site,
        dwellings={name: list(sheet.dwellings.get(name, (0,) * len(ROOMS))) for name in (*TENURES, *sheet.dwellings)},
        start=sheet.start,
        end=sheet.end,
        until=sheet.until,
        even=dict(sheet.phasing) == even,
        phasing=dict(sheet.phasing),
        own_values=dict(sheet.own_values),
        standards=dict(sheet.standards),
        walk_standards=dict(sheet.walk_standards),
        own_free=dict(sheet.own_free),
        entry=entry,
        turn=state().turn + 1,
    )


def sheet_of(now: State, area: str) -> Sheet:
    """Return the sheet as it stands, for an area in the address line's form."""
    prefix, _, number = area.partition(":")
    level = areas.LEVELS[prefix]
    phasing = even_phasing(now.total, now.start, now.end) if now.even and _years(now) else dict(now.phasing)
    return Sheet(
        now.title,
        str(level),
        number,
        _quarter_site(area) if level == "quarter" and now.site is None else now.site,
        {name: tuple(row) for name, row in now.dwellings.items()},
        now.start,
        now.end,
        now.until,
        phasing,
        dict(now.own_values),
        dict(now.standards),
        dict(now.walk_standards),
        dict(now.own_free),
    )


def area_of(sheet: Sheet) -> str | None:
    """Return the area of a saved sheet in the address line's form; None where it is not there (any more)."""
    level: Any = sheet.area_level
    return areas.value_of(level, sheet.area_id) if level in areas.PREFIXES else None


def assumptions() -> dict[str, Assumption]:
    """Return the assumptions of the data package by name."""
    return data.shipped("newbuild_assumptions", make=lambda: assumptions_of(data.frame("newbuild_assumptions")))


def problems(sheet: Sheet) -> list[ParameterError]:
    """Return everything that keeps a sheet from being worked out."""
    return problems_of(sheet, assumptions())


def walk() -> Walk:
    """Return how walks are measured: along the streets, where the package has them."""
    from geo.reach import Method, Walk

    return Walk(method=Method.LINE if data.gap_inputs().network is None else Method.NETWORK)


def result(sheet: Sheet) -> Requirement:
    """Return a sheet worked out; shared, never change it. Errors as `geo.newbuild_result.requirement`."""
    from geo.newbuild_file import sheet_text
    from geo.newbuild_result import requirement

    def make() -> Requirement:
        return requirement(sheet, assumptions(), data.gap_inputs(), data.reach(walk()), data.frame)

    return data.kept("newbuild", sheet_text(sheet), make=make)


def _is_quarter(sheet: Sheet) -> bool:
    """Tell whether the site of a saved sheet is the area of an own Quartier as it was then: today's area counts."""
    known = sheet.area_level == "quarter" and sheet.area_id in areas.quarter_names()
    return known and sheet.site is not None and '"Point"' not in sheet.site[:40]


def _fresh(turn: int) -> State:
    year = date.today().year  # noqa: DTZ011 -- the year where the server is
    return State(start=year + 2, end=year + 4, until=year + 19, turn=turn)


def _years(now: State) -> bool:
    return is_count(now.start) and is_count(now.end) and now.end - now.start < 1000  # noqa: PLR2004 -- a typing error


def _counts(sheet: Sheet) -> bool:
    whole = all(is_count(number) for row in sheet.dwellings.values() for number in row)
    return whole and sheet.end - sheet.start < 1000  # noqa: PLR2004 -- a typing error


def _quarter_site(area: str) -> str:
    from exchange.newbuild_files import site_text

    return data.kept("newbuild_site", area, make=lambda: site_text(areas.area(area).geometry))
