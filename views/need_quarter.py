"""Need of an own Quartier: its score and rank beside the districts, what it is made of, and its supply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from geo.need import Scale, bivariate_class, need_index
from views import data, facts, need_model, quarters_facts, quarters_model, supply, tables, ui

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.gaps import GapResult
    from views.state import Selection
    from views.texts import Texts


def scored(key: str, weights: Mapping[str, int], scale: Scale) -> pd.DataFrame:
    """Return `geo.need.need_index` of all districts and one Quartier, which stands as one area more."""
    return data.kept(
        "need_quarter", key, need_model.write(weights), str(scale), make=lambda: _scored(key, weights, scale)
    )


def _scored(key: str, weights: Mapping[str, int], scale: Scale) -> pd.DataFrame:
    values = pd.DataFrame({code: quarters_facts.with_quarters(code, [key])["value"] for code in weights})
    signs = {code: facts.fact(code).need_sign for code in weights}
    return need_index(values.loc[[*data.district_names(), key]], weights, signs, scale=scale)


def index(t: Texts, selection: Selection) -> None:
    """Write score, rank and figures of the chosen Quartier."""
    key, weights = selection["quarter"], need_model.read(selection["weights"])
    found = scored(key, weights, Scale(selection["scale"]))
    own = found.loc[key]
    name = ui.literal(quarters_model.names()[key])
    if pd.isna(own["score"]):
        st.info(t("need.quarter.unknown", name=name))
    else:
        rank, total = int(own["rank"]), int(found["score"].notna().sum())
        st.markdown(t("need.quarter.rank", name=name, score=t.number(own["score"], digits=2), rank=rank, total=total))
    rows = {code: pd.Series(quarters_facts.row(key, code)) for code in weights}
    table = pd.DataFrame(
        {
            t("need.figure"): [facts.name(t, code) for code in rows],
            t("need.value"): [facts.written(t, code, row["value"]) for code, row in rows.items()],
            t("need.weight"): [weights[code] for code in rows],
            t("need.origin"): [_origin(t, row) for row in rows.values()],
        }
    )
    tables.show(t, table, alt=t("need.detail"), formats={t("need.weight"): t.number}, key="need_quarter")
    st.caption(t("need.quarter.method"))


def _origin(t: Texts, row: pd.Series) -> str:
    return t("need.origin.none") if pd.isna(row["value"]) else facts.origin(t, row)


def beside_supply(t: Texts, selection: Selection, result: GapResult) -> None:
    """Write need and supply of the chosen Quartier with the thirds they fall into."""
    key, measure = selection["quarter"], selection["supply"]
    need = scored(key, need_model.read(selection["weights"]), Scale(selection["scale"]))["score"]
    own = quarters_facts.supplied([key], result.kind, measure, result.settings)
    offered = pd.concat([supply.values(result, measure).rename(index=int), pd.Series(own)]).reindex(need.index)
    thirds = bivariate_class(need, offered.replace([np.inf, -np.inf], np.nan)).loc[key]
    rows = [
        (t("need.score"), t.number(need[key], digits=2), _third(t, "need", thirds["need_third"])),
        (
            t(f"supply.{measure}.short"),
            supply.written(t, measure, own[key]),
            _third(t, "lack", 4 - thirds["supply_third"]),
        ),
    ]
    st.markdown(f"**{ui.literal(quarters_model.names()[key])}**")
    ui.facts(rows)
    st.caption(t("need.quarter.method"))


def _third(t: Texts, name: str, third: object) -> str:
    return t("common.unknown") if pd.isna(third) else t(f"need.{name}.{third}")
