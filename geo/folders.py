"""Where the program keeps what people add; known without loading the database's libraries."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DATABASE_NAME: Final = "quartierskarte.sqlite"


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for what people add; not made yet."""
    chosen = environ.get("QK_STORE", "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    return _user_data_folder(environ) / "quartierskarte"


def _user_data_folder(environ: Mapping[str, str]) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
