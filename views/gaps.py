"""The gaps page: who is too far from what, by which standard, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.storyline import MAX_SENTENCE, GapFill, Step, changed_settings, one_line
from views import (
    data,
    gaps_card,
    gaps_controls,
    gaps_files,
    gaps_map,
    gaps_table,
    mapview,
    plan_from_gap,
    quarters_gaps,
    story_save,
    ui,
)
from views.state import Selection

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from geo.storyline import View
    from views.texts import Texts

ORDER = ("gap", "partly", "covered", "no_statement", "no_standard", "no_target_population", "no_distance")


def page() -> None:
    """Show the gaps page."""
    t = ui.texts()
    selection = Selection(gaps_controls.choices())
    ui.header(t, selection, title=t("gaps.title"), lead=t("gaps.lead"))
    slot = gaps_controls.show(t, selection)
    with st.spinner(t("gaps.working"), show_time=False):
        result = data.gap_result(selection["kind"], gaps_controls.settings(selection))
    gaps_controls.show_classes(t, selection, result, slot)
    _summary(t, result)
    inputs, own, number = quarters_gaps.chosen(selection, result)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        click = mapview.show_map(
            t, [*gaps_map.layers(t, result, selection), *story_save.asking()], key="gaps", first=True
        )
        gaps_map.legend(t, result, selection["measure"], selection["classes"])
        if not quarters_gaps.withheld(selection):
            gaps_card.words(t, inputs, own, number)
        story_save.show(t, click, lambda sentence, view: _step(selection, result, sentence, view))
    with right:
        if quarters_gaps.withheld(selection):
            quarters_gaps.say_withheld(t, selection)
        else:
            gaps_card.show(t, inputs, own, number)
            if selection["quarter"] is not None:
                st.caption(t("gaps.quarter.method"))
            plan_from_gap.show(t, own, number, quarter=selection["quarter"])
    gaps_table.show(t, result)
    if selection["quarter"] is not None:
        st.caption(t("gaps.quarter.files"))
    gaps_files.show(t, result, selection["measure"], selection["classes"])
    ui.sources(t, gaps_card.sources(t, result))
    selection.publish()
    mapview.choose_area(selection, click, key="gaps")


def _summary(t: Texts, result: GapResult) -> None:
    """One sentence that says how many districts are in which class."""
    counts = result.level("district")["verdict"].value_counts()
    parts = [f"**{t.number(int(counts[name]))}** {t(f'verdict.{name}.short')}" for name in ORDER if name in counts]
    kind = data.catalogue().kinds[result.kind].plural.of(t.language)
    st.markdown(t("gaps.summary", kind=ui.literal(kind), parts=", ".join(parts)))
    notes = (gaps_card.standard_text(t, result), gaps_card.located_text(t, result))
    st.caption("  \n".join(ui.literal(note) for note in notes if note))


def _step(selection: Selection, result: GapResult, sentence: str, view: View) -> Step:
    """Return what the page shows as a step of a storyline: the measure, the places of the kind, the district."""
    fill = GapFill(result.kind, selection["measure"], changed_settings(result.settings), selection["classes"])
    return Step(
        one_line(sentence)[:MAX_SENTENCE],
        kinds=(result.kind,),
        fill=fill,
        district=selection["district"],
        view=view,
    )
