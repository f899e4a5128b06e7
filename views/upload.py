"""The field that takes a file, in the page's language: Streamlit's own words on it are English and cannot be set."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from views.texts import Texts

_BUTTON = '[data-testid="stFileUploaderDropzone"] button'
# Not taken away: a name that only a style sheet gives is none for some assistive programs.
_UNSEEN = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);"


def field(t: Texts, label: str, endings: Sequence[str], *, megabytes: int, key: str) -> UploadedFile | None:
    """Write the field with its limits below; returns the chosen file, or None.

    Parameters
    ----------
    label
        What the file is.
    endings
        Endings of names that are taken, without the dot.
    megabytes
        Largest file; the server refuses larger ones.
    """
    word = json.dumps(t("upload.button"), ensure_ascii=False)
    st.html(
        f"<style>{_BUTTON} div {{ {_UNSEEN} }} {_BUTTON}::after {{ content: {word}; margin-left: 0.25rem; }} "
        f"{_BUTTON} {{ white-space: nowrap; }} "
        '[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }</style>'
    )
    given = st.file_uploader(label, list(endings), key=key, max_upload_size=megabytes)
    kinds = ", ".join(ending.upper() for ending in endings)
    st.caption(t("upload.limits", size=t.number(megabytes), kinds=kinds))
    return given
