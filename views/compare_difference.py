"""The same supply measured in two ways, for example at the usual walking speed and at that of older people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.gap_settings import GapSettings
from geo.reach import Method, Walk
from geo.speeds import Pace
from geo.standards import OwnValue
from layers.classify import classes
from layers.legend import class_legend
from layers.palette import sequential
from views import (
    charts,
    compare_controls,
    compare_places,
    data,
    map_layers,
    pictures,
    quarters_facts,
    supply,
    tables,
    ui,
    walking,
)

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.state import Selection
    from views.texts import Texts

SCALE = "YlGnBu"
MOST_ROWS = 12
MEASURE = "within"


def show(t: Texts, selection: Selection) -> list[str]:
    """Write the part; return its sources."""
    if selection["kind"] is None:
        ui.empty(t, "compare.no_kind")
        return []
    with st.spinner(t("compare.working"), show_time=False):
        results = {
            side: data.gap_result(selection["kind"], settings(selection, side)) for side in compare_controls.SIDES
        }
    kind = data.catalogue().kinds[selection["kind"]].plural.of(t.language)
    minutes = t.number(selection["minutes"])
    st.markdown(t("compare.difference.text", kind=ui.literal(kind), minutes=minutes))
    labels = {side: setting_name(t, selection, side) for side in results}
    if results["one"].settings == results["other"].settings:
        ui.empty(t, "compare.difference.same")
    if not supply.gate(t, selection, results["one"]):
        return supply.sources(results["one"])
    own = compare_places.quarters(selection)
    rows = compared({side: _values(result, own) for side, result in results.items()})
    if rows[["one", "other"]].isna().all(axis=None):
        ui.empty(t, "compare.panel.no_measure")
        return supply.sources(results["one"])
    _city(t, results, labels)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        _chart(t, selection, rows, labels)
    with right:
        _map(t, selection, rows)
    _table(t, rows, labels)
    return supply.sources(results["one"])


def _values(result: GapResult, own: list[str]) -> pd.Series:
    """Return the measure of all districts and of the chosen Quartiere."""
    found = supply.values(result, MEASURE)
    quarters = quarters_facts.supplied(own, result.kind, MEASURE, result.settings)
    return pd.concat([found, pd.Series(quarters, dtype="float64")]) if quarters else found


def settings(selection: Selection, side: str) -> GapSettings:
    """Return the settings of one side; the time is the visitor's own value."""
    method = Method(selection[f"method_{side}"])
    if data.gap_inputs().network is None:
        method = Method.LINE
    own, pace = OwnValue(float(selection["minutes"]), "min"), selection[f"pace_{side}"]
    if pace == walking.OWN:
        return GapSettings(walk=Walk(method=method), own_kmh=own_kmh(selection, side), own=own)
    return GapSettings(walk=Walk(method=method), pace=Pace(pace), own=own)


def own_kmh(selection: Selection, side: str) -> float:
    """Return one side's own speed in steps of 0.1 km/h, as it is named."""
    return round(float(selection[f"own_kmh_{side}"]), 1)


def setting_name(t: Texts, selection: Selection, side: str) -> str:
    """Return one side's setting in words; the way of measuring is said only where the sides differ in it."""
    pace = compare_controls.pace_name(t, selection[f"pace_{side}"], own_kmh(selection, side))
    if selection["method_one"] == selection["method_other"]:
        return pace
    return f"{pace}, {t('compare.method.' + selection[f'method_{side}'])}"


def compared(values: dict[str, pd.Series]) -> pd.DataFrame:
    """Return both shares of every district and their difference in percentage points, the largest change first."""
    frame = pd.DataFrame(values)
    points = 100.0 * (frame["other"] - frame["one"])
    frame = frame.assign(points=points, name=pd.Series(compare_places.names()).reindex(frame.index))
    return frame.iloc[points.abs().fillna(-1.0).argsort(kind="stable")[::-1]]


def _city(t: Texts, results: dict[str, object], labels: dict[str, str]) -> None:
    rows = []
    for side, result in results.items():
        share = supply.values(result, MEASURE, level="city").iloc[0]  # type: ignore[arg-type]
        rows.append((labels[side], t.percent(share, digits=1), t("common.city")))
    ui.facts(rows)


def _chart(t: Texts, selection: Selection, rows: pd.DataFrame, labels: dict[str, str]) -> None:
    chosen = [each for each in compare_places.chosen(selection) if each in rows.index]
    shown = [*chosen, *(each for each in rows.index if each not in chosen)][:MOST_ROWS]
    listed = rows.loc[shown].dropna(subset=["one", "other"])
    points = pd.DataFrame(
        {
            "name": listed["name"],
            "one": 100.0 * listed["one"],
            "other": 100.0 * listed["other"],
            "one_text": [t.percent(value) for value in listed["one"]],
            "other_text": [t.percent(value) for value in listed["other"]],
        }
    )
    value = t("compare.difference.axis", minutes=t.number(selection["minutes"]))
    chart = charts.pairs(points, value=value, name=t("compare.district"), **labels)
    said = "; ".join(f"{row['name']}: {row['one_text']} / {row['other_text']}" for _, row in points.iterrows())
    charts.show(t, chart, describe=f"{value}. {labels['one']} / {labels['other']}. {said}")
    st.caption(t("compare.difference.shown", count=MOST_ROWS))


def _map(t: Texts, selection: Selection, rows: pd.DataFrame) -> None:
    change = rows.loc[[each for each in rows.index if not isinstance(each, str)], "points"].abs().rename(index=int)
    found = classes(change)
    colours = sequential(SCALE, len(found))
    title = t("compare.difference.legend")
    picture = pictures.small_map(pictures.fills(found, colours), title=title, chosen=selection["districts"])
    st.image(picture, alt=t("compare.difference.map"), width="stretch")
    map_layers.show_legend(t, class_legend(found, colours), title=title, digits=1)


def _table(t: Texts, rows: pd.DataFrame, labels: dict[str, str]) -> None:
    table = pd.DataFrame(
        {
            t("compare.district"): rows["name"],
            labels["one"]: rows["one"],
            labels["other"]: rows["other"] if labels["one"] != labels["other"] else rows["one"],
            t("compare.difference.points"): rows["points"],
        }
    )
    formats = dict.fromkeys(labels.values(), t.percent) | {
        t("compare.difference.points"): lambda value: t.number(value, digits=1)
    }
    tables.show(t, table, alt=t("compare.difference.points"), formats=formats, key="compare_difference")
