"""Third part of the need page: how evenly a supply is spread over people, boroughs and need."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from geo import equity
from views import charts, data, need_supply, supply, ui, walking

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.state import Selection
    from views.texts import Texts

EVEN, UNEVEN = 0.2, 0.4
NEUTRAL = 0.05
POOREST = 0.25


def show(t: Texts, selection: Selection, ranking: pd.DataFrame) -> list[str]:
    """Write the part; return the sources of the supply."""
    if selection["kind"] is None:
        ui.empty(t, "need.no_kind")
        return []
    result = data.gap_result(selection["kind"], walking.settings(selection))
    kind = data.catalogue().kinds[result.kind].plural.of(t.language)
    st.markdown(t("need.equity.text", kind=kind, measure=supply.title(t, selection["supply"], result)))
    if selection["quarter"] is not None:
        st.caption(t("need.quarter.equity"))
    rows = spread(ranking, result, selection["supply"])
    if not need_supply.may_compare(t, selection, result, rows):
        return supply.sources(result)
    if not rows["used"].any() or rows["supply"].sum() <= 0:
        ui.empty(t, "need.supply.no_measure")
        return supply.sources(result)
    left, right = st.columns([5, 6], gap="large")
    with left:
        _curve(t, rows)
    with right:
        _figures(t, rows)
    if not rows["used"].all():
        st.caption(t("need.equity.left_out", names=", ".join(rows.loc[~rows["used"], "name"])))
    return supply.sources(result)


def spread(ranking: pd.DataFrame, result: GapResult, measure: str) -> pd.DataFrame:
    """Return supply per person, people, borough and need of every district; ``used`` says which count."""
    rows = result.level("district").set_index("area_id")
    offered = supply.values(result, measure).replace([np.inf, -np.inf], np.nan)
    frame = pd.DataFrame({"supply": offered, "people": rows["people_weighted"]}).reindex(ranking.index)
    frame = frame.assign(name=ranking["name"], borough=ranking["borough"], need=ranking["score"])
    return frame.assign(used=equity.used(frame["supply"], frame["people"]))


def _curve(t: Texts, rows: pd.DataFrame) -> None:
    curve = equity.lorenz(rows["supply"], rows["people"])
    share = float(np.interp(POOREST, curve.population_share, curve.value_share))
    chart = charts.lorenz(
        list(curve.population_share),
        list(curve.value_share),
        x=t("need.lorenz.people"),
        y=t("need.lorenz.supply"),
        equal=t("need.lorenz.equal"),
        real=t("need.lorenz.real"),
    )
    said = t("need.lorenz.said", people=t.percent(POOREST), supply=t.percent(share))
    st.markdown(f"**{t('need.lorenz')}**")
    charts.show(t, chart, describe=f"{t('need.lorenz.alt')} {said}")
    st.markdown(said)


def _figures(t: Texts, rows: pd.DataFrame) -> None:
    gini = equity.gini(rows["supply"], rows["people"])
    parts = equity.theil(rows["supply"], rows["people"], rows["borough"])
    index = equity.concentration(rows["supply"], rows["people"], rows["need"])
    _figure(t, "gini", t.number(gini, digits=2), _step(gini))
    within = parts.within / parts.total if parts.total > 0 else math.nan
    said = "nothing" if math.isnan(within) else "between" if within < 0.5 else "within"  # noqa: PLR2004 -- half
    shares = {"between": t.percent(1 - within), "within": t.percent(within)}
    _figure(t, "theil", t.number(parts.total, digits=2), said, **shares)
    side = "unknown" if math.isnan(index) else "even" if abs(index) < NEUTRAL else "need" if index > 0 else "other"
    _figure(t, "concentration", t.number(index, digits=2), side)
    st.caption(t("need.equity.limits"))


def _step(gini: float) -> str:
    return "even" if gini < EVEN else "middle" if gini < UNEVEN else "uneven"


def _figure(t: Texts, name: str, value: str, said: str, **params: str) -> None:
    """Write one figure: its name, its value, what it means here, and how it is read."""
    with st.container(border=True):
        st.markdown(f"**{t(f'need.{name}')}: {value}**")
        st.markdown(t(f"need.{name}.{said}", **params))
        st.caption(t(f"need.{name}.how"))
