"""What became of a note or a group: the linked entries of the plan, as they are today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import entry_words, plan_model, ui

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.workshop import Became, Session
    from views.texts import Texts


def show(t: Texts, session: Session, became_of: Iterable[Became]) -> None:
    """Write one link for each entry, with its state, who is responsible and until when."""
    area = plan_model.key_of(session.area_level, session.area_id)
    for one in became_of:
        name = t("plan.linked", kind=entry_words.kind_label(t, one.resource), name=plan_model.short(one.title))
        if one.is_retired:
            st.markdown("→ " + ui.literal(f"{name} ({t('plan.log.retired')})"))
        else:
            plan_model.link(t, one.entry_id, f"→ {name}", area=area)
        st.caption(ui.literal(state(t, one)))


def state(t: Texts, one: Became) -> str:
    """Return state, responsible organisation and day of an entry in one line; what is unknown is said."""
    parts = [t(f"value.{one.resource}.status.{one.status}")] if one.status else []
    if one.resource == "steps":
        parts.append(one.responsible or t("plan.nobody"))
    if one.resource in {"steps", "goals"}:
        parts.append(t("plan.until", end=t.day(one.date)) if one.date else t("plan.undated"))
    return " · ".join(parts)
