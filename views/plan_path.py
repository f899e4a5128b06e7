"""The path gap → need → idea → goal → step of an area: what came of what, as an indented list of links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.plan_path import STAGES
from views import plan_goals, plan_model, ui

if TYPE_CHECKING:
    from geo.plan_path import Node
    from views.state import Selection
    from views.texts import Texts

INDENT = "\u2003"
MOST = 200


def show(t: Texts, selection: Selection, area: str) -> None:  # noqa: ARG001 - every view is called alike
    """Write one block for each beginning of a path."""
    found = plan_model.found_paths()
    nodes = [(kind, row["id"]) for kind in STAGES for row in plan_model.rows(kind, area)]
    starts = [node for node in nodes if not found.origins(node)]
    st.markdown(t("plan.path.text"))
    if not starts:
        ui.empty(t, "plan.path.none")
    for node in starts[:MOST]:
        with st.container(border=True, key=f"path_{node[1]}"):
            _branch(t, node, 0, frozenset())
    if len(starts) > MOST:
        st.caption(t("entry.related.more", count=len(starts) - MOST))


def _branch(t: Texts, node: Node, depth: int, above: frozenset[Node]) -> None:
    plan_model.node_link(t, node, before=INDENT * depth + ("↳ " if depth else ""))
    if node[0] == "goals":
        row = plan_model.by_id()[node[1]][1]
        st.caption(INDENT * (depth + 1) + ui.literal(plan_goals.aim(t, row)))
    for follower in plan_model.found_paths().results(node):
        if follower not in above:
            _branch(t, follower, depth + 1, above | {node})
