"""A workshop session: its words, its phases, and what may change in which of them. No database, no clock.

next_phases("collect")           # ("vote", "closed")
changeable("vote")               # fields of a session that may still change
join_code("k7hq-2mxp")           # "K7HQ2MXP"; None for what cannot be a code
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

CATEGORIES: Final = ("need", "idea", "strength", "contact")
"""What a note can be."""
SIGNS: Final = MappingProxyType({"need": "●", "idea": "■", "strength": "◆", "contact": "▲"})
"""A sign of each category, the same shape on screens and on paper: colour is never the only sign."""
PHASES: Final = ("draft", "collect", "vote", "closed")
MODERATION: Final = ("hold", "show")
"""Whether a new note of a phone waits for the host, or is shown at once."""
STATES: Final = ("held", "shown", "hidden")
CHANNELS: Final = ("phone", "host", "paper")
"""Who typed a note: its writer on a phone, the host for somebody, or the host from a sheet of paper."""
AREA_LEVELS: Final = ("district", "borough", "city", "quartier")
AGE_GROUPS: Final = ("under_18", "18_29", "30_59", "60_74", "75_plus")
"""The groups that the city's statistics can be compared with."""
RESOURCES: Final = ("needs", "ideas", "goals", "steps")
"""What a note can become in the plan of its area."""

MAX_NOTE: Final = 500
"""Characters of one note."""
MAX_TITLE: Final = 200
MAX_CONSENT: Final = 2_000
MAX_MARK: Final = 20
"""Characters of a grid code and of a sticker's number."""
MAX_DOTS: Final = 20
"""Dots that a session can give to each participant."""
MAX_PAPER_DOTS: Final = 1_000
NOTES_PER_MINUTE: Final = 30
"""Notes that one device may send in a minute: more than anybody writes, fewer than a script."""
NOTES_PER_DEVICE: Final = 200
NOTES_PER_SESSION: Final = 5_000
PARTICIPANTS_PER_SESSION: Final = 500
MAX_DAYS: Final = 731
"""Longest time from today to the day of deletion."""

CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs of a join code: none that looks like another one (0/O, 1/I/L)."""
CODE_LENGTH: Final = 8

_NEXT: Final = MappingProxyType(
    {
        "draft": ("collect",),
        "collect": ("vote", "closed"),
        "vote": ("collect", "closed"),
        "closed": ("vote", "collect"),
    }
)
_ALWAYS: Final = frozenset({"title", "question", "languages", "deletion_date"})
_CHANGEABLE: Final = MappingProxyType(
    {
        "draft": _ALWAYS
        | {"area_level", "area_id", "area_name", "categories", "anonymous", "consent_text", "dots", "moderation"},
        "collect": _ALWAYS | {"categories", "dots", "moderation"},
        "vote": _ALWAYS | {"moderation"},
        "closed": _ALWAYS,
    }
)


def next_phases(phase: str) -> tuple[str, ...]:
    """Return the phases that can follow; an evening may go back, but never to the draft. KeyError if unknown."""
    return _NEXT[phase]


def changeable(phase: str) -> frozenset[str]:
    """Return the fields of a session that may change in `phase`.

    What people agreed to when they joined stays: who may read, the consent text, anonymity. The day of deletion can
    only come nearer then.
    """
    return _CHANGEABLE[phase]


def join_code(text: str) -> str | None:
    """Return what somebody typed as a join code, capital and without spaces and hyphens; None if it can be none."""
    plain = "".join(text.split()).replace("-", "").upper()
    fits = len(plain) == CODE_LENGTH and all(sign in CODE_ALPHABET for sign in plain)
    return plain if fits else None


def spaced_code(code: str) -> str:
    """Return a join code in two halves, as it is read out and printed."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"
