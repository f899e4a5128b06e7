"""Long work in steps: a bar says how far it is; every step is a moment at which the visitor can go elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

import streamlit as st

Item = TypeVar("Item")

PATIENCE_S = 0.4
"""Work that is done sooner shows no bar: it would only flicker."""


def through(items: Sequence[Item], text: str) -> Iterator[Item]:
    """Yield the items one by one; from `PATIENCE_S` on a progress bar with `text` stands there, and goes at the end.

    Streamlit ends a page's run at the next thing it writes when the visitor has clicked elsewhere: here, between two items.
    """
    place, begun = st.empty(), time.monotonic()
    try:
        for at, item in enumerate(items):
            if time.monotonic() - begun > PATIENCE_S:
                place.progress(at / len(items), text=text)
            yield item
    finally:
        place.empty()
