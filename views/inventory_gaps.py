"""Missing or doubled offers: hints from what is known, and what people note."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, entry_related, inventory_model, inventory_write, ui

if TYPE_CHECKING:
    from views.texts import Texts

WHAT = ("missing", "doubled", "nothing")
STATE = {"missing": "verified_none", "doubled": "exists", "nothing": "unknown"}


def show(t: Texts, district: int, day: str) -> None:
    """Write hints, the notes of the district and the form for a new one."""
    st.markdown(t("inventory.offers.text"))
    _hints(t, district)
    _notes(t, district)
    if entry_related.may_create():
        _form(t, district, day)


def _hints(t: Texts, district: int) -> None:
    known = data.catalogue()
    stated = inventory_model.statements(district)
    rows = inventory_model.places(district)
    there = {kind for text in rows["kinds"].dropna() for kind in text.split(";")}
    none = [known.kinds[kind].plural.of(t.language) for kind in known.kinds if kind not in there]
    sure = [
        known.kinds[kind].plural.of(t.language)
        for kind, row in stated.items()
        if kind not in there and row["state"] == "complete"
    ]
    if sure:
        st.markdown(t("inventory.offers.sure", kinds=ui.literal(", ".join(sure))))
    if none:
        st.markdown(t("inventory.offers.none_known", kinds=ui.literal(", ".join(none))))
    twice = inventory_model.doubled(district)
    if twice:
        with st.expander(t("inventory.offers.doubled", count=len(twice))):
            st.markdown(t("inventory.offers.doubled.text"))
            for kind, group, names in twice:
                label = known.kinds[kind].label.of(t.language)
                whom = known.target_groups[group].label.of(t.language) if group in known.target_groups else group
                st.markdown(f"- {ui.literal(label)}, {ui.literal(whom)}: {ui.literal(', '.join(names))}")


def _notes(t: Texts, district: int) -> None:
    for row in inventory_model.noted(district):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"- {_said(t, row)}")
        if entry_related.may_create():
            right.button(
                t("inventory.offers.withdraw"),
                key=f"withdraw_{row['id']}",
                on_click=inventory_write.withdraw,
                args=(t, row),
            )


def _said(t: Texts, row: dict[str, Any]) -> str:
    what = next(name for name, state in STATE.items() if state == row["state"])
    text = f"**{t(_short(what))}**"
    if row["subject_value"]:
        text += ": " + ui.literal(_names(t).get((row["subject"], row["subject_value"]), row["subject_value"]))
    note = f" ({ui.literal(row['note'])})" if row["note"] else ""
    return f"{text}{note}, {t.date(row['reference_date'])}"


def _names(t: Texts) -> dict[tuple[str, str], str]:
    known = data.catalogue()
    kinds = {("facility_kind", key): entry.plural.of(t.language) for key, entry in known.kinds.items()}
    groups = {
        ("target_group", key): t("inventory.offers.for", group=entry.label.of(t.language))
        for key, entry in known.target_groups.items()
    }
    return kinds | groups


def _form(t: Texts, district: int, day: str) -> None:
    """Write the form for a note; its key makes three clicks one note."""
    key = st.session_state.setdefault(f"note_key_{district}", uuid.uuid4().hex)
    names = _names(t)
    st.subheader(t("inventory.offers.add"), anchor=False)
    what = st.radio(t("inventory.offers.what"), WHAT, format_func=lambda name: t(_short(name)), key=f"what_{key}")
    about = None
    if what != "nothing":
        about = st.selectbox(
            t("inventory.offers.about"), list(names), format_func=names.__getitem__, index=None, placeholder=t("entry.choose"),
            key=f"about_{key}",
        )  # fmt: skip
    text = st.text_area(t("inventory.offers.note"), key=f"text_{key}", height=100)
    if st.button(t("inventory.offers.save"), type="primary", key="note_save"):
        if what != "nothing" and about is None:
            st.warning(t("inventory.offers.choose"))
            return
        subject, value = about or ("facility_kind", None)
        if inventory_write.note(t, district, subject, value, STATE[what], text, day=day, key=key):
            del st.session_state[f"note_key_{district}"]
            st.rerun()


def _short(what: str) -> str:
    return "inventory.offers.doubled.short" if what == "doubled" else f"inventory.offers.{what}"
