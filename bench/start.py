"""Process start to the first painted map: the whole app against a minimal streamlit-folium page."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.compare import Comparison, compare_measured
from scripts.chromium import chromium, wait_until
from scripts.serve import ROOT, free_port, lay_out, start, stop, wait_for

DISTRICTS = 51
# Painted: the frame has every district as a path, and the browser has drawn a picture after that.
_PATHS = """
Math.max(0, ...[...document.querySelectorAll("iframe")].map(frame =>
    frame.contentDocument ? frame.contentDocument.querySelectorAll("path.leaflet-interactive").length : 0))
"""
_NEXT_PICTURE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def run() -> list[Comparison]:
    """Start both in turn, each in a new process and a new browser window."""
    with chromium() as browser, TemporaryDirectory() as folder:
        minimal = lay_out((Path(__file__).parent / "pages" / "minimal.py").read_text(encoding="utf-8"), Path(folder))
        outcome = compare_measured(
            "start to first painted map",
            lambda: first_map(browser, ROOT / "server.py", "/karte"),
            lambda: first_map(browser, minimal, "/"),
            against="minimal streamlit-folium page",
            limit=1.25,
            same=lambda ours, theirs: min(ours, theirs) >= DISTRICTS,
            warm_up=True,
        )
    return [outcome]


def first_map(browser: Browser, script: Path, page: str) -> tuple[float, int]:
    """Return the seconds from process start to the painted map, and how many areas it shows."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    before = time.perf_counter()
    process = start(script, port, env={"QK_BENCH_DATA": str(ROOT / "data")})
    try:
        wait_for(url, process)
        window = context.new_page()
        window.goto(url + page)
        wait_until(window, f"{_PATHS} >= {DISTRICTS}", seconds=90)
        window.evaluate(_NEXT_PICTURE)
        return time.perf_counter() - before, window.evaluate(_PATHS)
    finally:
        context.close()
        stop(process)
