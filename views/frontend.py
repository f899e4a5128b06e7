"""The browser's side of Streamlit: its page made ours, and its files sent from memory, compressed once.

Streamlit reads each file anew in turns of another thread, which wait for the imports of a server that is just starting, and sends
it as it is: 5.1 MB for the map page, which are 2.0 when compressed.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

FOLDER: Final = Path(st.__file__).parent / "static"
"""What Streamlit ships for the browser: index.html, and files below static/."""
PREFIX: Final = "/static/"
FIRST: Final = ("Html", "ButtonGroup", "ComponentInstance")
"""The parts of every page's head and of the map, as Streamlit calls their files."""
FOR_A_YEAR: Final = "public, immutable, max-age=31536000"
_COMPRESSIBLE: Final = frozenset({".js", ".css", ".svg", ".json", ".ttf"})
_WORTH_IT: Final = 1_000
# Where the server is, told instead of tried out: every try that fails is an error in the browser's console.
_BASE_SCRIPT: Final = "window.__streamlit = {BACKEND_BASE_URL: new URL('.', location.href).href};"
_NO_SCRIPT: Final = "Diese Seite braucht JavaScript. · This page needs JavaScript."


def page_shell(index: str, first: Iterable[str] = ()) -> str:
    """Turn Streamlit's index.html into ours: German, named, without the links that only Streamlit's makers need.

    `first` are addresses of scripts that the browser gets ready before the server asks for them.
    """
    title = f"<title>Quartierskarte Hannover</title>\n    <script>{_BASE_SCRIPT}</script>"
    shell = index.replace('<html lang="en">', '<html lang="de">').replace("<title>Streamlit</title>", title)
    shell = re.sub(r"<noscript>.*?</noscript>", f"<noscript>{_NO_SCRIPT}</noscript>", shell, flags=re.DOTALL)
    shell = re.sub(r'<link\s+rel="(?:service-desc|preload)"[^>]*>', "", shell)
    early = "".join(f'<script type="module" crossorigin src="{each}"></script>\n    ' for each in first)
    return shell.replace("</head>", f"{early}</head>")


class Frontend:
    """Streamlit's page and the files in its ``static/``, whose names carry a hash of their content.

    An address is looked up among the files that are there, never made into a path.
    """

    def __init__(self) -> None:
        root = FOLDER / PREFIX.strip("/")
        self._files = {
            f"{PREFIX}{file.relative_to(root).as_posix()}": file for file in root.rglob("*") if file.is_file()
        }
        self._plain: dict[str, bytes] = {}
        self._compressed: dict[str, bytes] = {}

    async def answer(self, scope: Scope, *, compress: bool) -> Response | None:
        """Return the answer to a request; None where it asks for no file of ours, or for a part of one.

        With `compress` a file is compressed when it is first asked for; without, only what has been compressed is sent so.
        """
        path, headers = scope["path"], Headers(scope=scope)
        file = self._files.get(path)
        if file is None or scope["method"] not in {"GET", "HEAD"} or "range" in headers:
            return None
        if path not in self._plain:
            self._plain[path] = file.read_bytes()
        content = self._plain[path]
        sent = {"Cache-Control": FOR_A_YEAR, "Vary": "Accept-Encoding"}
        worth_it = file.suffix in _COMPRESSIBLE and len(content) >= _WORTH_IT
        if worth_it and "gzip" in headers.get("accept-encoding", ""):
            if compress and path not in self._compressed:
                self._compressed[path] = await asyncio.to_thread(gzip.compress, content, mtime=0)
            if path in self._compressed:
                content = self._compressed[path]
                sent["Content-Encoding"] = "gzip"
        return Response(content, headers=sent, media_type=_kind(file))

    def shell(self) -> str:
        """Return the page that every address of ours begins with."""
        return page_shell((FOLDER / "index.html").read_text(encoding="utf-8"), self._first())

    def _first(self) -> list[str]:
        """Return the addresses of the parts in `FIRST`, relative to a page; one that is gone is left out."""
        by_name = {file.name.split(".", 1)[0]: path for path, file in self._files.items() if file.suffix == ".js"}
        return [f".{by_name[name]}" for name in FIRST if name in by_name]


def _kind(file: Path) -> str:
    if file.suffix == ".js":  # what a machine's own table says of it differs
        return "text/javascript"
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"
