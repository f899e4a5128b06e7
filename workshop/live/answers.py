"""What the routes answer: JSON and pages with their headers, and every error as a key, never as a trace."""

from __future__ import annotations

import functools
import json
import logging
from typing import TYPE_CHECKING, Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from store.errors import (
    ConflictError,
    LinkError,
    NotFoundError,
    PermissionDeniedError,
    RequestReusedError,
    StateError,
    StoreError,
    ValidationError,
)
from workshop.live.visit import BadRequestError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

_LOG = logging.getLogger(__name__)

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""These pages run their own files only: no inline script, no inline style, no other host, no frame."""
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
_WAIT_S: Final = 5
_MINUTE_S: Final = 60
_STATUS: Final[tuple[tuple[type[StoreError], int], ...]] = (
    (ValidationError, 400),
    (LinkError, 401),
    (PermissionDeniedError, 403),
    (NotFoundError, 404),
    (RequestReusedError, 409),
    (ConflictError, 409),
    (StateError, 409),
)
_SLOW_DOWN: Final = {"workshop.guessing", "workshop.too_fast"}


def as_json(content: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer in JSON."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(
        text.encode("utf-8", "replace"), status, {**HEADERS, **(headers or {})}, media_type="application/json"
    )


def as_page(text: str, status: int = 200) -> Response:
    """Return an answer in HTML."""
    return Response(text.encode("utf-8", "replace"), status, HEADERS, media_type="text/html; charset=utf-8")


def refusal(error: StoreError | BadRequestError) -> Response:
    """Return the answer to what was refused: key, numbers that belong to it, and the fields at fault."""
    if isinstance(error, BadRequestError):
        return as_json({"key": error.key}, error.status)
    content: dict[str, Any] = {"key": error.key} | _numbers(error.params)
    if isinstance(error, ValidationError):
        content["fields"] = [{"field": one.field, "key": one.key} | _numbers(one.params) for one in error.problems]
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 503)
    wait = {}
    if error.key in _SLOW_DOWN:
        status = 429
        wait = {"Retry-After": str(error.params.get("seconds", _MINUTE_S))}
    elif status == 503:  # noqa: PLR2004 - busy, full or away: what was written is sent again
        wait = {"Retry-After": str(_WAIT_S)}
    return as_json(content, status, wait)


def _numbers(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the params that are plain numbers: no text of anybody goes back in an error."""
    return {name: value for name, value in params.items() if isinstance(value, int) and abs(value) < 2**53}


def answered(act: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Let an endpoint answer every error with a key; what nobody expected is logged without what was sent."""

    @functools.wraps(act)
    async def safe(request: Request) -> Response:
        try:
            return await act(request)
        except (StoreError, BadRequestError) as error:
            return refusal(error)
        except Exception as error:  # noqa: BLE001 - a trace could hold what somebody wrote
            _LOG.error("workshop: %s in %s", type(error).__name__, act.__name__)
            return as_json({"key": "live.failed"}, 500)

    return safe


async def beside(act: Callable[..., Any], *given: Any) -> Any:
    """Run what asks the database in a thread beside the event loop."""
    return await run_in_threadpool(act, *given)
