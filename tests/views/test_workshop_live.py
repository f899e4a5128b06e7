"""What the server gives the phones: its store, its frames, own Quartiere; and deletion on time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from anyio.from_thread import start_blocking_portal

from geo.sources import open_package
from store import LOCAL, Ground, create, open_store, workshop
from tests.store.workshop.sessions import opened_session
from views import settings, workshop_live


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Return a store on the shipped package, which the server takes for its own."""
    ground = Ground.of_package(open_package(settings.ROOT / "data"))
    opened = open_store(f"sqlite:///{tmp_path / 'x.sqlite'}", ground=ground)
    monkeypatch.setattr(workshop_live, "_store", lambda: opened)
    yield opened
    opened.close()


def _get(path):
    async def ask():
        transport = httpx.ASGITransport(workshop_live.Live())
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(path)

    with start_blocking_portal() as portal:
        return portal.call(ask)


def test_phones_get_the_servers_store_and_an_own_quartier_as_their_map(store):
    fields = {"name": "Am Kanal", "kind": "existing", "district_ids": "32"}
    quarter = create(store, LOCAL, "quarters", fields)
    own = opened_session(store, area_level="quartier", area_id=quarter.id)
    district = opened_session(store, area_id="32")
    city = opened_session(store, area_level="quartier", area_id="gone")
    drawn = {
        name: _get(f"/{made.code}/api/map").json() for name, made in (("own", own), ("32", district), ("city", city))
    }
    assert drawn["own"]["bounds"] == drawn["32"]["bounds"]
    assert drawn["own"]["streets"]
    assert len(drawn["city"]["districts"]) > len(drawn["own"]["districts"])
    assert _get(f"/{own.code}").status_code == 200


def test_what_is_due_is_deleted(store, monkeypatch):
    opened_session(store)
    assert workshop_live.purge() == 0
    later = replace(store, now=lambda: datetime.now(UTC) + timedelta(days=61))
    monkeypatch.setattr(workshop_live, "_store", lambda: later)
    assert workshop_live.purge() == 1
    assert workshop.sessions(store, LOCAL) == []


def test_where_nobody_has_written_anything_nothing_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("QK_STORE", str(tmp_path / "new"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert workshop_live.purge() == 0
    assert not (tmp_path / "new").exists()
