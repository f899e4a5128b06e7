"""The finder: an answer among 50,000 places, 100 at the same time, and the static edition on a slow phone."""

import functools
import http.server
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser

from bench.compare import Comparison, compare_measured, within_budget
from bench.worlds import points_on_streets
from exchange.site.write import write_site
from geo.catalogue import loader
from geo.finder import Wishes, find
from geo.finder_card import card
from geo.finder_places import FinderPlaces, prepare_places
from geo.finder_where import at_district, at_point
from geo.network import snap
from geo.opening import ZONE
from geo.situations import Situation, situations
from geo.sources import open_package
from scripts.chromium import chromium
from scripts.serve import ROOT

PLACES, AT_ONCE = 50_000, 100
ANSWER_S, FIRST_S, FIRST_BYTES = 0.3, 1.0, 500_000
MOMENT = datetime(2026, 11, 23, 10, 30, tzinfo=ZONE)
WISHES = Wishes(step_free=True, language="tr", open="saturday", group="carers", free=True)
# Chromium's "slow 4G" (Lighthouse): 1.6 Mbit/s down, 150 ms there and back.
_NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}


def run() -> list[Comparison]:
    """Measure on the shipped data package, its places copied to 50,000 spots beside the streets."""
    package = open_package(ROOT / "data")
    known = situations(loader(package))
    places = many_places(prepare_places(package, load=loader(package)))
    with TemporaryDirectory() as folder, chromium() as browser:
        write_site(Path(folder), package, load=loader(package), first=date.today())  # noqa: DTZ011 -- of this machine
        with served(Path(folder)) as url:
            return [*_answers(places, known["lonely"]), _together(places, known["lonely"]), _slow_phone(browser, url)]


def many_places(places: FinderPlaces) -> FinderPlaces:
    """Return the places copied to `PLACES` random spots."""
    if places.network is None:
        raise RuntimeError("the data package has no streets")
    rng = np.random.default_rng(6)
    rows = rng.integers(0, len(places), PLACES)
    x, y = points_on_streets(places.network, PLACES, 7).T
    table = places.table.iloc[rows].reset_index(drop=True)
    return replace(places, table=table, x=x, y=y, snapped=snap(places.network, x, y), free=places.free[rows])


def answer(places: FinderPlaces, situation: Situation, spot: tuple[float, float], wishes: Wishes) -> list[str]:
    """Return the names of one whole answer, cards included."""
    found = find(places, situation, at_point(places, *spot, "typed"), wishes, moment=MOMENT)
    return [card(places, match, MOMENT).name for match in found.matches[:5]]


def _answers(places: FinderPlaces, situation: Situation) -> list[Comparison]:
    start = at_district(places, 12)
    spot = (start.x, start.y) if start else (0.0, 0.0)
    return [
        within_budget(
            f"answer among {PLACES:,} places{words}",
            lambda wishes=wishes: answer(places, situation, spot, wishes),
            ANSWER_S,
        )
        for words, wishes in (("", Wishes()), (", all wishes at once", WISHES))
    ]


def _together(places: FinderPlaces, situation: Situation) -> Comparison:
    spots = points_on_streets(places.network, AT_ONCE, 8).tolist() if places.network else []
    alone = [answer(places, situation, tuple(spot), WISHES) for spot in spots]

    def together() -> tuple[float, list[list[str]]]:
        before = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            found = list(pool.map(lambda spot: answer(places, situation, tuple(spot), WISHES), spots))
        return time.perf_counter() - before, found

    return compare_measured(
        f"{AT_ONCE} answers at the same time",
        together,
        lambda: (AT_ONCE * ANSWER_S, alone),
        against="budget",
        limit=1.0,
        same=lambda ours, theirs: ours == theirs,
        rounds=1,
    )


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder with Python's own web server, without compression."""
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _slow_phone(browser: Browser, url: str) -> Comparison:
    return compare_measured(
        "static edition: first answer, 4 × slower processor, slow 4G",
        lambda: first_answer(browser, f"{url}?need=caring&district=42"),
        lambda: (FIRST_S, FIRST_BYTES),
        against="budget; at most 500 kB",
        limit=1.0,
        same=lambda ours, theirs: 0 < ours <= theirs,
        rounds=5,
    )


def first_answer(browser: Browser, url: str) -> tuple[float, int]:
    """Return the seconds from the request to the answer on a throttled phone, and the bytes that came."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    try:
        page = context.new_page()
        tools = context.new_cdp_session(page)
        received: list[int] = []
        tools.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
        tools.send("Network.enable")
        tools.send("Network.emulateNetworkConditions", _NETWORK)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(url)
        page.wait_for_selector("html[data-answered]")
        taken_s = page.evaluate("performance.getEntriesByName('answered')[0].startTime") / 1000
        return taken_s, sum(received)
    finally:
        context.close()
