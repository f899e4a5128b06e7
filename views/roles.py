"""Contact points: who has which of the eight roles in each district, for whom, and how far away the nearest is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import (
    areas,
    data,
    inventory_points,
    mapview,
    roles_cell,
    roles_check,
    roles_map,
    roles_matrix,
    roles_model,
    roles_quarter,
    ui,
)
from views.state import Choice, Selection

if TYPE_CHECKING:
    from geo.roles import RoleResult
    from views.texts import Texts

SHOWN = ("state", "distance")


def page() -> None:
    """Show the page of contact points."""
    t = ui.texts()
    core = roles_model.role_inputs().core_roles
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE,
            Choice("audience", (roles_model.ANYBODY, *roles_model.audiences()), roles_model.ANYBODY),
            Choice("role", core, core[0] if core else None),
            Choice("rolemap", SHOWN, SHOWN[0]),
            areas.district_choice(),
            areas.quarter_choice(),
        ]
    )
    ui.header(t, selection, title=t("roles.title"), lead=t("roles.lead"))
    inventory_points.saved(t)
    if not core:
        ui.empty(t, "roles.no_roles")
        selection.publish()
        return
    _controls(t, selection)
    with st.spinner(t("roles.working"), show_time=False):
        found = roles_model.result(selection["audience"])
    _summary(t, found)
    roles_matrix.show(t, selection, found)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        click = roles_map.show(t, selection, found)
    with right:
        if selection["quarter"] is not None:
            roles_quarter.show(t, selection)
        else:
            roles_cell.show(t, selection, found)
            roles_check.show(t, selection)
    ui.sources(t, roles_cell.sources(t))
    selection.publish()
    mapview.choose_area(selection, click, key="roles")


def _controls(t: Texts, selection: Selection) -> None:
    groups, roles = data.catalogue().target_groups, data.catalogue().roles
    with st.sidebar:
        st.selectbox(
            t("roles.audience"),
            (roles_model.ANYBODY, *roles_model.audiences()),
            format_func=lambda group: groups[group].label.of(t.language) if group else t("roles.audience.any"),
            help=t("roles.audience.help"),
            **selection.bind("audience"),
        )
        st.selectbox(
            t("roles.role"),
            roles_model.role_inputs().core_roles,
            format_func=lambda role: roles[role].label.of(t.language),
            **selection.bind("role"),
        )
        areas.place_box(t, selection)
        st.radio(
            t("roles.shown"), SHOWN, format_func=lambda name: t(f"roles.shown.{name}"), **selection.bind("rolemap")
        )


def _summary(t: Texts, found: RoleResult) -> None:
    """Say of how many districts nothing is known, and that this is not the same as nobody."""
    names = data.district_names()
    known = roles_model.knowledge(found)
    sentences = [t("roles.summary", own=len(known.own), total=len(names))]
    for key, districts in (("roles.summary.checked", known.checked), ("roles.summary.unknown", known.blank)):
        if districts:
            listed = ", ".join(sorted(names[district] for district in districts))
            sentences.append(t.plural(key, len(districts), names=listed))
    st.markdown(ui.literal(" ".join(sentences)))
    if found.unplaced:
        st.caption(t.plural("roles.unplaced", found.unplaced))
