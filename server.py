"""The program's ASGI entry: `streamlit run server.py` serves app.py through it.

It adds what Streamlit leaves open: heavy imports done before the first visitor waits for them, headers that keep
every page to its own host, a page shell that speaks German, and no door to the server's metrics.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.folders import data_folder
from views import first_sight, settings
from views.frontend import FOR_A_YEAR, Frontend
from views.frontend import PREFIX as FRONTEND_PREFIX
from views.policies import frame_policy, page_policy, tile_host
from views.workshop_live import Live, purge_for_ever
from workshop.stage.routes import PREFIX as STAGE
from workshop.stage.routes import stage_app
from workshop.stage.shelf import Shelf

ROOT = Path(__file__).resolve().parent
_LOG = logging.getLogger(__name__)
_CLOSED = ("/_stcore/metrics", "/_stcore/agent/")
_COMPONENTS = "/component/"
_LIVE = "/w"
"""Where phones find a workshop session: pages of their own, with their own policy."""
_VERSIONED = re.compile(r"/app/static/(?:cache/[a-z]+-[0-9a-f]{20}\.js(?:on)?$|.*\?v=[0-9a-f]+$)")
"""Files whose address changes with their content."""
_FILES = (_COMPONENTS, "/app/static/", "/media/")
# A browser gives up after 15 seconds and comes back later.
_PATIENCE_S = 10
# While the libraries are imported the browser asks for a hundred files: it shall not wait long for its turns.
_SHORT_TURN_S = 0.0005
# When the first visitor has seen a map: what other pages need is read after it.
_LATER_S = 8
_warm = asyncio.Event()
_settled = asyncio.Event()


def send_at_once(receive: Receive) -> None:
    """Switch off Nagle's algorithm on the connection that a request came by.

    Streamlit binds its socket itself, without a protocol number, and asyncio then leaves the algorithm on: every answer waits
    up to 40 ms for the browser's delayed acknowledgement between head and body (Kludex/uvicorn issue 3149).
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    connection = transport.get_extra_info("socket") if transport is not None else None
    if connection is not None:
        with suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class House:
    """ASGI middleware around all of Streamlit: closed doors, our page shell, headers, no visitor before it is warm."""

    def __init__(self, app: ASGIApp, tile_host: str = "") -> None:
        self.app = app
        self.stage = stage_app(Shelf(data_folder()))
        self.frontend = Frontend()
        shell = self.frontend.shell()
        self.shell = shell.encode()
        self.headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
            "Content-Security-Policy": page_policy(shell),
        }
        # A public tile server wants to know which site asks: the origin, never the address with the selection in it.
        self.frame_headers = self.headers | {
            "Content-Security-Policy": frame_policy(tile_host),
            "Referrer-Policy": "strict-origin" if tile_host else "no-referrer",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] != "lifespan":
            send_at_once(receive)
        if scope["type"] == "websocket":
            with suppress(TimeoutError):
                await asyncio.wait_for(_warm.wait(), _PATIENCE_S)
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            path = _own_path(scope["path"])
            if path.startswith(STAGE):  # a page of its own, with its own policy
                await self.stage({**scope, "path": path, "root_path": ""}, receive, send)
                return
            app = await self._answering(scope, path)
            query = scope["query_string"].decode("latin-1")
            lasting = _VERSIONED.fullmatch(f"{path}?{query}" if query else path) is not None
            await app(scope, receive, self._dressed(path, scope["method"], send, lasting=lasting))
        else:
            await self.app(scope, receive, send)

    async def _answering(self, scope: Scope, path: str) -> ASGIApp:
        """Return what answers a request for `path`: one of ours, else Streamlit."""
        if path.startswith(_CLOSED):
            return PlainTextResponse("Not found", status_code=HTTPStatus.NOT_FOUND)
        if path == first_sight.PATH and scope["method"] == "POST":
            first_sight.report()
            return Response(status_code=HTTPStatus.NO_CONTENT)
        if path.startswith(FRONTEND_PREFIX):
            return await self.frontend.answer({**scope, "path": path}, compress=_settled.is_set()) or self.app
        return self.app

    def _dressed(self, path: str, method: str, send: Send, *, lasting: bool = False) -> Send:
        """Wrap `send`: adds the headers, and puts our shell in the place of Streamlit's index.html.

        `lasting`: the answer, if it is a file, may be kept for a year.
        """
        is_shell = False

        async def dressed(message: Message) -> None:
            nonlocal is_shell
            if message["type"] == "http.response.start" and not _is_live(path):
                headers = MutableHeaders(scope=message)
                headers.update(self.frame_headers if path.startswith(_COMPONENTS) else self.headers)
                is_page = headers.get("Content-Type", "").startswith("text/html")
                if lasting and message["status"] == HTTPStatus.OK and not is_page:
                    headers["Cache-Control"] = FOR_A_YEAR
                is_shell = message["status"] == HTTPStatus.OK and _is_index(path, headers)
                if is_shell:
                    headers["Content-Length"] = str(len(self.shell))
                    for name in ("ETag", "Last-Modified", "Content-Encoding"):
                        del headers[name]
            elif is_shell:
                if message.get("more_body"):
                    return
                message = {**message, "body": b"" if method == "HEAD" else self.shell}
            await send(message)

        return dressed


