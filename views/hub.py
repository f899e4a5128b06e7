"""A door of the bar: one sentence and one button for each page behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from views import navigation, storage, ui
from views.state import Selection

if TYPE_CHECKING:
    from views.texts import Texts


def page(name: str, modules: Sequence[str]) -> None:
    """Show the pages behind the door ``name``; its words are ``<name>.title``, ``<name>.lead`` and ``<name>.<module>``."""
    t = ui.texts()
    selection = Selection([ui.LANGUAGE_CHOICE])
    ui.header(t, selection, title=t(f"{name}.title"), lead=t(f"{name}.lead"))
    storage.banner(t)
    for at in range(0, len(modules), 2):
        for column, module in zip(st.columns(2, gap="medium"), modules[at : at + 2], strict=False):
            with column:
                _door(t, name, module)
    selection.publish()


def _door(t: Texts, name: str, module: str) -> None:
    with st.container(border=True, height="stretch", key=f"{name}_{module}"):
        st.header(t(f"{module}.nav"), anchor=False)
        st.markdown(t(f"{name}.{module}"))
        if st.button(t("hub.open", name=t(f"{module}.nav")), key=f"{name}_open_{module}"):
            st.switch_page(navigation.pages()[module])
