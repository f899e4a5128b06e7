"""One request: which session, which device, which language, and what it sent; nothing of it is kept or logged."""

from __future__ import annotations

import json
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any, Final

from exchange.wording import DEFAULT_LANGUAGE, FINDER_LANGUAGES, Texts
from store.errors import LinkError
from store.workshop import open_host_link, open_participant

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from store import Actor, Store

DEVICE_COOKIE: Final = "qk_device"
HOST_COOKIE: Final = "qk_host"
LANGUAGE_COOKIE: Final = "qk_language"
MAX_BODY: Final = 64 * 1024
_DAY_S: Final = 24 * 60 * 60
_YEAR_S: Final = 365 * _DAY_S
_IPV6: Final = 6
_HOUSEHOLD_BITS: Final = 64
_MAX_NUMBER: Final = 2**31 - 1


class BadRequestError(Exception):
    """What was sent is no request of these routes; `key` says why, `status` how HTTP calls it."""

    def __init__(self, key: str, status: int = 400) -> None:
        self.key = key
        self.status = status
        super().__init__(key)


async def body_of(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request.

    Only ``application/json`` counts: no form of another site can send that.

    Raises
    ------
    BadRequestError
        No JSON object, or more than `MAX_BODY` bytes.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise BadRequestError("live.not_json", 415)
    received = bytearray()
    async for part in request.stream():
        received += part
        if len(received) > MAX_BODY:
            raise BadRequestError("live.too_large", 413)
    try:
        found = json.loads(received, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadRequestError("live.not_json") from None
    if not isinstance(found, dict):
        raise BadRequestError("live.not_json")
    return found


def _no_number(name: str) -> float:
    raise ValueError(name)


def since(request: Request) -> int:
    """Return the running number that the asker has seen; 0 without one."""
    given = request.query_params.get("since", "0")
    if not (given.isascii() and given.isdigit()) or len(given) > len(str(_MAX_NUMBER)) or int(given) > _MAX_NUMBER:
        raise BadRequestError("live.bad_number")
    return int(given)


def asker(request: Request) -> str:
    """Return the address that wrong codes are counted by, in memory only; of IPv6 the half that a household has."""
    given = request.client.host if request.client else ""
    try:
        found = ip_address(given)
    except ValueError:
        return given
    return str(ip_network((found.packed, _HOUSEHOLD_BITS), strict=False)) if found.version == _IPV6 else given


def device(request: Request, store: Store) -> tuple[Actor, str]:
    """Return the participant of this device and its session; LinkError if it has not joined."""
    return open_participant(store, request.cookies.get(DEVICE_COOKIE, ""))


def host(request: Request, store: Store) -> Actor:
    """Return the host of a request: from the header, else from the cookie; LinkError without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.cookies.get(HOST_COOKIE, "")
    if not token:
        raise LinkError("store.link_invalid")
    return open_host_link(store, token)


def texts(request: Request) -> Texts:
    """Return the words of this visit: chosen in the address, chosen before, or what the browser asks for."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in FINDER_LANGUAGES:
            return Texts(str(chosen))
    for part in request.headers.get("accept-language", "")[:500].split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in FINDER_LANGUAGES:
            return Texts(code)
    return Texts(DEFAULT_LANGUAGE)


def keep_language(request: Request, answer: Response, t: Texts) -> None:
    """Let the language stay chosen on this device, where it was chosen."""
    if request.query_params.get("lang") == t.language:
        path = f"{root(request)}/"
        answer.set_cookie(
            LANGUAGE_COOKIE, t.language, max_age=_YEAR_S, path=path, samesite="lax", secure=_safe(request)
        )


def keep(request: Request, answer: Response, name: str, token: str, *, code: str, days: int) -> None:
    """Put a token into a cookie for the pages of one session, out of reach of scripts and of other sites."""
    answer.set_cookie(
        name,
        token,
        max_age=days * _DAY_S,
        path=f"{root(request)}/{code}",
        httponly=True,
        samesite="lax",
        secure=_safe(request),
    )


def forget(request: Request, answer: Response, name: str, *, code: str) -> None:
    """Take a token off the device."""
    answer.delete_cookie(name, path=f"{root(request)}/{code}", httponly=True, samesite="lax", secure=_safe(request))


def root(request: Request) -> str:
    """Return the path of these routes, with the one that the operator put the app below."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def _safe(request: Request) -> bool:
    return request.url.scheme == "https"
