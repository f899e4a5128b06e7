"""Who is to be named on the map for what it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attribution:
    """One line of credit: `text` as the licence wants it, `url` (http or https) or None."""

    text: str
    url: str | None = None
