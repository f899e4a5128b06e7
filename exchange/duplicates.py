"""Rows that may be a place that is there already, by name, address and distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from rapidfuzz import fuzz, process

from exchange.normal import fold, name_key, street_key
from exchange.pairs import NEAR_M, address_key, candidate_pairs, points_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.pairs import FloatArray, IntArray
    from exchange.place_rows import PlaceRow

Action = Literal["same", "merge", "different"]

SAME: Final = 0.92
LIKELY: Final = 0.78
POSSIBLE: Final = 0.65
"""Scores from which a pair is proposed as same or merge, as likely, or listed at all."""

LISTED: Final = 5
"""Most possible doubles listed for one row."""

COMPARED: Final = (
    "name", "kind", "street", "house_number", "postal_code", "city", "wheelchair", "wheelchair_note",
    "languages", "description", "website", "note",
)  # fmt: skip
"""Fields of a place that a row can add to or differ in."""

_DETAILS: Final = ("operator", "contact", "phone", "email", "opening_hours", "offer", "target_groups")
"""What a row knows beside the fields of its place: two rows of one file are compared by these too."""

_NAME_WEIGHT: Final = 0.6
_EXACT_M: Final = 30.0
_OTHER_KIND: Final = 0.88
_NO_EVIDENCE: Final = 0.45
_SAME_STREET: Final = 0.3


@dataclass(frozen=True)
class Match:
    """A place, or an earlier row of the file, that a row may be the same as.

    Attributes
    ----------
    row
        Number of the row in the file.
    place_id, other_row
        The existing place, or the number of the earlier row; exactly one is set.
    score
        0–1: 60 % name, 40 % address or distance, whichever fits better; less for another kind.
        1 if both have the same identifier.
    name_score
        Similarity of the names, 0–1.
    distance_m
        Straight-line distance, None if one has no coordinate.
    proposal
        ``same`` (the row adds nothing), ``merge`` (the same place; the row adds or differs),
        ``different``.
    differences
        Fields that both know and that differ.
    """

    row: int
    place_id: str | None
    other_row: int | None
    score: float
    name_score: float
    distance_m: float | None
    proposal: Action
    differences: tuple[str, ...]


def find_matches(rows: Sequence[PlaceRow], places: Mapping[str, Mapping[str, Any]]) -> dict[int, list[Match]]:
    """Return the possible doubles of each row by its number, best first; others are not in it.

    Parameters
    ----------
    rows
        Converted rows. Rows with the same identifier are one place and no doubles of each other.
    places
        Existing places by identifier (fields of ``locations``).
    """
    keys: list[str | None] = [*places, *(row.values.get("id") for row in rows)]
    records = [*places.values(), *(row.values for row in rows)]
    points = points_of(records)
    pairs = candidate_pairs(records, points, len(places))
    scores, names, distances = _scores(records, points, pairs)
    found: dict[int, list[Match]] = {}
    for row in rows:
        key = str(row.values.get("id"))
        if key in places:
            found[row.number] = [_match(row, places[key], key, None, (1.0, 1.0, np.nan))]
    recognised = set(found)
    for at in _best(pairs, scores):
        later, earlier = pairs[at].tolist()
        row = rows[later - len(places)]
        if row.number in recognised or (keys[later] is not None and keys[later] == keys[earlier]):
            continue
        place_id = keys[earlier] if earlier < len(places) else None
        other = None if place_id is not None else rows[earlier - len(places)].number
        evidence = (float(scores[at]), float(names[at]), float(distances[at]))
        found.setdefault(row.number, []).append(_match(row, records[earlier], place_id, other, evidence))
    for matches in found.values():
        matches.sort(key=lambda match: (-match.score, match.other_row or 0, match.place_id or ""))
    return found


def _best(pairs: IntArray, scores: FloatArray) -> list[int]:
    """Return the pairs worth listing: the best few of each row above `POSSIBLE`."""
    listed = np.flatnonzero(scores >= POSSIBLE)
    order = listed[np.lexsort((pairs[listed, 1], -scores[listed], pairs[listed, 0]))]
    rows = pairs[order, 0]
    first = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]]) if len(rows) else np.empty(0, dtype="int64")
    rank = np.arange(len(rows)) - np.repeat(first, np.diff(np.r_[first, len(rows)]))
    found: list[int] = order[rank < LISTED].tolist()
    return found


def _match(
    row: PlaceRow,
    record: Mapping[str, Any],
    place_id: str | None,
    other_row: int | None,
    evidence: tuple[float, float, float],
) -> Match:
    score, name, distance = evidence
    differences = tuple(
        field
        for field in COMPARED
        if _known(row.values.get(field))
        and _known(record.get(field))
        and _comparable(field, row.values[field]) != _comparable(field, record[field])
    )
    asked = (*COMPARED, "lon") if other_row is None else (*COMPARED, "lon", *_DETAILS)
    adds = any(_known(row.values.get(field)) and not _known(record.get(field)) for field in asked)
    proposal: Action = "different"
    if score >= LIKELY:
        proposal = "same" if score >= SAME and not differences and not adds else "merge"
    shown_distance = None if np.isnan(distance) else round(distance, 1)
    return Match(
        row.number, place_id, other_row, round(score, 3), round(name, 3), shown_distance, proposal, differences
    )


def _known(value: object) -> bool:
    return value is not None and value != ""


def _comparable(field: str, value: object) -> str:
    return street_key(str(value)) if field == "street" else fold(str(value))


def _scores(
    records: Sequence[Mapping[str, Any]], points: FloatArray, pairs: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return score, similarity of names and distance (metres, NaN = unknown) of each pair."""
    left, right = pairs[:, 0], pairs[:, 1]
    distances = np.hypot(*(points[left] - points[right]).T)
    near = np.clip((NEAR_M - distances) / (NEAR_M - _EXACT_M), 0.0, 1.0)
    place = np.fmax(near, _address_scores(records, left, right))
    place = (1 - _NAME_WEIGHT) * np.where(np.isnan(place), _NO_EVIDENCE, place)
    names = _name_scores([name_key(str(record.get("name") or "")) for record in records], left, right, place)
    scores = _NAME_WEIGHT * names + place
    kinds = np.array([fold(str(record.get("kind") or "")) for record in records])
    other = (kinds[left] != kinds[right]) & (kinds[left] != "") & (kinds[right] != "")
    return np.where(other, scores * _OTHER_KIND, scores), names, distances


