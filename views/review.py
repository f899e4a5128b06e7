"""The page behind a review link: one organisation confirms or corrects its own entries, without a login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import entry_conflict, entry_draft, entry_fields, entry_pin, entry_save, entry_words, freshness, storage, ui
from views.state import Choice, Selection

if TYPE_CHECKING:
    from store import Actor, Resource
    from views.texts import Texts

_OPEN = "review_open"
_MOST = 500


def page() -> None:
    """Show the entries that the link is for."""
    from store import StoreError, open_link, work_list

    t = ui.texts()
    token = st.query_params.get("link") or st.session_state.get("selection", {}).get("link") or ""
    selection = Selection([ui.LANGUAGE_CHOICE, Choice("link", (token,) if 0 < len(token) < _MOST else ())])
    ui.header(t, selection, title=t("review.title"), lead=t("review.lead"))
    try:
        actor = open_link(storage.reading(), token)
        rows = work_list(storage.reading(), actor)
    except StoreError as problem:
        ui.error(t, problem)
        return
    entry_save.show_notice(t)
    st.header(ui.literal(_organization(rows)), anchor=False)
    st.markdown(t("review.count", count=len(rows), stale=int(rows["stale"].sum())))
    for row in rows.to_dict("records"):
        _entry(t, row, actor)
    selection.publish()


def _organization(rows: Any) -> str:
    names = rows["organization_name"].dropna()
    return str(names.iloc[0]) if len(names) else ""


def _entry(t: Texts, row: dict[str, Any], actor: Actor) -> None:
    """Write one entry: confirm it as it is, or open its form."""
    place = (row["resource"], row["id"])
    with st.container(border=True, key=f"review_{row['id']}"):
        st.subheader(ui.literal(row["title"]), anchor=False)
        st.caption(f"{entry_words.kind_label(t, row['resource'])} · {freshness.age(t, row)}")
        if st.session_state.get(_OPEN) == place:
            _form(t, place, actor)
            return
        _facts(t, place, actor)
        with st.container(horizontal=True, key=f"review_buttons_{row['id']}"):
            st.button(
                t("entry.confirm"), key=f"confirm_{row['id']}", type="primary", on_click=freshness.confirm_now,
                args=(t, *place, actor),
            )  # fmt: skip
            st.button(t("review.correct"), key=f"correct_{row['id']}", on_click=_open, args=(place,))


def _open(place: tuple[str, str] | None) -> None:
    st.session_state[_OPEN] = place


def _facts(t: Texts, place: tuple[str, str], actor: Actor) -> None:
    """Write what is known, as a list."""
    draft = entry_draft.open_entry(*place, actor=actor)
    hidden = _hidden(draft.kind) | {
        *entry_fields.BY_PROGRAM,
        "source",
        "source_licence",
        "lon",
        "lat",
        "coordinate_error_m",
    }
    known = [(name, value) for name, value in draft.values.items() if value is not None and name not in hidden]
    ui.facts(
        [
            (
                entry_words.field_label(t, draft.kind, name),
                entry_words.value_text(t, draft.kind, name, value, draft.values),
                "",
            )
            for name, value in known
        ]
    )


def _form(t: Texts, place: tuple[str, str], actor: Actor) -> None:
    draft = entry_draft.open_entry(*place, actor=actor)
    if draft.conflict is not None:
        entry_conflict.show(t, draft)
        return
    pin = entry_pin.FIELDS if draft.resource == "locations" else ()
    entry_fields.show(t, draft, hidden={*_hidden(draft.kind), *pin})
    if pin:
        entry_pin.show(t, draft, disabled=False)
    with st.container(horizontal=True, key="review_form_buttons"):
        pressed = st.button(
            t("entry.save.update"), type="primary", key="review_save", on_click=entry_save.attempt, args=(draft,)
        )
        st.button(t("review.close"), key="review_close", on_click=_open, args=(None,))
    pressed = st.session_state.pop("entry_save_now", False) or pressed
    if pressed and not draft.changes:
        st.info(t("entry.nothing_changed"))
    elif pressed and entry_save.save(t, draft, actor=actor) is not None:
        entry_save.notice("entry.saved")
        st.session_state[_OPEN] = None
        st.rerun()


def _hidden(kind: Resource) -> set[str]:
    """Return the fields that a link's holder may not change: what the entry hangs on, and what is fixed."""
    refers = {
        name for name, field in kind.fields.items() if field.refers_to and storage.is_editable(field.refers_to[0])
    }
    return refers | set(kind.fixed) | set(kind.linked)
