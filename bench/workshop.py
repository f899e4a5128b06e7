"""An evening: 30 phones, 10 notes and 5 votes each, against one server; how soon a note is on the projector.

Squeezed into a minute and a half; `python -m bench.workshop --minutes 10` takes the time of the real thing.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from uuid import uuid4

import httpx

from bench.compare import Comparison
from geo.sources import open_package
from scripts.serve import ROOT, serve
from store import LOCAL, Ground, open_store, workshop
from store.database import Store

PHONES, NOTES, VOTES = 30, 10, 5
BUDGET_S = 2.0
PROJECTOR_S, PHONE_S = 1.0, 1.9
"""How long the projector and a phone wait between two questions."""
SQUEEZED_MINUTES = 1.5
_WRITING = 0.7
"""Part of the time in which notes are written; then dots are given."""


@dataclass
class Evening:
    """What the phones sent and the projector saw; times are seconds of one clock."""

    sent: dict[str, float] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    answered: list[float] = field(default_factory=list)
    seen: dict[str, float] = field(default_factory=dict)
    polls: list[float] = field(default_factory=list)
    dots: int = 0
    repeats: int = 0
    done: bool = False


def run(minutes: float = SQUEEZED_MINUTES) -> list[Comparison]:
    """Play the evening and return whether p95 keeps to the budget and nothing is lost or double."""
    with served() as (url, store, session):
        evening = asyncio.run(_play(url, store, session, minutes * 60))
        stored = workshop.notes(store, LOCAL, session.id)
        given = sum(workshop.vote_totals(store, LOCAL, session.id).values())
    lost = [key for key, text in evening.texts.items() if {note.id: note.text for note in stored}.get(key) != text]
    double = len(stored) - len({note.text for note in stored})
    unseen = len(evening.sent.keys() - evening.seen.keys())
    times = [evening.seen[key] - at for key, at in evening.sent.items() if key in evening.seen]
    p50, p95 = _parts(times)
    print(
        f"  {len(stored)} notes of {PHONES} phones in {minutes:g} min: on the projector after p50 {p50:.2f} s, p95 {p95:.2f} s, "
        f"at most {max(times):.2f} s; a note is acknowledged after p50 {1000 * _parts(evening.answered)[0]:.0f} ms, "
        f"p95 {1000 * _parts(evening.answered)[1]:.0f} ms; phones' questions p95 {1000 * _parts(evening.polls)[1]:.0f} ms; "
        f"lost {len(lost)}, double {double}, unseen {unseen}, sent again {evening.repeats}; {given} of {evening.dots} dots",
        file=sys.stderr,
    )
    same = not lost and not double and not unseen and len(stored) == PHONES * NOTES and given == evening.dots
    task = f"workshop: p95 until {PHONES} phones' notes are on the projector"
    return [Comparison(task, "budget; nothing lost or double", p95, BUDGET_S, p95 / BUDGET_S, 1.0, same)]


@contextmanager
def served() -> Iterator[tuple[str, Store, workshop.Session]]:
    """Serve the real app on a new store with one session that collects."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "quartierskarte.sqlite"
        store = open_store(f"sqlite:///{file}", ground=Ground.of_package(open_package(ROOT / "data")))
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 30 * 86_400))
        made = workshop.open_session(
            store,
            LOCAL,
            {
                "title": "Abend", "question": "Was fehlt?", "area_level": "district", "area_id": "32", "consent_text": "…",
                "deletion_date": day, "moderation": "show", "dots": VOTES,
            },
        )  # fmt: skip
        made = workshop.set_phase(store, LOCAL, made.id, "collect", version=made.version)
        with serve(ROOT / "server.py", env={"QK_STORE": folder}) as url:
            yield url, store, made
        store.close()


