"""From entries to the tables of HSDS 3: native fields where they fit, ``qk_`` fields for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exchange.hsds import derive
from exchange.hsds.check import field_fits
from exchange.hsds.metadata import metadata_rows
from exchange.hsds.profile import (
    COUNTERPARTS,
    DERIVED,
    EXTENSIONS,
    FILLED,
    OWN,
    STATE,
    UNKNOWN_OPERATOR,
    UNKNOWN_OPERATOR_NAME,
    Counterpart,
)
from exchange.hsds.spec import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exchange.content import Content, Row
    from exchange.hsds.spec import HsdsField
    from exchange.vocabulary import Vocabulary
    from store.changelog import LoggedChange

HsdsTables = dict[str, list[dict[str, Any]]]


def hsds_tables(content: Content, words: Vocabulary, history: Iterable[LoggedChange] = ()) -> HsdsTables:
    """Return `content` as tables of HSDS 3 with the fields of the profile, and `history` as metadata of its entries.

    Contacts and phones that are not marked public are left out, whatever `content` holds. Missing
    values have no key. Rows keep their identifiers; what is derived gets one from its origin.
    """
    content = _public(content)
    known = {part.table: set(content.rows(part.resource)) for part in COUNTERPARTS}
    found: HsdsTables = {part.table: [] for part in COUNTERPARTS}
    for part in COUNTERPARTS:
        for key, row in content.rows(part.resource).items():
            found[part.table].append(_outward(part, key, row, known))
    _fill(found)
    derive.add_derived(found, content, words)
    changes = metadata_rows(history, content)
    return found | ({"metadata": changes} if changes else {})


def _public(content: Content) -> Content:
    """Return the content without contacts and phones that are not public."""
    contacts = {k: r for k, r in content.rows("contacts").items() if r.get("is_public", True)}
    phones = {
        key: row
        for key, row in content.rows("phones").items()
        if row.get("is_public", True) and row["contact_id"] in contacts
    }
    languages = {
        key: row
        for key, row in content.rows("languages").items()
        if not row.get("phone_id") or row["phone_id"] in phones
    }
    areas = {key: row for key, row in content.rows("contact_areas").items() if row["contact_id"] in contacts}
    own = {"contacts": contacts, "phones": phones, "languages": languages, "contact_areas": areas}
    return type(content)(dict(content.tables) | own, content.versions)


def _outward(part: Counterpart, key: str, row: Row, known: dict[str, set[str]]) -> dict[str, Any]:
    fields = tables()[part.table].fields if part.table not in EXTENSIONS else {}
    found: dict[str, Any] = {"id": key}
    for name, value in row.items():
        if value is None or name == "id":
            continue
        native = fields.get(part.fields.get(name, ""))
        if native is not None and _fits(native, value, known):
            found[native.name] = value
        else:
            found[OWN + name] = value
    return found


def _fits(field: HsdsField, value: object, known: dict[str, set[str]]) -> bool:
    """Tell whether a value can stand in a native field: right form, and its target is exported too."""
    if field.refers_to is not None and value not in known.get(field.refers_to, set()):
        return False
    return field_fits(field, value)


def _fill(found: HsdsTables) -> None:
    """Fill in what HSDS demands and nobody knows, and name it in ``qk_filled``."""
    for row in found["organization"]:
        _set(row, "description", row.get("qk_category") or row["name"])
    for row in found["location"]:
        row["location_type"] = "physical"
        if "external_identifier" in row:
            row["external_identifier_type"] = "quartierskarte"
    for row in found["service"]:
        _set(row, "status", "active")
        if "organization_id" not in row:
            _set(row, "organization_id", UNKNOWN_OPERATOR)
    for row in found["address"]:
        _set(row, "state_province", STATE)
    if any(row["organization_id"] == UNKNOWN_OPERATOR for row in found["service"]):
        placeholder = {"id": UNKNOWN_OPERATOR, "name": UNKNOWN_OPERATOR_NAME, "description": UNKNOWN_OPERATOR_NAME}
        found["organization"].append(placeholder | {DERIVED: True})


def _set(row: dict[str, Any], name: str, value: str) -> None:
    if row.get(name) is None:
        row[name] = value
        row[FILLED] = f"{row[FILLED]};{name}" if FILLED in row else name
