"""We looked: what was found about one role in one district, stored as an observation with its day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from views import data, entry_related, inventory_model, inventory_write

if TYPE_CHECKING:
    from views.state import Selection
    from views.texts import Texts


def show(t: Texts, selection: Selection) -> None:
    """Write the form for those who may add entries; it is about the chosen district, role and target group."""
    district, about = selection["district"], subject(selection["role"], selection["audience"])
    if district is None or not entry_related.may_create():
        return
    before = inventory_model.answer(district, about)
    place = f"{district}_{selection['role']}_{selection['audience']}"
    with st.expander(t("roles.check")):
        st.markdown(t("roles.check.text", whom=_whom(t, selection["audience"])))
        with st.form(f"check_{place}", border=False):
            state = st.radio(
                t("roles.check.question"),
                inventory_model.SEEN,
                index=inventory_model.SEEN.index(before["state"]) if before else None,
                format_func=lambda name: t(f"roles.check.{name}"),
                key=f"check_state_{place}",
            )
            note = st.text_area(
                t("roles.check.note"), (before or {}).get("note") or "", key=f"check_note_{place}", height=80
            )
            pressed = st.form_submit_button(t("roles.check.save"), key=f"check_save_{place}", type="primary")
    if pressed and state is None:
        st.warning(t("roles.check.choose"))
    elif pressed and inventory_write.observed(t, district, about, _values(state, note)):
        st.rerun()


def subject(role: str, audience: str) -> dict[str, Any]:
    """Return what is looked for; the contact point is a point of the council's checklist, with the same answer there."""
    about = {"subject": "contact_point"} if role == "contact_point" else {"subject": "role", "subject_value": role}
    return about | ({"target_group": audience} if audience else {})


def _values(state: str | None, note: str) -> dict[str, Any]:
    today = date.today()  # noqa: DTZ011 -- the day on the visitor's calendar
    return {"state": state, "note": note.strip() or None, "reference_date": today.isoformat()}


def _whom(t: Texts, audience: str) -> str:
    groups = data.catalogue().target_groups
    return groups[audience].label.of(t.language) if audience else t("roles.audience.any")
