"""Notes: from a phone, from the host, from paper; moderation and changes."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, update

from geo import workshop as rules
from store.errors import ConflictError, NotFoundError, RequestReusedError, StateError
from store.models import WorkshopGroup, WorkshopNote
from store.permissions import Operation
from store.values import stamp
from store.workshop.access import changing
from store.workshop.checks import Checks
from store.workshop.model import note_from
from store.workshop.votes import free_votes, move_votes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.database import Store
    from store.permissions import Actor
    from store.transaction import Target
    from store.workshop.access import Open
    from store.workshop.model import Note

_NOTES: Final = WorkshopNote.__table__
_SAID: Final = ("category", "text", "lon", "lat", "grid_code", "sticker")
CHANGEABLE: Final = (*_SAID, "paper_dots")
"""What a host may correct in a note, besides state and group."""


def add_note(store: Store, actor: Actor | None, session_id: str, note_id: str, values: Mapping[str, Any]) -> Note:
    """Store a participant's note and return it, in the state that the session's moderation gives it.

    Parameters
    ----------
    note_id
        UUID made by the device that wrote the note: sent again, the note is stored once.
    values
        category, text (at most `geo.workshop.MAX_NOTE` characters), and lon and lat in degrees or neither.

    Raises
    ------
    ValidationError
        All problems at once.
    RequestReusedError
        The identifier came before with another content.
    StateError
        Not collecting, too many notes from this device (``workshop.too_fast``: later they are taken), or full.
    """
    with changing(store, actor, session_id, Operation.JOIN_WORKSHOP) as tx:
        checks = Checks()
        given = {name: values.get(name) for name in ("category", "text", "lon", "lat")}
        key = checks.identifier("id", note_id)
        said = checks.note(given, tx.session.categories)
        for name in values.keys() - given.keys():
            checks.bad(name, values[name], "value.unknown_field", field=name)
        checks.done()
        new = _row(tx, key, said, "phone", tx.actor.link_id)
        earlier = _repeated(tx, new)
        if earlier is not None:
            return earlier
        tx.in_phase("collect")
        _refuse_flood(tx)
        return _insert(tx, new)


def enter_note(target: Target, actor: Actor | None, session_id: str, note_id: str, values: Mapping[str, Any]) -> Note:
    """Store a note that the host typed; `values` as in `enter_notes`, problems without a row's number."""
    return _enter(target, actor, session_id, [{"id": note_id} | dict(values)], numbered=False)[0]


def enter_notes(target: Target, actor: Actor | None, session_id: str, rows: Sequence[Mapping[str, Any]]) -> list[Note]:
    """Store notes that the host typed, for people without a phone or from paper, all or none; they are shown.

    Parameters
    ----------
    rows
        Each: id (UUID), category, text; and maybe channel (``host``, the default, or ``paper``), lon and lat in
        degrees, grid_code, sticker, paper_dots. A row that was stored before is not stored again.

    Raises
    ------
    ValidationError
        All problems, each with its row counted from 0; a sticker's number can stand on one note only.
    RequestReusedError
        An identifier came before with another content.
    """
    return _enter(target, actor, session_id, rows, numbered=True)


def _enter(
    target: Target, actor: Actor | None, session_id: str, rows: Sequence[Mapping[str, Any]], *, numbered: bool
) -> list[Note]:
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        checks = Checks()
        new = []
        for number, given in enumerate(rows):
            checks.row = number if numbered else None
            new.append(_entered(tx, checks, given))
        checks.done()
        _refuse_full(tx, len(new))
        made = []
        for number, row in enumerate(new):
            checks.row = number if numbered else None
            earlier = _repeated(tx, row)
            if earlier is None:
                _check_sticker(tx, checks, row["sticker"], row["id"])
                checks.done()
            made.append(earlier or _insert(tx, row))
        return made


def _entered(tx: Open, checks: Checks, given: Mapping[str, Any]) -> dict[str, Any]:
    said = checks.note(dict(given))
    channel = checks.one_of("channel", given.get("channel", "host"), ("host", "paper"))
    key = checks.identifier("id", given.get("id"))
    for name in given.keys() - {"id", "channel", *CHANGEABLE}:
        checks.bad(name, given[name], "value.unknown_field", field=name)
    row = _row(tx, key, said, channel, None)
    row["paper_dots"] = checks.count("paper_dots", given.get("paper_dots", 0), rules.MAX_PAPER_DOTS)
    return row


def change_note(
    target: Target, actor: Actor | None, session_id: str, note_id: str, changes: Mapping[str, Any], *, version: int
) -> Note:
    """Correct a note (`CHANGEABLE`) as a host and return it: a place, a category, a name taken out.

    Raises
    ------
    ConflictError
        Somebody else changed it since `version`; carries the note as it is now.
    """
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        found = _of(tx, [note_id])[note_id]
        if version != found.version:
            now = note_from(found, who=not tx.session.anonymous)
            raise ConflictError(
                "store.conflict", expected=version, found=found.version, current=now, yours=dict(changes)
            )
        checks = Checks()
        for name in changes.keys() - set(CHANGEABLE):
            checks.bad(name, changes[name], "value.unknown_field", field=name)
        wanted = {name: getattr(found, name) for name in CHANGEABLE} | dict(changes)
        row = checks.note(wanted) | {
            "paper_dots": checks.count("paper_dots", wanted["paper_dots"], rules.MAX_PAPER_DOTS)
        }
        _check_sticker(tx, checks, row["sticker"], note_id)
        checks.done()
        return _change(tx, note_id, row)


