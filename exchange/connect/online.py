"""What an operator allows this program to ask of other hosts. Nothing, unless told otherwise."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exchange.errors import ConnectError

if TYPE_CHECKING:
    from collections.abc import Mapping

GEOCODERS: Final = ("none", "nominatim", "photon", "wfs")
DEFAULT_URLS: Final = {
    "nominatim": "https://nominatim.openstreetmap.org/search",
    "photon": "https://photon.komoot.io/api",
}
_SHOWN_CONTACT: Final = 100


@dataclass(frozen=True)
class Online:
    """The operator's choices; the default contacts nobody.

    Attributes
    ----------
    hosts
        Hosts that may be asked, ``name`` (port 443) or ``name:port``; always with https.
    connectors
        File that describes the connectors (JSON), None = none.
    geocoder
        Address service asked after the own addresses: one of `GEOCODERS`.
    geocoder_url
        Its address; empty = the public one of its makers. For ``wfs`` the address layer is the
        connector named ``addresses``.
    contact
        Said to other hosts with every request, so that they can reach the operator.
    local_server
        ``127.0.0.1:PORT`` of a test: the one server that may be local and without https. No
        environment variable sets it.
    """

    hosts: frozenset[str] = frozenset()
    connectors: Path | None = None
    geocoder: str = "none"
    geocoder_url: str = ""
    contact: str = ""
    local_server: str = ""

    @property
    def agent(self) -> str:
        """Name of this program in requests."""
        plain = self.contact.encode("ascii", errors="ignore").decode("ascii")
        contact = "".join(c for c in plain if c.isprintable())[:_SHOWN_CONTACT]
        return "Quartierskarte-Hannover/0.1" + (f" ({contact})" if contact else "")


def from_environment(environ: Mapping[str, str] = os.environ) -> Online:
    """Return the settings from ``QK_ALLOWED_HOSTS``, ``QK_CONNECTORS``, ``QK_GEOCODER(_URL)``, ``QK_CONTACT``.

    Raises
    ------
    ConnectError
        ``QK_GEOCODER`` names an unknown service.
    """
    geocoder = environ.get("QK_GEOCODER", "").strip().lower() or "none"
    if geocoder not in GEOCODERS:
        raise ConnectError("connect.bad_setting", name="QK_GEOCODER", value=geocoder, allowed=", ".join(GEOCODERS))
    hosts = environ.get("QK_ALLOWED_HOSTS", "").replace(";", ",").split(",")
    connectors = environ.get("QK_CONNECTORS", "").strip()
    return Online(
        hosts=frozenset(host.strip().lower() for host in hosts if host.strip()),
        connectors=Path(connectors).expanduser() if connectors else None,
        geocoder=geocoder,
        geocoder_url=environ.get("QK_GEOCODER_URL", "").strip() or DEFAULT_URLS.get(geocoder, ""),
        contact=environ.get("QK_CONTACT", "").strip(),
    )
