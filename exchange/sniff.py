"""What a file is, told from its first bytes; its name is only compared, never trusted."""

from __future__ import annotations

import re
from typing import Final

from exchange.errors import UploadError

HEAD_BYTES: Final = 4096

# Beginnings of formats that are refused, with the word shown for them.
_REFUSED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS / DOC (OLE)"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"#!", "script"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PAR1", "Parquet"),
    (b"ARROW1", "Arrow"),
    (b"FGB\x03", "FlatGeobuf"),
    (b"\x89HDF", "HDF5"),
    (b"CDF\x01", "NetCDF"),
    (b"\x00\x00\x27\x0a", "Shapefile"),
    (b"\x80\x04\x95", "pickle"),
    (b"{\\rtf", "RTF"),
    (b"BEGIN:VCARD", "vCard"),
    (b"PK\x05\x06", "empty ZIP"),
    (b"PK\x07\x08", "split ZIP"),
)

_XML_ROOTS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"<OGRVRTDataSource", "GDAL VRT (XML)"),
    (b"<VRTDataset", "GDAL VRT (XML)"),
    (b"<OGRWFSDataSource", "GDAL WFS (XML)"),
    (b"<GDAL_W", "GDAL service (XML)"),
    (b"<kml", "KML (XML)"),
    (b"<gpx", "GPX (XML)"),
    (b"<osm", "OSM (XML)"),
    (b"<svg", "SVG (XML)"),
    (b"<html", "HTML"),
    (b"<!doctype html", "HTML"),
    (b"<wfs:", "WFS / GML (XML)"),
    (b"<gml:", "GML (XML)"),
)

_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".geojson": "json",
    ".xlsx": "zip",
    ".xlsm": "zip",
    ".zip": "zip",
    ".gpkg": "sqlite",
}
_SHOWN: Final = {"csv": "text", "json": "JSON", "zip": "ZIP / XLSX", "sqlite": "SQLite"}

BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def container(head: bytes, filename: str) -> str:
    """Return how the file is built: ``csv``, ``json``, ``zip`` or ``sqlite``.

    Parameters
    ----------
    head
        The first 4 kB of the file.
    filename
        Name given by the browser; only its ending is looked at, for the comparison.

    Raises
    ------
    UploadError
        The content is of a format that is not read, or contradicts the name's ending.
    """
    found = _built(head)
    ending = extension(filename)
    expected = _ENDINGS.get(ending)
    if expected is not None and expected != found:
        raise UploadError("upload.name_mismatch", extension=ending, found=_SHOWN[found])
    return found


def extension(filename: str) -> str:
    """Return the ending of `filename` in lower case (``.csv``), empty if it has none."""
    found = re.search(r"\.[A-Za-z0-9]{1,10}$", filename[-20:])
    return found.group().lower() if found else ""


def _built(head: bytes) -> str:
    for magic, shown in _REFUSED:
        if head.startswith(magic):
            raise UploadError("upload.format_refused", found=shown)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    text = _beginning(head)
    if text.startswith(b"<"):
        raise UploadError("upload.format_refused", found=_xml_kind(text))
    if text[:1] in (b"{", b"["):
        return "json"
    return "csv"


def _beginning(head: bytes) -> bytes:
    """Return the first visible characters as UTF-8, whatever the encoding."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            whole = head[: len(head) // 4 * 4]
            return whole.decode(encoding, errors="ignore").lstrip().encode()
    if head[1:2] == b"\x00" and head[3:4] == b"\x00":
        return head[::2].lstrip()
    return head.lstrip()


def _xml_kind(text: bytes) -> str:
    lowered = text.lower()
    for root, shown in _XML_ROOTS:
        if root.lower() in lowered:
            return shown
    return "XML"
