"""Texts kept on the server, finished stages and storylines under way: one file each, forgotten after a while.

A text is found by a name made from its content: nobody guesses it, the same text is one file however often it is kept,
and it stays under its address when the server starts anew.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import re
import time
from pathlib import Path
from typing import Final

from geo.whole_file import PRIVATE, write_whole

STAGES: Final = ("stage", ".html.gz", 500)
STORIES: Final = ("storylines", ".json.gz", 5_000)
"""Folder in the one for what people add, ending, most files."""
MOST_BYTES: Final = 300_000_000
"""Of the files in one folder."""
DAYS: Final = 60
_NAME: Final = re.compile(r"[0-9a-f]{32}")
_DAY_S: Final = 86_400


class Shelf:
    """Texts in a folder, which is made when the first one is put there."""

    def __init__(self, parent: Path, kind: tuple[str, str, int] = STAGES) -> None:
        name, self.ending, self.most = kind
        self.folder = parent / name

    def put(self, text: str) -> str:
        """Keep a text and return its name. OSError where the folder cannot be written."""
        data = text.encode("utf-8")
        name = hashlib.sha256(data).hexdigest()[:32]
        path = self._path(name)
        if path.exists():
            os.utime(path)
            return name
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, gzip.compress(data, 6, mtime=0), mode=PRIVATE)
        self._tidy()
        return name

    def get(self, name: str) -> bytes | None:
        """Return a text in UTF-8, compressed with gzip; None where there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        path = self._path(name)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # what is in use stays
        return data

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{self.ending}"

    def _tidy(self) -> None:
        """Take away what nobody has asked for in `DAYS` days, and the oldest of too many or too much."""
        oldest = time.time() - DAYS * _DAY_S
        files = sorted(self.folder.glob(f"*{self.ending}"), key=lambda path: path.stat().st_mtime, reverse=True)
        size = 0
        for number, path in enumerate(files):
            size += path.stat().st_size
            if number >= self.most or size > MOST_BYTES or path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
