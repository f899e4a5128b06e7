"""Second part of the need page: need beside supply, as a 3 × 3 map, a legend square, a scatter plot and a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from geo.need import bivariate_class
from layers.choropleth import bivariate_layer
from layers.classify import classes
from layers.columns import Field
from layers.escape import html_text
from layers.legend import LegendItem
from layers.palette import UNKNOWN, bivariate, ink_on
from views import charts, data, map_layers, mapview, need_quarter, quarters_model, supply, tables, ui, walking

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.state import Selection
    from views.texts import Texts

SIDES = (1, 2, 3)
MOST_NAMED = 5


def show(t: Texts, selection: Selection, ranking: pd.DataFrame) -> list[str]:
    """Write the part; return the sources of the supply."""
    if selection["kind"] is None:
        ui.empty(t, "need.no_kind")
        return []
    result = data.gap_result(selection["kind"], walking.settings(selection))
    rows = compared(ranking, result, selection["supply"])
    st.markdown(t("need.supply.text", kind=_name(t, result), measure=supply.title(t, selection["supply"], result)))
    if not may_compare(t, selection, result, rows):
        return supply.sources(result)
    if selection["quarter"] is not None:
        need_quarter.beside_supply(t, selection, result)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        _map(t, selection, result, rows)
    with right:
        square(t, rows)
        _scatter(t, selection, result, rows)
    _table(t, selection, rows)
    return supply.sources(result)


def may_compare(t: Texts, selection: Selection, result: GapResult, rows: pd.DataFrame) -> bool:
    """Whether the comparison can be made and shown."""
    if not supply.gate(t, selection, result):
        return False
    if rows["supply"].notna().any():
        return True
    ui.empty(t, "need.supply.no_measure")
    return False


def compared(ranking: pd.DataFrame, result: GapResult, measure: str) -> pd.DataFrame:
    """Return need and supply of every district with their thirds.

    Index: district id; ``name``, ``need``, ``supply`` (NaN = unknown), ``need_third``, ``lack_third`` (1 to 3, 3 = most
    need or least supply; NA = unknown).
    """
    offered = supply.values(result, measure).reindex(ranking.index).replace([np.inf, -np.inf], np.nan)
    thirds = bivariate_class(ranking["score"], offered)
    return pd.DataFrame(
        {
            "name": ranking["name"],
            "need": ranking["score"],
            "supply": offered,
            "need_third": thirds["need_third"],
            "lack_third": 4 - thirds["supply_third"],
        }
    )


def _map(t: Texts, selection: Selection, result: GapResult, rows: pd.DataFrame) -> None:
    need, lack = (classes(rows[name], scheme="breaks", breaks=(1.5, 2.5)) for name in ("need_third", "lack_third"))
    details = pd.DataFrame(
        {
            "need": [t.number(value, digits=2) for value in rows["need"]],
            "supply": [supply.written(t, selection["supply"], value) for value in rows["supply"]],
        },
        index=rows.index,
    )
    titles = (t("need.score"), supply.title(t, selection["supply"], result))
    fields = [Field(title, column) for title, column in zip(titles, details.columns, strict=True)]
    layer = bivariate_layer(data.boundaries(), need, lack, details=details, fields=fields)
    own = [] if selection["quarter"] is None else [quarters_model.outline(selection["quarter"])]
    mapview.show_map(t, [layer, *own], key="need", height=540, first=True)


def square(t: Texts, rows: pd.DataFrame) -> None:
    """Write the legend as a table of 3 × 3 colours; each says how many districts have it."""
    counts = rows.groupby(["need_third", "lack_third"]).size()
    colours = bivariate()
    head = "".join(f'<th scope="col">{html_text(t(f"need.lack.{side}"))}</th>' for side in SIDES)
    body = ""
    for need in reversed(SIDES):
        cells = "".join(_cell(t, colours[need - 1][lack - 1], int(counts.get((need, lack), 0))) for lack in SIDES)
        body += f'<tr><th scope="row">{html_text(t(f"need.need.{need}"))}</th>{cells}</tr>'
    st.html(
        f'<table class="qk-square"><caption>{html_text(t("need.square"))}</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    unknown = int((rows["need_third"].isna() | rows["lack_third"].isna()).sum())
    if unknown:
        map_layers.show_legend(t, [LegendItem("unknown", UNKNOWN, unknown)])


def _cell(t: Texts, colour: str, count: int) -> str:
    return f'<td style="background-color: {colour}; color: {ink_on(colour)}">{t.number(count)}</td>'


def _scatter(t: Texts, selection: Selection, result: GapResult, rows: pd.DataFrame) -> None:
    known = rows.dropna(subset=["need", "supply"])
    colours = bivariate()
    measure = selection["supply"]
    points = pd.DataFrame(
        {
            "name": known["name"],
            "x": known["supply"] * (100 if measure == "within" else 1),
            "y": known["need"],
            "colour": [
                colours[int(need) - 1][int(lack) - 1]
                for need, lack in zip(known["need_third"], known["lack_third"], strict=True)
            ],
            "x_text": [supply.written(t, measure, value) for value in known["supply"]],
            "y_text": [t.number(value, digits=2) for value in known["need"]],
        }
    )
    worst = known[(known["need_third"] == SIDES[-1]) & (known["lack_third"] == SIDES[-1])].sort_values("need")
    named = list(worst["name"].tail(MOST_NAMED))
    x, y = supply.title(t, measure, result) + (" (%)" if measure == "within" else ""), t("need.score")
    describe = t(
        "need.scatter.alt", kind=_name(t, result), count=len(points), names=", ".join(named) or t("need.nobody")
    )
    charts.show(t, charts.scatter(points, x=x, y=y, name=t("need.district"), named=named), describe=describe)


def _table(t: Texts, selection: Selection, rows: pd.DataFrame) -> None:
    measure = selection["supply"]
    ordered = rows.assign(sum=rows["need_third"] + rows["lack_third"]).sort_values(
        ["sum", "need"], ascending=False, na_position="last"
    )
    table = pd.DataFrame(
        {
            t("need.district"): ordered["name"],
            t("need.score"): ordered["need"],
            t("need.need_third"): [_third(t, "need", third) for third in ordered["need_third"]],
            t(f"supply.{measure}.short"): ordered["supply"],
            t("need.lack_third"): [_third(t, "lack", third) for third in ordered["lack_third"]],
        }
    )
    formats = {
        t("need.score"): lambda value: t.number(value, digits=2),
        t(f"supply.{measure}.short"): lambda value: supply.written(t, measure, value),
    }
    st.markdown(f"**{t('need.supply.list')}**")
    tables.show(t, table, alt=t("need.supply.list"), formats=formats, key="need_supply")


def _third(t: Texts, name: str, third: object) -> str:
    return t("common.unknown") if pd.isna(third) else t(f"need.{name}.{third}")


def _name(t: Texts, result: GapResult) -> str:
    return data.catalogue().kinds[result.kind].plural.of(t.language)
