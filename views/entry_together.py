"""A new place with its offer and its contact point: one form, one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from views import data, entry_draft, entry_fields

if TYPE_CHECKING:
    from store import Actor, Entry, FieldProblem
    from store.transaction import Target
    from views.entry_draft import Draft
    from views.texts import Texts

FIELDS: Final = {
    "services": ("name", "target_groups", "description"),
    "contacts": ("title_de", "email", "is_public"),
    "phones": ("number",),
}
"""What is asked for beside the place; everything else is added later at the entry itself."""

_SECTIONS: Final = (("offer", ("services",)), ("contact", ("contacts", "phones")))


def show(t: Texts, place: Draft, *, disabled: bool = False) -> None:
    """Write the fields of the offer and of the contact point below those of a new place."""
    found = {name: (draft, problems) for name, draft, problems in _parts(place)}
    for section, names in _SECTIONS:
        with st.container(border=True, key=f"together_{section}"):
            st.subheader(t(f"entry.together.{section}"), anchor=False)
            st.caption(t(f"entry.together.{section}.text"))
            fields = [(name, field) for name in names for field in FIELDS[name]]
            for at in range(0, len(fields), 2):
                for column, (name, field) in zip(st.columns(2, gap="medium"), fields[at : at + 2], strict=False):
                    draft, problems = found[name]
                    shown = [one for one in problems if place.tried or one.value is not None]
                    with column:
                        entry_fields.one(t, draft, field, shown, disabled=disabled, optional=True)


def problems(place: Draft) -> list[FieldProblem]:
    """Return what is wrong with the offer and the contact point of a new place."""
    return [one for _, _, found in _parts(place) for one in found]


def store(target: Target, actor: Actor | None, place: Draft, made: Entry) -> None:
    """Add the offer of a new place (maps and analyses count places by what they offer), and its contact point."""
    from store import create

    service = create(target, actor, "services", _offer(place, made), key=f"{place.key}-offer")
    link = {"service_id": service.id, "location_id": made.id}
    create(target, actor, "services_at_location", link, key=f"{place.key}-link")
    contact, phone = _draft(place, "contacts"), _draft(place, "phones")
    if not (_typed(contact) or _typed(phone)):
        return
    row = _typed(contact) | {"location_id": made.id, "organization_id": made.values["organization_id"]}
    stored = create(target, actor, "contacts", row, key=f"{place.key}-contact")
    if _typed(phone):
        number = _typed(phone) | {"contact_id": stored.id, "is_public": stored.values["is_public"]}
        create(target, actor, "phones", number, key=f"{place.key}-phone")


def drop(place: Draft) -> None:
    """Forget the parts of a place that was stored."""
    for name in FIELDS:
        entry_draft.drop(_draft(place, name))


def is_typed(place: Draft) -> bool:
    """Tell whether anything was entered beside the place itself."""
    return any(_typed(_draft(place, name)) for name in FIELDS)


def _draft(place: Draft, name: str) -> Draft:
    return entry_draft.open_new(name, f"with-{place.key}")


def _typed(draft: Draft) -> dict[str, Any]:
    return {name: value for name, value in draft.typed.items() if value is not None}


def _offer(place: Draft, made: Entry) -> dict[str, Any]:
    kind = data.catalogue().kinds[str(made.values["kind"])]
    own = _typed(_draft(place, "services"))
    start = {"name": kind.label.de, "target_groups": kind.target_group}
    facts = {"kind": made.values["kind"], "organization_id": made.values["organization_id"],
             "source": made.values["source"]}  # fmt: skip
    return start | own | facts


def _parts(place: Draft) -> list[tuple[str, Draft, list[FieldProblem]]]:
    """Return each part with what is wrong in the fields that are asked for; an empty part is left out when saving."""
    from store.validation import clean_new

    found = []
    wanted = any(_typed(_draft(place, name)) for name in ("contacts", "phones"))
    for name in FIELDS:
        draft = _draft(place, name)
        needed = _typed(draft) or (name == "contacts" and wanted)
        wrong = clean_new(draft.kind, _typed(draft))[1] if needed else []
        ignored = "name" if name == "services" else ""  # an offer without a name is called like its kind
        listed = [
            one for one in wrong if one.field in FIELDS[name] and not (one.field == ignored and one.value is None)
        ]
        found.append((name, draft, listed))
    return found
