"""The matrix of districts and roles: a sign and a word in each cell, or the walk to the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from layers.palette import ink_on
from views import data, roles_model

if TYPE_CHECKING:
    from geo.roles import RoleResult
    from views.state import Selection
    from views.texts import Texts

COLOURS = {
    "district": "#8fc7cc",
    "borough": "#cfe6e6",
    "city": "#eef3ea",
    "verified_none": "#f3c26b",
    "unknown": "#ececec",
}
HEIGHT = 460
KEY = "roles_matrix"


def show(t: Texts, selection: Selection, found: RoleResult) -> None:
    """Write matrix, legend and download; a click on a cell chooses its district and role."""
    names = data.district_names()
    states = roles_model.states(found).sort_index(key=lambda ids: ids.map(names))
    words = states.map(lambda state: t(f"roles.cell.{state}"))
    by_distance = selection["rolemap"] == "distance"
    values = roles_model.distances(found).reindex(states.index) if by_distance else words
    table = _named(t, values)
    colours = _named(t, states)
    styled = table.style.apply(lambda _: colours.map(_style).assign(**{t("roles.district"): ""}), axis=None)
    if by_distance:
        styled = styled.format(dict.fromkeys(table.columns[1:], t.distance))
    st.dataframe(
        styled,
        hide_index=True,
        height=HEIGHT,
        alt=t("roles.matrix.alt"),
        placeholder=t("common.unknown"),
        key=KEY,
        selection_mode="single-cell",
        on_select=lambda: _choose(selection, states),
        column_config={t("roles.district"): st.column_config.TextColumn(pinned=True, width=150)},
    )
    st.caption(t("roles.matrix.legend") if not by_distance else t("roles.matrix.distance"))
    st.download_button(
        t("common.download_csv"),
        lambda: data.as_csv(_file(t, found)),
        "quartierskarte-ansprechstellen.csv",
        "text/csv",
        on_click="ignore",
    )


def _named(t: Texts, values: pd.DataFrame) -> pd.DataFrame:
    """Return the matrix with the names of districts and roles."""
    roles = data.catalogue().roles
    table = values.rename(columns=lambda role: roles[role].label.of(t.language)).reset_index(names=t("roles.district"))
    return table.assign(**{t("roles.district"): table[t("roles.district")].map(data.district_names())})


def _style(state: str) -> str:
    colour = COLOURS.get(state)
    return f"background-color: {colour}; color: {ink_on(colour)}" if colour else ""


def _choose(selection: Selection, states: pd.DataFrame) -> None:
    cells = st.session_state[KEY]["selection"]["cells"]
    if not cells:
        return
    row, column = cells[0]
    roles = {
        entry.label.of(language): role for role, entry in data.catalogue().roles.items() for language in ("de", "en")
    }
    selection["district"] = int(states.index[row])
    if column in roles:
        selection["role"] = roles[column]


def _file(t: Texts, found: RoleResult) -> pd.DataFrame:
    """Return the whole result as a table: one row per district and role."""
    names, roles = data.district_names(), data.catalogue().roles
    rows = found.table
    return pd.DataFrame(
        {
            t("roles.district"): rows["district_id"].map(names),
            t("roles.role"): [roles[role].label.of(t.language) for role in rows["role"]],
            t("roles.state"): [t(f"roles.state.{state}") for state in rows["state"]],
            t("roles.actors_district"): rows["actors_district"],
            t("roles.actors_borough"): rows["actors_borough"],
            t("roles.actors_city"): rows["actors_city"],
            t("roles.stated"): [t("common.yes" if stated else "common.no") for stated in rows["stated"]],
            t("roles.newest"): rows["evidence_date"].fillna(t("common.date_unknown")),
            t("roles.nearest_m"): rows["mean_nearest_m"].round(),
        }
    )
