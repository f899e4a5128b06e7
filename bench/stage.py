"""The stage: 1,000 notes on the projector's map, and the kit's one file: its size, opened without a network."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from bench.compare import Comparison, compare_measured
from exchange.dossier.words import Words
from exchange.wording import Texts
from exchange.workshop.material import Material, Occasion
from geo.area import named_area
from geo.catalogue import catalogue, loader
from geo.sources import open_package
from scripts.chromium import chromium, wait_until
from scripts.serve import ROOT
from workshop.kit_page import kit_page
from workshop.stage.material import material_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOTES, ROUNDS, DISTRICT = 1000, 5, 21
UPDATE_S, READY_S, MOST_BYTES = 0.5, 2.0, 3_000_000
_CATEGORIES = ("need", "idea", "strength", "contact")
# From the change to the second picture after it: then the browser has drawn it.
_CHANGE = """rows => new Promise(done => {
    const start = performance.now();
    Stage.changeNotes(rows.map(Stage.readNote));
    requestAnimationFrame(() => requestAnimationFrame(() => done([(performance.now() - start) / 1000,
        Number(document.getElementById("map_a").dataset.notes)])));
})"""


def run() -> list[Comparison]:
    """Measure the page of the offline kit of one district at 1280 × 720 pixels, in a browser without a network."""
    with TemporaryDirectory() as folder, chromium() as browser:
        path = Path(folder) / "stage.html"
        path.write_bytes(page_of_district(DISTRICT))
        size = path.stat().st_size
        return [
            _budget(f"{NOTES:,} notes at once", lambda: all_at_once(browser, path), UPDATE_S, NOTES),
            _budget(f"one more note beside {NOTES:,}", lambda: one_more(browser, path), UPDATE_S, NOTES + 1),
            compare_measured(
                f"kit's page from the file system, network off: a key answered; {size / 1e6:.2f} MB",
                lambda: (opened(browser, path), size),
                lambda: (READY_S, MOST_BYTES),
                against="budget; at most 3 MB",
                limit=1.0,
                same=lambda ours, theirs: 0 < ours <= theirs,
                rounds=ROUNDS,
            ),
        ]


def _budget(task: str, work: object, budget_s: float, answer: int) -> Comparison:
    return compare_measured(
        task,
        work,
        lambda: (budget_s, answer),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: ours == theirs,
        rounds=ROUNDS,
    )


def page_of_district(district: int) -> bytes:
    """Return the page of the offline kit of a district."""
    package = open_package(ROOT / "data")
    load = loader(package)
    words = Words(Texts("de"), catalogue(package, load=load))
    area = named_area(load, "district", district)
    paper = Material(area, load, words, package.descriptor, "2026-11-29", Occasion(question="Was fehlt hier?"))
    return kit_page(paper, material_of(package, "de"))


def notes(count: int, *, seed: int = 7) -> list[dict[str, object]]:
    """Return notes spread over the city, as they come from a session."""
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(9.65, 9.85, count), rng.uniform(52.33, 52.43, count)
    return [
        {
            "id": f"{seed}-{at}",
            "category": _CATEGORIES[at % len(_CATEGORIES)],
            "text": f"Beitrag {at}: eine Bank an der Haltestelle, Schatten auf dem Platz und ein Treff für alle.",
            "lon": float(lon[at]),
            "lat": float(lat[at]),
            "created_at": f"2026-11-29T18:{at % 60:02d}:00Z",
        }
        for at in range(count)
    ]


def _page(browser: Browser, path: Path) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_offline(True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]")
    return page


def all_at_once(browser: Browser, path: Path) -> tuple[float, int]:
    """Return the seconds until a thousand new notes are drawn, and how many are."""
    page = _page(browser, path)
    try:
        taken_s, count = page.evaluate(_CHANGE, notes(NOTES))
        return taken_s, count
    finally:
        page.context.close()


def one_more(browser: Browser, path: Path) -> tuple[float, int]:
    """Return the seconds until one more note beside a thousand is drawn, and how many there are."""
    page = _page(browser, path)
    try:
        page.evaluate(_CHANGE, notes(NOTES))
        taken_s, count = page.evaluate(_CHANGE, notes(1, seed=8))
        return taken_s, count
    finally:
        page.context.close()


def opened(browser: Browser, path: Path) -> float:
    """Return the seconds from asking for the file until a key has shown the next step."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_offline(True)
    try:
        page = context.new_page()
        before = time.perf_counter()
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector("body[data-ready]")
        page.keyboard.press("ArrowRight")
        wait_until(
            page, "document.body.dataset.step === '2' && document.querySelectorAll('#map_a .qk-label').length > 0"
        )
        return time.perf_counter() - before
    finally:
        context.close()
