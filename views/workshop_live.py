"""The workshop's routes for phones get the store and the data of this process; and sessions are deleted on time.

Nothing heavy is imported before the first phone comes, or the first deletion is due.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from store import Store

_LOG = logging.getLogger(__name__)
_HOUR_S = 3600


class Live:
    """The application of `workshop.live`, made for the first visitor: the same store and frames as the other pages."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self._app is None:
            async with self._making:
                self._app = self._app or await asyncio.to_thread(_made)
        await self._app(scope, receive, send)


def _made() -> ASGIApp:
    from views import data
    from workshop.live import Source, live_app

    return live_app(Source(store=_store, load=data.frame, area=_quarter))


def _quarter(identifier: str) -> Any:
    """Return the polygon of an own Quartier; None if there is none, or it does not fit the city any more."""
    from geo.errors import QuartierError
    from geo.quarter import quarter_of
    from store import StoreError, get
    from views import data

    store = _store()
    if store is None:
        return None
    try:
        found = get(store, "quarters", identifier)
        return quarter_of(data.frame, data.frame("population_cells"), {"id": identifier, **found.values}).geometry
    except (StoreError, QuartierError):
        return None


def _store() -> Store | None:
    from views import storage

    return storage.writing() if storage.exists() else None


def purge() -> int:
    """Delete the sessions whose day of deletion has come, and return how many; none where there is no store."""
    store = _store()
    if store is None:
        return 0
    from store.workshop import purge_due

    return purge_due(store)


async def purge_for_ever() -> None:
    """Delete what is due now and every hour; nobody sees what is due anyway."""
    while True:
        try:
            await asyncio.to_thread(purge)
        except Exception:  # noqa: BLE001 -- whatever it is, the next hour tries again
            _LOG.warning("workshop sessions could not be deleted now", exc_info=True)
        await asyncio.sleep(_HOUR_S)
