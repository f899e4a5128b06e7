"""Rows that say in HSDS' own form what the program keeps in one field: for readers of other programs.

Address and wheelchair access of a place, languages, and kind and target groups as taxonomy terms.
All are marked ``qk_derived`` and left aside when the file is read here again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from exchange.hsds.profile import COUNTRY, DERIVED, STATE
from store.values import id_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exchange.content import Content, Row
    from exchange.vocabulary import Vocabulary

_ACCESS: Final = {
    "yes": "Rollstuhlgerecht",
    "limited": "Eingeschränkt rollstuhlgerecht",
    "no": "Nicht rollstuhlgerecht",
}
_TAXONOMIES: Final = {
    "kind": ("Einrichtungsarten der Quartierskarte", "Art der Einrichtung, zu der ein Angebot zählt"),
    "group": ("Zielgruppen der Quartierskarte", "Für wen ein Angebot gedacht ist"),
}


def add_derived(found: dict[str, list[dict[str, Any]]], content: Content, words: Vocabulary) -> None:
    """Add the derived rows to the tables of HSDS in place."""
    for key, place in content.rows("locations").items():
        _add(found, "address", _address(key, place))
        _add(found, "accessibility", _access(key, place))
        _add_languages(found, key, "location_id", place)
    used: dict[str, set[str]] = {"kind": set(), "group": set()}
    for key, service in content.rows("services").items():
        _add_languages(found, key, "service_id", service)
        _add_terms(found, key, "kind", [service["kind"]], used)
        _add_terms(found, key, "group", str(service.get("target_groups") or "").split(";"), used)
    _add_taxonomies(found, used, {"kind": words.kinds, "group": words.groups})


def _add(found: dict[str, list[dict[str, Any]]], table: str, row: dict[str, Any] | None) -> None:
    if row is not None:
        known = {name: value for name, value in row.items() if value is not None}
        found.setdefault(table, []).append(known | {DERIVED: True})


def _address(key: str, place: Row) -> dict[str, Any] | None:
    """Return the address in HSDS' form; None unless street, code and town are known."""
    street, code, town = place.get("street"), place.get("postal_code"), place.get("city")
    if not (street and code and town):
        return None
    return {
        "id": id_from("hsds", "address", key),
        "location_id": key,
        "address_1": f"{street} {place['house_number']}" if place.get("house_number") else street,
        "city": town,
        "state_province": STATE,
        "postal_code": code,
        "country": COUNTRY,
        "address_type": "physical",
    }


def _access(key: str, place: Row) -> dict[str, Any] | None:
    if place.get("wheelchair") is None:
        return None
    return {
        "id": id_from("hsds", "accessibility", key),
        "location_id": key,
        "description": _ACCESS[place["wheelchair"]],
        "details": place.get("wheelchair_note"),
    }


def _add_languages(found: dict[str, list[dict[str, Any]]], key: str, field: str, row: Row) -> None:
    for name in filter(None, str(row.get("languages") or "").split(";")):
        _add(found, "language", {"id": id_from("hsds", "language", key, name), field: key, "name": name})


def _add_terms(
    found: dict[str, list[dict[str, Any]]], key: str, taxonomy: str, terms: list[str], used: dict[str, set[str]]
) -> None:
    for term in filter(None, terms):
        used[taxonomy].add(term)
        row = {
            "id": id_from("hsds", "attribute", key, taxonomy, term),
            "link_id": key,
            "link_entity": "service",
            "link_type": "service_type" if taxonomy == "kind" else "eligibility",
            "taxonomy_term_id": id_from("hsds", "term", taxonomy, term),
        }
        _add(found, "attribute", row)


def _add_taxonomies(
    found: dict[str, list[dict[str, Any]]],
    used: dict[str, set[str]],
    labels: dict[str, Mapping[str, tuple[str, str]]],
) -> None:
    for taxonomy, terms in used.items():
        if not terms:
            continue
        name, description = _TAXONOMIES[taxonomy]
        taxonomy_id = id_from("hsds", "taxonomy", taxonomy)
        _add(found, "taxonomy", {"id": taxonomy_id, "name": name, "description": description})
        for term in sorted(terms):
            german, english = labels[taxonomy].get(term, (term, term))
            row = {
                "id": id_from("hsds", "term", taxonomy, term),
                "code": term,
                "name": german,
                "description": english,
                "taxonomy": name,
                "taxonomy_id": taxonomy_id,
                "language": "de",
            }
            _add(found, "taxonomy_term", row)
