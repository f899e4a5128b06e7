"""The address of a stage on the server: ``/w/stage/NAME``, with the policy that the page was made with."""

from __future__ import annotations

import gzip
import html
import re
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

    from workshop.stage.shelf import Shelf

PREFIX: Final = "/w/stage/"
_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "private, max-age=3600",
    "Vary": "Accept-Encoding",
}


def stage_app(shelf: Shelf) -> Starlette:
    """Return the application that serves the stages of a shelf."""

    async def show(request: Request) -> Response:
        packed = await run_in_threadpool(shelf.get, request.path_params["name"])
        if packed is None:
            return PlainTextResponse("Not found", status_code=404)
        data = gzip.decompress(packed)
        headers = {**_HEADERS, "Content-Security-Policy": _policy(data)}
        if "gzip" in request.headers.get("accept-encoding", ""):
            data, headers["Content-Encoding"] = packed, "gzip"
        return Response(data, headers=headers, media_type="text/html; charset=utf-8")

    return Starlette(routes=[Route(PREFIX + "{name}", show)])


def _policy(data: bytes) -> str:
    """Return the policy that a stage carries; nothing at all is allowed where it carries none."""
    found = _POLICY.search(data, 0, 10_000)
    own = html.unescape(found[1].decode("ascii")) if found else "default-src 'none'"
    return f"{own}; frame-ancestors 'self'"
