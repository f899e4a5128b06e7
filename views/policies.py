"""What pages and the map's frame may load and run: their Content-Security-Policy, which the browser enforces."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final
from urllib.parse import urlsplit

from layers.bases import TILE_BASES
from views.inline import finder_script, language_script
from views.texts import FINDER_LANGUAGES

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def script_hash(source: str) -> str:
    """Return the CSP source expression that allows exactly this inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def page_policy(shell: str) -> str:
    """Return the Content-Security-Policy of a page: own host only, own inline scripts only by their hash.

    WebAssembly is for the frontend's protocol buffers, which count in 64 bits with it.
    """
    own = [*(language_script(language) for language in FINDER_LANGUAGES), finder_script()]
    inline = _SCRIPT.findall(shell + "".join(own))
    return _policy(
        {
            "script-src": " ".join(["'self' 'wasm-unsafe-eval'", *dict.fromkeys(map(script_hash, inline))]),
            "img-src": "'self' data: blob:",
            "media-src": "'self' blob:",
            "worker-src": "'self' blob:",
            "manifest-src": "'self'",
            "frame-src": "'self'",
            "form-action": "'self'",
        }
    )


def frame_policy(tile_host: str = "") -> str:
    """Return the policy of a component's frame: streamlit-folium writes and evaluates the map's script there.

    `tile_host` is the address of the base map that the operator chose, empty when it is ours.
    """
    return _policy(
        {
            "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
            "img-src": f"'self' data: blob: {tile_host}".strip(),
            "form-action": "'none'",
        }
    )


def _policy(special: dict[str, str]) -> str:
    common = {
        "default-src": "'none'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in (common | special).items())


def tile_host(basemap: str) -> str:
    """Return the address of the host that a base map comes from; empty where it comes from our own."""
    if basemap not in TILE_BASES:
        return ""
    parts = urlsplit(TILE_BASES[basemap].url)
    return f"{parts.scheme}://{parts.netloc}"
