"""All districts in one table, and the files to take away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from views import gaps_format, quarters_gaps, quarters_model
from views.texts import is_unknown

if TYPE_CHECKING:
    from geo.gaps import GapResult
    from views.texts import Texts

COLUMNS = (
    "verdict", "target_population", "share_beyond", "median_nearest_m", "mean_nearest_m", "mean_third_m", "places_known",
    "places_per_1000", "coverage", "opportunities", "access_2sfca_per_1000", "access_e2sfca_per_1000", "draws_gap",
)  # fmt: skip
LEVELS = ("district", "borough", "city", "quarter")
HEIGHT = 460


def show(t: Texts, result: GapResult) -> None:
    """Write the table: sortable numbers, unknown as a word."""
    st.header(t("gaps.table"), anchor=False)
    level = st.segmented_control(
        t("gaps.level"),
        LEVELS if quarters_model.names() else LEVELS[:3],
        format_func=lambda name: t(f"gaps.level.{name}"),
        default="district",
        required=True,
        key="gaps_level",
    )
    with st.spinner(t("gaps.working"), show_time=False):
        rows = quarters_gaps.table(result) if level == "quarter" else result.level(level)
    shown = [name for name in COLUMNS if name == "verdict" or not rows[name].map(is_unknown).all()]
    table = pd.DataFrame({t("gaps.area"): rows["area_name"]})
    for name in shown:
        values = (
            rows[name].map(lambda value: t(f"verdict.{value}")) if name == "verdict" else rows[name].astype("float64")
        )
        table[t(f"gaps.measure.{name}")] = values
        if name == "share_beyond":
            drawn = [gaps_format.drawn(t, row, "share_beyond") for _, row in rows.iterrows()]
            if any(drawn):
                table[t("gaps.measure.share_drawn")] = drawn
    numbers = [name for name in shown if name != "verdict"]
    style = table.style.format({t(f"gaps.measure.{name}"): partial(gaps_format.cell, t, name) for name in numbers})
    config: dict[str, Any] = {
        t(f"gaps.measure.{name}"): st.column_config.NumberColumn(help=t(f"gaps.help.{name}")) for name in numbers
    }
    st.dataframe(
        style,
        hide_index=True,
        height=min(HEIGHT, 38 * (len(table) + 1)),
        column_config=config | {t("gaps.area"): st.column_config.TextColumn(width=170, pinned=True)},
        placeholder=t("common.unknown"),
        alt=t("gaps.table"),
    )
