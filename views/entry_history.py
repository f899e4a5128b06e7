"""The history of an entry, field by field, and the way back to an earlier version."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_datetime

from views import entry_draft, entry_save, entry_words, storage, ui

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store import Resource, Step
    from views.entry_draft import Draft
    from views.texts import Texts

CITY_TIME = ZoneInfo("Europe/Berlin")


def show(t: Texts, draft: Draft) -> None:
    """Write the history, the latest first, with a button for each version to go back to."""
    from store import Operation, StoreError, history

    entry = draft.entry
    if entry is None or not storage.may(Operation.READ_HISTORY):
        return
    try:
        steps = history(storage.reading(), storage.actor(), draft.resource, entry.id)
    except StoreError as problem:
        ui.error(t, problem)
        return
    with st.expander(t("entry.history")):
        if not steps:
            st.markdown(t("entry.history.none"))
        for step in reversed(steps):
            st.markdown(f"- {step_text(t, draft.kind, draft.values, step)}")
        _restore(t, draft, steps)


def moment(t: Texts, at: str) -> str:
    """Return a point in time (UTC, ISO 8601) as the clock on the wall in Hannover."""
    return format_datetime(datetime.fromisoformat(at).astimezone(CITY_TIME), "short", locale=t.locale)


def who(t: Texts, subject: str | None) -> str:
    """Return who did something: the person at this computer, a link's holder, or a login."""
    if subject == "local":
        return t("entry.by.local")
    return t("entry.by.link") if subject and subject.startswith("link:") else str(subject or t("common.unknown"))


def step_text(t: Texts, kind: Resource, values: Mapping[str, Any], step: Step) -> str:
    """Return one step of a history as the inside of a list item, in Markdown: what, when, who, field by field."""
    head = t(
        "entry.history.step", version=step.version, action=t(f"entry.action.{step.action}"), time=moment(t, step.at),
        who=ui.literal(who(t, step.by)),
    )  # fmt: skip
    lines = []
    for change in step.changes:
        label = entry_words.field_label(t, kind, change.field)
        old, new = (
            ui.literal(entry_words.value_text(t, kind, change.field, value, values))
            for value in (change.old, change.new)
        )
        lines.append(f"    - {label}: {new}" if step.action == "create" else f"    - {label}: {old} → {new}")
    return "\n".join([head, *lines])


def _restore(t: Texts, draft: Draft, steps: list[Step]) -> None:
    """Offer the earlier versions; version 0 is the row as the data package has it."""
    from store import Operation, restore_version
    from store.errors import ConflictError, StateError, ValidationError

    entry = draft.entry
    if entry is None or not storage.may(Operation.RESTORE_VERSION):
        return
    first = 1 if steps and steps[0].action == "create" else 0
    earlier = [
        version for version in sorted({first, *(step.version for step in steps)}) if first <= version < entry.version
    ]
    if not earlier:
        return
    words = {
        number: t("entry.history.shipped") if number == 0 else t("entry.history.version", version=number)
        for number in earlier
    }
    chosen = st.selectbox(
        t("entry.history.choose"), earlier[::-1], format_func=words.__getitem__, key=f"restore_{draft.key}"
    )
    if st.button(t("entry.history.restore"), key=f"restore_now_{draft.key}"):
        try:
            done = storage.write(
                t,
                lambda store: restore_version(
                    store, storage.actor(), draft.resource, entry.id, to=chosen, version=entry.version
                ),
            )
        except (ConflictError, StateError, ValidationError) as problem:
            ui.error(t, problem)
            return
        if done is not None:
            entry_draft.drop(draft)
            entry_save.notice("entry.restored")
            st.rerun()
