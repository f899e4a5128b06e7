"""Address services of other hosts: Nominatim, Photon, or the city's own WFS. Off by default.

One question a second, answers kept in memory. The question goes to the service as it was typed: for
addresses of facilities only, never for those of residents.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import numpy as np

from exchange.addresses import Address
from exchange.connect.answer import parsed, text_of
from exchange.connect.definition import ADDRESSES, definition_of
from exchange.connect.features import Collected
from exchange.connect.gml import GEOMETRY_X, GEOMETRY_Y
from exchange.connect.wfs import ACCEPT, feature_params
from exchange.errors import ConnectError
from exchange.geocode import Level, Suggestion, level_of, score
from exchange.normal import fold, house_key, street_key
from exchange.positions import find_position, inside, to_lonlat
from geo.crs import LONLAT_CRS, points_from_xy
from geo.crs import to_lonlat as degrees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from exchange.connect.answer import Record
    from exchange.connect.definition import Definition
    from exchange.connect.http import Client
    from exchange.connect.online import Online
    from exchange.vocabulary import Bounds, Vocabulary

KEPT: Final = 500
_LIMIT: Final = "10"
_OSM: Final = "ODbL 1.0"
_AREAS: Final = frozenset({"suburb", "city_district", "quarter", "neighbourhood", "district", "locality", "borough"})
_STREETS: Final = frozenset({"road", "street", "pedestrian", "footway", "residential", "square", "place"})
Found = tuple[list[Suggestion], int]


class Service:
    """One address service with its memory; from `service_of`."""

    def __init__(self, ask: Callable[[Address, str], Iterable[Suggestion]], bounds: Bounds) -> None:
        self._ask, self._bounds = ask, bounds
        self._kept: OrderedDict[tuple[str, ...], Found] = OrderedDict()
        self._lock = threading.Lock()

    def suggest(self, wanted: Address, text: str) -> Found:
        """Return suggestions in or near the city and how many lay farther away; ConnectError if it cannot be asked."""
        key = (street_key(wanted.street or ""), house_key(wanted.house_number or ""), wanted.postal_code or "",
               fold(wanted.city or ""), fold(text))  # fmt: skip
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        every = list(self._ask(wanted, text))
        near = [one for one in every if _is_near(one, self._bounds)]
        fitting = [one for one in near if one.score > 0]
        found = fitting, len(every) - len(near)
        with self._lock:
            self._kept[key] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def service_of(online: Online, client: Client, words: Vocabulary, towns: frozenset[str]) -> Service | None:
    """Return the service that the operator set, None if none.

    Parameters
    ----------
    online, client
        The operator's settings and the way out.
    words
        Bounds of the city.
    towns
        Comparable names of the city (`exchange.geocode_book.AddressBook.towns`).

    Raises
    ------
    ConnectError
        ``wfs`` is set without a connector named ``addresses``.
    """
    bounds = words.bounds
    box = _box(bounds)
    host = urlsplit(online.geocoder_url).hostname or "?"

    def nominatim(wanted: Address, text: str) -> Iterable[Suggestion]:
        params = {"q": text, "format": "jsonv2", "addressdetails": "1", "limit": _LIMIT, "countrycodes": "de"}
        west, south, east, north = box
        params |= {"viewbox": f"{west},{north},{east},{south}", "accept-language": "de"}
        return from_nominatim(parsed(client.get(online.geocoder_url, params), host), wanted, towns, host)

    def photon(wanted: Address, text: str) -> Iterable[Suggestion]:
        params = {"q": text, "limit": _LIMIT, "lang": "de", "bbox": ",".join(map(str, box))}
        return from_photon(parsed(client.get(online.geocoder_url, params), host), wanted, towns, host)

    if online.geocoder == "nominatim":
        return Service(nominatim, bounds)
    if online.geocoder == "photon":
        return Service(photon, bounds)
    if online.geocoder == "wfs":
        definition = definition_of(online, ADDRESSES)
        return Service(lambda wanted, _text: _from_wfs(definition, client, wanted, bounds, towns), bounds)
    return None


def from_nominatim(document: Any, wanted: Address, towns: frozenset[str], host: str) -> list[Suggestion]:
    """Return the suggestions in an answer of Nominatim (format ``jsonv2`` with address details)."""
    if not isinstance(document, list):
        raise ConnectError("connect.answer", host=host, reason="no list")
    found = []
    for entry in document:
        parts = entry.get("address") if isinstance(entry, dict) else None
        if not isinstance(parts, dict):
            continue
        street = next((parts[k] for k in ("road", "pedestrian", "footway", "square") if text_of(parts.get(k))), None)
        town = next((parts[k] for k in ("city", "town", "village", "municipality") if text_of(parts.get(k))), None)
        address = Address(street, text_of(parts.get("house_number")), text_of(parts.get("postcode")), town)
        kind = text_of(entry.get("addresstype")) or ""
        label = text_of(entry.get("display_name")) or ""
        found.append(_suggestion(wanted, address, kind, (entry.get("lon"), entry.get("lat")), label, towns, host))
    return [one for one in found if one is not None]


def from_photon(document: Any, wanted: Address, towns: frozenset[str], host: str) -> list[Suggestion]:
    """Return the suggestions in an answer of Photon (GeoJSON)."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise ConnectError("connect.answer", host=host, reason="no list 'features'")
    found = []
    for feature in features:
        parts = feature.get("properties") if isinstance(feature, dict) else None
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        spot = geometry.get("coordinates") if isinstance(geometry, dict) else None
        if not isinstance(parts, dict) or not isinstance(spot, list) or len(spot) < 2:  # noqa: PLR2004 - lon, lat
            continue
        kind, name = text_of(parts.get("type")) or "", text_of(parts.get("name"))
        street = text_of(parts.get("street")) or (name if kind == "street" else None)
        address = Address(
            street, text_of(parts.get("housenumber")), text_of(parts.get("postcode")), text_of(parts.get("city"))
        )
        label = ", ".join(filter(None, (name, street, address.house_number, address.postal_code, address.city)))
        found.append(_suggestion(wanted, address, kind, (spot[0], spot[1]), label, towns, host))
    return [one for one in found if one is not None]


