"""A phone in the middle of writing loses the Wi-Fi: is the text kept, is it sent once, how soon afterwards.

Five seconds; `python -m bench.wifi --seconds 5 60 130` takes the times of the real thing.
"""

import argparse
import sys
import time

from playwright.sync_api import Browser, Page

from bench.compare import Comparison
from bench.workshop import served
from scripts.chromium import chromium
from store import LOCAL, workshop
from store.database import Store

BUDGET_S = 20.0
"""A phone tries again every 15 seconds at the latest, give or take, and at once when its browser notices the Wi-Fi."""
_PATIENCE_MS = 60_000


def run(seconds: tuple[float, ...] = (5.0,)) -> list[Comparison]:
    """Cut each phone off for its time, all at once, and return how long the slowest took to send what was written."""
    with served() as (url, store, session), chromium() as browser:
        phones = [_joined(browser, f"{url}/w/{session.code}") for _ in seconds]
        cut = time.monotonic()
        for number, page in enumerate(phones):
            page.fill("#text", f"Mitten im Satz {number}")
            page.context.set_offline(True)
            page.fill("#text", f"Mitten im Satz {number} und zu Ende")
            page.click("#note button.main")
            page.fill("#text", f"Schon der nächste {number}")
        outcome = [
            _back(page, store, session, number, cut + length)
            for number, (page, length) in enumerate(zip(phones, seconds, strict=True))
        ]
        texts = sorted(note.text for note in workshop.notes(store, LOCAL, session.id))
    for length, (took, kept) in zip(seconds, outcome, strict=True):
        print(
            f"  away for {length:g} s: sent {took:.1f} s after the Wi-Fi was back, next text kept: {kept}",
            file=sys.stderr,
        )
    once = texts == sorted(f"Mitten im Satz {number} und zu Ende" for number in range(len(seconds)))
    slowest = max(took for took, _ in outcome)
    same = once and all(kept for _, kept in outcome)
    against = "budget; each note once, text being written kept"
    return [Comparison("workshop: a phone without Wi-Fi", against, slowest, BUDGET_S, slowest / BUDGET_S, 1.0, same)]


def _joined(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE").new_page()
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(address)
    page.click("#agree")
    page.check("input[value=need]")
    return page


def _back(page: Page, store: Store, session: workshop.Session, number: int, moment: float) -> tuple[float, bool]:
    """Give the Wi-Fi back at `moment` and wait until the note is stored: (seconds, whether the next text is still there)."""
    wanted = f"Mitten im Satz {number} und zu Ende"
    while time.monotonic() < moment:
        page.wait_for_timeout(100)
    before = {note.text for note in workshop.notes(store, LOCAL, session.id)}
    page.context.set_offline(False)
    start = time.monotonic()
    while wanted not in {note.text for note in workshop.notes(store, LOCAL, session.id)}:
        page.wait_for_timeout(50)
    kept = page.input_value("#text") == f"Schon der nächste {number}"
    return time.monotonic() - start, kept and wanted not in before


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.wifi", description=__doc__)
    parser.add_argument("--seconds", type=float, nargs="+", default=[5.0])
    found = run(tuple(sorted(parser.parse_args().seconds)))
    sys.exit(0 if all(each.same and each.ratio <= each.limit for each in found) else 1)
