"""Acknowledged means stored: the server is killed while phones write, and started again; they send until they know."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from uuid import uuid4

import httpx
import pytest

from scripts.serve import ROOT, free_port
from store import LOCAL, workshop
from store.check import faults
from tests.store.workshop.sessions import opened_session, phone

pytestmark = pytest.mark.slow

PHONES, KILLS = 6, 3
NOTES = 20


class Server:
    """A process with the routes on a port that stays the same."""

    def __init__(self, store, package):
        self.port = free_port()
        self._command = [
            sys.executable, "-m", "tests.workshop.live.serving", str(store.engine.url.database), str(package.root), str(self.port)
        ]  # fmt: skip
        self.start()

    def start(self):
        self._process = subprocess.Popen(self._command, cwd=ROOT)
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/w/", timeout=5).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError

    def kill(self):
        self._process.kill()
        self._process.wait()


class Writer(threading.Thread):
    """A phone that sends each note until it is told that it is stored; every third one twice."""

    def __init__(self, port, session, token):
        super().__init__(daemon=True)
        self.acknowledged = {}
        self._session = session
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}/w/{session.code}/api/", timeout=5)
        self._client.cookies.set("qk_device", token)

    def run(self):
        with self._client:
            for number in range(NOTES):
                body = {"id": str(uuid4()), "category": "idea", "text": f"{self.name} {number}"}
                for _ in range(1 + (number % 3 == 0)):
                    self._send(body)
                self.acknowledged[body["id"]] = body["text"]

    def _send(self, body):
        while True:
            try:
                answer = self._client.post("notes", json=body)
            except httpx.HTTPError:
                time.sleep(0.05)
                continue
            if answer.status_code == 200:
                return
            assert answer.status_code == 503, answer.text
            time.sleep(0.05)


@pytest.fixture
def server(store, package):
    """Return a server that is killed at the end at the latest."""
    made = Server(store, package)
    yield made
    made.kill()


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(store, server):
    session = opened_session(store)
    tokens = [workshop.join(store, session.code, asker="a") for _ in range(PHONES)]
    writers = [Writer(server.port, session, token) for token in tokens]
    for writer in writers:
        writer.start()
    for kill in range(1, KILLS + 1):
        while sum(len(writer.acknowledged) for writer in writers) < kill * PHONES * NOTES // (KILLS + 1):
            time.sleep(0.005)
        server.kill()
        server.start()
    for writer in writers:
        writer.join(60)
        assert len(writer.acknowledged) == NOTES
    found = workshop.notes(store, LOCAL, session.id)
    sent = {key: text for writer in writers for key, text in writer.acknowledged.items()}
    assert {note.id: note.text for note in found} == sent
    assert len(found) == PHONES * NOTES
    assert faults(store) == []


def test_a_projector_that_comes_back_misses_nothing(store, server):
    session = opened_session(store)
    device = phone(store, session)
    wall = httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}/w/{session.code}/",
        headers={"Authorization": f"Bearer {workshop.issue_host_link(store, LOCAL, session.id)}"},
    )
    number = wall.get("feed").json()["number"]
    server.kill()
    note = workshop.add_note(store, device, session.id, str(uuid4()), {"category": "need", "text": "währenddessen"})
    server.start()
    (seen,) = wall.get(f"feed?since={number}").json()["notes"]
    assert seen["id"] == note.id
    wall.close()
