"""The requirement sheet of a new-build area: what is built, who will live there, what they need, what is short and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import QuartierError
from geo.newbuild_demand import PERSONS_PER_PLACE, PLACES_PER_100
from views import (
    areas,
    entry_save,
    newbuild_assume,
    newbuild_files,
    newbuild_inputs,
    newbuild_keep,
    newbuild_model,
    newbuild_place,
    newbuild_result,
    newbuild_standards,
    newbuild_words,
    storage,
    ui,
)
from views.state import Selection

if TYPE_CHECKING:
    from geo.newbuild_result import Requirement
    from views.newbuild_model import State
    from views.texts import Texts


def page() -> None:
    """Show the page of new-build areas."""
    t = ui.texts()
    demands = [
        rule.name for rule in newbuild_model.assumptions().values() if rule.unit in {PLACES_PER_100, PERSONS_PER_PLACE}
    ]
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE,
            areas.choice(),
            areas.district_choice(),
            areas.quarter_choice(),
            newbuild_result.choice(demands),
            newbuild_keep.choice(),
        ]
    )
    newbuild_keep.settle(selection)
    ui.header(t, selection, title=t("newbuild.title"), lead=t("newbuild.lead"))
    storage.banner(t)
    entry_save.show_notice(t)
    areas.box(t, selection)
    area = areas.chosen(selection)
    newbuild_keep.opening(t, selection, area)
    now = newbuild_model.state()
    if area is None:
        st.info(t("newbuild.choose"))
        selection.publish()
        return
    areas.keep_for_others(selection)
    _form(t, now, area)
    _result(t, selection, now, area)
    ui.sources(t, [t("newbuild.source"), *(t(f"resource.{name}") for name in ("population_cells", "locations"))])
    selection.publish()


def _form(t: Texts, now: State, area: str) -> None:
    key = f"nb_{now.turn}_title"

    def changed() -> None:
        now.title = st.session_state[key]

    st.text_input(
        t("newbuild.name"),
        value=now.title,
        key=key,
        on_change=changed,
        placeholder=t("newbuild.name.example"),
        width=480,
    )
    newbuild_place.show(t, now, area)
    newbuild_inputs.show(t, now)
    with st.expander(t("newbuild.standards")):
        newbuild_standards.show(t, now)
    with st.expander(t("newbuild.assumptions")):
        newbuild_assume.show(t, now)


def _result(t: Texts, selection: Selection, now: State, area: str) -> None:
    if now.blank:
        st.info(t("newbuild.blank"))
        return
    sheet = newbuild_model.sheet_of(now, area)
    problems = newbuild_model.problems(sheet)
    found: Requirement | None = None
    if not problems:
        try:
            with st.spinner(t("newbuild.working"), show_time=False):
                found = newbuild_model.result(sheet)
        except QuartierError as problem:
            problems = [problem]  # type: ignore[list-item]
    if found is None:
        st.header(t("newbuild.result"), anchor=False)
        lines = [ui.literal(newbuild_words.problem(t, each, newbuild_model.assumptions())) for each in problems]
        st.error(
            lines[0] if len(lines) == 1 else t("newbuild.problems") + "\n" + "\n".join(f"- {line}" for line in lines)
        )
    else:
        newbuild_result.show(t, selection, found)
        newbuild_files.show(t, found, area)
    newbuild_keep.show(t, now, sheet, found)
