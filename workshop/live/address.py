"""Where phones reach the server: the address on the wall, and its QR code."""

from __future__ import annotations

import io
import socket
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import segno

from geo.workshop import join_code

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTING: Final = "QK_ADDRESS"
_ONLY_HERE: Final = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 - what is compared with
_ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address of documentation (RFC 5737): asked which of our own addresses would talk to it, nothing is sent."""


def join_address(code: str, *, seen: str, environment: Mapping[str, str]) -> str:
    """Return the address of the participants' page.

    Parameters
    ----------
    code
        Join code.
    seen
        Address at which the host sees the app, for example ``http://localhost:8501``, with the operator's base path.
        This computer's own name is replaced by its address in the network: phones cannot use the former.
    environment
        ``QK_ADDRESS`` counts before `seen`, where an operator has set it.
    """
    return f"{_base(seen, environment)}/w/{join_code(code) or code}"


def qr_svg(address: str) -> str:
    """Return a QR code as SVG, black on white, with its quiet zone; sized by whoever shows it."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, nl=False, omitsize=True)
    return out.getvalue().decode()


def _base(seen: str, environment: Mapping[str, str]) -> str:
    chosen = environment.get(SETTING, "").strip().rstrip("/")
    if chosen:
        return chosen
    parts = urlsplit(seen)
    host = parts.hostname or "localhost"
    if host in _ONLY_HERE:
        host = own_address() or host
    name = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme or 'http'}://{name}{port}{parts.path.rstrip('/')}"


def own_address() -> str | None:
    """Return this computer's address in its network; None without one."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_ELSEWHERE)
            return str(probe.getsockname()[0])
    except OSError:
        return None
