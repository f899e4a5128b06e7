"""What the inventory form stores: every answer at once, one transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from views import inventory_model, storage, ui

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store import Actor, Entry, Store
    from store.transaction import Target
    from views.texts import Texts

SAVED = "inventory_saved"


def state_kind(t: Texts, district: int, kind: str, widget: str, day: str) -> None:
    """Store how complete the places of a kind are in the district."""
    from store import state_inventory

    chosen = st.session_state[widget]
    if chosen is None:
        return
    rows = inventory_model.places(district)
    known = sum(isinstance(text, str) and kind in text.split(";") for text in rows["kinds"])
    _do(
        t,
        lambda store: state_inventory(
            store, storage.actor(), kind, "district", str(district), chosen, reference_date=day, known_count=known,
            source=t("inventory.source"),
        ),
    )  # fmt: skip


def observe(t: Texts, district: int, point: str, day: str, **values: Any) -> None:
    """Store the answer to a point of the checklist: a new one, or a change of the one that is there."""
    about = {"subject": point}
    start = {"state": "unknown"} if inventory_model.answer(district, about) is None else {}
    observed(t, district, about, start | values | {"reference_date": day})


def observed(t: Texts, district: int, about: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Store what was observed in a district about a subject (``about``): new, or a change of what is there; True = stored."""
    before = inventory_model.answer(district, about)
    row = {**about, "area_level": "district", "area_id": str(district)}
    return _do(t, lambda store: _observed(store, row, before, {**values, "source": t("inventory.source")}))


def _observed(
    store: Store, row: Mapping[str, Any], before: Mapping[str, Any] | None, values: Mapping[str, Any]
) -> Entry:
    from store import create, update

    if before is not None:
        return update(store, storage.actor(), "observations", before["id"], values, version=int(before["version"]))
    return create(store, storage.actor(), "observations", {**row, **values})


def note(
    t: Texts, district: int, subject: str, value: str | None, state: str, text: str, *, day: str, key: str
) -> bool:
    """Store that something is missing or doubled in the district; the same form makes one note."""
    from store import create

    row = {
        "subject": subject, "subject_value": value, "state": state, "note": text.strip() or None, "reference_date": day,
        "area_level": "district", "area_id": str(district), "source": t("inventory.source"),
    }  # fmt: skip
    return _do(t, lambda store: create(store, storage.actor(), "observations", row, key=key))


def responsible(target: Target, actor: Actor | None, contact: Entry, district: int, *, key: str) -> None:
    """Add that a new contact point is responsible for the district, in the contact's own transaction."""
    from store import create

    row = {"contact_id": contact.id, "area_level": "district", "area_id": str(district)}
    create(target, actor, "contact_areas", row, key=key)


def withdraw(t: Texts, row: Mapping[str, Any]) -> None:
    """Take a note back."""
    from store import retire

    _do(t, lambda store: retire(store, storage.actor(), "observations", row["id"], version=int(row["version"])))


def _do(t: Texts, act: Callable[[Store], Any]) -> bool:
    from store.errors import ConflictError, StateError, ValidationError

    try:
        done = storage.write(t, act)
    except (ConflictError, StateError, ValidationError) as problem:
        ui.error(t, problem)
        return False
    st.session_state[SAVED] = done is not None
    return done is not None
