"""What a source says differently from the inventory: added, changed, same, gone, or to be looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from exchange.duplicates import LIKELY, find_matches
from exchange.normal import fold, house_key, street_key
from exchange.plan import Decision

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from exchange.content import Row
    from exchange.duplicates import Match
    from exchange.place_rows import PlaceRow

State = Literal["added", "changed", "same", "unsure", "retired"]

COMPARED: Final = (
    "name", "street", "house_number", "postal_code", "city", "wheelchair", "wheelchair_note", "languages",
    "description", "website",
)  # fmt: skip
COORDINATE: Final = "coordinate"
MOVED_M: Final = 100.0
"""Coordinates farther apart than this are a difference."""

UNNAMED_M: Final = 60.0
"""A place without a name of its own is only compared with places as near as this."""

_CLEARLY: Final = 0.05


@dataclass(frozen=True)
class Change:
    """A field that differs; `here` None = unknown here, so that it can be filled in. Text of people's eyes."""

    field: str
    here: str | None
    there: str


@dataclass(frozen=True)
class Finding:
    """One object of the source.

    Attributes
    ----------
    row, ref, name, kind
        Its number in the answer, the source's name of it, its name and kind of facility.
    state
        ``added`` = not known here; ``changed`` = known, and the source adds or differs; ``same``;
        ``unsure`` = may be a place known here, a person decides; ``retired`` = taken out of use here.
    place_id
        The place it is, if that is sure.
    candidates
        Places or rows it may be, best first.
    """

    row: int
    ref: str
    name: str
    kind: str | None
    state: State
    place_id: str | None = None
    changes: tuple[Change, ...] = ()
    candidates: tuple[Match, ...] = ()


@dataclass(frozen=True)
class Gone:
    """A place that came from the source and is no longer in it. It stays until a person retires it."""

    place_id: str
    name: str
    kind: str | None


@dataclass(frozen=True)
class Difference:
    """All objects of an answer against the inventory.

    Attributes
    ----------
    outside, faulty
        How many objects lie outside the city or have an error; they are left out.
    only_here
        Places of the kinds asked for that the source does not have, other than `gone`.
    complete
        Whether the source gave everything; otherwise nothing is said to be gone.
    """

    findings: tuple[Finding, ...]
    gone: tuple[Gone, ...]
    only_here: tuple[str, ...]
    outside: int
    faulty: int
    complete: bool

    @property
    def counts(self) -> dict[str, int]:
        """Return how many objects are in each state."""
        found = Counter(finding.state for finding in self.findings)
        states = {state: found[state] for state in ("added", "changed", "same", "unsure", "retired")}
        return states | {"gone": len(self.gone), "outside": self.outside, "faulty": self.faulty}

    def decisions(self, overwrite: Collection[str] = ()) -> dict[int, Decision]:
        """Return what is done without a person: new places are added, gaps of sure ones filled.

        `overwrite` names fields in which the source counts instead of what is here.
        """
        found = {}
        for finding in self.findings:
            if finding.state == "added":
                found[finding.row] = Decision("different")
            elif finding.state == "changed":
                fields = _overwritten(finding, overwrite)
                found[finding.row] = Decision("merge", finding.place_id, fields)
            else:
                found[finding.row] = Decision("same")
        return found


def compare(
    rows: Sequence[PlaceRow],
    places: Mapping[str, Row],
    *,
    refs: Mapping[int, str],
    retired: Collection[str],
    labels: Mapping[str, tuple[str, str]],
) -> list[Finding]:
    """Return what each row is, compared with the places of the inventory.

    Parameters
    ----------
    rows
        Objects in the city, without errors; ``id`` is the identifier made for the object.
    places
        Places in use by identifier.
    refs
        Row number → the source's name of the object.
    retired
        Identifiers of places that people took out of use.
    labels
        Kind → (German, English) label, to know names that are none.
    """
    matches = find_matches(rows, places)
    taken: dict[str, tuple[float, int]] = {}
    for row in rows:  # a place is at most one object of the source: the one that fits it best
        sure = _sure(row, _worth(row, matches.get(row.number, ()), labels), places)
        if sure is not None:
            best = taken.get(str(sure.place_id))
            if best is None or sure.score > best[0]:
                taken[str(sure.place_id)] = (sure.score, row.number)
    owners = {key: number for key, (_, number) in taken.items()}
    found = []
    for row in rows:
        worth = _worth(row, matches.get(row.number, ()), labels)
        state: State = "added" if not worth else "unsure"
        sure = _sure(row, worth, places)
        changes: tuple[Change, ...] = ()
        place_id = None
        if row.values.get("id") in retired:
            state = "retired"
        elif sure is not None and owners[str(sure.place_id)] == row.number:
            place_id = str(sure.place_id)
            changes = _changes(row.values, places[place_id], sure.distance_m, named=_has_name(row, labels))
            state = "changed" if changes else "same"
        name, kind = str(row.values.get("name") or ""), row.values.get("kind")
        found.append(Finding(row.number, refs.get(row.number, ""), name, kind, state, place_id, changes, worth))
    return found