def _own_path(path: str) -> str:
    """Return the path below the address at which an operator has put the app."""
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    return path.removeprefix(f"/{base}") if base else path


def _is_live(path: str) -> bool:
    """Tell whether an answer is one of the workshop's routes, which bring their own headers."""
    return path.startswith(f"{_LIVE}/")


def _is_index(path: str, headers: MutableHeaders) -> bool:
    """Tell whether an answer is Streamlit's page shell, which it gives for any address that it does not know."""
    return headers.get("Content-Type", "").startswith("text/html") and not path.startswith(_FILES)


def import_libraries() -> None:
    """Import what the first pages need, so that no two visitors do it at the same time.

    It is heavy and happens here, so that the server listens before. Not streamlit_folium: its component is
    registered only when it is imported in a visitor's script run.
    """
    for module in ("views.home", "views.map", "geopandas", "folium.plugins"):
        importlib.import_module(module)


def read_data() -> None:
    """Read what the first map needs and publish the geometry once; whoever comes meanwhile waits for what is under way."""
    from exchange.wording import DEFAULT_LANGUAGE, catalogue
    from views import data, map_controls

    catalogue(DEFAULT_LANGUAGE)
    data.boundaries()
    if data.current_settings().basemap == "streets":
        data.streets()
    map_controls.choices()
    data.places()
    data.catalogue()
    data.gazetteer()
    importlib.import_module("streamlit.emojis")  # groups of buttons need its pattern, which takes a while to make


def read_rest() -> None:
    """Read what other pages need, once the first visitor has a map: both would take turns on one processor."""
    from views import data

    for name in data.package().names:
        data.frame(name)
    data.gap_inputs()


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up beside the event loop: the browser fetches the page's scripts in the meantime."""

    async def warm() -> None:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(_SHORT_TURN_S)
        try:
            await asyncio.to_thread(import_libraries)
            _warm.set()
            await asyncio.to_thread(read_data)
        except Exception:  # noqa: BLE001 -- whatever it is, the pages say it in the visitor's language
            _LOG.warning("not warmed up", exc_info=True)
        finally:
            sys.setswitchinterval(usual)
            _warm.set()

    async def later() -> None:
        await asyncio.sleep(_LATER_S)
        with suppress(Exception):  # the pages say what is wrong
            await asyncio.to_thread(read_rest)
        _settled.set()

    async def tidy() -> None:
        await _warm.wait()
        await purge_for_ever()

    first, *others = (asyncio.create_task(each()) for each in (warm, later, tidy))
    with first_sight.listening():
        yield
    for task in others:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await first


_house = Middleware(House, tile_host=tile_host(settings.load().basemap))
_base = str(st.get_option("server.baseUrlPath") or "").strip("/")
_phones = f"/{_base}{_LIVE}" if _base else _LIVE
_routes = [Route(_phones, RedirectResponse(f"{_phones}/")), Mount(_phones, Live())]
app = st.App(ROOT / "app.py", lifespan=lifespan, routes=_routes, middleware=[_house])
