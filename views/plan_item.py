"""One entry of a plan: where it came from, what came of it, its form, its history; and new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.plan_path import STAGES, Node
from views import (
    data,
    entry_conflict,
    entry_draft,
    entry_fields,
    entry_history,
    entry_save,
    entry_state,
    entry_words,
    plan_goals,
    plan_links,
    plan_model,
    session_origin,
    ui,
)

if TYPE_CHECKING:
    from store import Actor, Entry
    from store.transaction import Target
    from views.entry_draft import Draft
    from views.state import Selection
    from views.texts import Texts

HIDDEN = ("area_level", "area_id", "example_step", "parameters", "data_version", "verdict")
_PLACE, _BEFORE, _GAP = "plan", "plan_before", "plan_gap"
FOLLOWERS = {
    "noted_gaps": ("needs",),
    "needs": ("ideas", "goals", "steps"),
    "ideas": ("goals", "steps"),
    "goals": ("steps",),
}
SHARED = ("topic", "target_groups")


def begin(
    selection: Selection, kind: str, area: str, preset: dict[str, Any], *, before: Node | None = None, gap: Any = None
) -> None:
    """Open the form of a new entry: `before` is what it comes from, `gap` a finding that is noted together with it."""
    level, area_id = plan_model.area_of(area)
    draft = entry_draft.start_new(kind, preset | {"area_level": level, "area_id": area_id}, _PLACE)
    st.session_state[_BEFORE] = {draft.key: [before] if before else []}
    st.session_state[_GAP] = {draft.key: gap}
    selection["area"], selection["item"] = area, plan_model.NEW + kind


def show(t: Texts, selection: Selection, area: str) -> None:
    """Write the chosen entry, or the form of a new one."""
    st.button(t("plan.back"), key="plan_back", type="tertiary", on_click=_close, args=(selection,))
    item = selection["item"]
    if item.startswith(plan_model.NEW):
        _new(t, selection, area, item.removeprefix(plan_model.NEW))
        return
    kind, row = plan_model.by_id()[item]
    draft = entry_draft.open_entry(kind, item)
    st.subheader(ui.literal(plan_model.name(t, kind, row)), anchor=False)
    st.caption(" · ".join([entry_words.kind_label(t, kind), *_state(t, kind, row)]))
    if draft.conflict is not None:
        entry_conflict.show(t, draft)
        return
    _facts(t, kind, row)
    session_origin.show(t, kind, draft)
    if kind in STAGES:
        plan_links.show(t, (kind, item))
        _follow(t, selection, area, kind, row)
    _edit(t, selection, draft)


def _close(selection: Selection) -> None:
    selection["item"] = None


def _state(t: Texts, kind: str, row: dict[str, Any]) -> list[str]:
    found = [t(f"value.{kind}.status.{row['status']}")] if "status" in row else []
    late = {one.id: one.days for one in plan_model.late(plan_model.key_of(row["area_level"], row["area_id"]))}
    return found + ([t.plural("plan.late", late[row["id"]])] if row["id"] in late else [])


def _facts(t: Texts, kind: str, row: dict[str, Any]) -> None:
    """Write what matters most about an entry, before its form."""
    if kind == "goals":
        st.markdown(ui.literal(plan_goals.aim(t, row)))
        plan_goals.measured(t, row)
    if kind == "steps":
        owner = plan_model.organization(row["organization_id"]) or t("plan.nobody")
        when = plan_model.span(t, row["start_date"], row["end_date"]) or t("plan.undated")
        st.markdown(ui.literal(f"{owner} · {when}"))
    if kind == "noted_gaps" and row["parameters"]:
        plan_links.to_gap_page(t, row)
    text = row.get("description") or row.get("finding")
    if text:
        st.markdown("  \n".join(ui.literal(line) for line in str(text).splitlines()))


def _follow(t: Texts, selection: Selection, area: str, kind: str, row: dict[str, Any]) -> None:
    """Offer to make the next thing of it."""
    if kind not in FOLLOWERS or not plan_model.may("create"):
        return
    origin = {"origin": "gap"} if kind == "noted_gaps" else {}
    with st.container(horizontal=True, key="plan_follow"):
        for follower in FOLLOWERS[kind]:
            preset = {
                name: row[name] for name in SHARED if row.get(name) and not (follower == "goals" and name != "topic")
            }
            preset = {name: value for name, value in preset.items() if name in _fields(follower)}
            preset |= {"title": row["title"]} | (origin if "origin" in _fields(follower) else {})
            st.button(
                t(f"plan.follow.{follower}"), key=f"follow_{follower}", on_click=begin,
                args=(selection, follower, area, preset), kwargs={"before": (kind, row["id"])},
            )  # fmt: skip


def _fields(kind: str) -> set[str]:
    from store import resource

    return set(resource(kind).fields)


def _new(t: Texts, selection: Selection, area: str, kind: str) -> None:
    draft = entry_draft.open_new(kind, _PLACE)
    if plan_model.key_of(str(draft.values["area_level"]), str(draft.values["area_id"])) != area:
        begin(selection, kind, area, {})
        draft = entry_draft.open_new(kind, _PLACE)
    st.subheader(t(f"plan.add.{kind}"), anchor=False)
    for node in st.session_state.get(_BEFORE, {}).get(draft.key, ()):
        if node[1] in plan_model.by_id():
            plan_model.node_link(t, node, before=t("plan.comes_from") + " ")
    gap = st.session_state.get(_GAP, {}).get(draft.key)
    if gap:
        st.caption(ui.literal(t("plan.gap_noted_with", name=gap["title"])))
    _edit(t, selection, draft)


def _edit(t: Texts, selection: Selection, draft: Draft) -> None:
    """Write the form, saving, state and history of an entry."""
    locked = not plan_model.may("create" if draft.entry is None else "update")
    if draft.entry is None:
        entry_fields.show(t, draft, disabled=locked, hidden=HIDDEN)
        _save(t, selection, draft, locked=locked)
        return
    with st.expander(t("plan.edit"), expanded=bool(draft.changes)):
        entry_fields.show(t, draft, disabled=locked, hidden=HIDDEN)
        _save(t, selection, draft, locked=locked)
    entry_state.actions(t, draft)
    entry_history.show(t, draft)


def _save(t: Texts, selection: Selection, draft: Draft, *, locked: bool) -> None:
    if locked or not entry_save.button(t, draft, name="plan"):
        return
    stored = entry_save.save(t, draft, more=lambda target, actor, made: _with_origin(target, actor, made, draft))
    if stored is not None:
        entry_save.notice("entry.saved")
        data.entries(draft.resource)
        selection["item"] = stored.id
        st.rerun()


def _with_origin(target: Target, actor: Actor | None, made: Entry, draft: Draft) -> None:
    """Add what a new entry came from, in the entry's own transaction: the link, and the finding it is noted with."""
    from store import create

    before = list(st.session_state.get(_BEFORE, {}).get(draft.key, ()))
    gap = st.session_state.get(_GAP, {}).get(draft.key)
    if gap:
        noted = create(target, actor, "noted_gaps", gap, key=f"{draft.key}-gap")
        before.append(("noted_gaps", noted.id))
    for kind, origin in before:
        link = {"from_entity": kind, "from_id": origin, "to_entity": draft.resource, "to_id": made.id}
        create(target, actor, "plan_links", link, key=f"{draft.key}-{origin}")
