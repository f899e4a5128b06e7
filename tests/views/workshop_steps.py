"""Short steps for tests of the workshop's pages: a session in the page's store, phones that write, what a page offers."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from store import LOCAL
from store.workshop import (
    add_note,
    join,
    moderate,
    open_participant,
    open_session,
    session,
    set_phase,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store import Store
    from store.workshop import Note, Session

CONSENT = "Bitte keine Namen."


def begin(store: Store, *, phase: str = "collect", **values: object) -> Session:
    """Open a session in Vahrenheide and go on to a phase."""
    given = {
        "title": "Abend in Vahrenheide",
        "question": "Was fehlt?",
        "area_level": "district",
        "area_id": "12",
        "area_name": "Vahrenheide",
        "consent_text": CONSENT,
        "deletion_date": (date.today() + timedelta(days=90)).isoformat(),  # noqa: DTZ011 -- the machine's day
        **values,
    }
    made = open_session(store, LOCAL, given)
    for step in ("collect", "vote", "closed")[: ("draft", "collect", "vote", "closed").index(phase)]:
        made = set_phase(store, LOCAL, made.id, step, version=made.version)
    return made


def phone(store: Store, made: Session, texts: Sequence[str] = (), *, shown: bool = True, **values: object) -> tuple:
    """Join with a phone, write notes, and have the host show them; returns the actor and the notes."""
    actor, _ = open_participant(store, join(store, made.code, asker="192.0.2.1", language="tr"))
    notes: list[Note] = []
    for text in texts:
        said = {"category": "need", "text": text, "lon": None, "lat": None, **values}
        notes.append(add_note(store, actor, made.id, str(uuid.uuid4()), said))
    if shown and notes:
        moderate(store, LOCAL, made.id, [note.id for note in notes], "shown")
    return actor, notes


def to_phase(store: Store, made: Session, phase: str) -> Session:
    """Go on to another phase."""
    now = session(store, LOCAL, made.id)
    return set_phase(store, LOCAL, made.id, phase, version=now.version)
