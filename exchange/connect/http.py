"""The one way to other hosts: allowed hosts only, public addresses only, no redirects, no cookies, limits.

The name is looked up once, every address found is checked, and the connection goes to a checked
address: a name that leads elsewhere a moment later changes nothing. Proxies of the environment are
not used, because behind them nobody can tell which address is asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import SplitResult, urlencode, urlsplit

from exchange.errors import ConnectError
from exchange.limits import MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from exchange.connect.online import Online

HTTPS_PORT: Final = 443
INTERVAL_S: Final = 1.0
"""Pause between two questions to the same host."""

_CHUNK: Final = 65_536
_OK: Final = 200
_BUSY: Final = (429, 503, 504)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class HttpLimits:
    """Most bytes of an answer and most seconds for the whole of it."""

    answer_bytes: int = 32 * MIB
    seconds: float = 180.0
    connect_seconds: float = 10.0


class Pace:
    """Lets questions to the same host through one after the other, `INTERVAL_S` apart."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Wait for the turn of this question."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + INTERVAL_S
        if turn > now:
            self._sleep(turn - now)


_PACE: Final = Pace()


class Client:
    """Asks hosts that `online` allows; everything else is a ConnectError.

    Parameters
    ----------
    online
        The operator's choices.
    limits
        Size and time of one answer.
    resolve
        Looks a name up, as `socket.getaddrinfo`.
    pace
        Shared by all clients of the process unless a test brings its own.
    """

    def __init__(
        self,
        online: Online,
        *,
        limits: HttpLimits | None = None,
        resolve: Callable[..., list[Any]] = socket.getaddrinfo,
        pace: Pace = _PACE,
    ) -> None:
        self._online, self._limits = online, limits or HttpLimits()
        self._resolve, self._pace = resolve, pace

    def get(self, url: str, params: Mapping[str, str] | None = None, *, accept: str = "application/json") -> bytes:
        """Return the body of the answer to a GET request; ConnectError if there is none."""
        return self._ask("GET", with_params(url, params or {}), None, accept)

    def post(self, url: str, form: Mapping[str, str], *, accept: str = "application/json") -> bytes:
        """Return the body of the answer to a form; ConnectError if there is none."""
        return self._ask("POST", url, urlencode(form).encode("ascii"), accept)

    def _ask(self, method: str, url: str, body: bytes | None, accept: str) -> bytes:
        parts, host, port = self._checked(url)
        address = self._address(host, port)
        self._pace.wait(host)
        headers = {"User-Agent": self._online.agent, "Accept": accept, "Accept-Encoding": "identity"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        deadline = _Deadline(self._limits.seconds)
        found, failure = b"", None
        try:
            connection = self._connected(parts.scheme, host, port, address, deadline)
            with deadline:
                connection.request(method, target, body, {**headers, "Connection": "close"})
                with closing(connection.getresponse()) as response:
                    found = self._body(response, host)
        except ConnectError as error:
            failure = error
        except TimeoutError:
            deadline.passed = True
        except (OSError, http.client.HTTPException, ValueError) as error:
            failure = ConnectError("connect.failed", host=host, reason=type(error).__name__)
        if deadline.passed:  # what came so far ends where it was cut off
            raise ConnectError("connect.time_limit", host=host, seconds=round(self._limits.seconds))
        if failure is not None:
            raise failure
        return found

    def _checked(self, url: str) -> tuple[SplitResult, str, int]:
        """Return the parts of an address that may be asked, its host and port."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip(".").lower(), parts.port
        except ValueError:
            raise ConnectError("connect.bad_address", host="?", reason="no address") from None
        if not host or parts.username is not None or parts.password is not None or not url.isascii():
            raise ConnectError("connect.bad_address", host=host or "?", reason="no plain https address")
        if parts.scheme == "http" and f"{host}:{port}" == self._online.local_server:
            return parts, host, int(port or 0)
        if parts.scheme != "https":
            raise ConnectError("connect.bad_address", host=host, reason="not https")
        allowed = host if port in (None, HTTPS_PORT) else f"{host}:{port}"
        if allowed not in self._online.hosts:
            raise ConnectError("connect.host_not_allowed", host=allowed)
        return parts, host, port or HTTPS_PORT

    def _address(self, host: str, port: int) -> str:
        """Return a checked address of the host; ConnectError if any of its addresses is not public."""
        try:
            found = self._resolve(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise ConnectError("connect.unknown_host", host=host) from None
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses:
            raise ConnectError("connect.unknown_host", host=host)
        if f"{host}:{port}" != self._online.local_server and not all(map(is_public, addresses)):
            raise ConnectError("connect.private_address", host=host)
        return addresses[0]

    def _connected(
        self, scheme: str, host: str, port: int, address: str, deadline: _Deadline
    ) -> http.client.HTTPConnection:
        """Return a connection to a checked address under the host's name (certificate checked)."""
        seconds = min(self._limits.connect_seconds, self._limits.seconds)
        plain = socket.create_connection((address, port), timeout=seconds)
        deadline.start(plain)
        if scheme == "http":
            connection = http.client.HTTPConnection(host, port)
            connection.sock = plain
            return connection
        try:
            secure = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            deadline.end()
            plain.close()
            raise
        deadline.socket = secure
        connection = http.client.HTTPSConnection(host, port)
        connection.sock = secure
        return connection

    def _body(self, response: http.client.HTTPResponse, host: str) -> bytes:
        status = response.status
        if 300 <= status < 400:  # noqa: PLR2004 - redirects
            raise ConnectError("connect.redirect", host=host)
        if status in _BUSY:
            raise ConnectError("connect.busy", host=host)
        if status != _OK:
            raise ConnectError("connect.status", host=host, status=status)
        encoding = response.getheader("Content-Encoding", "identity").strip().lower()
        if encoding not in ("", "identity"):
            raise ConnectError("connect.packed", host=host, encoding=encoding[:20])
        declared = response.length
        most = self._limits.answer_bytes
        found = bytearray()
        while chunk := response.read(_CHUNK) if (declared or 0) <= most else b"":
            found += chunk
            if len(found) > most:
                break
        if len(found) > most or (declared or 0) > most:
            raise ConnectError("connect.too_large", host=host, limit=most // MIB)
        if declared is not None and len(found) < declared:
            raise ConnectError("connect.cut_off", host=host)
        return bytes(found)


class _Deadline:
    """Cuts a connection off when its time is over, however slowly its bytes arrive."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self.socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._seconds = seconds

    def start(self, connected: socket.socket) -> None:
        """Begin to count; single waits may last as long as the whole."""
        self.socket = connected
        connected.settimeout(self._seconds)
        self._timer.start()

    def _cut(self) -> None:
        self.passed = True
        if self.socket is not None:
            try:
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
            except OSError:  # closed already
                return

    def end(self) -> None:
        """Stop counting."""
        self._timer.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()
        if self.socket is not None:
            self.socket.close()


def with_params(url: str, params: Mapping[str, str]) -> str:
    """Return an address with further query parameters."""
    if not params:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}"


def is_public(text: str) -> bool:
    """Tell whether an address is one of the public internet, also when it is wrapped in an IPv6 one."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
