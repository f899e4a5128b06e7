"""Rows of one file that a person merges: the earlier row gets what it lacks, and both are one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from exchange.place_rows import PlaceRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from exchange.plan import Decision

_OF_OFFER: Final = ("offer", "offer_kind", "offer_description", "target_groups", "target_group_text")
_POINT: Final = ("lon", "lat")


def joined(
    rows: Sequence[PlaceRow], decisions: Mapping[int, Decision], left_out: Collection[int], ids: Iterator[str]
) -> tuple[list[PlaceRow], dict[int, Decision]]:
    """Return rows and decisions in which rows merged with each other share one identifier.

    Rows with one identifier are one place with several offers (`exchange.place_tables`), and where
    they differ the first one counts and a warning says so. A row merged with one that becomes part of
    an existing place becomes part of it too; one merged with a row that is left out stands alone.

    Parameters
    ----------
    rows, decisions
        As converted and decided; a merge names a place or an earlier row.
    left_out
        Numbers of rows with an error.
    ids
        New identifiers.
    """
    merged = {n: d for n, d in decisions.items() if d.action == "merge" and d.other_row is not None}
    if not merged:
        return list(rows), dict(decisions)
    found, decided = {row.number: row for row in rows}, dict(decisions)
    for number in sorted(merged):
        decision = merged[number]
        first = _first(int(decision.other_row or 0), merged)
        leads = decided.get(first)
        if first in left_out or (leads is not None and leads.action == "same"):
            decided[number] = replace(decision, action="different", other_row=None)
        elif leads is not None and leads.action == "merge":
            decided[number] = replace(decision, place_id=leads.place_id, other_row=None)
        else:
            decided[number] = replace(decision, action="different", other_row=None)
            if number not in left_out:
                found[first], found[number] = _one_place(found[first], found[number], ids)
    return [found[row.number] for row in rows], decided


def _first(number: int, merged: Mapping[int, Decision]) -> int:
    """Return the row that a chain of merges ends at."""
    while number in merged:
        number = int(merged[number].other_row or 0)
    return number


def _one_place(first: PlaceRow, later: PlaceRow, ids: Iterator[str]) -> tuple[PlaceRow, PlaceRow]:
    """Return both rows under one identifier; what only one of them knows of the place stands in both."""
    own = {"id": first.values.get("id") or next(ids)}
    gaps = {name: value for name, value in later.values.items() if name not in (*_OF_OFFER, "id")}
    if any(name in first.values for name in _POINT):  # a point is taken as a whole
        gaps = {name: value for name, value in gaps.items() if name not in _POINT}
    values: dict[str, Any] = gaps | first.values | own
    shared = {name: value for name, value in values.items() if name not in _OF_OFFER}
    return (
        PlaceRow(first.number, values, first.notes),
        PlaceRow(later.number, shared | later.values | own, later.notes),
    )
