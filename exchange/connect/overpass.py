"""OpenStreetMap through Overpass: all kinds of the catalogue in one question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from exchange.connect.answer import Answer, Record, parsed, text_of
from exchange.connect.osm_tags import kind_of, query, tag_mapping
from exchange.errors import ConnectError
from exchange.limits import MIB
from geo.crs import LONLAT_CRS, points_from_xy, to_lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.connect.definition import Definition
    from exchange.connect.http import Client
    from exchange.vocabulary import Vocabulary

SECONDS: Final = 120
_TYPES: Final = ("node", "way", "relation")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHEELCHAIR: Final = {"yes": "yes", "designated": "yes", "limited": "limited", "no": "no"}
# Target → tags, the first one filled in counts. No e-mail addresses: they are often those of persons.
_TAGS: Final = {
    "name": ("name:de", "name", "official_name"),
    "street": ("addr:street", "addr:place"),
    "house_number": ("addr:housenumber",),
    "postal_code": ("addr:postcode",),
    "city": ("addr:city",),
    "operator": ("operator",),
    "wheelchair_note": ("wheelchair:description:de", "wheelchair:description"),
    "opening_hours": ("opening_hours",),
    "phone": ("phone", "contact:phone"),
    "website": ("website", "contact:website", "url"),
    "description": ("description:de", "description"),
}
COLUMNS: Final = (*_TAGS, "kind", "wheelchair", "contact_public", "lon", "lat")


def fetch(definition: Definition, client: Client, words: Vocabulary) -> Answer:
    """Ask for all objects of the catalogue's kinds (or those of the definition) in the city's bounds.

    Objects without a name get the label of their kind. Addresses, telephone numbers (public), opening
    hours, wheelchair access and websites are taken over; other tags are not.
    """
    kinds = frozenset(definition.kinds or words.kinds) & words.kinds.keys() & tag_mapping().keys()
    asked = query(sorted(kinds), _box(words), seconds=SECONDS, most_bytes=128 * MIB)
    host = urlsplit(definition.url).hostname or "?"
    document = parsed(client.post(definition.url, {"data": asked}), host)
    elements = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(elements, list):
        raise ConnectError("connect.answer", host=host, reason="no list 'elements'")
    remark = text_of(document.get("remark"))
    if remark is not None and "error" in remark.lower():
        raise ConnectError("connect.answer", host=host, reason=remark)
    base = document.get("osm3s")
    stamp = _DATE.match(text_of(base.get("timestamp_osm_base")) or "") if isinstance(base, dict) else None
    found = [row for element in elements if (row := _row(element, kinds, words)) is not None]
    return Answer(
        query=asked,
        data_date=stamp.group() if stamp else None,
        complete=remark is None,
        records=[record for record, _, _ in found],
        refs=[ref for _, ref, _ in found],
        queries=[selector for _, _, selector in found],
        mapping={column: column for column in COLUMNS},
        crs=LONLAT_CRS,
        kinds=kinds,
    )


def _box(words: Vocabulary) -> str:
    """Return the city's bounds as ``south,west,north,east`` in degrees."""
    west, south, east, north = words.bounds
    corners = to_lonlat(points_from_xy([west, west, east, east], [south, north, south, north]))
    lon, lat = corners.x, corners.y
    return f"{lat.min():.5f},{lon.min():.5f},{lat.max():.5f},{lon.max():.5f}"


def _row(element: Any, kinds: frozenset[str], words: Vocabulary) -> tuple[Record, str, str] | None:
    """Return record, name at the source and selector of an object; None if it is of none of the kinds."""
    if not isinstance(element, dict) or element.get("type") not in _TYPES or not isinstance(element.get("tags"), dict):
        return None
    tags = {key: value for key, value in element["tags"].items() if isinstance(value, str)}
    found = kind_of(tags, kinds)
    number = str(element.get("id"))
    if found is None or not number.isdigit():
        return None
    kind, selector = found
    record = _record(tags) | {"kind": kind}
    record["name"] = record["name"] or words.kinds[kind][0]
    center = element.get("center")
    spot = center if isinstance(center, dict) else element
    record |= {"lon": text_of(spot.get("lon")), "lat": text_of(spot.get("lat"))}
    return record, f"{element['type']}/{number}", selector.text


def _record(tags: Mapping[str, str]) -> Record:
    record: Record = {
        target: next((tags[key] for key in keys if tags.get(key)), None) for target, keys in _TAGS.items()
    }
    if record["phone"]:
        record["phone"] = record["phone"].split(";")[0].strip()
        record["contact_public"] = "true"
    record["wheelchair"] = _WHEELCHAIR.get(tags.get("wheelchair", ""))
    return record