def _worth(row: PlaceRow, matches: Sequence[Match], labels: Mapping[str, tuple[str, str]]) -> tuple[Match, ...]:
    """Return the matches that say something: of a place without a name of its own only very near ones."""
    if _has_name(row, labels):
        return tuple(match for match in matches if match.place_id or match.score >= LIKELY)
    return tuple(
        match
        for match in matches
        if match.place_id and (match.score == 1.0 or (match.distance_m is not None and match.distance_m <= UNNAMED_M))
    )


def _has_name(row: PlaceRow, labels: Mapping[str, tuple[str, str]]) -> bool:
    """Tell whether a place has a name of its own, not only that of its kind."""
    label = labels.get(str(row.values.get("kind")), ("", ""))[0]
    return fold(str(row.values.get("name") or "")) != fold(label)


def _sure(row: PlaceRow, matches: Sequence[Match], places: Mapping[str, Row]) -> Match | None:
    """Return the match that needs no person: likely, clearly the best, and of the same kind."""
    if not matches or matches[0].place_id is None or matches[0].score < LIKELY:
        return None
    best = matches[0]
    if best.place_id == row.values.get("id"):
        return best
    if any(best.score - other.score < _CLEARLY for other in matches[1:] if other.place_id):
        return None
    kinds = row.values.get("kind"), places[str(best.place_id)].get("kind")
    return best if kinds[0] == kinds[1] else None


def _changes(values: Mapping[str, Any], place: Row, distance_m: float | None, *, named: bool) -> tuple[Change, ...]:
    found = []
    for name in COMPARED if named else COMPARED[1:]:
        there, here = values.get(name), place.get(name)
        if there in (None, "") or (here not in (None, "") and _same(name, str(here), str(there))):
            continue
        found.append(Change(name, None if here in (None, "") else str(here), str(there)))
    if values.get("lon") is not None:
        there = f"{values['lat']:.6f}, {values['lon']:.6f}"
        if place.get("lon") is None:
            found.append(Change(COORDINATE, None, there))
        else:
            apart = _apart_m(values, place) if distance_m is None else distance_m
            if apart > MOVED_M:
                found.append(Change(COORDINATE, f"{place['lat']:.6f}, {place['lon']:.6f}", there))
    return tuple(found)


def _apart_m(values: Mapping[str, Any], place: Row) -> float:
    from exchange.pairs import points_of

    first, second = points_of([values, place])
    return float(((first - second) ** 2).sum() ** 0.5)


def _same(name: str, here: str, there: str) -> bool:
    if name == "street":
        return street_key(here) == street_key(there)
    if name == "house_number":
        return house_key(here) == house_key(there)
    if name == "website":
        return _bare(here) == _bare(there)
    return fold(here) == fold(there)


def _bare(address: str) -> str:
    return address.casefold().partition("://")[2].removeprefix("www.").rstrip("/")


def _overwritten(finding: Finding, wanted: Collection[str]) -> frozenset[str]:
    """Return the stored fields in which the source counts, position and its quality together."""
    moved = [change for change in finding.changes if change.field == COORDINATE]
    fields = {change.field for change in finding.changes if change.field in wanted} - {COORDINATE}
    if moved and (moved[0].here is None or COORDINATE in wanted):
        fields |= {"lon", "lat", "coordinate_quality", "coordinate_error_m"}
    return frozenset(fields)