async def _play(url: str, store: Store, session: workshop.Session, seconds: float) -> Evening:
    evening = Evening()
    seeds = [random.Random(7 + number) for number in range(PHONES)]  # noqa: S311 -- times of an evening
    base = f"{url}/w/{session.code}"
    token = workshop.issue_host_link(store, LOCAL, session.id)
    start = time.monotonic()
    vote_at = start + seconds * _WRITING
    wall = asyncio.create_task(_project(base, token, evening))
    times = (start, vote_at, start + seconds)
    phones = [asyncio.create_task(_phone(base, number, dice, evening, times)) for number, dice in enumerate(seeds)]
    await asyncio.sleep(vote_at - time.monotonic())
    now = workshop.session(store, LOCAL, session.id)
    await asyncio.to_thread(lambda: workshop.set_phase(store, LOCAL, session.id, "vote", version=now.version))
    await asyncio.gather(*phones)
    await asyncio.sleep(2 * PROJECTOR_S)
    evening.done = True
    await wall
    return evening


async def _project(base: str, token: str, evening: Evening) -> None:
    """Ask the projector's feed again and again, as a page on the wall does."""
    number = 0
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=30) as client:
        while not evening.done:
            body = (await client.get(f"{base}/feed", params={"since": number})).json()
            now = time.monotonic()
            number = body["number"]
            for note in body.get("notes", ()):
                evening.seen.setdefault(note["id"], now)
            await asyncio.sleep(PROJECTOR_S)


async def _phone(
    base: str, number: int, dice: random.Random, evening: Evening, times: tuple[float, float, float]
) -> None:
    """Join, write notes, ask for what is new in between, then give dots one by one."""
    start, vote_at, end = times
    write_until = vote_at - 3.0
    async with httpx.AsyncClient(timeout=30) as client:
        await asyncio.sleep(dice.uniform(0, 2))
        (await client.post(f"{base}/api/join", json={"consent": True})).raise_for_status()
        polling = asyncio.create_task(_poll(client, base, evening, dice))
        for at, moment in enumerate(sorted(dice.uniform(start + 2, write_until) for _ in range(NOTES))):
            await asyncio.sleep(max(moment - time.monotonic(), 0))
            body = {"id": str(uuid4()), "category": "need", "text": f"Zettel {number}.{at}", "lon": 9.8, "lat": 52.35}
            evening.sent[body["id"]] = time.monotonic()
            evening.texts[body["id"]] = str(body["text"])
            await _send(client, f"{base}/api/notes", body, evening)
            evening.answered.append(time.monotonic() - evening.sent[body["id"]])
        await asyncio.sleep(max(vote_at + 2 - time.monotonic(), 0))
        notes = list(evening.sent)
        targets = dice.sample(notes, VOTES)
        for target, moment in zip(targets, sorted(dice.uniform(vote_at + 2, end) for _ in targets), strict=True):
            await asyncio.sleep(max(moment - time.monotonic(), 0))
            await _send(client, f"{base}/api/votes", {"target": target, "dots": 1}, evening)
            evening.dots += 1
        polling.cancel()


async def _poll(client: httpx.AsyncClient, base: str, evening: Evening, dice: random.Random) -> None:
    number = 0
    while True:
        await asyncio.sleep(PHONE_S * dice.uniform(0.9, 1.1))
        asked = time.monotonic()
        body = (await client.get(f"{base}/api/feed", params={"since": number})).json()
        evening.polls.append(time.monotonic() - asked)
        number = body["number"]


async def _send(client: httpx.AsyncClient, address: str, body: dict[str, object], evening: Evening) -> None:
    """Send until the server says yes, as the page does."""
    while True:
        try:
            answer = await client.post(address, json=body)
        except httpx.HTTPError:
            answer = None
        if answer is not None and answer.is_success:
            return
        if answer is not None and answer.status_code not in (429, 503):
            answer.raise_for_status()
        evening.repeats += 1
        await asyncio.sleep(1)


def _parts(values: list[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=20)
    return cuts[9], cuts[18]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.workshop", description=__doc__)
    parser.add_argument("--minutes", type=float, default=SQUEEZED_MINUTES)
    found = run(parser.parse_args().minutes)
    sys.exit(0 if all(each.same and each.ratio <= each.limit for each in found) else 1)
