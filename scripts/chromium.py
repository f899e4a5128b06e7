"""The one Chromium that tests, measurements and screenshots drive."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HOW_TO_GET_IT = (
    "no Chromium found: install it (Debian/Ubuntu: apt-get install chromium; others: your package manager) "
    "or set QK_CHROMIUM to the path of a Chromium or Chrome program"
)

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# No sandbox: the tests also run as root in a container, and open pages of our own server only.
# The rest keeps the browser from talking to its maker, so that every foreign request seen is ours.
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> Path | None:
    """Return the browser's program: QK_CHROMIUM, else the first known name on the PATH, else None."""
    named = os.environ.get("QK_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = (shutil.which(name) for name in _NAMES)
    return next((Path(path) for path in found if path), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium. Raises FileNotFoundError, saying how to get one, where there is none."""
    program = find_chromium()
    if program is None:
        raise FileNotFoundError(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def wait_until(page: Page, expression: str, *, seconds: float = 30) -> None:
    """Wait until a JavaScript expression is true in the page; TimeoutError when it stays false.

    Playwright's own wait_for_function evaluates texts inside the page, which the policy of our pages forbids.
    """
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not true within {seconds} seconds: {expression!r}")
        page.wait_for_timeout(20)
