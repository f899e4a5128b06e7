"""Workshop sessions for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from store import LOCAL, workshop


def day(days):
    """Return the day so many days from today, YYYY-MM-DD."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def session_values(**changes):
    """Return what a host decides about a session."""
    return {
        "title": "Abend im Norden",
        "question": "Was fehlt hier?",
        "area_level": "district",
        "area_id": "1",
        "area_name": "Nord",
        "consent_text": "Ihre Zettel sind für alle zu sehen.",
        "deletion_date": day(60),
        "moderation": "show",
        "dots": 3,
    } | changes


def opened_session(store, phase="collect", **changes):
    """Return a new session that has come as far as `phase`."""
    made = workshop.open_session(store, LOCAL, session_values(**changes))
    for step in ("collect", "vote", "closed"):
        if made.phase == phase:
            break
        made = workshop.set_phase(store, LOCAL, made.id, step, version=made.version)
    return made


def phone(store, made, **about):
    """Return the actor of a device that joined."""
    return workshop.open_participant(store, workshop.join(store, made.code, asker="192.0.2.1", **about))[0]


def write(store, actor, made, text="Eine Bank", *, note_id=None, **values):
    """Return a note written on a phone."""
    said = {"category": "need", "text": text} | values
    return workshop.add_note(store, actor, made.id, note_id or str(uuid4()), said)


def go(store, made, phase):
    """Return the session in another phase."""
    now = workshop.session(store, LOCAL, made.id)
    return workshop.set_phase(store, LOCAL, made.id, phase, version=now.version)
