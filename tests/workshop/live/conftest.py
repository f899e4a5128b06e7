"""The workshop's routes without a server: an application on a new SQLite store, and phones that call it."""

from __future__ import annotations

from functools import lru_cache
from uuid import uuid4

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.routing import Mount

from geo.sources import open_package, read
from store import LOCAL, Ground, open_store, workshop
from tests.factories import write_package
from tests.store.workshop.sessions import opened_session
from workshop.live import Source, live_app

BASE = "/city/w"
"""As below an address that an operator chose."""


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """Return the tiny data package."""
    return open_package(write_package(tmp_path_factory.mktemp("package")))


@pytest.fixture(scope="session")
def portal():
    """An event loop in a thread of its own: the browser tests' loop may be running in this one."""
    with start_blocking_portal() as running:
        yield running


@pytest.fixture(scope="session")
def store(package, tmp_path_factory):
    """Return a SQLite store on the tiny package, shared: every test has sessions and addresses of its own."""
    file = tmp_path_factory.mktemp("live") / "live.sqlite"
    opened = open_store(f"sqlite:///{file}", ground=Ground.of_package(package))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(store, package):
    """Return the application, mounted as the server does."""
    source = Source(store=lambda: store, load=lru_cache(None)(lambda name: read(package, name)))
    return Starlette(routes=[Mount(BASE, live_app(source))])


class Phone:
    """A browser without a screen: keeps cookies, comes from an address."""

    def __init__(self, app, portal, address):
        self._portal = portal
        transport = httpx.ASGITransport(app, raise_app_exceptions=True, client=(address, 40_000))
        self.http = httpx.AsyncClient(transport=transport, base_url="http://testserver")

    def call(self, method, path, **given):
        """Return the answer to a request below the routes' path."""
        return self._portal.call(lambda: self.http.request(method, f"{BASE}/{path}", **given))

    def get(self, path, **given):
        return self.call("GET", path, **given)

    def post(self, path, body=None, **given):
        return self.call("POST", path, json={} if body is None else body, **given)

    def join(self, session):
        """Join and return this phone."""
        answer = self.post(f"{session.code}/api/join", {"consent": True})
        assert answer.status_code == 200, answer.text
        return self

    def write(self, session, text="Eine Bank", **values):
        """Return the answer to a note."""
        return self.post(f"{session.code}/api/notes", {"id": str(uuid4()), "category": "need", "text": text} | values)

    def feed(self, session, since=0):
        """Return a participant's feed."""
        return self.get(f"{session.code}/api/feed?since={since}").json()


@pytest.fixture
def phone(app, portal):
    """Return a function that makes phones, each with its own cookies; all of a test from one address unless told."""
    made = []
    wifi = ".".join(map(str, (10, *uuid4().bytes[:3])))

    def new(address=wifi):
        made.append(Phone(app, portal, address))
        return made[-1]

    yield new
    for one in made:
        portal.call(one.http.aclose)


@pytest.fixture
def session(store):
    """Return a session that collects; notes are shown at once."""
    return opened_session(store)


@pytest.fixture
def host_token(store, session):
    """Return the token of a host link."""
    return workshop.issue_host_link(store, LOCAL, session.id)
