"""All districts by one measure: the chosen ones as a chart, all of them as a ranking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from views import charts, compare_controls, compare_places, data, facts, quarters_facts, supply, tables, ui, walking

if TYPE_CHECKING:
    from collections.abc import Callable

    from views.state import Selection
    from views.texts import Texts


@dataclass(frozen=True, eq=False)
class Measure:
    """One measure of all districts.

    ``rows``: one per district id with ``value``, ``low``, ``high`` (NaN = unknown) and, where they differ between
    districts, ``origin``; ``write`` writes a value with its unit, ``cell`` as it stands below ``title``.
    """

    title: str
    rows: pd.DataFrame
    write: Callable[[float], str]
    cell: Callable[[float], str]


def show(t: Texts, selection: Selection) -> list[str]:
    """Write the part; return its sources."""
    if not selection["ranked"].startswith(compare_controls.SUPPLY):
        return _fact(t, selection, selection["ranked"])
    if selection["kind"] is None:
        ui.empty(t, "compare.no_kind")
        return []
    return _supply(t, selection, selection["ranked"].removeprefix(compare_controls.SUPPLY))


def _fact(t: Texts, selection: Selection, code: str) -> list[str]:
    found = facts.fact(code)
    title = compare_controls.measure_name(t, code)
    st.markdown(t("compare.ranking.text", measure=ui.literal(title)))
    rows = quarters_facts.with_quarters(code, compare_places.quarters(selection))
    origins = [t("common.unknown") if pd.isna(row["value"]) else facts.origin(t, row) for _, row in rows.iterrows()]
    measure = Measure(
        title,
        rows.assign(origin=origins),
        lambda value: facts.written(t, code, value),
        lambda value: t.number(value, digits=found.digits),
    )
    _chart(t, selection, measure)
    _table(t, measure)
    return [facts.source(t, source) for source in rows.dropna(subset=["value"])["source"].unique()]


def _supply(t: Texts, selection: Selection, name: str) -> list[str]:
    result = data.gap_result(selection["kind"], walking.settings(selection))
    kind = data.catalogue().kinds[result.kind].plural.of(t.language)
    st.markdown(t("compare.ranking.supply", kind=ui.literal(kind), measure=supply.title(t, name, result)))
    if supply.gate(t, selection, result):
        own = quarters_facts.supplied(compare_places.quarters(selection), result.kind, name, result.settings)
        every = pd.concat([supply.values(result, name).rename(index=int), pd.Series(own, dtype="float64")])
        values = pd.DataFrame({"value": every.replace([np.inf, -np.inf], np.nan)})
        values = values.assign(low=np.nan, high=np.nan)
        factor = 100.0 if name == "within" else 1.0

        def write(value: float | None) -> str:
            return supply.written(t, name, None if value is None else value / factor)

        measure = Measure(t(f"supply.{name}.short"), values * factor, write, write)
        _chart(t, selection, measure)
        _table(t, measure)
    return supply.sources(result)


def _chart(t: Texts, selection: Selection, measure: Measure) -> None:
    """Draw the chosen districts; name those whose value is unknown."""
    names, values = compare_places.names(), measure.rows["value"]
    wanted = compare_places.chosen(selection)
    chosen = [each for each in wanted if each in values.index and pd.notna(values[each])]
    rows = measure.rows.loc[chosen, ["value", "low", "high"]].assign(
        name=[names[each] for each in chosen], text=[measure.write(values[each]) for each in chosen]
    )
    if len(rows):
        said = "; ".join(f"{row['name']}: {row['text']}" for _, row in rows.iterrows())
        chart = charts.bars(rows, value=measure.title, name=t("compare.district"))
        charts.show(t, chart, describe=f"{measure.title}. {said}")
    missing = [names[each] for each in wanted if each not in chosen]
    if missing:
        st.caption(t("compare.ranking.missing", names=", ".join(missing)))


def _table(t: Texts, measure: Measure) -> None:
    """Write all districts, the highest value first."""
    names = compare_places.names()
    ordered = measure.rows.assign(name=[names[each] for each in measure.rows.index]).sort_values(
        ["value", "name"], ascending=[False, True], na_position="last"
    )
    columns = {
        t("compare.rank"): ordered["value"].rank(ascending=False, method="min").astype("Int64"),
        t("compare.district"): ordered["name"],
        measure.title: ordered["value"],
    }
    if "origin" in ordered:
        columns[t("compare.origin")] = ordered["origin"]
    table = pd.DataFrame(columns)
    formats = {measure.title: measure.cell, t("compare.rank"): t.number}
    tables.show(t, table, alt=measure.title, formats=formats, key="compare_ranking")
    st.download_button(
        t("common.download_csv"),
        lambda: data.as_csv(table),
        "quartierskarte-rangliste.csv",
        "text/csv",
        on_click="ignore",
    )