def moderate(target: Target, actor: Actor | None, session_id: str, note_ids: Sequence[str], state: str) -> list[Note]:
    """Hold, show or hide notes and return them; dots on a note that is not shown go back to their givers."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        checks = Checks()
        checks.one_of("state", state, rules.STATES)
        checks.done()
        found = _of(tx, note_ids)
        changed = {"state": state} | ({"was_shown": True} if state == "shown" else {})
        if state != "shown":
            free_votes(tx.connection, list(found))
        return [_change(tx, key, changed) for key in dict.fromkeys(note_ids)]


def put_into_group(
    target: Target, actor: Actor | None, session_id: str, note_ids: Sequence[str], group_id: str | None
) -> list[Note]:
    """Put notes into a group, or take them out (None), and return them; their dots go to the group."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        return grouped(tx, note_ids, group_id)


def grouped(tx: Open, note_ids: Sequence[str], group_id: str | None) -> list[Note]:
    """Do what `put_into_group` says in an open transaction."""
    found = _of(tx, note_ids)
    if group_id is not None:
        asked = select(WorkshopGroup.id).where(WorkshopGroup.id == group_id)
        if tx.connection.execute(asked.where(WorkshopGroup.session_id == tx.session.id)).scalar() is None:
            raise NotFoundError("store.not_found", resource="groups", id=group_id)
        move_votes(tx.connection, list(found), group_id)
    return [_change(tx, key, {"group_id": group_id}) for key in dict.fromkeys(note_ids)]


def withdraw_note(store: Store, actor: Actor | None, session_id: str, note_id: str) -> None:
    """Take back an own note while notes are collected: its text and place are gone, the host sees it hidden."""
    with changing(store, actor, session_id, Operation.JOIN_WORKSHOP) as tx:
        tx.in_phase("collect")
        checks = Checks()
        checks.identifier("id", note_id)
        checks.done()
        own = select(_NOTES.c.id).where(_NOTES.c.id == note_id, _NOTES.c.participant_id == tx.actor.link_id)
        if tx.connection.execute(own).scalar() is None:
            raise NotFoundError("store.not_found", resource="notes", id=note_id)
        free_votes(tx.connection, [note_id])
        gone = {"text": "–", "lon": None, "lat": None, "state": "hidden", "group_id": None, "digest": ""}
        _change(tx, note_id, gone)


def _row(tx: Open, note_id: str, said: Mapping[str, Any], channel: str, writer: str | None) -> dict[str, Any]:
    state = "shown" if channel != "phone" or tx.session.moderation == "show" else "held"
    return dict(said) | {
        "id": note_id,
        "session_id": tx.session.id,
        "participant_id": writer,
        "state": state,
        "was_shown": state == "shown",
        "group_id": None,
        "channel": channel,
        "paper_dots": 0,
        "created_at": tx.at,
        "version": 1,
        "number": tx.number,
        "digest": _digest([*said.values(), channel, writer, tx.session.id]),
    }


def _repeated(tx: Open, new: Mapping[str, Any]) -> Note | None:
    """Return the note that the same device stored before; None the first time."""
    row = tx.connection.execute(select(_NOTES).where(_NOTES.c.id == new["id"])).first()
    if row is None:
        return None
    if row.digest != new["digest"]:
        raise RequestReusedError("workshop.reused", id=new["id"])
    return note_from(row, who=False)


def _insert(tx: Open, row: Mapping[str, Any]) -> Note:
    made = tx.connection.execute(insert(_NOTES).values(row).returning(*_NOTES.c)).one()
    return note_from(made, who=False)


def _change(tx: Open, note_id: str, changed: Mapping[str, Any]) -> Note:
    wanted = update(_NOTES).where(_NOTES.c.id == note_id, _NOTES.c.session_id == tx.session.id)
    values = dict(changed) | {"version": _NOTES.c.version + 1, "number": tx.number}
    row = tx.connection.execute(wanted.values(values).returning(*_NOTES.c)).one()
    return note_from(row, who=tx.is_host and not tx.session.anonymous)


def _of(tx: Open, note_ids: Sequence[str]) -> dict[str, Any]:
    """Return the rows of notes of the session; NotFoundError names one that is not there."""
    found = {}
    for key in dict.fromkeys(note_ids):
        asked = select(_NOTES).where(_NOTES.c.id == key, _NOTES.c.session_id == tx.session.id)
        row = tx.connection.execute(asked).first()
        if row is None:
            raise NotFoundError("store.not_found", resource="notes", id=key)
        found[key] = row
    return found


def _refuse_flood(tx: Open) -> None:
    own = select(func.count()).where(_NOTES.c.participant_id == tx.actor.link_id)
    since = stamp(tx.store.now() - timedelta(minutes=1))
    if tx.connection.execute(own.where(_NOTES.c.created_at > since)).scalar_one() >= rules.NOTES_PER_MINUTE:
        raise StateError("workshop.too_fast", maximum=rules.NOTES_PER_MINUTE)
    if tx.connection.execute(own).scalar_one() >= rules.NOTES_PER_DEVICE:
        raise StateError("workshop.full", maximum=rules.NOTES_PER_DEVICE)
    _refuse_full(tx, 1)


def _refuse_full(tx: Open, more: int) -> None:
    held = tx.connection.execute(select(func.count()).where(_NOTES.c.session_id == tx.session.id)).scalar_one()
    if held + more > rules.NOTES_PER_SESSION:
        raise StateError("workshop.full", maximum=rules.NOTES_PER_SESSION)


def _check_sticker(tx: Open, checks: Checks, sticker: str | None, note_id: str) -> None:
    if sticker is None:
        return
    taken = select(_NOTES.c.id).where(
        _NOTES.c.session_id == tx.session.id, _NOTES.c.sticker == sticker, _NOTES.c.id != note_id
    )
    if tx.connection.execute(taken).first() is not None:
        checks.bad("sticker", sticker, "workshop.sticker_taken", value=sticker)


def _digest(said: list[Any]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
