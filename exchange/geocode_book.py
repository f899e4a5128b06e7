"""The project's own addresses: of places in use, of stops, of districts. Needs no other host."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz import fuzz, process

from exchange.addresses import Address
from exchange.geocode import SIMILAR, Level, Suggestion, level_of, score
from exchange.normal import fold, name_key, street_key
from geo.crs import to_lonlat

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from exchange.content import Row

STOP_ERROR_M: Final = 400.0
"""A stop lies within this of the addresses it is named after (data package: 50 to 400 m)."""

NUMBER_ERROR_M: Final = (200.0, 15.0)
"""Error bound of the nearest known house number: metres, and metres for each number between.

Of the 50 exact addresses of the data package with another one in their street, 48 lie within it."""

STOPS_SOURCE: Final = "Haltestellen des Datenpakets"
DISTRICTS_SOURCE: Final = "Stadtteile des Datenpakets"
_OTHER_DISTRICT: Final = 0.7
_NAMES: Final = 5
_STREETS: Final = 4
_NUMBER: Final = re.compile(r"\d+")
_PLACED: Final = ("exact", "approximate")


@dataclass
class AddressBook:
    """Addresses by street, places and stops by name, districts by name; from `address_book`."""

    streets: dict[str, list[Suggestion]] = field(default_factory=dict)
    names: dict[str, list[Suggestion]] = field(default_factory=dict)
    stops: dict[str, list[Suggestion]] = field(default_factory=dict)
    districts: dict[str, Suggestion] = field(default_factory=dict)
    towns: frozenset[str] = frozenset()

    def suggest(self, wanted: Address, text: str) -> tuple[list[Suggestion], int]:
        """Return everything that may be meant: houses, streets, stops, places by name, districts."""
        found = [*self._on_streets(wanted), *self._at_stops(wanted), *self._by_name(text), *self._areas(wanted, text)]
        return found, 0

    def _on_streets(self, wanted: Address) -> list[Suggestion]:
        if not wanted.street:
            return []
        found: list[Suggestion] = []
        for key in _similar(street_key(wanted.street), self.streets, _STREETS):
            known = self.streets[key]
            same = [one for one in known if level_of(wanted, one.address) == "exact"]
            if same:
                found += [self._scored(wanted, one, one.level, one.error_m) for one in same]
            else:
                nearest = min(known, key=lambda one: _numbers_apart(wanted, one))
                error = _error_m(wanted, nearest)
                found.append(self._scored(wanted, nearest, "street", error))
        return [one for one in found if one.score > 0]

    def _at_stops(self, wanted: Address) -> list[Suggestion]:
        if not wanted.street:
            return []
        keys = _similar(street_key(wanted.street), self.stops, _STREETS)
        found = [self._scored(wanted, one, "street", STOP_ERROR_M) for key in keys for one in self.stops[key]]
        return [one for one in found if one.score > 0]

    def _scored(self, wanted: Address, one: Suggestion, level: Level, error_m: float | None) -> Suggestion:
        value = score(wanted, one.address, level, towns=self.towns)
        area = self.districts.get(fold(wanted.city or ""))
        if area is not None and one.district_id is not None and area.district_id != one.district_id:
            value *= _OTHER_DISTRICT
        return _changed(one, level, error_m, round(value, 3))

    def _by_name(self, text: str) -> list[Suggestion]:
        asked = name_key(text)
        found = []
        for key in _similar(asked, self.names, _NAMES):
            similar = fuzz.ratio(asked, key) / 100.0
            found += [_changed(one, one.level, one.error_m, round(similar * one.score, 3)) for one in self.names[key]]
        return found

    def _areas(self, wanted: Address, text: str) -> list[Suggestion]:
        asked = (fold(wanted.city or ""), fold(text))
        return [self.districts[name] for name in dict.fromkeys(asked) if name in self.districts]


def address_book(places: Mapping[str, Row], stops: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> AddressBook:
    """Return the addresses of the project.

    Parameters
    ----------
    places
        Rows of ``locations`` in use by identifier; those without a coordinate are left out.
    stops, districts
        Frames of the data package (EPSG:25832).
    """
    book = AddressBook()
    towns = {fold(str(row["city"])) for row in places.values() if row.get("city") and row.get("lon") is not None}
    for row in places.values():
        if row.get("lon") is not None and row.get("coordinate_quality") in _PLACED:
            _add_place(book, row)
    _add_stops(book, stops)
    middles = to_lonlat(districts.geometry.representative_point())
    for number, name, point in zip(districts["district_id"], districts["name"], middles, strict=True):
        book.districts[fold(str(name))] = Suggestion(
            str(name), "district", point.x, point.y, None, 0.4, DISTRICTS_SOURCE, district_id=int(number)
        )
    book.towns = frozenset(towns | book.districts.keys())
    return book


def _add_place(book: AddressBook, row: Row) -> None:
    address = Address(row.get("street"), row.get("house_number"), row.get("postal_code"), row.get("city"))
    exact = row["coordinate_quality"] == "exact"
    one = Suggestion(
        label=_label(address, str(row.get("name") or "")),
        level="exact" if exact else "street",
        lon=row["lon"],
        lat=row["lat"],
        error_m=None if exact else row.get("coordinate_error_m"),
        score=1.0 if exact else 0.7,
        source=str(row.get("source") or ""),
        licence=str(row.get("source_licence") or ""),
        address=address,
        district_id=row.get("district_id"),
    )
    if address.street:
        book.streets.setdefault(street_key(address.street), []).append(one)
    if row.get("name"):
        book.names.setdefault(name_key(str(row["name"])), []).append(one)


def _add_stops(book: AddressBook, stops: gpd.GeoDataFrame) -> None:
    placed = stops[stops.geometry.notna()]
    points = to_lonlat(placed.geometry)
    outside = placed["district_id"].isna()
    for name, number, lost, point in zip(placed["name"], placed["district_id"], outside, points, strict=True):
        address = Address(str(name), None, None, None)
        district = None if lost else int(number)
        one = Suggestion(
            str(name), "street", point.x, point.y, STOP_ERROR_M, 0.7, STOPS_SOURCE, address=address,
            district_id=district,
        )  # fmt: skip
        book.stops.setdefault(street_key(str(name)), []).append(one)


def _similar(asked: str, known: Mapping[str, Any], limit: int) -> list[str]:
    """Return the keys most like `asked`; only the same one if there is it."""
    if not asked or asked in known:
        return [asked] if asked else []
    found = process.extract(asked, known.keys(), scorer=fuzz.ratio, score_cutoff=100 * SIMILAR, limit=limit)
    return [key for key, _, _ in found]


def _changed(one: Suggestion, level: Level, error_m: float | None, value: float) -> Suggestion:
    return Suggestion(
        one.label, level, one.lon, one.lat, error_m, value, one.source, one.licence, one.address, one.district_id
    )


def _numbers_apart(wanted: Address, one: Suggestion) -> float:
    """Return how many house numbers lie between, infinite if one is unknown."""
    first, second = (_NUMBER.search(text or "") for text in (wanted.house_number, one.address.house_number))
    return float(abs(int(first.group()) - int(second.group()))) if first and second else float("inf")


def _error_m(wanted: Address, one: Suggestion) -> float | None:
    """Return the error bound of a position in the same street, None without house numbers."""
    apart = _numbers_apart(wanted, one)
    if apart == float("inf"):
        return None
    base, each = NUMBER_ERROR_M
    return base + each * apart + (one.error_m or 0.0)


def _label(address: Address, name: str) -> str:
    street = " ".join(filter(None, (address.street, address.house_number)))
    town = " ".join(filter(None, (address.postal_code, address.city)))
    return ", ".join(filter(None, (street, town))) + (f" ({name})" if street else name)
