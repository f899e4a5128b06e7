"""Zip files (XLSX is one), checked before anything is unpacked. Nothing is ever written to disk."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from exchange.errors import UploadError
from exchange.limits import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exchange.limits import Limits

_CHUNK: Final = 256 * 1024
_ENCRYPTED: Final = 0x1
_SHOWN_NAME: Final = 80


class Packed:
    """A checked zip file; entries are read in chunks and never beyond their declared size."""

    def __init__(self, path: Path | BinaryIO, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UploadError("upload.broken", reason=f"ZIP: {error}") from error
        infos = self._zip.infolist()
        _check(infos, limits)
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        self.names = frozenset(self._infos)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of `name` piece by piece; UploadError if the entry is damaged."""
        try:
            with self._zip.open(self._infos[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise UploadError("upload.broken", reason=f"{shown(name)}: {error}") from error

    def read(self, name: str) -> bytes:
        """Return the whole content of `name`."""
        return b"".join(self.chunks(name))


def shown(name: str) -> str:
    """Return an entry's name, cut for a message."""
    return name if len(name) <= _SHOWN_NAME else name[:_SHOWN_NAME] + "…"


def _check(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.entries:
        raise UploadError("upload.pack_entries", count=len(infos), limit=limits.entries)
    seen: set[str] = set()
    total = 0
    for info in infos:
        name = shown(info.filename)
        if _escapes(info.orig_filename) or _escapes(info.filename):
            raise UploadError("upload.pack_path", entry=name)
        if info.filename in seen:
            raise UploadError("upload.pack_duplicate", entry=name)
        seen.add(info.filename)
        if info.flag_bits & _ENCRYPTED:
            raise UploadError("upload.pack_encrypted", entry=name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UploadError("upload.pack_method", entry=name, method=info.compress_type)
        total += info.file_size
        if total > limits.unpacked_bytes or _bomb(info, limits):
            raise UploadError("upload.pack_bomb", entry=name, megabytes=total // MIB)


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return (
        name.startswith(("/", "\\"))
        or ".." in parts
        or "\\" in name
        or ":" in name
        or any(ord(character) < ord(" ") for character in name)
    )


def _bomb(info: zipfile.ZipInfo, limits: Limits) -> bool:
    return info.file_size > MIB and info.file_size > limits.pack_ratio * max(info.compress_size, 1)
