"""Toggling a filter on the map: our layers against a minimal streamlit-folium page with the same points."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Frame, Page

import layers.assets  # noqa: F401  # writes the map's script, which the pages get a copy of
from bench.compare import Comparison, compare_measured
from scripts.chromium import chromium
from scripts.serve import lay_out, serve

_PAGES = Path(__file__).parent / "pages"
_FRAME = "iframe[title='streamlit_folium.st_folium']"

# How many points the map has now, by page.
_COUNT = {
    "ours": "JSON.parse(document.getElementById('map_div').dataset.layers || '{}').places || 0",
    "minimal": "(window.feature_group || []).filter(group => map.hasLayer(group))"
    ".flatMap(group => group.getLayers()).reduce((sum, layer) => sum + layer.getLayers().length, 0)",
}

# From the click to the picture after the one in which the new points stand; counts pictures without any point.
_WATCH = """want => new Promise(done => {
    let blank = 0;
    const look = () => {
        const count = %s;
        if (!count) blank += 1;
        if (count !== want) return requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(() =>
            done([performance.timeOrigin + performance.now(), count, blank])));
    };
    look();
})"""
_CLICK = """() => {
    const box = document.querySelector("input[type=checkbox]");
    const now = performance.timeOrigin + performance.now();
    box.click();
    return now;
}"""


def run() -> list[Comparison]:
    """Toggle between all points and half of them; both pages stay open side by side and take turns."""
    with chromium() as browser:
        return [_compare(browser, count) for count in (500, 5_000, 50_000)]


def _compare(browser: Browser, count: int) -> Comparison:
    with _page(browser, "ours", count) as ours, _page(browser, "minimal", count) as minimal:
        return compare_measured(
            f"toggle {count} points",
            ours,
            minimal,
            against="minimal streamlit-folium page, dots on a canvas",
            limit=1.25,
            # The same number of points, and no picture without any.
            same=lambda our, their: our == their and our[1] == 0,
            rounds=8,
            warm_up=True,
        )


@contextmanager
def _page(browser: Browser, name: str, count: int) -> Iterator[Callable[[], tuple[float, tuple[int, int]]]]:
    source = (_PAGES / f"toggle_{name}.py").read_text(encoding="utf-8")
    with (
        TemporaryDirectory() as folder,
        serve(lay_out(source, Path(folder)), env={"QK_BENCH_POINTS": str(count)}) as url,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(120_000)
        page.goto(url)
        page.wait_for_selector(_FRAME)
        frame = page.query_selector(_FRAME).content_frame()
        frame.wait_for_function(f"() => window.map && ({_COUNT[name]}) === {count}")
        state = {"shown": count}

        def toggle() -> tuple[float, tuple[int, int]]:
            state["shown"] = count // 2 if state["shown"] == count else count
            return _toggle(page, frame, _COUNT[name], state["shown"])

        yield toggle
        page.close()


def _toggle(page: Page, frame: Frame, counting: str, want: int) -> tuple[float, tuple[int, int]]:
    """Return the seconds from the click to the picture, and (points, blank pictures)."""
    frame.evaluate(f"want => {{ window.outcome = ({_WATCH % counting})(want); }}", want)
    clicked = page.evaluate(_CLICK)
    drawn, count, blank = frame.evaluate("() => window.outcome")
    page.wait_for_timeout(300)
    return (drawn - clicked) / 1000, (count, blank)