def _suggestion(
    wanted: Address,
    address: Address,
    kind: str,
    spot: tuple[object, object],
    label: str,
    towns: frozenset[str],
    host: str,
) -> Suggestion | None:
    """Return one result as a suggestion, None without a finite position or street that fits."""
    try:
        lon, lat = float(str(spot[0])), float(str(spot[1]))
    except ValueError:
        return None
    level: Level = level_of(wanted, address)
    value = score(wanted, address, level, towns=towns)
    if kind in _AREAS or (address.street is None and kind not in _STREETS):
        level, value = "district", 0.2
    return Suggestion(label[:200], level, lon, lat, None, value, f"OpenStreetMap ({host})", _OSM, address)


def _from_wfs(
    definition: Definition, client: Client, wanted: Address, bounds: Bounds, towns: frozenset[str]
) -> Iterable[Suggestion]:
    """Ask the city's own layer of addresses for the street."""
    if not wanted.street:
        return []
    host = urlsplit(definition.url).hostname or "?"
    column = next((name for name, target in definition.fields.items() if target == "street"), None)
    if column is None:
        raise ConnectError("connect.bad_definition", name=definition.name, reason="no property leads to 'street'")
    collected = Collected(definition, host)
    params = feature_params(definition) | {"filter": street_filter(column, wanted.street), "count": "1000"}
    collected.take(client.get(definition.url, params, accept=ACCEPT))
    answer = collected.answer("")
    found = [_of_record(record, definition, wanted, towns) for record in answer.records]
    return _placed(found, answer.records, bounds, answer.crs)


def street_filter(column: str, street: str) -> str:
    """Return the filter (OGC Filter Encoding 2.0) for streets that begin as asked; ``Str.`` means ``Straße`` too."""
    lowered = street.rstrip(". ")
    for ending in ("straße", "strasse", "str"):
        if lowered.casefold().endswith(ending):
            lowered = lowered[: -len(ending)] + "str"
            break
    wanted = "".join(f"!{c}" if c in "*!?" else c for c in lowered)
    return (
        '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0">'
        '<fes:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!" matchCase="false">'
        f"<fes:ValueReference>{escape(column)}</fes:ValueReference><fes:Literal>{escape(wanted)}*</fes:Literal>"
        "</fes:PropertyIsLike></fes:Filter>"
    )


def _of_record(record: Record, definition: Definition, wanted: Address, towns: frozenset[str]) -> Suggestion:
    parts = {target: record.get(column) for column, target in definition.fields.items()}
    address = Address(parts.get("street"), parts.get("house_number"), parts.get("postal_code"), parts.get("city"))
    level = level_of(wanted, address)
    label = " ".join(filter(None, (address.street, address.house_number, address.postal_code, address.city)))
    value = score(wanted, address, level, towns=towns)
    return Suggestion(label, level, 0.0, 0.0, None, value, definition.source, definition.licence, address)


def _placed(
    found: list[Suggestion], records: Iterable[Record], bounds: Bounds, crs: str | None
) -> Iterable[Suggestion]:
    """Return the suggestions with their positions in degrees; those without one are left out."""
    spots = [(record.get(GEOMETRY_X), record.get(GEOMETRY_Y)) for record in records]
    x, y = (np.array([float(spot[i] or "nan") for spot in spots]) for i in (0, 1))
    position = find_position(x, y, bounds, named=crs)
    if position is None:
        return []
    lon, lat = to_lonlat(x, y, position)
    return [
        Suggestion(
            one.label, one.level, float(east), float(north), None, one.score, one.source, one.licence, one.address
        )
        for one, east, north in zip(found, lon, lat, strict=True)
        if np.isfinite(east) and np.isfinite(north)
    ]


def _is_near(one: Suggestion, bounds: Bounds) -> bool:
    return bool(inside(np.array([one.lon]), np.array([one.lat]), LONLAT_CRS, bounds)[0])


def _box(bounds: Bounds) -> tuple[float, float, float, float]:
    """Return the bounds as west, south, east, north in degrees."""
    west, south, east, north = bounds
    corners = degrees(points_from_xy([west, west, east, east], [south, north, south, north]))
    values = corners.x.min(), corners.y.min(), corners.x.max(), corners.y.max()
    return tuple(round(float(value), 5) for value in values)  # type: ignore[return-value]
