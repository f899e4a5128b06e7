"""Address to position: suggestions with their precision, confirmed by a person. Nothing is guessed silently.

Own addresses, places, stops and districts are asked first (`exchange.geocode_book`); an address
service only if the operator set one (`exchange.geocode_online`). A far or doubtful match is only ever
one suggestion among others: `Answer.clear` is set for one unambiguous house, and even that has to be
confirmed before it becomes a coordinate.

For addresses of facilities. What a resident types about themselves stays with the own addresses: call
`search` without a service.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from rapidfuzz import fuzz

from exchange.addresses import Address, split_address, split_street
from exchange.errors import ConnectError
from exchange.normal import fold, house_key, street_key
from exchange.pairs import points_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Level = Literal["exact", "street", "district"]
State = Literal["clear", "ambiguous", "weak", "nothing"]

LEVELS: Final[tuple[Level, ...]] = ("exact", "street", "district")
MOST_CHARACTERS: Final = 300
MOST_SUGGESTIONS: Final = 10
SURE: Final = 0.9
"""Score from which a house counts as the one asked for, if no other does."""

SIMILAR: Final = 0.8
"""Least similarity of street names; below that it is another street."""

SAME_SPOT_M: Final = 100.0
"""Suggestions for the same address this near to each other are one."""

_STREET: Final = "strasse"
NO_ADDRESS: Final = Address(None, None, None, None)
_LEVEL_SCORE: Final = {"exact": 1.0, "street": 0.7, "district": 0.4}
_OTHER_CODE: Final = 0.7
_OTHER_TOWN: Final = 0.5


@dataclass(frozen=True)
class Suggestion:
    """A position an address may have.

    Attributes
    ----------
    label
        What a person reads: the address or name found.
    level
        ``exact`` = this house; ``street`` = this street, or near by on it; ``district`` = only the
        Stadtteil.
    lon, lat
        Degrees (EPSG:4326). For a district its middle, to look at; it is never stored.
    error_m
        Upper bound of the error as far as known; None = unknown.
    score
        0–1: how well it fits what was asked, less for less precise ones.
    source, licence
        Where the position comes from.
    address
        Parts of the address found.
    district_id
        Stadtteil, None = unknown.
    """

    label: str
    level: Level
    lon: float
    lat: float
    error_m: float | None
    score: float
    source: str
    licence: str = ""
    address: Address = NO_ADDRESS
    district_id: int | None = None


@dataclass(frozen=True)
class Answer:
    """Suggestions for one question, best first.

    Attributes
    ----------
    state
        ``clear`` = one house fits and no other; ``ambiguous`` = several do; ``weak`` = only less
        precise or less fitting ones; ``nothing``.
    left_out
        How many results of the service lay outside the city and its surroundings.
    """

    suggestions: tuple[Suggestion, ...]
    state: State
    left_out: int = 0

    @property
    def clear(self) -> Suggestion | None:
        """The one house that fits, to be confirmed by a person; None if there is any doubt."""
        return self.suggestions[0] if self.state == "clear" else None


class Source(Protocol):
    """Something that knows addresses."""

    def suggest(self, wanted: Address, text: str) -> tuple[list[Suggestion], int]:
        """Return suggestions in any order, and how many others lay too far away."""
        ...


def search(text: str, book: Source, service: Source | None = None) -> Answer:
    """Return what `text` (an address, or the name of a place, stop or Stadtteil) may mean.

    Parameters
    ----------
    text
        For example ``Lange Str. 12 A, 30159 Hannover``.
    book
        Own addresses, from `exchange.geocode_book`.
    service
        Asked only if the own addresses have no clear answer, and only given if the operator set one.

    Raises
    ------
    ConnectError
        The text is longer than 300 characters; the service cannot be asked.
    """
    if len(text) > MOST_CHARACTERS:
        raise ConnectError("geocode.too_long", limit=MOST_CHARACTERS)
    if not fold(text):
        return Answer((), "nothing")
    wanted = parts_of(text)
    own, _ = book.suggest(wanted, text)
    answer = judged(own)
    if answer.state == "clear" or service is None:
        return answer
    found, far = service.suggest(wanted, text)
    return judged([*own, *found], left_out=far)


def parts_of(text: str) -> Address:
    """Return the parts of an address; what follows the last comma is the town or Stadtteil."""
    found = split_address(text)
    if found.postal_code is not None:
        street, number = split_street((found.street or "").partition(",")[0])
        return found if "," not in (found.street or "") else found._replace(street=street, house_number=number)
    first, comma, last = text.rpartition(",")
    if not comma or not fold(last):
        return found
    street, number = split_street(first)
    return Address(street, number, None, last.strip())


def judged(suggestions: Sequence[Suggestion], *, left_out: int = 0) -> Answer:
    """Return suggestions in order, doubles left out, with what they are worth together."""
    ordered = sorted(suggestions, key=lambda one: (-one.score, LEVELS.index(one.level), one.label))
    kept: list[Suggestion] = []
    for one in ordered:
        if not any(_is_double(one, other) for other in kept):
            kept.append(one)
    found = tuple(kept[:MOST_SUGGESTIONS])
    sure = [one for one in found if one.level == "exact" and one.score >= SURE]
    state: State = "clear" if len(sure) == 1 else "ambiguous"
    if not sure:
        state = "weak" if found else "nothing"
    return Answer(found, state, left_out)


def score(wanted: Address, found: Address, level: Level, *, towns: frozenset[str]) -> float:
    """Return how well a found address fits the one asked for, 0–1.

    Similarity of the street names × precision; less if postal code or town contradict. A house
    with another number is no exact hit: callers give it the level ``street``.

    Parameters
    ----------
    towns
        Comparable names of the city and its Stadtteile: what counts as the same town.
    """
    if wanted.street is None or found.street is None:
        return 0.0
    similar = _similarity(street_key(wanted.street), street_key(found.street))
    if similar < SIMILAR:
        return 0.0
    value = similar * _LEVEL_SCORE[level]
    if wanted.postal_code and found.postal_code and wanted.postal_code != found.postal_code:
        value *= _OTHER_CODE
    if wanted.city and not _same_town(wanted.city, found.city, towns):
        value *= _OTHER_TOWN
    return round(value, 3)


def _similarity(one: str, other: str) -> float:
    """Return how like the keys of two streets are, 0–1; what every street is called counts for nothing."""
    if one.endswith(_STREET) and other.endswith(_STREET):
        one, other = one.removesuffix(_STREET), other.removesuffix(_STREET)
    return fuzz.ratio(one, other) / 100.0


def _same_town(wanted: str, found: str | None, towns: frozenset[str]) -> bool:
    asked = fold(wanted)
    if asked in towns:
        return not found or fold(found) in towns
    return found is not None and asked.startswith(fold(found))


def level_of(wanted: Address, found: Address) -> Level:
    """Return the precision of a found house or street: exact only for the same house number."""
    if wanted.house_number and found.house_number:
        return "exact" if house_key(wanted.house_number) == house_key(found.house_number) else "street"
    return "street"


def confirmed(answer: Answer, chosen: int) -> dict[str, Any]:
    """Return the fields of a place (``locations``) for the suggestion that a person confirmed.

    A house gives an exact coordinate; a street an approximate one with its error; a district only
    itself, without a coordinate.

    Parameters
    ----------
    chosen
        Place of the suggestion in `answer`, from 0.

    Raises
    ------
    ConnectError
        There is no such suggestion.
    """
    if not 0 <= chosen < len(answer.suggestions):
        raise ConnectError("geocode.not_offered")
    one = answer.suggestions[chosen]
    if one.level == "district":
        return {"lon": None, "lat": None, "coordinate_error_m": None, "coordinate_quality": "district"} | {
            "coordinate_method": None,
            "district_id": one.district_id,
        }
    return {
        "lon": round(one.lon, 6),
        "lat": round(one.lat, 6),
        "coordinate_quality": "exact" if one.level == "exact" else "approximate",
        "coordinate_error_m": None if one.level == "exact" else one.error_m,
        "coordinate_method": f"Adresssuche, bestätigt: {one.source} ({one.label})",
    }


def _is_double(one: Suggestion, other: Suggestion) -> bool:
    if one.level != other.level or _key(one.address) != _key(other.address):
        return False
    return distance_m(_position(one), _position(other)) <= SAME_SPOT_M


def _key(address: Address) -> tuple[str, str]:
    return street_key(address.street or ""), house_key(address.house_number or "")


def _position(one: Suggestion) -> Mapping[str, float]:
    return {"lon": one.lon, "lat": one.lat}


def distance_m(first: Mapping[str, Any], second: Mapping[str, Any]) -> float:
    """Return the straight line between two positions with ``lon`` and ``lat``, metres; NaN if one has none."""
    a, b = points_of([first, second])
    return float(((a - b) ** 2).sum() ** 0.5)
