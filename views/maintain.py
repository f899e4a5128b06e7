"""The door to everything that people add and correct: one sentence and one button for each page."""

from __future__ import annotations

import streamlit as st

from views import navigation, storage, ui
from views.state import Selection


def page() -> None:
    """Show what can be maintained."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t("maintain.title"), lead=t("maintain.lead"))
    storage.banner(t)
    for module, _ in navigation.MAINTAIN:
        with st.container(border=True, key=f"maintain_{module}"):
            st.header(t(f"{module}.nav"), anchor=False)
            st.markdown(t(f"maintain.{module}"))
            if st.button(t("maintain.open", name=t(f"{module}.nav")), key=f"maintain_open_{module}"):
                st.switch_page(navigation.pages()[module])
    selection.publish()