def _name_scores(keys: Sequence[str], left: IntArray, right: IntArray, place: FloatArray) -> FloatArray:
    """Return the similarity of the names of each pair; 0 where the pair cannot reach `POSSIBLE` any more.

    `place` is what the place adds to the score: most near pairs have nothing else in common, and
    comparing words without their order costs as much as everything else.
    """
    names = np.zeros(len(left))
    worth = np.flatnonzero(_NAME_WEIGHT + place >= POSSIBLE)
    for scorer, rest in ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, 0.0)):
        first, second = ([keys[i] for i in side[worth].tolist()] for side in (left, right))
        names[worth] += process.cpdist(first, second, scorer=scorer).astype("float64") / 100.0
        lost = _NAME_WEIGHT * (names[worth] + rest) / 2 + place[worth] < POSSIBLE
        names[worth[lost]] = 0.0
        worth = worth[~lost]
    return names / 2


def _address_scores(records: Sequence[Mapping[str, Any]], left: IntArray, right: IntArray) -> FloatArray:
    """Return 1 for the same address, 0.3 for the same street, 0 for another; NaN = one is unknown."""
    whole = np.array([address_key(record) or "" for record in records])
    streets = np.array([street_key(record["street"]) if record.get("street") else "" for record in records])
    codes = np.array([str(record.get("postal_code") or "") for record in records])
    both = (streets[left] != "") & (streets[right] != "")
    other_code = (codes[left] != codes[right]) & (codes[left] != "") & (codes[right] != "")
    score = np.where(streets[left] == streets[right], _SAME_STREET, 0.0)
    score = np.where((whole[left] == whole[right]) & (whole[left] != ""), 1.0, score)
    score = np.where(other_code, np.minimum(score, _SAME_STREET), score)
    return np.where(both, score, np.nan)
