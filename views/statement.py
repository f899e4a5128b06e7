"""The accessibility statement (NBGG § 9b): state, parts that fall short and why, feedback, arbitration."""

from __future__ import annotations

import streamlit as st

from views import data, ui
from views.state import Selection

ASSESSED = "2026-11-23"
"""Date of the self-assessment."""

_PARTS = ("map", "table", "languages", "sign", "data")


def page() -> None:
    """Show the statement, filled from the operator's settings."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("statement.title"), lead=t("statement.lead"))
    settings = data.current_settings()
    who = t("statement.who", operator=ui.literal(settings.operator))
    st.markdown(who if settings.operator else t("statement.who.unknown"))
    st.header(t("statement.state"), anchor=False)
    st.markdown(t("statement.state.text", date=t.day(ASSESSED)))
    st.header(t("statement.parts"), anchor=False)
    st.markdown("\n".join(f"- {t(f'statement.part.{part}')}" for part in _PARTS))
    st.header(t("statement.feedback"), anchor=False)
    contact = t("statement.feedback.text", contact=ui.literal(settings.contact))
    st.markdown(contact if settings.contact else t("statement.feedback.unknown"))
    st.header(t("statement.body"), anchor=False)
    st.markdown(t("statement.body.text"))
    selection.publish()
