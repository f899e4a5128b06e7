"""The protocol to take home: PDF, DOCX and HTML, and the notes as data; made when somebody asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from views import data, ui

if TYPE_CHECKING:
    from exchange.workshop.evening import Evening
    from exchange.workshop.material import Material
    from views.texts import Texts

FIRST = ("pdf", "docx", "html", "csv", "geojson")


def show(t: Texts, evening: Evening, material: Material | None) -> None:
    """Write one button for each kind of file."""
    from exchange.workshop.protocol_files import FORMATS

    name = f"{t('protocol.file.name')}-{evening.session.created_at[:10]}"
    with st.container(horizontal=True, key="protocol_files"):
        for ending in FIRST:
            st.download_button(
                t(f"protocol.download.{ending}"), _maker(t, ending, evening, material), f"{name}.{ending}",
                mime=FORMATS[ending], on_click="ignore", key=f"protocol_{ending}",
                type="primary" if ending == FIRST[0] else "secondary",
            )  # fmt: skip
    st.caption(ui.literal(t("protocol.download.note")))


def _maker(t: Texts, ending: str, evening: Evening, material: Material | None):  # noqa: ANN202 - of Streamlit's own kind
    def make() -> bytes:
        from exchange.dossier.words import Words
        from exchange.workshop.protocol_files import protocol_file

        words = material.words if material is not None else Words(t, data.catalogue())
        return protocol_file(ending, evening, words, material=material).content

    return make
