"""The map first: the rest of its page is sent when the visitor's browser says that the map can be seen.

Everything of a page shares one thread in the browser. Sent together, side column and list are drawn before the map, which
then comes a third later.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH: Final = "/map-seen"
"""Where the map's frame reports that the map has been painted."""
PATIENCE_S: Final = 1.0
"""After this time the rest is sent anyway: a slow browser, a hidden tab, a report that got lost."""

_report = threading.Condition()


_listeners = 0


@contextmanager
def listening() -> Iterator[None]:
    """Wait for reports while the block runs: whoever opens it passes them on. A script on its own waits for nobody."""
    global _listeners  # noqa: PLW0603 -- of the process, like the lock
    _listeners += 1
    try:
        yield
    finally:
        _listeners -= 1


def address() -> str | None:
    """Return `PATH` as the frame writes it, under any base path; None where nobody listens."""
    return f"../..{PATH}" if _listeners else None


def report() -> None:
    """Tell everyone who waits that a map has been painted; whose it was does not matter."""
    with _report:
        _report.notify_all()


def wait(key: str) -> None:
    """Wait until the map has been seen, on the first run of the map called `key` in this visit."""
    if _listeners and not st.session_state.get(f"{key}_seen"):
        st.session_state[f"{key}_seen"] = True
        with _report:
            _report.wait(PATIENCE_S)
