"""Make the pictures of the README: `python -m scripts.screenshots [folder]`.

Serves the real app, opens each page in Chromium, German, 1280 pixels wide, and writes PNG files.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser

from scripts.chromium import chromium, wait_until
from scripts.serve import ROOT, serve

WIDTH, HEIGHT = 1280, 900
# File name: address of the page, number of maps on it.
PICTURES = {
    "start": ("/", 0),
    "map": ("/karte", 1),
    "gaps": ("/luecken", 1),
}
_IDLE = "document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'"
_MAPS = """
[...document.querySelectorAll("iframe")].filter(
    frame => frame.contentDocument?.querySelectorAll(".leaflet-container path").length >= 51).length
"""


def take(browser: Browser, url: str, maps: int, target: Path, *, width: int = WIDTH, height: int = HEIGHT) -> None:
    """Write a picture of one page, once its script has ended and its maps are drawn."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="de-DE", reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    page.locator("h1").first.wait_for(timeout=60_000)
    wait_until(page, f"{_IDLE} && ({_MAPS}) >= {maps}", seconds=60)
    page.wait_for_timeout(2500)  # fonts, symbols and the map's own fading
    page.screenshot(path=target)
    context.close()


def main(arguments: list[str]) -> None:
    """Run the command line."""
    folder = Path(arguments[0]) if arguments else ROOT / "docs" / "img"
    folder.mkdir(parents=True, exist_ok=True)
    with serve(ROOT / "server.py") as url, chromium() as browser:
        for name, (address, maps) in PICTURES.items():
            take(browser, url + address, maps, folder / f"{name}.png")
            print(folder / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
