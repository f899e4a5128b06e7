"""How sessions, notes and groups look in JSON. What is not named here does not leave the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.workshop import spaced_code

if TYPE_CHECKING:
    from store.workshop import Feed, Group, Note, Session


def session_rules(found: Session) -> dict[str, Any]:
    """Return what everybody with the code may know."""
    return {
        "code": found.code,
        "shown_code": spaced_code(found.code),
        "title": found.title,
        "question": found.question,
        "area": {"level": found.area_level, "id": found.area_id, "name": found.area_name},
        "categories": list(found.categories),
        "anonymous": found.anonymous,
        "consent": found.consent_text,
        "languages": list(found.languages),
        "dots": found.dots,
        "moderation": found.moderation,
        "phase": found.phase,
        "deletion_date": found.deletion_date,
    }


def participant_feed(feed: Feed, since: int) -> dict[str, Any]:
    """Return a participant's feed; ``all``: it is everything, not only what is new."""
    return {
        "number": feed.number,
        "all": since == 0,
        "session": session_rules(feed.session),
        "notes": [_note(one) for one in feed.notes],
        "gone": list(feed.gone),
        "groups": [_group(one) for one in feed.groups],
        "totals": dict(feed.totals),
        "dots": dict(feed.ballot.dots) if feed.ballot else {},
        "left": feed.ballot.left if feed.ballot else 0,
    }


def host_feed(feed: Feed, since: int) -> dict[str, Any]:
    """Return a host's feed: held and hidden notes too, with their state."""
    return {
        "number": feed.number,
        "all": since == 0,
        "session": session_rules(feed.session),
        "notes": [_note(one) | _moderated(one) for one in feed.notes],
        "groups": [_group(one) | {"paper_dots": one.paper_dots, "version": one.version} for one in feed.groups],
        "totals": dict(feed.totals),
        "participants": feed.participants,
        "voters": feed.voters,
    }


def _note(one: Note) -> dict[str, Any]:
    return {
        "id": one.id,
        "category": one.category,
        "text": one.text,
        "lon": one.lon,
        "lat": one.lat,
        "group": one.group_id,
        "at": one.created_at,
    }


def _moderated(one: Note) -> dict[str, Any]:
    return {
        "state": one.state,
        "channel": one.channel,
        "grid_code": one.grid_code,
        "sticker": one.sticker,
        "paper_dots": one.paper_dots,
        "participant": one.participant_id,
        "version": one.version,
    }


def _group(one: Group) -> dict[str, Any]:
    return {"id": one.id, "title": one.title}
