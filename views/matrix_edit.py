"""The matrix of actors and roles of an area, edited in place: choose a cell, say what is so, stored at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from layers.palette import ink_on
from views import data, entry_save, matrix_write, plan_model, profile_model, ui

if TYPE_CHECKING:
    from geo.actor_matrix import ActorMatrix
    from geo.area import Area
    from views.texts import Texts

COLOURS = {"stated": "#8fc7cc", "derived": "#cfe6e6", "verified_none": "#f3c26b", "unknown": "#ececec"}
TABLE, ACTOR, ROLE = "matrix_table", "matrix_actor", "matrix_role"
HEIGHT = 420


def show(t: Texts, area: Area) -> None:
    """Write the matrix with its form, for those who may add entries and where there is an actor."""
    matrix = profile_model.maker(t).who(area).matrix
    if matrix.actors.empty or not plan_model.may("create"):
        return
    entry_save.show_notice(t)
    with st.expander(t("matrix.edit")):
        st.markdown(t("matrix.edit.text"))
        _table(t, area, matrix)
        _form(t, area, matrix)


def _names(matrix: ActorMatrix) -> dict[str, str]:
    return dict(zip(matrix.actors["organization_id"], matrix.actors["name"].astype(str), strict=True))


def _roles(t: Texts, matrix: ActorMatrix) -> dict[str, str]:
    known = data.catalogue().roles
    return {role: known[role].label.of(t.language) for role in matrix.cells.columns}


def _table(t: Texts, area: Area, matrix: ActorMatrix) -> None:
    """Write all cells with a word and a colour; a click on one chooses it."""
    names, roles = _names(matrix), _roles(t, matrix)
    words = matrix.cells.map(lambda state: t(f"profile.cell.{state}")).rename(columns=roles)
    shown = pd.concat([pd.Series(names, name=t("profile.who.actor")), words], axis=1).reset_index(drop=True)
    styles = matrix.cells.map(lambda state: f"background-color: {COLOURS[state]}; color: {ink_on(COLOURS[state])}")
    styles = styles.rename(columns=roles).reset_index(drop=True)
    styles.insert(0, t("profile.who.actor"), "")
    st.dataframe(
        shown.style.apply(lambda _: styles, axis=None), hide_index=True, height=min(HEIGHT, 36 * (len(shown) + 1) + 3),
        alt=t("profile.who.matrix"), key=f"{TABLE}_{area.level}_{area.id}", selection_mode="single-cell",
        on_select=lambda: _clicked(area, matrix, roles),
        column_config={t("profile.who.actor"): st.column_config.TextColumn(pinned=True, width=220)},
    )  # fmt: skip


def _clicked(area: Area, matrix: ActorMatrix, roles: dict[str, str]) -> None:
    cells = st.session_state[f"{TABLE}_{area.level}_{area.id}"]["selection"]["cells"]
    by_name = {label: role for role, label in roles.items()}
    if cells and cells[0][1] in by_name:
        st.session_state[ACTOR] = str(matrix.cells.index[cells[0][0]])
        st.session_state[ROLE] = by_name[cells[0][1]]


def _form(t: Texts, area: Area, matrix: ActorMatrix) -> None:
    names, roles = _names(matrix), _roles(t, matrix)
    for key, known in ((ACTOR, names), (ROLE, roles)):
        if st.session_state.get(key) not in known:
            st.session_state[key] = None
    left, right = st.columns(2, gap="medium")
    owner = left.selectbox(
        t("profile.who.actor"), list(names), format_func=names.__getitem__, index=None, key=ACTOR,
        placeholder=t("entry.choose"), filter_mode="contains",
    )  # fmt: skip
    role = right.selectbox(
        t("roles.role"), list(roles), format_func=roles.__getitem__, index=None, key=ROLE, placeholder=t("entry.choose")
    )
    if owner is None or role is None:
        st.caption(t("matrix.choose"))
        return
    state = str(matrix.cells.loc[owner, role])
    newest = matrix.dates.loc[owner, role]
    st.markdown(t("matrix.now", state=t(f"profile.cell.{state}"), date=t.date(newest)))
    with st.form(f"matrix_{owner}_{role}", border=False):
        said = st.radio(
            t("matrix.question", role=roles[role]), matrix_write.STATES, index=None, horizontal=True,
            format_func=lambda name: t(f"matrix.{name}"), key=f"matrix_state_{owner}_{role}",
        )  # fmt: skip
        url = st.text_input(t("matrix.evidence"), key=f"matrix_url_{owner}_{role}")
        note = st.text_input(t("roles.check.note"), key=f"matrix_note_{owner}_{role}")
        pressed = st.form_submit_button(t("matrix.save"), type="primary", key=f"matrix_save_{owner}_{role}")
    if pressed and said is None:
        st.warning(t("roles.check.choose"))
    elif pressed and _stored(t, area, owner, role, {"state": said, "url": url, "note": note}):
        entry_save.notice("matrix.saved")
        st.rerun()


def _stored(t: Texts, area: Area, owner: str, role: str, said: dict[str, Any]) -> bool:
    from store.errors import ConflictError, StateError, ValidationError

    today = date.today().isoformat()  # noqa: DTZ011 -- the day on the visitor's calendar
    try:
        return matrix_write.set_cell(t, area, owner, role, said, day=today)
    except ValidationError as problem:
        for each in problem.problems:
            st.error(ui.literal(ui.message(t, each.key, each.params)))
    except (ConflictError, StateError) as problem:
        ui.error(t, problem)
    return False
