"""The browser's side of Streamlit: its files sent from memory, compressed once, and the parts that come first.

Streamlit reads each file anew in turns of another thread, which wait for the imports of a server that is just starting, and sends
it as it is: 5.1 MB for the map page, which are 2.0 when compressed.
"""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import Response

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Scope

PREFIX: Final = "/static/"
FIRST: Final = ("Html", "ButtonGroup", "ComponentInstance")
"""The parts of every page's head and of the map, as Streamlit calls their files."""
FOR_A_YEAR: Final = "public, immutable, max-age=31536000"
_COMPRESSIBLE: Final = frozenset({".js", ".css", ".svg", ".json", ".ttf"})
_WORTH_IT: Final = 1_000


class Frontend:
    """The files in ``static/`` of `folder`, whose names carry a hash of their content.

    An address is looked up among the files that are there, never made into a path.
    """

    def __init__(self, folder: Path) -> None:
        root = folder / PREFIX.strip("/")
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

    def first(self) -> list[str]:
        """Return the addresses of the parts in `FIRST`, relative to a page; one that is gone is left out."""
        by_name = {file.name.split(".", 1)[0]: path for path, file in self._files.items() if file.suffix == ".js"}
        return [f".{by_name[name]}" for name in FIRST if name in by_name]


def _kind(file: Path) -> str:
    if file.suffix == ".js":  # what a machine's own table says of it differs
        return "text/javascript"
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"
