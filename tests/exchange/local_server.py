"""A server on 127.0.0.1 that answers what a test says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from exchange.connect.http import Client, HttpLimits, Pace
from exchange.connect.online import Online

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass
class Asked:
    """One request: path, parameters (query or form, the first value of each) and headers."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]


@dataclass
class Local:
    """A running server; `answer` gives status, body and headers for a request."""

    answer: Callable[[Asked], Any]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def online(self, **settings: Any) -> Online:
        return Online(local_server=self.address, **settings)

    def client(self, *, seconds: float = 10.0, most_bytes: int = 1_000_000, **more: Any) -> Client:
        limits = HttpLimits(answer_bytes=most_bytes, seconds=seconds, connect_seconds=2.0)
        return Client(self.online(), limits=limits, pace=Pace(sleep=lambda _seconds: None), **more)


@contextmanager
def serving(answer: Callable[[Asked], Any]) -> Iterator[Local]:
    """Run a server until the block ends. `answer` returns JSON data, bytes, or (status, body, headers).

    A body that is a function is called with the stream to write to.
    """
    local = Local(answer)

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            text = self.rfile.read(length).decode() if length else parts.query
            params = {name: values[0] for name, values in parse_qs(text).items()}
            asked = Asked(parts.path, params, dict(self.headers.items()))
            local.asked.append(asked)
            found = local.answer(asked)
            status, body, headers = found if isinstance(found, tuple) else (200, found, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if callable(body):
                self.end_headers()
                body(self.wfile)
                return
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            if "Content-Length" not in headers:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _do  # noqa: N815 - names of the standard library

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_args: object) -> None:
            """Clients that hang up are what some tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    local.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield local
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
