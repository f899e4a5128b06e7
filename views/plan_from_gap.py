"""From the gap page into the plan: a need is begun, and the finding is noted with the settings it was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import streamlit as st

from views import data, entry_words, gaps_format, navigation, plan_item, plan_model
from views.state import Choice, Selection

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.texts import Texts

LEFT_OUT = {"lang", "view"}
SAID = ("share_beyond", "mean_nearest_m", "places_known")


def show(t: Texts, result: GapResult, district: int | None, *, quarter: str | None = None) -> None:
    """Write the button that makes a need of the card's finding; of a `quarter`, `district` is its number in the tables."""
    if not plan_model.may("create"):
        return
    if st.button(t("plan.from_gap"), key="need_from_gap", help=t("plan.from_gap.help")):
        level, area_id = ("city", entry_words.CITY) if district is None else ("district", str(district))
        if quarter is not None:
            level, area_id = plan_model.QUARTIER, quarter
        gap = finding(t, result, district) | {"area_level": level, "area_id": area_id}
        kind = data.catalogue().kinds[result.kind]
        preset: dict[str, Any] = {
            "title": t("plan.from_gap.title", kind=kind.plural.of(t.language)), "origin": "gap",
            "target_groups": gap["target_group"], "topic": next(iter(kind.topics), None), "reference_date": gap["reference_date"],
            "description": gap["finding"],
        }  # fmt: skip
        choices = Selection(
            [Choice("area", (plan_model.key_of(level, area_id),)), Choice("item", ("new-needs",))], query={}
        )
        plan_item.begin(choices, "needs", plan_model.key_of(level, area_id), preset, gap=gap)
        st.switch_page(navigation.pages()["plan"])


def finding(t: Texts, result: GapResult, district: int | None) -> dict[str, Any]:
    """Return the fields of a noted gap, but for its area."""
    rows = result.level("city" if district is None else "district").set_index("area_id")
    row = rows.loc[0 if district is None else district]
    kind = data.catalogue().kinds[result.kind].plural.of(t.language)
    said = [f"{t(f'gaps.measure.{name}')}: {gaps_format.cell(t, name, row[name])}" for name in SAID]
    address = {name: text for name, text in st.query_params.to_dict().items() if name not in LEFT_OUT}
    return {
        "title": f"{kind}: {t('verdict.' + row['verdict'])}",
        "facility_kind": result.kind,
        "target_group": result.target_group,
        "verdict": row["verdict"],
        "finding": "; ".join(said),
        "parameters": urlencode(address) or urlencode({"kind": result.kind}),
        "data_version": data.gap_inputs().data_version[:200],
        "reference_date": plan_model.today().isoformat(),
    }
