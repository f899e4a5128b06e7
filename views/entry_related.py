"""What belongs to an entry: offers, contacts, phones, opening hours …, each one click away, and new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, entry_draft, entry_words, storage, ui

if TYPE_CHECKING:
    from collections.abc import Callable

    from store import Entry
    from views.texts import Texts

HIDDEN = {"attributes", "taxonomy_terms", "observations", "inventory_statements"}
MOST = 30


def show(t: Texts, entry: Entry, go: Callable[[str, str], None]) -> None:
    """Write what refers to an entry, by kind; ``go(kind, id)`` opens another entry."""
    groups = _groups(entry)
    if not groups:
        return
    st.header(t("entry.related"), anchor=False)
    for name, field in groups:
        _group(t, entry, name, field, go)
    _own(t, entry, go)


def _groups(entry: Entry) -> list[tuple[str, str]]:
    from store.resources import references

    order = list(ORDER)
    found = [(name, field) for name, field in references()[entry.resource.name] if name not in HIDDEN]
    return sorted(found, key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair[0]))


ORDER = (
    "services_at_location", "services", "contacts", "phones", "schedules", "organization_roles", "offered_resources",
    "locations", "network_members", "committee_members", "languages", "accessibility",
)  # fmt: skip


def _group(t: Texts, entry: Entry, name: str, field: str, go: Callable[[str, str], None]) -> None:
    rows = data.entries(name)
    own = rows[rows[field] == entry.id]
    label = entry_words.kind_label(t, name, many=True)
    if name == entry.resource.name:
        label = f"{label} ({entry_words.field_label(t, entry.resource, field)})"
    with st.expander(f"{label} ({len(own)})"):
        titles = entry_words.titles(t, name)
        for key in own["id"].head(MOST):
            st.button(
                ui.literal(titles.get(key, key)),
                on_click=go,
                args=(name, key),
                key=f"open_{name}_{field}_{key}",
                type="tertiary",
            )
        if len(own) > MOST:
            st.caption(t("entry.related.more", count=len(own) - MOST))
        st.button(
            t("entry.related.add", kind=entry_words.kind_label(t, name)), on_click=_add, args=(entry, name, field, go),
            key=f"add_{name}_{field}", disabled=not may_create(),
        )  # fmt: skip


def _add(entry: Entry, name: str, field: str, go: Callable[[str, str], None]) -> None:
    from store import resource

    preset: dict[str, Any] = {field: entry.id}
    for shared in ("organization_id", "location_id"):
        value = entry.values.get(shared)
        if shared in resource(name).fields and shared not in preset and value is not None:
            preset[shared] = value
    entry_draft.start_new(name, preset)
    go(name, entry_draft.NEW)


def _own(t: Texts, entry: Entry, go: Callable[[str, str], None]) -> None:
    """Offer the way to what the entry itself refers to."""
    for field in entry.resource.fields.values():
        value = entry.values.get(field.name)
        if field.refers_to and storage.is_editable(field.refers_to[0]) and isinstance(value, str):
            name = entry_words.titles(t, field.refers_to[0]).get(value)
            if name:
                label = entry_words.field_label(t, entry.resource, field.name)
                st.button(
                    t("entry.related.open", what=label, name=ui.literal(name)), on_click=go,
                    args=(field.refers_to[0], value), key=f"up_{field.name}", type="tertiary",
                )  # fmt: skip


def may_create() -> bool:
    """Tell whether the visitor may add entries."""
    from store import Operation

    return storage.may(Operation.CREATE)
