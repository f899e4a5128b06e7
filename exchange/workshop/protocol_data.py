"""The notes of an evening as data: CSV and GeoJSON, with votes, groups and what became of them; no text is a formula."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from exchange.text_cells import prefixed
from exchange.workshop.protocol import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exchange.workshop.evening import Evening

COLUMNS: Final = (
    "number", "id", "category", "text", "group", "dots", "lon", "lat", "grid_code", "uncertainty_m", "sticker", "channel",
    "created_at", "became", "became_title", "responsible", "date", "status",
)  # fmt: skip
"""Columns of the CSV and properties of the GeoJSON; ``dots`` are those of the group for notes of a group."""

_BETWEEN: Final = " | "


def protocol_csv(evening: Evening) -> bytes:
    """Return the shown notes as CSV that German spreadsheets open: UTF-8 with mark, semicolon, decimal comma."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in _rows(evening))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", errors="replace")


def protocol_geojson(evening: Evening) -> bytes:
    """Return the shown notes as GeoJSON (degrees, WGS 84); a note without a place has the geometry null."""
    features = [_feature(row) for row in _rows(evening)]
    session = evening.session
    about = {
        "title": session.title, "question": session.question, "area": session.area_name, "area_level": session.area_level,
        "area_id": session.area_id, "date": session.created_at[:10], "participants": evening.participants,
        "not_shown": evening.not_shown,
    }  # fmt: skip
    document = {"type": "FeatureCollection", "session": about, "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", errors="replace")


def _rows(evening: Evening) -> Iterator[dict[str, Any]]:
    for item, note in evening.notes:
        agreed = item.became
        sure = None
        if note.channel == "paper" and note.grid_code and evening.grid is not None and note.lon is not None:
            sure = round(evening.grid.cell("A1").uncertainty_m, 1)
        yield {
            "number": item.number,
            "id": note.id,
            "category": note.category,
            "text": note.text,
            "group": item.title if item.is_group else None,
            "dots": item.dots,
            "lon": note.lon,
            "lat": note.lat,
            "grid_code": place_of(evening, note) or None,
            "uncertainty_m": sure,
            "sticker": note.sticker,
            "channel": note.channel,
            "created_at": note.created_at,
            "became": _BETWEEN.join(one.resource for one in agreed) or None,
            "became_title": _BETWEEN.join(one.title for one in agreed) or None,
            "responsible": _BETWEEN.join(one.responsible or "" for one in agreed) if agreed else None,
            "date": _BETWEEN.join(one.date or "" for one in agreed) if agreed else None,
            "status": _BETWEEN.join(one.status or "" for one in agreed) if agreed else None,
        }


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return prefixed(value) if isinstance(value, str) else str(value)


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if value is not None and name not in {"lon", "lat"}}
    placed = row["lon"] is not None and row["lat"] is not None
    geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if placed else None
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}
