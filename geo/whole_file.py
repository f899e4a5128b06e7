"""Files that are there either whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

READABLE: Final = 0o644
PRIVATE: Final = 0o600


def write_whole(path: Path, content: bytes, *, mode: int = READABLE) -> None:
    """Write a file in one step, whoever reads or writes the same one meanwhile; its folder has to be there.

    Parameters
    ----------
    path
        Where the file will be; what is there is replaced.
    content
        All of it.
    mode
        Who may read it, where the system knows that.

    Raises
    ------
    OSError
        The folder cannot be written; nothing is left behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
