"""From moving a slider to the map with other colours: the need page, within one second."""

from playwright.sync_api import Browser, Frame, Page

from bench.compare import Comparison, compare_measured
from scripts.chromium import chromium, wait_until
from scripts.serve import ROOT, serve

BUDGET_S = 1.0
_FRAME = "iframe[title='streamlit_folium.st_folium']"
_COLOURS = """() => [...document.querySelectorAll(".leaflet-qk-fill-pane path")]
    .map(path => getComputedStyle(path).fill).join()"""
# From the key to the picture after the one in which the colours are others.
_WATCH = """before => new Promise(done => {
    const look = () => {
        const now = (%s)();
        if (!now || now === before) return requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.timeOrigin + performance.now())));
    };
    look();
})"""
_CLOCK = "() => performance.timeOrigin + performance.now()"
_IDLE = "document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'"


def run() -> list[Comparison]:
    """Move one slider to and fro; each move changes the index and the colours of the map."""
    with serve(ROOT / "server.py") as url, chromium() as browser:
        page, frame = _opened(browser, url)
        state = {"up": False}

        def move() -> tuple[float, int]:
            state["up"] = not state["up"]
            return _moved(page, frame, "ArrowRight" if state["up"] else "ArrowLeft")

        return [
            compare_measured(
                "slider to map, need page",
                move,
                lambda: (BUDGET_S, 51),
                against="budget",
                limit=1.0,
                same=lambda ours, theirs: ours == theirs,
                rounds=8,
                warm_up=True,
            )
        ]


def _opened(browser: Browser, url: str) -> tuple[Page, Frame]:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="de-DE")
    page.set_default_timeout(60_000)
    page.goto(f"{url}/bedarf")
    frame = page.wait_for_selector(_FRAME).content_frame()
    frame.wait_for_function(f"() => ({_COLOURS})().split('rgb').length > 51")
    wait_until(page, _IDLE, seconds=60)
    page.get_by_role("slider").first.focus()
    return page, frame


def _moved(page: Page, frame: Frame, key: str) -> tuple[float, int]:
    """Return the seconds from the key to the picture, and how many districts have a colour."""
    before = frame.evaluate(_COLOURS)
    frame.evaluate(f"before => {{ window.outcome = ({_WATCH % _COLOURS})(before); }}", before)
    pressed = page.evaluate(_CLOCK)
    page.keyboard.press(key)
    drawn = frame.evaluate("() => window.outcome")
    wait_until(page, _IDLE, seconds=60)
    page.wait_for_timeout(300)
    return (drawn - pressed) / 1000, len(frame.evaluate(_COLOURS).split("rgb")) - 1
