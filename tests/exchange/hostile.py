"""Hostile and broken files, made by code: name → (file name, content, key of the refusal)."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

XLSX_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORKBOOK = (
    f'<workbook xmlns="{XLSX_MAIN}" xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
    f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>'
)


def zipped(parts: dict[str, bytes | str], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, **options)
    return out.getvalue()


def sheet(rows: str = ROWS, *, before: str = "") -> str:
    return f'{before}<worksheet xmlns="{XLSX_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def xlsx(rows: str = ROWS, *, before: str = "", extra: dict[str, bytes | str] | None = None) -> bytes:
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELS,
        "xl/worksheets/sheet1.xml": sheet(rows, before=before),
    }
    return zipped(parts | (extra or {}))


def point_blob(x: float, y: float) -> bytes:
    return b"GP\x00\x01" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, x, y)


def gpkg(*statements: str, blob: bytes = b"", contents: str = "orte") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        connection = sqlite3.connect(path)
        connection.executescript(
            """
            PRAGMA application_id = 1196444487;
            CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT);
            CREATE TABLE gpkg_spatial_ref_sys
                (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);
            CREATE TABLE orte (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);
            """
        )
        connection.execute("INSERT INTO gpkg_contents VALUES (?, 'features', 4326)", (contents,))
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom')", (contents,))
        for name in ("A", "B"):
            connection.execute("INSERT INTO orte (geom, name) VALUES (?, ?)", (blob or point_blob(9.7, 52.4), name))
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()


def feature(geometry: object, properties: object | None = None) -> bytes:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": properties or {}, "geometry": geometry}],
        }
    ).encode()


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


def flipped(data: bytes) -> bytes:
    """Invert some packed bytes of the first part after its header."""
    at = data.find(b"xl/workbook.xml") + len("xl/workbook.xml")
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 30]) + data[at + 30 :]


def encrypted_zip() -> bytes:
    data = bytearray(xlsx())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        data[at + offset] |= 1
    return bytes(data)


def overlapping_sizes() -> bytes:
    """A zip whose directory says 1 kB for an entry that unpacks to 20 MB."""
    data = bytearray(xlsx("<row/>" * 3_000_000))
    at = data.find(b"PK\x01\x02", data.find(b"xl/_rels/workbook.xml.rels", data.find(b"PK\x01\x02")))
    data[at + 24 : at + 28] = struct.pack("<I", 1024)
    return bytes(data)


GDALG = {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline read /etc/passwd ! write x"}
VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    b"</OGRVRTLayer></OGRVRTDataSource>"
)
WFS = b"<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
RECURSIVE_VIEW = (
    "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
)
MILLION = b"x" * 1_000_000
BOMB_BYTES = 100_000_000


def content(case: str) -> bytes:
    """Return the content of one case; large ones are made only now."""
    found = FILES[case][1]
    return found if isinstance(found, bytes) else found()


FILES: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    # other data sources in disguise
    "vrt as geojson": ("a.geojson", VRT, "upload.format_refused"),
    "vrt as csv": ("a.csv", VRT, "upload.format_refused"),
    "vrt as gpkg": ("a.gpkg", VRT, "upload.format_refused"),
    "vrt behind spaces": ("a.csv", b"\xef\xbb\xbf \n" + VRT, "upload.format_refused"),
    "vrt in utf-16": ("a.csv", VRT.decode().encode("utf-16"), "upload.format_refused"),
    "gdalg as geojson": ("a.geojson", json.dumps(GDALG).encode(), "upload.json_unknown"),
    "gdalg as csv": ("a.csv", json.dumps(GDALG).encode(), "upload.name_mismatch"),
    "gdalg as gpkg": ("a.gpkg", json.dumps(GDALG).encode(), "upload.name_mismatch"),
    "wfs xml": ("a.xml", WFS, "upload.format_refused"),
    "wfs xml as csv": ("a.csv", WFS, "upload.format_refused"),
    "kml": ("a.kml", b'<?xml version="1.0"?><kml/>', "upload.format_refused"),
    "html": ("a.csv", b"<!DOCTYPE html><html><table></table>", "upload.format_refused"),
    "svg": ("a.geojson", b"<svg onload='x'/>", "upload.format_refused"),
    "old xls": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "upload.format_refused"),
    "encrypted xlsx": ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9000), "upload.format_refused"),
    "pdf": ("a.csv", b"%PDF-1.7\n" + bytes(99), "upload.format_refused"),
    "pickle": ("a.csv", b"\x80\x04\x95\x20" + bytes(40), "upload.format_refused"),
    "program": ("a.csv", b"\x7fELF" + bytes(99), "upload.format_refused"),
    "script": ("a.csv", b"#!/bin/sh\nrm -rf /\n", "upload.format_refused"),
    "gzip bomb": ("a.csv", gzip.compress(bytes(9_000_000)), "upload.format_refused"),
    "shapefile": ("a.csv", b"\x00\x00\x27\x0a" + bytes(99), "upload.format_refused"),
    "picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(99), "upload.format_refused"),
    "csv as xlsx": ("a.xlsx", b"a;b\n1;2\n", "upload.name_mismatch"),
    "xlsx as gpkg": ("a.gpkg", xlsx(), "upload.name_mismatch"),
    # text
    "nothing": ("a.csv", b"", "upload.empty"),
    "only spaces": ("a.csv", b" \n \n", "upload.empty"),
    "one line": ("a.csv", b"GPKG:/etc/passwd\n", "upload.no_table"),
    "zero bytes": ("a.csv", b"Name;Ort\nA\x00B;C\n", "upload.nul_bytes"),
    "only zero bytes": ("a.csv", bytes(5000), "upload.nul_bytes"),
    "half utf-16": ("a.csv", "Name;Ort\nA;B\n".encode("utf-16")[:-1], "upload.encoding"),
    "100,000 columns": ("a.csv", b"a;" * 100_000 + b"\n" + b"1;" * 100_000 + b"\n", "upload.too_many_columns"),
    "300,000 rows": ("a.csv", lambda: b"a;b\n" * 300_000, "upload.too_many_rows"),
    "open quotation mark": ("a.csv", b'Name;Ort\n"A;B\n' + b"C;D\n" * 5000, "upload.open_quote"),
    "open quotation mark at the end": ("a.csv", b'Name;Ort\nC;D\nA;"B\n', "upload.open_quote"),
    "endless cell": ("a.csv", b"Name;Ort\nA;" + MILLION + b"\n", "upload.cell_too_long"),
    "endless quoted cell": ("a.csv", b'Name;Ort\nA;"' + MILLION + b'"\n', "upload.cell_too_long"),
    "too large": ("a.csv", lambda: b"a;b\n" * 17_000_000, "upload.too_large"),
    # JSON
    "depth 100,000": ("a.json", b"[" * 100_000 + b"]" * 100_000, "upload.too_deep"),
    "depth 100,000 of objects": ("a.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "upload.too_deep"),
    "depth 200": ("a.json", b"[" * 200 + b"]" * 200, "upload.too_deep"),
    "1e400": ("a.geojson", b'{"type":"Feature","properties":{"n":1e400},"geometry":null}', "upload.not_finite"),
    "1e400 as coordinate": (
        "a.geojson",
        b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1e400,52]}}',
        "upload.not_finite",
    ),
    "NaN": ("a.geojson", b'{"type":"Feature","properties":{"n":NaN},"geometry":null}', "upload.not_finite"),
    "text as coordinate": ("a.geojson", feature({"type": "Point", "coordinates": ["x", 1]}), "upload.not_finite"),
    "cut off": ("a.geojson", feature({"type": "Point", "coordinates": [9.7, 52.4]})[:-20], "upload.bad_json"),
    "two documents": ("a.json", b"{}{}", "upload.bad_json"),
    "topojson": ("a.json", b'{"type":"Topology","arcs":[]}', "upload.json_unknown"),
    "esri json": ("a.json", b'{"geometryType":"esriGeometryPoint","features":[]}', "upload.json_unknown"),
    "geometry without type": ("a.geojson", feature({"coordinates": [1, 2]}), "upload.json_shape"),
    "half a point": ("a.geojson", feature({"type": "Point", "coordinates": [1]}), "upload.json_shape"),
    "broken area": ("a.geojson", feature({"type": "Polygon", "coordinates": [[1, 2]]}), "upload.json_shape"),
    "features no list": ("a.geojson", b'{"type":"FeatureCollection","features":7}', "upload.json_shape"),
    "properties no object": ("a.geojson", feature(None, ["a"]), "upload.json_shape"),
    "no feature": ("a.geojson", b'{"type":"FeatureCollection","features":[]}', "upload.no_table"),
    "strange crs": (
        "a.geojson",
        b'{"type":"FeatureCollection","crs":{"properties":{"name":"+init=/etc/passwd"}},"features":[{}]}',
        "upload.crs_unknown",
    ),
    "1,000 properties": (
        "a.geojson",
        feature(None, {f"p{i}": i for i in range(1000)}),
        "upload.too_many_columns",
    ),
    # packed files
    "zip slip": ("a.zip", zipped({"../../etc/cron.d/x": "y"}), "upload.pack_path"),
    "zip slip with backslash": ("a.zip", zipped({"..\\..\\x": "y"}), "upload.pack_path"),
    "zip slip, absolute": ("a.xlsx", zipped({"/etc/passwd": "y"}), "upload.pack_path"),
    "zip slip, drive": ("a.zip", zipped({"C:x": "y"}), "upload.pack_path"),
    "zip bomb": ("a.zip", lambda: zipped({"services.csv": bytes(BOMB_BYTES)}), "upload.pack_bomb"),
    "xlsx bomb": ("a.xlsx", lambda: xlsx(extra={"xl/worksheets/sheet1.xml": bytes(BOMB_BYTES)}), "upload.pack_bomb"),
    "xlsx bomb of many parts": (
        "a.xlsx",
        lambda: xlsx(extra={f"xl/media/{i}.png": bytes(1_000_000) for i in range(420)}),
        "upload.pack_bomb",
    ),
    "10,000 entries": ("a.zip", lambda: zipped({f"f{i}": b"" for i in range(10_000)}), "upload.pack_entries"),
    "encrypted zip": ("a.zip", encrypted_zip, "upload.pack_encrypted"),
    "wrong sizes": ("a.xlsx", overlapping_sizes, "upload.broken"),
    "cut off zip": ("a.xlsx", xlsx()[:-40], "upload.broken"),
    "only the zip's beginning": ("a.zip", b"PK\x03\x04" + bytes(200), "upload.broken"),
    "damaged zip": ("a.xlsx", lambda: flipped(xlsx()), "upload.broken"),
    "no workbook": ("a.zip", zipped({"readme.txt": "hello"}), "upload.pack_unknown"),
    "writer document": ("a.zip", zipped({"word/document.xml": "<x/>"}), "upload.format_refused"),
    "open document": ("a.zip", zipped({"mimetype": "x", "content.xml": "<x/>"}), "upload.format_refused"),
    "package without tables": ("a.zip", zipped({"datapackage.json": "{}"}), "upload.no_table"),
    # XLSX
    "last cell of the sheet": (
        "a.xlsx",
        xlsx(ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "upload.too_many_rows",
    ),
    "last column of the sheet": (
        "a.xlsx",
        xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>' + ROWS.replace('"1"', '"2"', 1)),
        "upload.too_many_columns",
    ),
    "beyond the last column": ("a.xlsx", xlsx('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "upload.xlsx_cell"),
    "rows backwards": ("a.xlsx", xlsx('<row r="9"/><row r="2"/>'), "upload.xlsx_cell"),
    "infinite number": ("a.xlsx", xlsx('<row r="1"><c r="A1"><v>1e400</v></c></row>'), "upload.xlsx_cell"),
    "missing shared text": ("a.xlsx", xlsx('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "upload.xlsx_cell"),
    "xxe": ("a.xlsx", xlsx(before=XXE), "upload.xml_doctype"),
    "billion laughs": ("a.xlsx", xlsx("&i;", before=LAUGHS), "upload.xml_doctype"),
    "xxe in the workbook": ("a.xlsx", xlsx(extra={"xl/workbook.xml": XXE + WORKBOOK}), "upload.xml_doctype"),
    "undeclared entity": ("a.xlsx", xlsx("&e;"), "upload.xml_broken"),
    "cut off sheet": ("a.xlsx", xlsx(extra={"xl/worksheets/sheet1.xml": sheet()[:-30]}), "upload.xml_broken"),
    "no sheet part": (
        "a.xlsx",
        xlsx(extra={"xl/_rels/workbook.xml.rels": RELS.replace("sheet1", "sheet9")}),
        "upload.xlsx_part",
    ),
    "sheet from outside": (
        "a.xlsx",
        xlsx(extra={"xl/_rels/workbook.xml.rels": RELS.replace("worksheets/sheet1.xml", "http://127.0.0.1:9/x")}),
        "upload.xlsx_external",
    ),
    "sheet outside the file": (
        "a.xlsx",
        xlsx(extra={"xl/_rels/workbook.xml.rels": RELS.replace("worksheets/", "../../../etc/passwd")}),
        "upload.xlsx_part",
    ),
    "macros": ("a.xlsx", xlsx(extra={"xl/vbaProject.bin": b"x"}), "upload.xlsx_macros"),
    # GeoPackage
    "recursive view": ("a.gpkg", gpkg(RECURSIVE_VIEW), "upload.gpkg_view"),
    "recursive view as layer": ("a.gpkg", gpkg(RECURSIVE_VIEW, contents="endless"), "upload.gpkg_view"),
    "trigger": (
        "a.gpkg",
        gpkg("CREATE TRIGGER boom AFTER INSERT ON orte BEGIN SELECT load_extension('x'); END"),
        "upload.gpkg_view",
    ),
    "virtual table": ("a.gpkg", gpkg("CREATE VIRTUAL TABLE v USING fts5(x)"), "upload.gpkg_view"),
    "computed column": (
        "a.gpkg",
        gpkg("ALTER TABLE orte ADD COLUMN z TEXT AS (hex(zeroblob(900000000)))"),
        "upload.gpkg_view",
    ),
    "layer that is not there": ("a.gpkg", gpkg(contents="gone"), "upload.gpkg_table"),
    "system table as layer": ("a.gpkg", gpkg(contents="sqlite_master"), "upload.gpkg_table"),
    "quoted layer name": ("a.gpkg", gpkg(contents='"; DROP TABLE orte; --'), "upload.gpkg_table"),
    "damaged geometry": ("a.gpkg", gpkg(blob=b"GP\x00\x01"), "upload.gpkg_geometry"),
    "no geometry package blob": ("a.gpkg", gpkg(blob=MILLION[:40]), "upload.gpkg_geometry"),
    "infinite geometry": ("a.gpkg", gpkg(blob=point_blob(float("inf"), 1.0)), "upload.gpkg_geometry"),
    "giant cell": (
        "a.gpkg",
        gpkg("UPDATE orte SET name = hex(zeroblob(3000000))"),
        "upload.broken",
    ),
    "cut off database": ("a.gpkg", gpkg()[:5000], "upload.broken"),
    "damaged database": ("a.gpkg", gpkg()[:4096] + b"\xff" * 30_000, "upload.broken"),
    "plain database": (
        "a.gpkg",
        patched(gpkg(), b"gpkg_contents", b"gpkg_contentz"),
        "upload.sqlite_plain",
    ),
    "database header only": ("a.gpkg", b"SQLite format 3\x00" + bytes(84), "upload.broken"),
}
