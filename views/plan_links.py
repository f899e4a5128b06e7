"""Where an entry of a plan came from and what came of it: links in both directions, made and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import streamlit as st

from geo.plan_path import STAGES, Node, leads_on
from views import entry_words, navigation, plan_model, storage, ui

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Store
    from views.plan_model import Row
    from views.texts import Texts


def show(t: Texts, node: Node) -> None:
    """Write both directions side by side, and the way to link something that is there already."""
    found = plan_model.found_paths()
    sides = []
    if node[0] != STAGES[0]:
        sides.append(("plan.origins", found.origins(node)))
    if node[0] != STAGES[-1]:
        sides.append(("plan.results", found.results(node)))
    for column, (title, others) in zip(st.columns(2, gap="medium"), sides, strict=False):
        with column:
            st.markdown(f"**{t(title)}**")
            for other in others:
                _linked(t, node, other)
            if not others:
                st.caption(t(f"{title}.none"))
    if plan_model.may("create"):
        _add(t, node, {*found.origins(node), *found.results(node)})


def to_gap_page(t: Texts, row: Row) -> None:
    """Write the link to the gap page with the settings the gap was found with."""
    query = {name: text for name, text in parse_qsl(str(row["parameters"]), max_num_fields=40) if name != "lang"}
    if t.language != "de":
        query["lang"] = t.language
    st.page_link(navigation.pages()["gaps"], label=t("plan.gap.open"), query_params=query)


def _linked(t: Texts, node: Node, other: Node) -> None:
    plan_model.node_link(t, other)
    if not plan_model.may("retire"):
        return
    pair = {node, other}
    for link in plan_model.all_rows("plan_links"):
        if {(link["from_entity"], link["from_id"]), (link["to_entity"], link["to_id"])} == pair:
            label = t("plan.unlink", name=plan_model.short(plan_model.by_id()[other[1]][1]["title"], 60))
            st.button(
                "✕ " + ui.literal(label), key=f"unlink_{link['id']}", type="tertiary", on_click=_remove, args=(t, link)
            )


def _add(t: Texts, node: Node, linked: set[Node]) -> None:
    """Let something of the same area be linked, earlier or later on the path."""
    kind, row = plan_model.by_id()[node[1]]
    area = plan_model.key_of(row["area_level"], row["area_id"])
    options = {
        f"{other}/{one['id']}": t(
            "plan.linked", kind=entry_words.kind_label(t, other), name=plan_model.short(one["title"])
        )
        for other in STAGES
        if other != kind
        for one in plan_model.rows(other, area)
        if (other, one["id"]) not in linked
    }
    if not options:
        return
    with st.expander(t("plan.link")):
        chosen = st.selectbox(
            t("plan.link.choose"), list(options), format_func=options.__getitem__, index=None, filter_mode="contains",
            placeholder=t("entry.choose"), key=f"link_to_{node[1]}",
        )  # fmt: skip
        if chosen:
            other_kind, _, other_id = chosen.partition("/")
            st.button(
                t("plan.link.now"), key=f"link_now_{node[1]}", on_click=_join, args=(t, node, (other_kind, other_id))
            )


def _join(t: Texts, node: Node, other: Node) -> None:
    from store import create

    start, end = (other, node) if leads_on(other[0], node[0]) else (node, other)
    link = {"from_entity": start[0], "from_id": start[1], "to_entity": end[0], "to_id": end[1]}
    _do(t, lambda store: create(store, storage.actor(), "plan_links", link))


def _remove(t: Texts, link: Row) -> None:
    from store import retire

    _do(t, lambda store: retire(store, storage.actor(), "plan_links", link["id"], version=int(link["version"])))


def _do(t: Texts, act: Callable[[Store], object]) -> None:
    from store.errors import ConflictError, StateError, ValidationError

    try:
        storage.write(t, act)
    except (ConflictError, StateError, ValidationError) as problem:
        ui.error(t, problem)
