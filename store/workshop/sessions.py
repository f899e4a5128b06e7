"""Open, change, list and delete sessions."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from geo import workshop as rules
from store.errors import ConflictError, StateError
from store.models import WorkshopSession
from store.permissions import Operation, grant_of
from store.values import new_id, stamp
from store.workshop.access import _denied, _granted, changing, is_kept, reading
from store.workshop.checks import Checks
from store.workshop.deletion import erase, purge_due, tidy
from store.workshop.model import session_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.database import Store
    from store.permissions import Actor
    from store.transaction import Target
    from store.workshop.model import Session

_SESSIONS: Final = WorkshopSession.__table__
_DEFAULTS: Final = {
    "categories": rules.CATEGORIES,
    "anonymous": True,
    "languages": ("de",),
    "dots": 5,
    "moderation": "hold",
    "area_name": "",
}
FIELDS: Final = (
    "title", "question", "area_level", "area_id", "area_name", "categories", "anonymous", "consent_text", "languages",
    "dots", "moderation", "deletion_date",
)  # fmt: skip
"""What a host decides about a session."""


def open_session(store: Store, actor: Actor | None, values: Mapping[str, Any]) -> Session:
    """Open a session in the phase ``draft`` and return it, with a new join code.

    `values` are `FIELDS`; needed are title, question, area_level, area_id, consent_text and deletion_date.

    Raises
    ------
    ValidationError
        All problems at once.
    """
    purge_due(store)
    with store.write() as connection:
        grant = grant_of(store, connection, actor)
        if actor is None or not grant.allows(Operation.OPEN_WORKSHOP):
            raise _denied(grant, Operation.OPEN_WORKSHOP)
        at = stamp(store.now())
        row = _checked(dict(_DEFAULTS) | dict(values), FIELDS, at[:10]) | {
            "id": new_id(),
            "code": new_code(),
            "phase": "draft",
            "created_at": at,
            "created_by": actor.subject,
            "version": 1,
            "number": 1,
        }
        return session_from(connection.execute(insert(_SESSIONS).values(row).returning(*_SESSIONS.c)).one())


def change_session(
    target: Target, actor: Actor | None, session_id: str, changes: Mapping[str, Any], *, version: int
) -> Session:
    """Change fields of a session and return it.

    Raises
    ------
    ConflictError
        Somebody else changed it since `version`; carries the session as it is now.
    StateError
        The phase does not allow it: what people agreed to when they joined stays, see `geo.workshop.changeable`.
    ValidationError
        All problems at once.
    """
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        _seen(tx.session, version, changes)
        changed = _checked(changes, tuple(changes), tx.at[:10])
        now = _stored(tx.session)
        changed = {name: value for name, value in changed.items() if value != now[name]}
        for name in changed:
            if name not in rules.changeable(tx.session.phase):
                raise StateError("workshop.fixed", field=name, phase=tx.session.phase)
        promised = tx.session.deletion_date
        if tx.session.phase != "draft" and changed.get("deletion_date", promised) > promised:
            raise StateError("workshop.later", value=promised)
        return _store(tx, changed)


def set_phase(target: Target, actor: Actor | None, session_id: str, phase: str, *, version: int) -> Session:
    """Go on to another phase (or one back) and return the session; see `geo.workshop.next_phases`."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        _seen(tx.session, version, {"phase": phase})
        allowed = rules.next_phases(tx.session.phase)
        if phase not in allowed:
            raise StateError("workshop.no_way", phase=tx.session.phase, wanted=str(phase), allowed=", ".join(allowed))
        return _store(tx, {"phase": phase})


def new_join_code(target: Target, actor: Actor | None, session_id: str, *, version: int) -> Session:
    """Give the session another join code: the old one leads nowhere; who has joined stays."""
    with changing(target, actor, session_id, Operation.HOST_WORKSHOP) as tx:
        _seen(tx.session, version, {})
        return _store(tx, {"code": new_code()})


def session(store: Store, actor: Actor | None, session_id: str) -> Session:
    """Return a session, for its hosts and participants."""
    operations = (Operation.HOST_WORKSHOP, Operation.JOIN_WORKSHOP)
    with reading(store, actor, session_id, *operations) as tx:
        return tx.session


