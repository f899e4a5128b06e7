"""Places as CSV, XLSX, GeoJSON and GeoPackage: the rows of `exchange.flat` in four forms."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.fields import stored_fields
from exchange.text_cells import prefixed
from exchange.xlsx_write import Sheet, write_xlsx
from geo.crs import METRIC_CRS, from_lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.fields import PlaceField
    from exchange.vocabulary import Vocabulary

LAYER: Final = "orte"
SHEET: Final = {"de": "Orte", "en": "Places"}


def write_csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the rows as CSV that German spreadsheets open by a double click.

    UTF-8 with mark, semicolon, decimal comma, lines ended by CR LF; headings are the names of
    `exchange.fields`. A text that a spreadsheet could take for a formula is protected by an
    apostrophe (`exchange.text_cells`), which importing takes off again.
    """
    names = [field.name for field in stored_fields()]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(row[name]) for name in names] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", errors="replace")


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return prefixed(value) if isinstance(value, str) else str(value)


def write_workbook(rows: Sequence[Mapping[str, Any]], words: Vocabulary, *, language: str = "de") -> bytes:
    """Return the rows as a workbook for people: headings and labels in their language.

    Texts are text cells, numbers number cells; nothing is a formula.
    """
    fields = stored_fields()
    readable = [(field.name, _Labels(field, words, language) if field.type in _LABELLED else None) for field in fields]
    sheet = Sheet(
        SHEET.get(language, SHEET["de"]),
        [field.title(language) for field in fields],
        ([row[name] if labels is None else labels[row[name]] for name, labels in readable] for row in rows),
        [field.width for field in fields],
    )
    return write_xlsx([sheet])


_LABELLED: Final = frozenset({"choice", "kind", "groups", "district"})


class _Labels(dict[Any, Any]):
    """Stored value → what people read in one column; None stays None."""

    def __init__(self, field: PlaceField, words: Vocabulary, language: str) -> None:
        super().__init__({None: None})
        self._field = field
        self._words = words
        self._language = language

    def __missing__(self, value: Any) -> Any:
        self[value] = found = self._label(value)
        return found

    def _label(self, value: Any) -> str:
        words, at = self._words, int(self._language == "en")
        if self._field.type == "choice":
            return self._field.label(str(value), self._language)
        if self._field.type == "district":
            return words.districts.get(value, str(value))
        if self._field.type == "kind":
            return words.kinds[value][at] if value in words.kinds else str(value)
        parts = str(value).split(";")
        return ";".join(words.groups[part][at] if part in words.groups else part for part in parts)


def write_geojson(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the rows as a GeoJSON FeatureCollection (RFC 7946: degrees, WGS 84).

    Places without a coordinate have the geometry null. Unknown properties are left out.
    """
    out = io.BytesIO()
    out.write(b'{"type":"FeatureCollection","features":[')
    for number, row in enumerate(rows):
        out.write(b",\n" if number else b"\n")
        out.write(json.dumps(_feature(row), ensure_ascii=False).encode("utf-8", errors="replace"))
    out.write(b"\n]}\n")
    return out.getvalue()


def _feature(row: Mapping[str, Any]) -> dict[str, Any]:
    properties = {k: v for k, v in row.items() if v is not None and k not in ("lon", "lat")}
    geometry = None
    if row["lon"] is not None and row["lat"] is not None:
        geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write_gpkg(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the rows as a GeoPackage with the layer ``orte`` in EPSG:25832.

    The degrees stay in the columns ``lon`` and ``lat``.
    """
    import geopandas as gpd
    import pandas as pd

    numbers = {field.name for field in stored_fields() if field.type in ("number", "district")}
    columns: dict[str, pd.Series[Any]] = {}
    for field in stored_fields():
        values = [row[field.name] for row in rows]
        dtype = "float64" if field.name in numbers and field.type == "number" else "object"
        columns[field.name] = pd.Series(values, dtype="Int64" if field.type == "district" else dtype)
    frame = pd.DataFrame(columns)
    points = from_lonlat(frame["lon"], frame["lat"])
    placed = gpd.GeoDataFrame(frame, geometry=points, crs=METRIC_CRS)
    with tempfile.TemporaryDirectory(prefix="qk-export-") as folder:
        path = Path(folder) / "orte.gpkg"
        placed.to_file(path, layer=LAYER, driver="GPKG", engine="pyogrio", geometry_type="Point")
        return path.read_bytes()
