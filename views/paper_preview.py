"""What would come in from a table of cards: how many are new, every problem by row, and where each note would stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from views import import_preview, tables, ui

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exchange.problems import RowProblem
    from exchange.workshop.paper_model import Comparison
    from views.texts import Texts

MOST = 300


def show(t: Texts, found: Comparison, problems: Sequence[RowProblem], *, blank: int) -> None:
    """Write counts, problems and the notes."""
    errors = len({each.row for each in problems if each.severity == "error" and each.row is not None})
    ui.facts(
        [
            (t("paper.back.new"), t.number(len(found.new)), ""),
            (t("paper.back.same"), t.number(len(found.same)), t("paper.back.same.note")),
            (t("paper.back.changed"), t.number(len(found.changed)), ""),
            (t("paper.back.wrong"), t.number(errors), t.plural("paper.back.blank", blank) if blank else ""),
        ]
    )
    import_preview.problems(t, problems)
    notes = [*found.new, *(note for note, _ in found.changed)]
    if not notes:
        return
    table = pd.DataFrame(
        {
            t("import.problems.row"): [note.row for note in notes[:MOST]],
            t("paper.column.sticker"): [note.values["sticker"] or "" for note in notes[:MOST]],
            t("paper.column.category"): [t(f"session.category.{note.values['category']}") for note in notes[:MOST]],
            t("paper.column.text"): [note.values["text"] for note in notes[:MOST]],
            t("paper.column.grid_code"): [note.values["grid_code"] or "" for note in notes[:MOST]],
            t("paper.column.paper_dots"): [note.values["paper_dots"] for note in notes[:MOST]],
            t("paper.back.exact"): [_exact(t, note.uncertainty_m, note.values["lon"]) for note in notes[:MOST]],
        }
    )
    tables.show(t, table, alt=t("paper.back.preview"), key="paper_preview")
    if len(notes) > MOST:
        st.caption(t("entry.related.more", count=len(notes) - MOST))


def _exact(t: Texts, metres: float | None, lon: float | None) -> str:
    """Return how sure the place of a note is."""
    if lon is None:
        return t("protocol.file.no_place")
    return t("paper.back.point") if metres is None else t("paper.back.within", metres=round(metres))
