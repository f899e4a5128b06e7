"""What the workshop functions hand out: plain, frozen, without the database. Times are UTC, ISO 8601."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Session:
    """One workshop session.

    Attributes
    ----------
    code
        Join code, see `geo.workshop.spaced_code` for how to show it.
    area_level, area_id, area_name
        As in the plan: district, borough, city or quartier, identifier as text, and the name on that day.
    categories, languages
        Chosen ones, in the order of `geo.workshop.CATEGORIES`; languages as the host ordered them.
    deletion_date
        Day (YYYY-MM-DD, UTC) from whose beginning on the session does not exist any more.
    version
        Hand it back when changing the session.
    number
        Counts every change of the session and of all that hangs on it.
    """

    id: str
    code: str
    title: str
    question: str
    area_level: str
    area_id: str
    area_name: str
    categories: tuple[str, ...]
    anonymous: bool
    consent_text: str
    languages: tuple[str, ...]
    dots: int
    moderation: str
    phase: str
    deletion_date: str
    created_at: str
    created_by: str
    version: int
    number: int


@dataclass(frozen=True)
class HostLink:
    """A link that lets somebody host one session without a login."""

    id: str
    session_id: str
    created_at: str
    created_by: str
    expires_at: str
    revoked_at: str | None


@dataclass(frozen=True)
class Note:
    """One note. `participant_id` is None for notes the host typed, in anonymous sessions, and for participants.

    `lon` and `lat` are degrees (WGS 84), both or none. `was_shown`: participants have seen it at some time.
    """

    id: str
    session_id: str
    participant_id: str | None
    category: str
    text: str
    lon: float | None
    lat: float | None
    grid_code: str | None
    sticker: str | None
    state: str
    was_shown: bool
    group_id: str | None
    channel: str
    paper_dots: int
    created_at: str
    version: int
    number: int


@dataclass(frozen=True)
class Group:
    """Notes that say the same."""

    id: str
    session_id: str
    title: str
    paper_dots: int
    created_at: str
    version: int


@dataclass(frozen=True)
class Outcome:
    """What a note or a group (exactly one of both) became in the plan."""

    id: str
    session_id: str
    note_id: str | None
    group_id: str | None
    resource: str
    entry_id: str
    created_at: str
    created_by: str


@dataclass(frozen=True)
class Ballot:
    """Dots of one participant: by note or group, and how many are left."""

    dots: Mapping[str, int]
    left: int


@dataclass(frozen=True)
class Feed:
    """What changed in a session since a running number.

    Attributes
    ----------
    number
        Ask for what came after it next time.
    notes
        Changed ones: all of them for a host, shown ones for a participant; in the order of their changes.
    gone
        Identifiers of notes that were shown once and are not any more; empty for a host, who gets them as notes.
    groups
        All of them, whatever changed.
    totals
        Dots by note and group, phones and paper together; for hosts always, for participants when closed.
    ballot
        The participant's own dots; None for a host.
    participants, voters
        How many devices joined, and how many of them gave dots; None for a participant.
    """

    number: int
    session: Session
    notes: tuple[Note, ...]
    gone: tuple[str, ...]
    groups: tuple[Group, ...]
    totals: Mapping[str, int]
    ballot: Ballot | None = None
    participants: int | None = None
    voters: int | None = None


@dataclass(frozen=True)
class Participation:
    """Who took part, as far as people chose to say; None as a key = not said.

    `channels` counts notes that were not withdrawn.
    """

    participants: int
    voters: int
    by_age_group: Mapping[str | None, int]
    by_district: Mapping[str | None, int]
    by_language: Mapping[str | None, int]
    channels: Mapping[str, int]


@dataclass(frozen=True)
class Became:
    """One agreement as the plan says it today; unknown is None.

    `responsible` is the name of an organisation, `date` the last day of a step or the target date of a goal.
    """

    resource: str
    entry_id: str
    title: str
    status: str | None
    responsible: str | None
    date: str | None
    is_retired: bool


@dataclass(frozen=True)
class Stand:
    """What everybody with the code may read: the session, its shown notes, groups, dots, and what became of them."""

    session: Session
    notes: tuple[Note, ...]
    groups: tuple[Group, ...]
    totals: Mapping[str, int]
    became: Mapping[str, tuple[Became, ...]] = field(default_factory=dict)


def as_list(text: str) -> tuple[str, ...]:
    """Return a stored list."""
    return tuple(json.loads(text))


def session_from(row: Any) -> Session:
    """Return the session of a row of its table."""
    given = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own way to a row's names
    given |= {name: as_list(given[name]) for name in ("categories", "languages")}
    return Session(**given)


def note_from(row: Any, *, who: bool) -> Note:
    """Return the note of a row of its table; with `who` it says which device wrote it."""
    given = dict(row._mapping)  # noqa: SLF001
    del given["digest"]
    if not who:
        given["participant_id"] = None
    return Note(**given)


def plain_from(kind: type, row: Any) -> Any:
    """Return a dataclass whose fields are columns of `row`."""
    given = row._mapping  # noqa: SLF001
    return kind(**{name: given[name] for name in kind.__dataclass_fields__})
