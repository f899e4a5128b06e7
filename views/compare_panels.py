"""Small multiples: one small map for every kind of facility, all with the same classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from layers.classify import Classes, classes
from layers.legend import LegendItem, class_legend
from layers.palette import NO_STATEMENT, sequential
from views import data, map_layers, pictures, supply, tables, ui, waiting, walking

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.state import Selection
    from views.texts import Texts

SCALE = "YlGnBu"
IN_A_ROW = 3
SHARE_BREAKS = (0.2, 0.4, 0.6, 0.8)


def show(t: Texts, selection: Selection) -> list[str]:
    """Write the part; return its sources."""
    if not selection["panels"]:
        ui.empty(t, "compare.panels.empty")
        return []
    measure = selection["panel_measure"]
    settings = walking.settings(selection)
    wanted = waiting.through(selection["panels"], t("compare.working"))
    results = {kind: data.gap_result(kind, settings) for kind in wanted}
    st.markdown(t(f"compare.panels.text.{measure}"))
    firm = {kind: _values(result, measure) for kind, result in results.items() if supply.firm(result)}
    found = _together(firm, measure)
    colours = sequential(SCALE, len(found))
    _legend(t, found, colours, measure, silent=len(results) - len(firm))
    kinds = list(results)
    for start in range(0, len(kinds), IN_A_ROW):
        for column, kind in zip(st.columns(IN_A_ROW, gap="medium"), kinds[start : start + IN_A_ROW], strict=False):
            with column:
                _panel(t, selection, results[kind], firm.get(kind), found, colours)
    if firm:
        _table(t, selection, firm, measure)
    return [source for result in results.values() for source in supply.sources(result)]


def _values(result: GapResult, measure: str) -> pd.Series:
    return supply.values(result, measure).replace([np.inf, -np.inf], np.nan)


def _together(firm: dict[str, pd.Series], measure: str) -> Classes:
    """Return classes over all kinds together, so that a colour means the same on every map."""
    pooled = pd.concat(list(firm.values())) if firm else pd.Series(dtype="float64")
    return classes(pooled, scheme="breaks", breaks=SHARE_BREAKS) if measure == "within" else classes(pooled)


def _legend(t: Texts, found: Classes, colours: tuple[str, ...], measure: str, *, silent: int) -> None:
    digits = supply.MEASURES[measure][1]
    items = [item for item in class_legend(found, colours) if item.role == "class"]
    if silent:
        items.append(LegendItem("no_statement", NO_STATEMENT, silent))
    title = t(f"compare.legend.{measure}")
    map_layers.show_legend(
        t, items, title=title, digits=digits, factor=100.0 if measure == "within" else 1.0, counted=False
    )


def _panel(
    t: Texts,
    selection: Selection,
    result: GapResult,
    values: pd.Series | None,
    found: Classes,
    colours: tuple[str, ...],
) -> None:
    name = data.catalogue().kinds[result.kind].plural.of(t.language)
    st.markdown(f"**{ui.literal(name)}**")
    measure = selection["panel_measure"]
    if values is None:
        filled = dict.fromkeys(data.district_names(), pictures.area_fill(NO_STATEMENT))
        note = t("compare.panel.silent", caveat=supply.caveat(t, result))
    elif values.notna().any():
        filled = pictures.fills(_same(values, found), colours)
        best, worst = _extremes(values, measure)
        names = data.district_names()
        note = t(
            "compare.panel.note",
            best=names[best],
            best_value=supply.written(t, measure, values[best]),
            worst=names[worst],
            worst_value=supply.written(t, measure, values[worst]),
        )
    else:
        filled, note = {}, t("compare.panel.no_measure")
    picture = pictures.small_map(filled, title=name, chosen=selection["districts"])
    st.image(picture, alt=f"{name}. {note}", width="stretch")
    st.caption(ui.literal(note))


def _same(values: pd.Series, found: Classes) -> Classes:
    """Return one kind's values in the classes of all kinds."""
    inner = found.uppers[:-1]
    return classes(values, scheme="breaks", breaks=inner) if inner else classes(values, k=1)


def _extremes(values: pd.Series, measure: str) -> tuple[int, int]:
    low, high = int(values.idxmin()), int(values.idxmax())
    return (low, high) if measure in supply.LESS_IS_MORE else (high, low)


def _table(t: Texts, selection: Selection, firm: dict[str, pd.Series], measure: str) -> None:
    """Write the numbers of all maps as one table, the chosen districts first."""
    kinds, names = data.catalogue().kinds, data.district_names()
    frame = pd.DataFrame({kinds[kind].plural.of(t.language): values for kind, values in firm.items()})
    chosen = [each for each in selection["districts"] if each in frame.index]
    frame = frame.loc[[*chosen, *sorted(set(frame.index) - set(chosen), key=lambda number: names[number])]]
    table = frame.assign(**{t("compare.district"): [names[each] for each in frame.index]})
    table = table[[t("compare.district"), *frame.columns]]
    st.subheader(t("compare.panels.table"), anchor=False)
    formats = dict.fromkeys(frame.columns, lambda value: supply.written(t, measure, value))
    tables.show(t, table, alt=t("compare.panels.table"), formats=formats, key="compare_panels")
