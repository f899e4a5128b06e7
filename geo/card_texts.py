"""Every sentence a card can hold: key → English template; pages translate by key.

Fields in braces are the params of the line. ``…_m`` are metres, ``…_min`` minutes, ``share…`` is
0 to 1; names of kinds and target groups are ids of the catalogue, for pages to label.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from geo.verdict import REASON_KEYS

_TEXTS: Final[dict[str, str]] = {
    # who is counted
    "card.who.counted": "{area_name}: {people} people of the group {target_group} are counted.",
    "card.who.secret": "In {cells} cells their number is kept secret (0 to 2 each): at most {people_max}.",
    "card.who.not_counted": "{area_name}: nobody has counted the group {target_group}; all {people} people stand in.",
    "card.who.unreached": "{people} of them live near no street of the graph and are left out.",
    # the standard
    "card.standard.distance": "Standard: at most {threshold_m} m on foot ({walk_min} min).",
    "card.standard.provision": "Standard: one unit for {persons_per_unit} people.",
    "card.standard.source": "It is from {jurisdiction} ({year}), status: {status}. Source: {source_title}.",
    "card.standard.source_undated": "It is from {jurisdiction}, status: {status}. Source: {source_title}.",
    "card.standard.own": "This is an own value, not a standard.",
    "card.standard.none": "No standard is known for {kind}.",
    # what is there
    "card.places.known": "{known} places of {kind} are known here.",
    "card.places.unlocated": "For {unlocated} of them the exact location is not known.",
    "card.places.approximate": "For {approximate} of them the location is approximate.",
    "card.places.unreached": "{unreached} of them lie too far from every street: walks to them are not known.",
    "card.inventory.complete": "The inventory of the city is complete as of {date}.",
    "card.inventory.complete_undated": "The inventory of the city is complete; its date is not known.",
    # how far people walk
    "card.walk.median": "Half of the people walk at most {median_m} m ({walk_min} min) to the nearest known one.",
    "card.walk.mean": "On average it is {mean_m} m to the nearest and {third_m} m to the third nearest known one.",
    "card.walk.mean_one": "On average it is {mean_m} m to the nearest known one; there are fewer than three.",
    "card.walk.nothing": "Half of the people and more reach none on foot.",
    "card.walk.unknown": "How far people walk is not known: no place has a known location.",
    "card.walk.method_network": "Measured along the streets at {kmh} km/h, with {to_street_m} m on average to the street.",
    "card.walk.method_line": "Measured as straight line × {detour} at {kmh} km/h.",
    "card.share": "{share} of the people ({people_beyond}) live farther away than {threshold_m} m.",
    "card.share.known": "Going by places of known location, {share} of the people ({people_beyond}) live farther away than "
    "{threshold_m} m; the other places may make it fewer.",
    "card.share.bounds": "With the secret numbers it is between {share_low} and {share_high}.",
    "card.coverage": "{supply} units reach the people here; the standard asks for {required} ({coverage} of it).",
    "card.coverage.known": "{supply} units of known location reach the people here; the standard asks for {required} "
    "({coverage} of it); the other places may make it more.",
    # the verdict
    "card.verdict.covered": "Verdict: covered.",
    "card.verdict.partly": "Verdict: partly covered.",
    "card.verdict.gap": "Verdict: gap.",
    "card.verdict.no_statement": "Verdict: no statement.",
    "card.verdict.no_target_population": "Verdict: none, nobody of the group is known to live here.",
    "card.verdict.no_standard": "Verdict: none, there is no standard.",
    "card.verdict.no_distance": "Verdict: none, distances are not known.",
    # how certain
    "card.draws.gap": "With unknown places spread at random it is a gap in {gap} of {draws} draws.",
    "card.draws.unknown": "How many places are missing is not known, so chance cannot be tried.",
    # what would change it
    "card.change.people": "It would be no gap if {people} more people had one within {threshold_m} m.",
    "card.change.longer": "It would be no gap with a longest walk of {limit_m} m.",
    "card.change.shorter": "It would be a gap with a longest walk of less than {limit_m} m.",
    "card.change.shorter_known": "Going by places of known location alone, it would be a gap with a longest walk of less than "
    "{limit_m} m.",
    "card.change.units": "It would reach the standard with {deficit} more units.",
    "card.change.known_covered": "If the known places were all, it would be covered.",
    "card.change.known_partly": "If the known places were all, it would be partly covered.",
    "card.change.known_gap": "If the known places were all, it would be a gap.",
    "card.change.inventory": "A complete inventory of {kind} would allow a verdict.",
    "card.change.locate": "Knowing the location of {unlocated} places would allow a verdict.",
    "card.change.standard": "An own value would allow a verdict.",
    "card.change.count": "A count of the group {target_group} would allow a verdict.",
}

CARD_KEYS: Final = MappingProxyType(_TEXTS | REASON_KEYS)
"""Key → English template of every card line, reasons of verdicts included."""

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a card.

    Attributes
    ----------
    key
        Message key, one of `CARD_KEYS`.
    params
        Numbers, ids and names of the sentence.
    """

    key: str
    params: Params


SECTIONS: Final = MappingProxyType(
    {
        "verdict": ("card.verdict.", "gap.reason."),
        "who": ("card.who.",),
        "standard": ("card.standard.",),
        "walk": ("card.walk.", "card.share", "card.coverage"),
        "known": ("card.places.", "card.inventory.", "card.draws."),
        "change": ("card.change.",),
    }
)
"""Parts of a card in the order in which people read them: name → how the keys of its lines begin."""


def sections(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines of a card by part, the verdict first; parts without a line are left out."""
    every = list(lines)
    parts = [(name, [line for line in every if line.key.startswith(begins)]) for name, begins in SECTIONS.items()]
    return [(name, found) for name, found in parts if found]
