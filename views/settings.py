"""What an operator may set: environment variables, read in one place.

Every variable is listed in the README's table of settings; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from exchange.connect.online import GEOCODERS, Online, from_environment

ROOT = Path(__file__).resolve().parents[1]
BASEMAPS = ("none", "streets", "basemap_de", "osm", "topplus")
VARIABLES = {
    "QK_DATA": "folder of the data package (default: data/ beside app.py)",
    "QK_BASEMAP": "base map: " + ", ".join(BASEMAPS) + " (default: streets, which contacts no other host)",
    "QK_OPERATOR": "public body that runs the map, named in the accessibility statement (default: empty)",
    "QK_CONTACT": "address that the pages name for questions and corrections (default: empty)",
    "QK_ALLOWED_HOSTS": "hosts that geocoding and connectors may ask, with commas between them (default: none)",
    "QK_CONNECTORS": "file that describes the connectors, see docs/connectors.md (default: none)",
    "QK_GEOCODER": "address service asked after the own addresses: " + ", ".join(GEOCODERS) + " (default: none)",
    "QK_GEOCODER_URL": "address of that service (default: the public one of its makers)",
}


@dataclass(frozen=True)
class Settings:
    """The operator's choices of one process."""

    data: Path
    basemap: str
    contact: str
    operator: str = ""


def load(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings; an unknown base map falls back to ``streets``, which needs no other host."""
    env = dict(os.environ) if environment is None else environment
    basemap = env.get("QK_BASEMAP", "streets").strip().lower()
    return Settings(
        data=Path(env.get("QK_DATA") or ROOT / "data").expanduser(),
        basemap=basemap if basemap in BASEMAPS else "streets",
        contact=env.get("QK_CONTACT", "").strip(),
        operator=env.get("QK_OPERATOR", "").strip(),
    )


def online(environment: dict[str, str] | None = None) -> Online:
    """Return what may be asked of other hosts; ConnectError if ``QK_GEOCODER`` names an unknown service."""
    return from_environment(os.environ if environment is None else environment)
