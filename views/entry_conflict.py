"""Two people changed the same entry: both versions side by side, the second one chooses field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import entry_draft, entry_words, ui

if TYPE_CHECKING:
    from store import Entry
    from views.entry_draft import Draft
    from views.texts import Texts

STORED, OWN = "stored", "own"


def show(t: Texts, draft: Draft) -> None:
    """Show both versions and let the visitor choose; the choice becomes the form, based on the stored version."""
    problem = draft.conflict
    if problem is None:
        return
    current: Entry = problem.current
    st.header(t("entry.conflict"), anchor=False)
    st.warning(t("entry.conflict.text"))
    theirs = _others(draft, current)
    if theirs:
        st.markdown(t("entry.conflict.others"))
        st.markdown("\n".join(f"- {_line(t, draft, name, current.values)}" for name in theirs))
    chosen = {
        name: _choice(t, draft, name, current)
        for name in problem.yours
        if problem.yours[name] != current.values.get(name)
    }
    if not chosen:
        st.info(t("entry.conflict.same"))
    left, right = st.columns(2)
    if left.button(t("entry.conflict.take"), type="primary", key="conflict_take", width="stretch"):
        own = {name: problem.yours[name] for name, side in chosen.items() if side == OWN}
        entry_draft.rebase(draft, current, own)
        st.session_state["entry_save_now"] = bool(own)
        st.rerun()
    if right.button(t("entry.conflict.discard"), key="conflict_discard", width="stretch"):
        entry_draft.drop(draft)
        st.rerun()


def _others(draft: Draft, current: Entry) -> list[str]:
    """Return the fields that only the other one changed."""
    before = draft.start
    yours = draft.conflict.yours if draft.conflict else {}
    return [name for name, value in current.values.items() if value != before.get(name) and name not in yours]


def _line(t: Texts, draft: Draft, name: str, values: Any) -> str:
    label = entry_words.field_label(t, draft.kind, name)
    return f"**{label}**: {ui.literal(entry_words.value_text(t, draft.kind, name, values.get(name), values))}"


def _choice(t: Texts, draft: Draft, name: str, current: Entry) -> str:
    """Write one field with both values; the stored one is chosen until the visitor says otherwise."""
    yours = {**draft.values, **(draft.conflict.yours if draft.conflict else {})}
    words = {
        STORED: t("entry.conflict.stored", value=_shown(t, draft, name, current.values)),
        OWN: t("entry.conflict.own", value=_shown(t, draft, name, yours)),
    }
    label = entry_words.field_label(t, draft.kind, name)
    return str(st.radio(label, [STORED, OWN], format_func=words.__getitem__, key=f"conflict_{draft.key}_{name}"))


def _shown(t: Texts, draft: Draft, name: str, values: Any) -> str:
    return ui.literal(entry_words.value_text(t, draft.kind, name, values.get(name), values))
