"""What a newer data package says differently from what people changed here: listed, decided one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import entry_save, entry_words, navigation, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from store import Conflict, Resource
    from views.texts import Texts

AT_ONCE = 20


def page() -> None:
    """Show the conflicts between the store and the data package."""
    t = ui.texts()
    found = _found(t)
    names = tuple(dict.fromkeys(one.resource for one in found))
    selection = Selection([ui.LANGUAGE_CHOICE, Choice("conflict_kind", names)])
    ui.header(t, selection, title=t("conflicts.title"), lead=t("conflicts.lead"))
    storage.banner(t)
    entry_save.show_notice(t)
    if storage.role() is not None:
        _list(t, selection, found, names)
    selection.publish()
    if st.session_state.pop("conflicts_open", False):
        st.switch_page(navigation.pages()["entry"])


def _found(t: Texts) -> list[Conflict]:
    from store import Operation, StoreError, conflicts

    if not storage.may(Operation.RESOLVE_CONFLICT):
        return []
    try:
        return conflicts(storage.reading(), storage.actor())
    except StoreError as problem:
        ui.error(t, problem)
        return []


def _list(t: Texts, selection: Selection, found: list[Conflict], names: tuple[str, ...]) -> None:
    from store import Operation

    if not storage.may(Operation.RESOLVE_CONFLICT):
        st.info(t("conflicts.not_allowed"))
        return
    if not found:
        st.success(t("conflicts.none"))
        return
    if len(names) > 1:
        with st.sidebar:
            st.selectbox(
                t("choice.conflict_kind"), names, format_func=lambda name: entry_words.kind_label(t, name, many=True),
                index=None, placeholder=t("conflicts.every"), **selection.bind("conflict_kind"),
            )  # fmt: skip
    shown = [one for one in found if selection["conflict_kind"] in (None, one.resource)]
    st.markdown(t.plural("conflicts.count", len(shown)))
    for one in shown[:AT_ONCE]:
        _one(t, one)
    if len(shown) > AT_ONCE:
        st.caption(t("conflicts.more", count=len(shown) - AT_ONCE))


def _one(t: Texts, one: Conflict) -> None:
    """Write one conflict: what it is about, both sides, one button below each."""
    from store import resource

    kind, key = resource(one.resource), f"{one.id}_{one.field or ''}"
    with st.container(border=True, key=f"conflict_{key}"):
        st.button(
            ui.literal(one.title), key=f"open_{key}", type="tertiary", on_click=_open, args=(one.resource, one.id)
        )
        st.caption(f"{entry_words.kind_label(t, one.resource)} · {t(f'conflicts.{one.kind}')}")
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown(f"**{t('conflicts.local')}**  \n{_side(t, kind, one, one.local)}")
            _button(t, one, "local", key)
        with right:
            st.markdown(f"**{t('conflicts.ground')}**  \n{_side(t, kind, one, one.ground)}")
            _button(t, one, "ground", key)
        if one.kind in {"changed", "retired_changed"}:
            st.caption(t("conflicts.before", value=_side(t, kind, one, one.before)))


def _side(t: Texts, kind: Resource, one: Conflict, value: Any) -> str:
    """Return one side's values as people read them, a field a line."""
    if one.field is not None:
        label = entry_words.field_label(t, kind, one.field)
        return f"{label}: {ui.literal(entry_words.value_text(t, kind, one.field, value))}"
    if isinstance(value, dict):
        return "  \n".join(
            f"{entry_words.field_label(t, kind, name)}: {ui.literal(entry_words.value_text(t, kind, name, each, value))}"
            for name, each in value.items()
        )
    return ""


def _button(t: Texts, one: Conflict, take: str, key: str) -> None:
    """Write the button that decides; what it does to the row as a whole is said in its words."""
    st.button(
        t(f"conflicts.take.{take}.{one.kind}"), key=f"take_{take}_{key}", on_click=_decide, args=(t, one, take),
        width="stretch",
    )  # fmt: skip


def _decide(t: Texts, one: Conflict, take: Any) -> None:
    from store import StoreError, resolve_conflict

    def act(store: Any) -> bool:
        resolve_conflict(store, storage.actor(), one.resource, one.id, field=one.field, take=take, version=one.version)
        return True

    try:
        done = storage.write(t, act)
    except StoreError as problem:  # somebody else decided it, or changed the entry meanwhile
        ui.error(t, problem)
        return
    if done:
        entry_save.notice("conflicts.decided")


def _open(name: str, entry_id: str) -> None:
    st.session_state["selection"] |= {"resource": name, "entry": entry_id}
    st.session_state["conflicts_open"] = True
