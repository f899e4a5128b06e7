"""A real browser on a real server.

Fixtures: `run_app` serves a script of the test's own, `app_url` the real app; `page` and `page_factory`
open pages that fail the test on console errors and on requests to other hosts; `check_axe` looks for
barriers.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from scripts.chromium import HOW_TO_GET_IT, chromium, find_chromium
from scripts.serve import ROOT, lay_out, serve
from tests.e2e.waiting import LISTEN

_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OWN_HOSTS = {"127.0.0.1", "localhost"}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run Chromium once for all tests; skip, or fail under QK_REQUIRE_BROWSER=1, where there is none."""
    if find_chromium() is None:
        if os.environ.get("QK_REQUIRE_BROWSER") == "1":
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def app_url(browser: Browser) -> Iterator[str]:
    """Serve the real app as users get it."""
    with serve(ROOT / "server.py") as url:
        yield url


@pytest.fixture
def run_app(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Hand over `run_app(script, env=None) -> address`; a script is a path or a Streamlit script's source.

    The project's rooms can be imported and its static files lie at app/static/ as in the real app.
    """
    with ExitStack() as servers:

        def run(script: Path | str, env: Mapping[str, str] | None = None) -> str:
            path = lay_out(script, tmp_path) if isinstance(script, str) else script
            return servers.enter_context(serve(path, env=env))

        yield run


@dataclass
class Visit:
    """One browser window and what it complained about."""

    page: Page
    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def record(self) -> None:
        """Start to listen."""
        self.page.on("console", lambda line: line.type == "error" and self.console_errors.append(line.text))
        self.page.on("pageerror", lambda error: self.console_errors.append(str(error)))
        self.page.on("request", lambda request: self._note_host(request.url))
        self.page.on("websocket", lambda socket: self._note_host(socket.url))

    def _note_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about", "file"} and parts.hostname not in _OWN_HOSTS:
            self.foreign_requests.append(url)


@pytest.fixture
def page_factory(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Hand over `page_factory(width=1280, height=900, locale="de-DE", strict=True, **context) -> Visit`.

    A strict visit fails its test at the end when there was a console error or a foreign request.
    """
    visits: list[tuple[Visit, bool]] = []

    def open_page(
        width: int = 1280, height: int = 900, locale: str = "de-DE", *, strict: bool = True, **context: Any
    ) -> Visit:
        viewport = {"width": width, "height": height}
        window = browser.new_context(viewport=viewport, locale=locale, **context)
        window.add_init_script(LISTEN)
        visit = Visit(window.new_page())
        visit.page.set_default_timeout(60_000)
        visit.record()
        visits.append((visit, strict))
        return visit

    yield open_page
    for visit, _ in visits:
        visit.page.context.close()
    for visit, strict in visits:
        if strict:
            assert visit.console_errors == []
            assert visit.foreign_requests == []


@pytest.fixture
def page(page_factory: Callable[..., Visit]) -> Page:
    """Open one strict page, 1280 pixels wide, German."""
    return page_factory().page


@pytest.fixture
def check_axe() -> Callable[..., list[dict[str, Any]]]:
    """Hand over `check_axe(page, ignore=())`: fails on serious and critical findings, frames included.

    `ignore` names axe rules; give the reason beside the call. Returns all findings.
    """
    return _check_axe


def _check_axe(page: Page, ignore: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    for frame in page.frames:
        frame.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "tag", "values": _AXE_TAGS},
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in ignore},
    }
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    serious = [_finding(each) for each in found if each["impact"] in {"serious", "critical"}]
    assert not serious, "\n".join(serious)
    return found


def _finding(violation: dict[str, Any]) -> str:
    places = "; ".join(str(node["target"]) + " " + node["html"][:150] for node in violation["nodes"][:5])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {places}"
