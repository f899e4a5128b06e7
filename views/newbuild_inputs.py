"""What a planner enters: name, dwellings by tenure and size, and when people move in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.newbuild import ROOMS, even_phasing, is_count
from geo.newbuild_assumptions import TENURES
from views import newbuild_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from views.newbuild_model import State
    from views.texts import Texts

_WIDTH = 128
_LARGEST = 10**12


def show(t: Texts, now: State) -> None:
    """Write the three parts of the form."""
    st.header(t("newbuild.dwellings"), anchor=False)
    if now.blank:
        st.button(t("newbuild.example"), key="nb_example", on_click=newbuild_model.put_example)
    for tenure in TENURES:
        _row(t, now, tenure)
    st.markdown(t("newbuild.total", total=now.total))
    st.header(t("newbuild.years"), anchor=False)
    _years(t, now)


def whole_number(
    label: str, value: Any, put: Callable[[Any], None], *, key: str, width: int = _WIDTH, help_text: str | None = None
) -> None:
    """Write a field for a whole number; what is no such number (from a file) shows as an empty field."""
    fits = isinstance(value, int | float) and math.isfinite(value) and float(value).is_integer()
    shown = int(value) if fits and abs(value) <= _LARGEST else None

    def changed() -> None:
        put(st.session_state[key])

    st.number_input(label, value=shown, step=1, format="%d", key=key, on_change=changed, width=width, help=help_text)


def _row(t: Texts, now: State, tenure: str) -> None:
    st.markdown(f"**{t(f'newbuild.tenure.{tenure}')}**")
    with st.container(horizontal=True, key=f"nb_row_{tenure}"):
        for at, rooms in enumerate(ROOMS):
            whole_number(
                t.plural("newbuild.rooms", rooms) if rooms < ROOMS[-1] else t("newbuild.rooms.more", count=rooms),
                now.dwellings[tenure][at],
                _put_dwellings(now, tenure, at),
                key=f"nb_{now.turn}_{tenure}_{rooms}",
            )


def _put_dwellings(now: State, tenure: str, at: int) -> Callable[[Any], None]:
    def put(value: Any) -> None:
        now.dwellings[tenure][at] = 0 if value is None else value

    return put


def _years(t: Texts, now: State) -> None:
    with st.container(horizontal=True, key="nb_years"):
        for name in ("start", "end", "until"):
            whole_number(
                t(f"newbuild.year.{name}"),
                getattr(now, name),
                _put_year(now, name),
                key=f"nb_{now.turn}_{name}",
                width=200,
            )
    key = f"nb_{now.turn}_even"

    def changed() -> None:
        now.even = st.session_state[key]
        if not now.even and is_count(now.start) and is_count(now.end):
            now.phasing = dict(even_phasing(now.total, now.start, now.end))

    st.checkbox(t("newbuild.even"), value=now.even, key=key, on_change=changed)
    if now.even:
        return
    with st.container(horizontal=True, key="nb_phases"):
        for year in _phase_years(now):
            whole_number(str(year), now.phasing.get(year, 0), _put_phase(now, year), key=f"nb_{now.turn}_phase_{year}")
    found = sum(int(number) for number in now.phasing.values() if is_count(number))
    st.markdown(t("newbuild.phasing", found=found, total=now.total))


def _phase_years(now: State) -> list[int]:
    """Return the years to fill in, and others that already have dwellings, so that they can be moved."""
    most = 60
    inside = (
        range(now.start, min(now.end, now.start + most) + 1) if is_count(now.start) and is_count(now.end) else range(0)
    )
    return sorted({*inside, *[year for year, number in now.phasing.items() if number][:most]})


def _put_year(now: State, name: str) -> Callable[[Any], None]:
    def put(value: Any) -> None:
        setattr(now, name, 0 if value is None else value)

    return put


def _put_phase(now: State, year: int) -> Callable[[Any], None]:
    def put(value: Any) -> None:
        now.phasing[year] = 0 if value is None else value

    return put
