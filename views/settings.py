"""What an operator may set: environment variables, read in one place.

Every variable is listed in the README's table of settings; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASEMAPS = ("none", "streets", "basemap_de", "osm", "topplus")
VARIABLES = {
    "QK_DATA": "folder of the data package (default: data/ beside app.py)",
    "QK_BASEMAP": "base map: " + ", ".join(BASEMAPS) + " (default: streets, which contacts no other host)",
    "QK_CONTACT": "address that the pages name for questions and corrections (default: empty)",
}


@dataclass(frozen=True)
class Settings:
    """The operator's choices of one process."""

    data: Path
    basemap: str
    contact: str


def load(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings; an unknown base map falls back to ``streets``, which needs no other host."""
    env = dict(os.environ) if environment is None else environment
    basemap = env.get("QK_BASEMAP", "streets").strip().lower()
    return Settings(
        data=Path(env.get("QK_DATA") or ROOT / "data").expanduser(),
        basemap=basemap if basemap in BASEMAPS else "streets",
        contact=env.get("QK_CONTACT", "").strip(),
    )
