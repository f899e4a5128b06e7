"""Workshop sessions: collect, weigh, agree, delete. Every function checks its actor itself; what is not named is denied.

A host opens a session and goes through its phases (rules: `geo.workshop`)::

    made = open_session(store, actor, {"title": "Abend in Linden", "question": "Was fehlt?", "area_level": "district",
        "area_id": "32", "area_name": "Linden-Nord", "consent_text": "…", "deletion_date": "2027-03-31"})
    made = set_phase(store, actor, made.id, "collect", version=made.version)     # draft → collect → vote → closed
    token = issue_host_link(store, actor, made.id)                               # a second host, without a login
    second = open_host_link(store, token)                                        # an Actor like any other

A phone joins with the code and keeps its token; `asker` is the address that wrong codes are counted by, in memory::

    token = join(store, made.code, asker="203.0.113.7", language="tr")
    phone, session_id = open_participant(store, token)
    note = add_note(store, phone, session_id, str(uuid4()), {"category": "need", "text": "Eine Bank", "lon": None, "lat": None})
    vote(store, phone, session_id, note.id, 2)                                   # how many, not how many more

A host moderates, types for others, groups and agrees; writes take a ``Store``, or the ``Batch`` of `store.together`::

    enter_notes(store, actor, made.id, [{"id": …, "category": "idea", "text": "…", "channel": "paper", "sticker": "17",
        "grid_code": "B4", "lon": 9.71, "lat": 52.37, "paper_dots": 3}, …])      # all or none, problems with their row
    moderate(store, actor, made.id, [note.id], "shown")                          # held, shown, hidden
    group = open_group(store, actor, made.id, "Bänke", [note.id])                # dots go with the notes
    step = agree(store, actor, made.id, "steps", {"title": "Bank aufstellen"}, group_id=group.id, key="form-1")

Reading: `feed` (since a running number; host: everything, participant: what is shown), `notes`, `groups`, `vote_totals`,
`participation`, `outcomes`, `became`, and `stand` for everybody with the code. `purge_due` deletes what is due; a
session does not exist from the first moment of its day of deletion on, whether it was purged or not.

Errors are those of `store.errors`; keys begin with ``workshop.``. Documented in ``docs/workshop.md``.
"""

from store.workshop.deletion import purge_due
from store.workshop.groups import change_group, dissolve_group, open_group
from store.workshop.hosts import host_links, host_session, issue_host_link, open_host_link, revoke_host_link
from store.workshop.joining import find_session, join, open_participant, tell
from store.workshop.model import (
    Ballot,
    Became,
    Feed,
    Group,
    HostLink,
    Note,
    Outcome,
    Participation,
    Session,
    Stand,
)
from store.workshop.notes import (
    add_note,
    change_note,
    enter_note,
    enter_notes,
    moderate,
    put_into_group,
    withdraw_note,
)
from store.workshop.outcomes import agree, became, link_outcome, outcomes, stand, unlink_outcome
from store.workshop.reading import feed, groups, notes, number, participation, vote_totals
from store.workshop.sessions import (
    FIELDS,
    change_session,
    delete_session,
    new_join_code,
    open_session,
    session,
    sessions,
    set_phase,
)
from store.workshop.votes import vote

__all__ = [
    "FIELDS",
    "Ballot",
    "Became",
    "Feed",
    "Group",
    "HostLink",
    "Note",
    "Outcome",
    "Participation",
    "Session",
    "Stand",
    "add_note",
    "agree",
    "became",
    "change_group",
    "change_note",
    "change_session",
    "delete_session",
    "dissolve_group",
    "enter_note",
    "enter_notes",
    "feed",
    "find_session",
    "groups",
    "host_links",
    "host_session",
    "issue_host_link",
    "join",
    "link_outcome",
    "moderate",
    "new_join_code",
    "notes",
    "number",
    "open_group",
    "open_host_link",
    "open_participant",
    "open_session",
    "outcomes",
    "participation",
    "purge_due",
    "put_into_group",
    "revoke_host_link",
    "session",
    "sessions",
    "set_phase",
    "stand",
    "tell",
    "unlink_outcome",
    "vote",
    "vote_totals",
    "withdraw_note",
]
