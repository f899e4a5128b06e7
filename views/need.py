"""Need: an index of chosen figures, need beside supply, and how evenly supply is spread."""

from __future__ import annotations

from geo.need import Scale
from views import facts, need_controls, need_equity, need_index, need_model, need_supply, ui
from views.state import Selection
from views.texts import Texts


def page() -> None:
    """Show the need page."""
    t = ui.texts()
    selection = Selection(need_controls.choices())
    ui.header(t, selection, title=t("need.title"), lead=t("need.lead"))
    part = need_controls.part(t, selection)
    need_controls.show(t, selection)
    weights = need_model.read(selection["weights"])
    if not weights:
        ui.empty(t, "need.no_weights")
    else:
        ranking = need_model.ranking(weights, Scale(selection["scale"]))
        notes = {"index": need_index, "supply": need_supply, "equity": need_equity}[part].show(t, selection, ranking)
        ui.sources(t, [*_sources(t, weights), *notes])
    selection.publish()


def _sources(t: Texts, weights: dict[str, int]) -> list[str]:
    found = []
    for code in weights:
        known = facts.fact(code).by_district.dropna(subset=["value"])
        for _, row in known.drop_duplicates(["source"]).iterrows():
            found.append(f"{facts.source(t, row['source'])} ({t.date(row['reference_date'])})")
    return found
