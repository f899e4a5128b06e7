"""From tables of HSDS 3 to entries: our own files come back exactly, others as far as they go.

Names of persons (HSDS contact.name) are not read. Identifiers that are no UUID of version 5 get
one made from them, so that reading the same file again finds the same entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exchange import cells
from exchange.addresses import split_street
from exchange.convert import DEFAULT_CONTACT
from exchange.hsds.profile import COUNTERPARTS, DERIVED, FILLED, OWN, Counterpart
from exchange.hsds.references import with_own_references
from store.resources import resources
from store.values import id_from, is_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from exchange.content import Row
    from exchange.vocabulary import Vocabulary
    from store.resources import Field


def entries(
    content: Mapping[str, Sequence[Mapping[str, Any]]],
    words: Vocabulary,
    *,
    source: str,
    default_kind: str | None = None,
) -> dict[str, dict[str, Row]]:
    """Return resource → identifier → known fields of each entry in tables of HSDS.

    Parameters
    ----------
    content
        Tables from `exchange.hsds.nested.flatten` or the files of a data package.
    words
        Catalogue, to find the kinds that other programs' terms and names mean.
    source
        Source of entries that name none.
    default_kind
        Kind of facility of offers and places whose kind is not found; None = they stay without.
    """
    found: dict[str, dict[str, Row]] = {}
    content = with_own_references(content)
    for part in COUNTERPARTS:
        rows = [row for row in content.get(part.table, ()) if not _is_true(row.get(DERIVED))]
        found[part.resource] = dict(_inward(part, row) for row in rows)
    kept = {key for table in found.values() for key in table}
    for table in found.values():
        for row in table.values():
            _drop_dead(row, kept)
    _foreign(found, content, words, default_kind)
    for name in ("organizations", "locations", "services"):
        for row in found[name].values():
            row.setdefault("source", source)
    return found


def own_id(identifier: object) -> str:
    """Return an identifier of this program: the same if it is one, else one made from it."""
    text = str(identifier).lower()
    return text if is_id(text) else id_from("hsds", text)


def _is_true(value: object) -> bool:
    return value is True or value == "true"


def _inward(part: Counterpart, row: Mapping[str, Any]) -> tuple[str, Row]:
    fields = resources()[part.resource].fields
    ours = {theirs: name for name, theirs in part.fields.items()}
    filled = str(row.get(FILLED) or "").split(";")
    found: Row = {}
    for theirs, value in row.items():
        name = theirs.removeprefix(OWN) if theirs.startswith(OWN) else ours.get(theirs)
        field = fields.get(name or "")
        if field is None or theirs in filled or value is None or value == "":
            continue
        typed = _typed(field, value)
        if typed is not None:
            found[field.name] = own_id(typed) if _refers(field) else typed
    if (
        part.resource == "locations"
        and OWN + "source_id" not in row
        and row.get("external_identifier_type") != "quartierskarte"
    ):
        found.pop("source_id", None)
    return own_id(row.get("id")), found


def _refers(field: Field) -> bool:
    return field.name.endswith("_id") and field.refers_to is not None and field.refers_to[1] == "id"


def _typed(field: Field, value: object) -> Any:
    """Return a value in the type of a field, None if it cannot be."""
    if field.type == "string":
        text = value if isinstance(value, str) else str(value)
        text = cells.CONTROL.sub("", text).strip()
        return (cells.web(text) or text or None) if field.format == "uri" else text or None
    if field.type == "boolean":
        return {True: True, False: False, "true": True, "false": False}.get(value)
    try:
        number = float(str(value))
    except ValueError:
        return None
    if field.type == "integer":
        return int(number) if number.is_integer() else None
    return number


def _drop_dead(row: Row, kept: set[str]) -> None:
    """Leave out references to entries that are not in the file (the placeholder for an operator)."""
    for name in ("organization_id", "parent_organization_id", "location_id", "service_id"):
        if name in row and row[name] not in kept:
            del row[name]


def _foreign(
    found: dict[str, dict[str, Row]],
    content: Mapping[str, Sequence[Mapping[str, Any]]],
    words: Vocabulary,
    default_kind: str | None,
) -> None:
    """Fill in what files of other programs say in HSDS' own form only."""
    ours = {own_id(row.get("id")) for row in content.get("location", ()) if any(name.startswith(OWN) for name in row)}
    for address in content.get("address", ()):
        key = own_id(address.get("location_id"))
        place = None if key in ours else found["locations"].get(key)
        if place is not None and not _is_true(address.get(DERIVED)) and "street" not in place:
            _take_address(place, address)
            found["addresses"].pop(own_id(address.get("id")), None)
    terms = _terms(content)
    for key, service in found["services"].items():
        if "kind" not in service:
            kind = _kind([*terms.get(key, ()), service.get("name", "")], words) or default_kind
            service.update({"kind": kind} if kind else {})
    offered: dict[str, str] = {}
    for link in found["services_at_location"].values():
        kind = found["services"].get(link.get("service_id", ""), {}).get("kind")
        if kind:
            offered.setdefault(link.get("location_id", ""), kind)
    for key, place in found["locations"].items():
        if "kind" not in place:
            kind = offered.get(key) or _kind([place.get("name", "")], words) or default_kind
            place.update({"kind": kind} if kind else {})
    for contact in found["contacts"].values():
        contact.setdefault("title_de", DEFAULT_CONTACT)
    _phones(found["phones"])


def _take_address(place: Row, address: Mapping[str, Any]) -> None:
    if address.get("address_1"):
        street, number = split_street(str(address["address_1"]))
        place.update({"street": street} | ({"house_number": number} if number else {}))
    for ours, theirs in (("postal_code", "postal_code"), ("city", "city")):
        if address.get(theirs) and ours not in place:
            place[ours] = str(address[theirs])


def _terms(content: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[str]]:
    """Return the names of the terms given to each linked entry."""
    names = {row.get("id"): str(row.get("name") or "") for row in content.get("taxonomy_term", ())}
    found: dict[str, list[str]] = {}
    for row in content.get("attribute", ()):
        name = names.get(row.get("taxonomy_term_id"))
        if name:
            found.setdefault(own_id(row.get("link_id")), []).append(name)
    return found


def _kind(names: list[str], words: Vocabulary) -> str | None:
    """Return the first kind that a name, or one word of it, means."""
    for name in names:
        kind = words.kind(name)
        if kind:
            return kind
    singles = (words.words.get(word.casefold()) for name in names for word in name.replace("-", " ").split())
    return next((kind for kind in singles if kind), None)


def _phones(phones: dict[str, Row]) -> None:
    """Bring numbers into the stored form; one that is not understood is left out."""
    for key, phone in list(phones.items()):
        written = str(phone.get("number") or "")
        number = cells.phone(written)
        if number is None:
            del phones[key]
        elif number != written:
            phone.setdefault("number_text", written)
            phone["number"] = number
