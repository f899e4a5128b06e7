"""What somebody is typing: kept in the session until it is stored, also while the database is away."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from exchange.phones import normal_phone
from views import storage

if TYPE_CHECKING:
    from store import Entry, Field, FieldProblem, Resource
    from store.errors import ConflictError

NEW = "new"
_DRAFTS = "drafts"
_TELEPHONE = "\\+49 "
_GERMAN_DAY = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})[./](\d{4})")


@dataclass
class Draft:
    """One form: the entry as it was when it was opened (None = a new one) and what was typed since.

    ``key`` names the form: it is the idempotency key of a new entry and part of the keys of its widgets.
    """

    resource: str
    entry: Entry | None
    typed: dict[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    tried: bool = False
    conflict: ConflictError | None = None

    @property
    def kind(self) -> Resource:
        """The kind of entry."""
        from store import resource

        return resource(self.resource)

    @property
    def start(self) -> dict[str, Any]:
        """Every field as it was when the form was opened."""
        if self.entry is not None:
            return dict(self.entry.values)
        return dict.fromkeys(self.kind.fields) | dict(self.kind.defaults)

    @property
    def values(self) -> dict[str, Any]:
        """Every field as it is in the form."""
        return self.start | self.typed

    @property
    def changes(self) -> dict[str, Any]:
        """The fields that differ from the entry; of a new entry everything that is filled in."""
        start = self.start if self.entry is not None else {}
        return {name: value for name, value in self.values.items() if value != start.get(name)}

    def problems(self) -> list[FieldProblem]:
        """Return what is wrong with the form as it stands."""
        from store.validation import clean_changes, clean_new

        if self.entry is None:
            return clean_new(self.kind, self.changes)[1]
        return clean_changes(self.kind, self.changes, self.entry.values)[1]

    def widget(self, name: str) -> str:
        """Return the key of a field's widget."""
        return f"draft_{self.key}_{name}"

    def put(self, name: str, value: Any) -> None:
        """Set a field; its widget is made anew with that value in the next run."""
        self.typed[name] = value
        st.session_state.pop(self.widget(name), None)


def _drafts() -> dict[tuple[str, str], Draft]:
    return st.session_state.setdefault(_DRAFTS, {})


def open_entry(name: str, entry_id: str, *, actor: Any = None) -> Draft:
    """Return the form of an entry: the one with unsaved changes, else one of the entry as it is now.

    While the database does not answer, the form that is there stays as it is.
    """
    from store import StoreError, get

    kept = _drafts().get((name, entry_id))
    if kept is not None and (kept.changes or kept.conflict):
        return kept
    try:
        entry = get(storage.reading(), name, entry_id, actor=actor or storage.actor())
    except StoreError:
        if kept is None:
            raise
        return kept
    if kept is None or kept.entry is None or _stamp(kept.entry) != _stamp(entry):
        kept = _drafts()[name, entry_id] = Draft(name, entry)
    return kept


def _stamp(entry: Entry) -> tuple[Any, ...]:
    return entry.version, entry.retired_at, entry.last_confirmed, entry.origin


def open_new(name: str, place: str = NEW) -> Draft:
    """Return the form of a new entry; ``place`` tells several such forms apart."""
    return _drafts().setdefault((name, place), Draft(name, None))


def start_new(name: str, preset: dict[str, Any], place: str = NEW) -> Draft:
    """Begin a new form with some fields filled in."""
    _drafts()[name, place] = draft = Draft(name, None, dict(preset))
    return draft


def drop(draft: Draft) -> None:
    """Forget a form: it was stored, or nobody wants it any more."""
    for place, kept in list(_drafts().items()):
        if kept is draft:
            del _drafts()[place]


def rebase(draft: Draft, entry: Entry, typed: dict[str, Any]) -> None:
    """Put a form on another version of its entry."""
    fresh = replace(draft, entry=entry, typed=typed, key=uuid.uuid4().hex, conflict=None)
    for place, kept in list(_drafts().items()):
        if kept is draft:
            _drafts()[place] = fresh


def typed_value(rules: Field, value: Any) -> Any:
    """Return what a widget holds as the field's value: blank is unknown, German dates become ISO dates."""
    if isinstance(value, list):
        return ";".join(str(part) for part in value) or None
    if not isinstance(value, str):
        return value
    text = value.strip()
    if rules.format in {"date", "partial_date"} and (match := _GERMAN_DAY.fullmatch(text)):
        day, month, year = match.groups()
        text = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    if rules.format == "uri" and text.lower().startswith("www."):
        text = f"https://{text}"
    if str(rules.constraints.get("pattern", "")).startswith(_TELEPHONE):
        text = normal_phone(text) or text
    return text or None
