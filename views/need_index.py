"""First part of the need page: the index on the map, as a ranking, and one district in detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.need import Scale
from layers.choropleth import choropleth_layer
from layers.classify import classes
from layers.columns import Field
from layers.highlight import highlight_layer
from layers.legend import class_legend
from layers.palette import sequential
from views import (
    areas,
    data,
    facts,
    indicators,
    map_layers,
    mapview,
    need_model,
    need_quarter,
    quarters_model,
    tables,
)

if TYPE_CHECKING:
    from views.state import Selection
    from views.texts import Texts

SCALE = "YlGnBu"
CLASSES = 5


def show(t: Texts, selection: Selection, ranking: pd.DataFrame) -> list[str]:
    """Write map, legend, ranking and detail; return sources beyond those of the figures."""
    st.markdown(t("need.index.text", count=len(need_model.read(selection["weights"]))))
    _map(t, selection, ranking)
    _table(t, ranking)
    _detail(t, selection)
    return []


def _map(t: Texts, selection: Selection, ranking: pd.DataFrame) -> None:
    found = classes(ranking["score"], k=CLASSES)
    colours = sequential(SCALE, len(found))
    details = pd.DataFrame(
        {
            "rank": [_rank(t, rank) for rank in ranking["rank"]],
            "interval": [
                _interval(t, low, high) for low, high in zip(ranking["rank_low"], ranking["rank_high"], strict=True)
            ],
            "score": [t.number(score, digits=2) for score in ranking["score"]],
            "missing": [_names(t, missing) for missing in ranking["missing"]],
        },
        index=ranking.index,
    )
    fields = [Field(t(f"need.{name}"), name) for name in details.columns]
    layers = [choropleth_layer(data.boundaries(), found, colours, details=details, fields=fields)]
    if selection["district"] is not None:
        layers.append(highlight_layer(data.boundaries(), selection["district"]))
    if selection["quarter"] is not None:
        layers.append(quarters_model.outline(selection["quarter"]))
    click = mapview.show_map(t, layers, key="need", height=540, first=True)
    map_layers.show_legend(t, class_legend(found, colours), title=t("need.legend"), digits=2)
    mapview.choose_area(selection, click, key="need")


def _table(t: Texts, ranking: pd.DataFrame) -> None:
    ordered = ranking.sort_values(["rank", "name"], na_position="last")
    people = indicators.indicator_values("population")["value"]
    table = pd.DataFrame(
        {
            t("need.rank"): ordered["rank"],
            t("need.district"): ordered["name"],
            t("need.score"): ordered["score"],
            t("need.rank_low"): ordered["rank_low"],
            t("need.rank_high"): ordered["rank_high"],
            t("need.people"): people.reindex(ordered.index),
            t("need.missing"): [_names(t, missing) for missing in ordered["missing"]],
        }
    )
    st.subheader(t("need.ranking"), anchor=False)
    columns = ("need.rank", "need.rank_low", "need.rank_high", "need.people")
    whole = {t(column): lambda rank: _rank(t, rank) for column in columns}
    formats = whole | {t("need.score"): lambda score: t.number(score, digits=2)}
    tables.show(t, table, alt=t("need.ranking"), formats=formats, key="need_ranking")
    st.caption(t("need.interval.text", draws=need_model.DRAWS))
    st.download_button(
        t("common.download_csv"), lambda: data.as_csv(table), "quartierskarte-bedarf.csv", "text/csv", on_click="ignore"
    )


def _detail(t: Texts, selection: Selection) -> None:
    st.subheader(t("need.detail"), anchor=False)
    areas.place_box(t, selection)
    if selection["quarter"] is not None:
        need_quarter.index(t, selection)
    if selection["district"] is None:
        return
    weights = need_model.read(selection["weights"])
    parts = need_model.contributions(weights, Scale(selection["scale"]), selection["district"])
    rows = {code: facts.fact(code).by_district.loc[selection["district"]] for code in parts.index}
    table = pd.DataFrame(
        {
            t("need.figure"): [facts.name(t, code) for code in parts.index],
            t("need.value"): [facts.written(t, code, row["value"]) for code, row in rows.items()],
            t("need.range"): [_range(t, code, row) for code, row in rows.items()],
            t("need.weight"): parts["weight"].astype("int64").to_numpy(),
            t("need.part_of_score"): parts["part"].to_numpy(),
            t("need.origin"): [_origin(t, row) for row in rows.values()],
        }
    )
    formats = {t("need.part_of_score"): lambda part: t.number(part, digits=2), t("need.weight"): t.number}
    tables.show(t, table, alt=t("need.detail"), formats=formats, key="need_detail")
    st.caption(t(f"need.part_of_score.{selection['scale']}"))


def _rank(t: Texts, rank: object) -> str:
    return t.number(None if pd.isna(rank) else int(rank))  # type: ignore[call-overload]


def _interval(t: Texts, low: object, high: object) -> str | None:
    return None if pd.isna(low) else t("need.interval", low=int(low), high=int(high))  # type: ignore[call-overload]


def _names(t: Texts, missing: tuple[str, ...]) -> str:
    return ", ".join(facts.name(t, code) for code in missing) or t("need.missing.none")


def _range(t: Texts, code: str, row: pd.Series) -> str:
    if not row["low"] < row["high"]:
        return t("need.range.none")
    digits = facts.fact(code).digits
    return t("need.interval", low=t.number(row["low"], digits=digits), high=t.number(row["high"], digits=digits))


def _origin(t: Texts, row: pd.Series) -> str:
    return t("need.origin.none") if pd.isna(row["value"]) else facts.origin(t, row)