def sessions(store: Store, actor: Actor | None) -> list[Session]:
    """Return the sessions that the actor may host, the newest first; for a host link its one."""
    with store.read() as connection:
        grant = grant_of(store, connection, actor)
        if not grant.allows(Operation.HOST_WORKSHOP):
            raise _denied(grant, Operation.HOST_WORKSHOP)
        asked = select(_SESSIONS).where(is_kept(store))
        if grant.session_id is not None:
            asked = asked.where(_SESSIONS.c.id == grant.session_id)
        rows = connection.execute(asked.order_by(_SESSIONS.c.created_at.desc(), _SESSIONS.c.id)).all()
    return [session_from(row) for row in rows]


def delete_session(store: Store, actor: Actor | None, session_id: str) -> None:
    """Delete a session with all that hangs on it, before its day; what the plan got from it stays.

    Not for the holder of a host link. One that was deleted before stays so.
    """
    with store.write() as connection:
        _granted(store, connection, actor, session_id, (Operation.OPEN_WORKSHOP,))
        erase(connection, [session_id])
    tidy(store)


def new_code() -> str:
    """Return a new join code: eight signs out of 31, 40 bits."""
    return "".join(secrets.choice(rules.CODE_ALPHABET) for _ in range(rules.CODE_LENGTH))


def _seen(found: Session, version: int, changes: Mapping[str, Any]) -> None:
    if version != found.version:
        raise ConflictError("store.conflict", expected=version, found=found.version, current=found, yours=dict(changes))


def _store(tx: Any, changed: Mapping[str, Any]) -> Session:
    if not changed:
        return tx.session
    wanted = update(_SESSIONS).where(_SESSIONS.c.id == tx.session.id)
    values = dict(changed) | {"version": tx.session.version + 1}
    return session_from(tx.connection.execute(wanted.values(values).returning(*_SESSIONS.c)).one())


def _stored(found: Session) -> dict[str, Any]:
    now = {name: getattr(found, name) for name in FIELDS}
    return now | {name: json.dumps(list(now[name])) for name in ("categories", "languages")}


def _checked(given: Mapping[str, Any], fields: Sequence[str], today: str) -> dict[str, Any]:
    """Return the values of `fields` as they are stored; ValidationError with all problems."""
    checks = Checks()
    for name in given.keys() - set(FIELDS):
        checks.bad(name, given[name], "value.unknown_field", field=name)
    makers = {
        "title": lambda v: checks.text("title", v, rules.MAX_TITLE),
        "question": lambda v: checks.text("question", v, rules.MAX_NOTE),
        "area_level": lambda v: checks.one_of("area_level", v, rules.AREA_LEVELS),
        "area_id": lambda v: checks.text("area_id", v, rules.MAX_TITLE),
        "area_name": lambda v: checks.text("area_name", v, rules.MAX_TITLE, needed=False),
        "categories": lambda v: json.dumps(checks.several("categories", v, rules.CATEGORIES)),
        "anonymous": lambda v: checks.truth("anonymous", v),
        "consent_text": lambda v: checks.text("consent_text", v, rules.MAX_CONSENT),
        "languages": lambda v: json.dumps(_languages(checks, v)),
        "dots": lambda v: checks.count("dots", v, rules.MAX_DOTS),
        "moderation": lambda v: checks.one_of("moderation", v, rules.MODERATION),
        "deletion_date": lambda v: checks.deletion(v, today),
    }
    found = {name: makers[name](given.get(name)) for name in fields if name in makers}
    checks.done()
    return found


def _languages(checks: Checks, value: Any) -> list[str]:
    given = list(value) if isinstance(value, list | tuple) else [value]
    found = [checks.language(one, "languages") for one in given]
    if not given or None in given:
        checks.bad("languages", None, "value.missing", field="languages")
    return list(dict.fromkeys(one for one in found if one))


__all__ = [
    "FIELDS",
    "change_session",
    "delete_session",
    "new_code",
    "new_join_code",
    "open_session",
    "session",
    "sessions",
    "set_phase",
]
