"""Edit any entry: a form with pin, checked while typing; history, restore and retire; new entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import (
    data,
    entry_conflict,
    entry_draft,
    entry_fields,
    entry_history,
    entry_pin,
    entry_related,
    entry_save,
    entry_state,
    entry_together,
    entry_words,
    storage,
    ui,
)  # fmt: skip
from views.state import Choice, Selection

if TYPE_CHECKING:
    from views.entry_draft import Draft
    from views.texts import Texts

KINDS = (
    "locations", "organizations", "services", "services_at_location", "organizations_at_location", "contacts", "phones",
    "schedules", "contact_areas", "organization_roles", "service_areas", "offered_resources", "instruments", "networks",
    "network_members", "committees", "committee_members", "addresses", "languages", "accessibility", "cost_options",
)  # fmt: skip


def page() -> None:
    """Show the page for editing entries."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE, Choice("resource", KINDS, KINDS[0])])
    name = selection["resource"]
    internal = storage.may_read_internal()
    found = data.kept("retired", name, internal, make=lambda: storage.retired(name))  # also while the database is away
    retired = {one.id: one for one in found}
    known = entry_words.titles(t, name)
    selection = Selection(
        [
            ui.LANGUAGE_CHOICE,
            Choice("resource", KINDS, KINDS[0]),
            Choice("entry", (entry_draft.NEW, *known, *retired)),
        ]
    )
    ui.header(t, selection, title=t("entry.title"), lead=t("entry.lead"))
    storage.banner(t)
    _sidebar(t, selection, known, {key: entry_words.entry_title(t, one) for key, one in retired.items()})
    entry_save.show_notice(t)
    chosen = selection["entry"]
    if chosen is None:
        ui.empty(t, "entry.none_chosen", count=len(known), kind=entry_words.kind_label(t, name, many=True))
    else:
        _form(
            t,
            selection,
            entry_draft.open_new(name) if chosen == entry_draft.NEW else entry_draft.open_entry(name, chosen),
        )
    selection.publish()


def _sidebar(t: Texts, selection: Selection, known: dict[str, str], retired: dict[str, str]) -> None:
    """Write what kind of entry, which one, and the button for a new one."""
    words = known | {key: t("entry.retired_mark", name=name) for key, name in retired.items()}
    words[entry_draft.NEW] = t("entry.new")
    order = sorted(KINDS[1:], key=lambda name: entry_words.kind_label(t, name, many=True))
    with st.sidebar:
        st.selectbox(
            t("choice.resource"), [KINDS[0], *order], format_func=lambda name: entry_words.kind_label(t, name, many=True),
            **selection.bind("resource"),
        )  # fmt: skip
        st.selectbox(
            t("choice.entry"), [entry_draft.NEW, *known, *retired], format_func=words.__getitem__, index=None,
            filter_mode="contains", placeholder=t("entry.search"), **selection.bind("entry"),
        )  # fmt: skip
        st.button(
            t("entry.add", kind=entry_words.kind_label(t, selection["resource"])), on_click=_begin, args=(selection,),
            key="entry_add", width="stretch", disabled=not entry_related.may_create(),
        )  # fmt: skip


def _begin(selection: Selection) -> None:
    selection["entry"] = entry_draft.NEW


def _form(t: Texts, selection: Selection, draft: Draft) -> None:
    from store import Operation

    entry = draft.entry
    st.header(ui.literal(entry_words.entry_title(t, entry)) if entry else _new_title(t, draft), anchor=False)
    if entry is not None:
        entry_state.show(t, entry)
    if draft.conflict is not None:
        entry_conflict.show(t, draft)
        return
    locked = not storage.may(Operation.CREATE if entry is None else Operation.UPDATE) or bool(
        entry and entry.is_retired
    )
    entry_fields.show(t, draft, disabled=locked, hidden=entry_pin.FIELDS if draft.resource == "locations" else ())
    if draft.resource == "locations":
        entry_pin.show(t, draft, disabled=locked)
        if entry is None:
            entry_together.show(t, draft, disabled=locked)
    if not locked:
        _save(t, selection, draft)
    if entry is not None:
        entry_state.actions(t, draft)
        entry_history.show(t, draft)
        entry_related.show(t, entry, lambda name, key: _go(selection, name, key))


def _new_title(t: Texts, draft: Draft) -> str:
    return t("entry.add", kind=entry_words.kind_label(t, draft.resource))


def _save(t: Texts, selection: Selection, draft: Draft) -> None:
    """Write the save button; a choice between two versions that was just made is stored at once."""
    with st.container(horizontal=True, key="entry_actions"):
        mode = "create" if draft.entry is None else "update"
        pressed = st.button(
            t(f"entry.save.{mode}"),
            type="primary",
            key=f"entry_save_{mode}",
            on_click=entry_save.attempt,
            args=(draft,),
        )
        if draft.typed and st.button(t("entry.discard"), key=f"entry_discard_{mode}"):
            if draft.entry is None and draft.resource == "locations":
                entry_together.drop(draft)
            entry_draft.drop(draft)
            if draft.entry is None:
                selection["entry"] = None
            st.rerun()
    pressed = st.session_state.pop("entry_save_now", False) or pressed
    if not pressed:
        return
    if draft.entry is not None and not draft.changes:
        st.info(t("entry.nothing_changed"))
        return
    stored = entry_save.save(t, draft)
    if stored is not None:
        entry_save.notice("entry.saved")
        selection["entry"] = stored.id
        data.entries(draft.resource)
        st.rerun()


def _go(selection: Selection, name: str, key: str) -> None:
    selection["resource"], selection["entry"] = name, key
